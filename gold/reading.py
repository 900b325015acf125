"""python -m gold.reading: what is read in documents as people have them, against what a careful person wrote down (READING.md).

The columns are those of ../shared/eval/score_reading.py, with one difference: a figure of the readings that ends in a bound (8%左右)
is found where the record has the number as `text` and the bound as `modifier`, as contract.md wants it.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gold.shelf import SHARED
from index.collect import read_reports
from index.errors import ReadError
from index.paths import PROJECT
from index.records import Report
from search.library.outlined import OutlineResult, outline_result
from search.results import FigureResult, figure_result

KEPT = PROJECT / "tests" / "data" / "reading"
SETS = {"reports2": (SHARED / "eval" / "reading.jsonl", SHARED / "reports2")}
SETS |= {name: (KEPT / f"{name}.jsonl", KEPT / name) for name in ("made", "made_2", "found")}
COLUMNS = (
    "title",
    "place",
    "year",
    "date",
    "kind",
    "headings",
    "subheadings",
    "heads",
    "joined",
    "absent",
    "facts-",
    "facts",
    "cells",
    "notes",
    "end",
)
KINDS = {"work report": "work_report", "communiqué": "communique"}
PLAIN = ("绝对数", "数值", "数量", "总量", "金额", "年末数", "指标值")
BOUNDS = ("左右", "以上", "以内", "以下", "之内")
LONGEST, FEW = 60, 8  # no head is longer, and they are at most so many or one for each two paragraphs
Reading = Mapping[str, Any]


def norm(text: object) -> str:
    return re.sub(r"[\s“”\"‘’'*#|]", "", unicodedata.normalize("NFKC", str(text or "")))


def judged(gold: Reading, report: Report) -> dict[str, float]:
    """The share of each column that is right, of what the reading has."""
    outline, figures = outline_result(report), [figure_result(report, figure) for figure in report.figures]
    texts, heads = [norm(paragraph.text) for paragraph in outline.paragraphs], {norm(head.text) for head in outline.heads}
    where = {paragraph.paragraph: norm(paragraph.text) for paragraph in outline.paragraphs}
    terms = [norm(term.term) for term in outline.terms]
    shares = {
        **_masthead(gold, outline),
        **{column: [_is_head(head, outline) for head in gold.get(column, [])] for column in ("headings", "subheadings")},
        "heads": [all(len(head) <= LONGEST for head in heads) and len(heads) <= max(FEW, len(texts) / 2)],
        "joined": [any(norm(piece) in text for text in texts) for piece in gold.get("joined", [])],
        "absent": [not any(norm(piece) in text for text in texts) for piece in gold.get("absent", []) if len(norm(piece)) > 2],
        "facts-": [_found(fact, figures, where, whole=False) for fact in gold.get("facts", [])],
        "facts": [_found(fact, figures, where, whole=True) for fact in gold.get("facts", [])],
        "cells": [any(_is_cell(cell, figure) for figure in figures) for cell in gold.get("cells", [])],
        "notes": [any(norm(note) in term or term in norm(note) for term in terms) for note in gold.get("notes", [])],
        "end": [any(norm(gold["end"])[-10:] in text for text in texts)] if gold.get("end") else [],
    }
    return {column: sum(found) / len(found) for column, found in shares.items() if found}


def _masthead(gold: Reading, outline: OutlineResult) -> dict[str, list[bool]]:
    title, place = norm(outline.title), norm(outline.place).removesuffix("市")
    return {
        "title": [any(norm(fair) in title for fair in gold["title"])],
        "place": [any(norm(fair).removesuffix("市") == place for fair in gold["place"])],
        "year": [outline.year == gold["year"]],
        "date": [outline.date == gold["date"]] if gold.get("date") else [],
        "kind": [outline.kind == KINDS.get(gold["kind"], gold["kind"])],
    }


def _bare(heading: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]?", "", norm(heading))


def _is_head(heading: str, outline: OutlineResult) -> bool:
    heads = {form for head in outline.heads for form in (norm(head.text), _bare(head.text))}
    return norm(heading) in heads or _bare(heading) in heads


def _found(fact: Reading, figures: Sequence[FigureResult], where: Mapping[int, str], *, whole: bool) -> bool:
    wanted = norm(fact["figure"])
    bare = next((wanted.removesuffix(bound) for bound in BOUNDS if wanted.endswith(bound)), wanted)
    for figure in figures:
        said = (norm(figure.text), norm(figure.modifier or "") + norm(figure.text))
        bounded = bare != wanted and norm(figure.text) == bare and wanted.removeprefix(bare) in (figure.modifier or "")
        right = not whole or (figure.period or None, figure.status) == (fact["period"] or None, fact["status"])
        if right and norm(fact["quote"]) in where.get(figure.paragraph, "") and (wanted in said or bounded):
            return True
    return False


def _is_cell(cell: Reading, figure: FigureResult) -> bool:
    """That number, in that unit, of that row and column: the head, or its year as the period."""
    indicator, column = norm(figure.indicator), re.sub(r"\(.*?\)", "", norm(cell.get("column")))
    number = re.match(r"[-+−]?[\d.]+%?", norm(figure.text).replace(",", ""))
    year = re.search(r"(?:19|20)\d\d", column)
    told = not column or column in PLAIN or column in indicator or (year is not None and year[0] == str(figure.period)[:4])
    value = norm(cell["value"]).replace(",", "")
    has_unit = norm(cell.get("unit")) in norm(figure.unit_written) + norm(figure.text)
    return number is not None and number[0] in (value, f"{value}%") and norm(cell["row"]) in indicator and told and has_unit


def readings(name: str) -> Iterator[tuple[str, dict[str, float]]]:
    """The documents of a set, each with its shares; 0 in every column for one that is not read."""
    file, folder = SETS[name]
    held: dict[str, list[Report]] = {}
    for gold in map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").splitlines())):
        document = gold["doc"].split("#")[0]
        if gold.get("unreadable"):
            continue
        if document not in held:
            held[document] = [one for one in read_reports(folder / document) if not isinstance(one, ReadError)]
        found = [one for one in held[document] if "#" not in gold["doc"] or any(norm(title) in norm(one.title) for title in gold["title"])]
        yield gold["doc"], judged(gold, found[0]) if found else dict.fromkeys(COLUMNS, 0.0)


def means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    by: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for column, share in row.items():
            by[column].append(share)
    return {column: sum(by[column]) / len(by[column]) for column in COLUMNS if by[column]}


def main(names: Sequence[str]) -> int:
    for name in names or SETS:
        if not SETS[name][0].is_file():
            print(f"{name}: {SETS[name][0]} is not there")
            continue
        rows = [*readings(name)]
        print(f"{name:<44}" + "".join(f"{column[:7]:>8}" for column in COLUMNS))
        for document, row in [*rows, ("all", means([row for _, row in rows]))]:
            print(f"{document[:42]:<44}" + "".join(f"{row[column]:>8.2f}" if column in row else f"{'–':>8}" for column in COLUMNS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
