"""Whole answers over several reports: every report that is asked for answered, and no figure shown as another report's.

A question: {"id", "form", "question", "docs": [stem], "cells": [{"doc", "figures": ["5%左右|5%"], "hedge": ["左右"], "year", "status",
"must": [[quote, …], …]} or {"doc", "none": true}], "first": {"doc" or "docs", "figures"}, "number", "says": [alternatives], "not": […],
"all": bool, "fine": [quote], "others": bool, "refuse": bool}. A stem is the file's name without its ending, and the report's id.
Said of a report are the figures of `figures` and of rows with that report's id; cited, what citations of that report quote.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.evaluate.asks import LABELS, LONGEST, MARGIN, SURE, Row, Values, citations, close, computed_text, fold, says, stands, touches

CITED = 12  # citations of a report that are read
METRICS = ("whole", "cells", "first", "number", "says", "strange", "refuse", "false", "wrong", "sure", "stated")
ENDING = r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)"
PLACE = re.compile(rf"(?:province_)?(?:20\d\d)?_?(?:20\d\d年)?(.+?){ENDING}?(?:政府工作报告)?$")


class Said(NamedTuple):
    """A figure said of a report: without and with its hedge, folded, its year and status."""

    text: str
    hedged: str
    year: str
    status: str | None


def judge(question: Row, answer: Row) -> Values:
    """The metrics of one answer, by the names of METRICS: the share of the cells that are right (0..1), and 0 or 1."""
    stated = bool(answer.get("stated"))
    sure = (answer.get("confidence") or 0) >= SURE
    if question.get("refuse"):
        return {"stated": stated, "refuse": not stated, "false": stated, "wrong": stated and sure}
    values: Values = {"stated": stated}
    said, cited = said_of(answer), cited_of(answer)
    text, cells, docs = fold(answer.get("text")), question.get("cells") or [], question.get("docs") or []
    right = [stated and _cell_is_right(cell, cells, said, cited) for cell in cells]
    touched = any(_is_touched(cell, said, cited) for cell in cells)
    if right:
        values["cells"] = sum(right) / len(right)
    values["strange"] = stated and _is_strange(question, cells, said, cited)
    parts = [values["cells"] >= 0.99] if right else []
    first, number = question.get("first"), question.get("number")
    if first:
        values["first"] = stated and _first_is_right(first, docs, said, text)
        parts.append(bool(values["first"]))
    if number:
        values["number"] = stated and close(number, f"{text} {computed_text(answer)}")
        parts.append(bool(values["number"]))
    if question.get("says") or question.get("not"):
        values["says"] = stated and says(question, text)
        parts.append(bool(values["says"]))
    if question["form"] == "library":
        values["cells"] = _share_named(docs, answer)
        parts, touched = [values["cells"] >= 0.99], values["cells"] > 0.3
    elif not parts and docs:
        parts.append(all(cited[doc] or said[doc] for doc in docs))
    whole = stated and bool(parts) and all(parts) and not values["strange"] and len(text) <= LONGEST + MARGIN
    missed = (not touched and not values.get("number")) or bool(values["strange"])
    false = stated and not whole and (missed or any(values.get(name) is False for name in ("first", "number", "says")))
    values |= {"whole": whole, "false": false, "wrong": false and sure}
    return {**values, "sure": sure} if whole else values


def said_of(answer: Row) -> Mapping[str, list[Said]]:
    """Report id → the figures said of it, each once; a row's year and status go before its figure's."""
    rows = []
    for row in answer.get("rows") or []:
        figure = row.get("figure") or {}
        own = {"report_id": row.get("report_id"), "period": row.get("year") or figure.get("period")}
        if row.get("stated", True):
            rows.append({**figure, **own, "status": row.get("status") or figure.get("status")})
    said: defaultdict[str, list[Said]] = defaultdict(list)
    seen = set()
    for figure in [*rows, *(answer.get("figures") or [])]:
        key = (figure.get("report_id"), figure.get("start"), figure.get("text"))
        if figure.get("text") and figure.get("report_id") and key not in seen:
            seen.add(key)
            hedged = fold((figure.get("modifier") or "") + figure["text"])
            year, status = str(figure.get("period") or ""), figure.get("status")
            said[figure["report_id"]].append(Said(fold(figure["text"]), hedged, year, status))
    return said


def cited_of(answer: Row) -> Mapping[str, list[str]]:
    """Report id → what is cited from it."""
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for one in citations(answer):
        quote = fold(one.get("quote")) if isinstance(one, Mapping) else ""
        if isinstance(one, Mapping) and one.get("report_id") and len(quote) <= LONGEST:
            cited[one["report_id"]].append(quote)
    return defaultdict(list, {report: quotes[:CITED] for report, quotes in cited.items()})


def place_of(stem: str) -> str:
    """The place that a report's stem names: 浙江 of province_2026_浙江省 and 2025年浙江省政府工作报告, 全国 of national_2019."""
    if stem.startswith("national"):
        return "全国"
    match = PLACE.match(stem.removeprefix("20") if stem[:2] == "20" else stem)
    assert match is not None, stem
    return match[1].lstrip("0123456789年") if stem[:2] == "20" else match[1]


def _cell_is_right(cell: Row, cells: Sequence[Row], said: Mapping[str, list[Said]], cited: Mapping[str, list[str]]) -> bool:
    """Each figure said of its own report, of its year and status, with its hedge; each point cited from it."""
    doc = cell["doc"]
    if cell.get("none"):
        return sum(other["doc"] == doc for other in cells) > 1 or not said[doc]
    figures = cell.get("figures") or []
    hedges = cell.get("hedge") or [""] * len(figures)
    return all(_is_said(figure, said[doc], cell, hedge) for figure, hedge in zip(figures, hedges, strict=False)) and all(
        any(touches(quote, cited[doc]) for quote in point) for point in cell.get("must") or []
    )


def _is_touched(cell: Row, said: Mapping[str, list[Said]], cited: Mapping[str, list[str]]) -> bool:
    doc = cell["doc"]
    points = (quote for point in cell.get("must") or [] for quote in point)
    return not cell.get("none") and (
        any(_is_said(figure, said[doc]) for figure in cell.get("figures") or []) or any(touches(quote, cited[doc]) for quote in points)
    )


def _is_said(figure: str, said: Iterable[Said], cell: Row | None = None, hedge: str = "") -> bool:
    """Whether a figure is one of those said: of the cell's year and status, with its hedge, where a cell is given."""

    def fits(one: Said) -> bool:
        if cell is None:
            return True
        hedged = not hedge or hedge in LABELS or fold(hedge) in one.hedged or fold(hedge) in one.text
        dated = not cell.get("year") or str(cell["year"]) == one.year
        return hedged and dated and (not cell.get("status") or cell["status"] == one.status)

    return any(fits(one) and (stands(figure, one.text) or stands(figure, one.hedged)) for one in said)


def _is_strange(question: Row, cells: Sequence[Row], said: Mapping[str, list[Said]], cited: Mapping[str, list[str]]) -> bool:
    """A figure of a report that is not asked for, or more than two for a cell beyond those asked."""
    asked = {*(question.get("docs") or []), *(cell["doc"] for cell in cells)}
    if not question.get("others") and any(figures for doc, figures in said.items() if doc not in asked):
        return True
    if question.get("all") and any(quotes for doc, quotes in cited.items() if doc not in asked):
        return True
    if question["form"] in ("differ", "which"):
        return False
    for doc in dict.fromkeys(cell["doc"] for cell in cells if not cell.get("none")):
        mine = [cell for cell in cells if cell["doc"] == doc]
        figures = [figure for cell in mine for figure in cell.get("figures") or []]
        beyond = sum(not any(_is_said(figure, [one]) for figure in figures) for one in said[doc])
        if beyond > 2 * len(mine):
            return True
    return False


def _first_is_right(first: Row, docs: Iterable[str], said: Mapping[str, list[Said]], text: str) -> bool:
    """Whether the winners are the first reports named in the text, with their figures."""
    winners = first.get("docs") or [first["doc"]]
    named = sorted((text.find(fold(place_of(doc))), doc) for doc in docs if fold(place_of(doc)) in text)
    if {doc for _, doc in named[: len(winners)]} != set(winners):
        return False
    return all(stands(figure, text) or any(_is_said(figure, said[doc]) for doc in winners) for figure in first.get("figures") or [])


def _share_named(docs: Sequence[str], answer: Row) -> float:
    """The share of the reports that are named by their ids, in rows, items or the text."""
    everything = fold(json.dumps([answer.get(key) for key in ("rows", "items", "text")], ensure_ascii=False))
    return sum(fold(doc) in everything for doc in docs) / len(docs)
