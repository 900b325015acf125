"""Each gold question, figure or cell → whether it is right: what the gate compares with the level that is stored."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from gold.figures import FIELDS, labelled, right, stretches
from gold.folds import left_out
from gold.manifest import ASKED, GoldSet, Manifest, Row, report_of, stems_of
from gold.placed import placed
from gold.shelf import Shelf
from gold.targets import kept_right, verdict_of
from index.text import normal
from search import Engine
from search.evaluate import asks, exam, multi
from search.evaluate.asks import SURE
from search.evaluate.exam import is_right_as_stated
from search.library.given import given
from search.library.side_by_side import side_by_side
from search.results import Answer, AskResult

PLACES = Decimal("0.005")  # by which a quotient may be rounded


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one item. `wrong` counts what a reader would rely on and may not: an answer of .7 and more, a figure that is none.

    `first` is whether its passage came first, `cited` whether what is said is cited; None where that does not apply.
    """

    set: str
    id: str
    right: bool
    first: bool | None = None
    cited: bool | None = None
    wrong: int = 0
    said: str = ""  # what was asked, said and expected, for whoever reads the difference
    faults: tuple[str, ...] = ()  # a quote that is not exact, a computed number that is wrong
    mark: str = ""  # of the answer as it reads, but for its confidence: whether it is the same as before

    @property
    def key(self) -> tuple[str, str]:
        return self.set, self.id


def run(manifest: Manifest, shelf: Shelf, *, part: bool, names: Sequence[str] = ()) -> Iterator[Result]:
    """The results of all sets (or those named); `part` is what CI runs. Questions on one report come report by report."""
    sets = [one for one in manifest.sets if (one.name in names if names else not one.by_name)]
    asked = [one for one in sets if one.form in ASKED]
    wanted = [(one, row) for one in asked for row in one.rows() if not part or in_part(manifest, one, row)]
    shelf.questioner.warm([str(row["question"]) for _, row in wanted])
    groups: dict[tuple[str, ...], list[tuple[GoldSet, Row]]] = {}
    for one, row in wanted:
        groups.setdefault(stems_of(manifest, one, row), []).append((one, row))
    shelf.embed_new(shelf.stems(stem for stems in groups for stem in stems))
    for stems, rows in groups.items():
        engine = shelf.engine(shelf.stems(stems))
        yield from (asked_of(engine, one, row) for one, row in rows)
    shelf.questioner.keep()
    for one in sets:
        if one.form == "figures":
            yield from figures(one, shelf)
        elif one.form == "cells":
            yield from cells(one, shelf)
        elif one.form == "targets" and not part:
            yield from targets(one, shelf)


def in_part(manifest: Manifest, one: GoldSet, row: Row) -> bool:
    """Whether CI asks a question: all reports it is put to are in its part."""
    return manifest.ci.issuperset(stems_of(manifest, one, row))


def asked_of(engine: Engine, one: GoldSet, row: Row) -> Result:
    """A question asked and judged by the rules of its form; of a set that a model was fitted on, by one that saw none on this report."""
    if "chance" in one.fitted:
        with left_out(report_of(one, row)):
            return _asked_of(engine, one, row)
    return _asked_of(engine, one, row)


def _asked_of(engine: Engine, one: GoldSet, row: Row) -> Result:
    if one.form == "exam":
        return _exam(engine, one, row)
    report = report_of(one, row) if one.form == "whole" else None
    result = engine.ask(str(row["question"]), 1, report_id=report)
    judges = {"whole": asks.judge, "library": multi.judge}
    values = placed(row, result) if one.form == "places" else judges[one.form](row, result.to_dict()["answer"])
    wanted = row.get("number") or row.get("figures") or row.get("must") or row.get("cells") or row.get("answer") or "–"
    return Result(
        one.name,
        str(row["id"]),
        right=bool(values.get("whole", values.get("refuse"))),
        wrong=int(values["wrong"]),
        said=_told(result, wanted),
        faults=faults(engine, result.answer),
        mark=_mark(result.answer),
    )


def _exam(engine: Engine, one: GoldSet, row: Row) -> Result:
    gold = exam.gold_of(row)
    (score,) = exam.evaluate(engine, [gold])
    answer, values = score.result.answer, score.values
    said = answer.stated and is_right_as_stated(score) and values.get("report", 1.0) == 1.0
    good = bool(values["refused"]) if gold.kind == "none" else said
    return Result(
        one.name,
        gold.id,
        right=good,
        first=bool(values["R@1"]) if "R@1" in values else None,
        cited=bool(values.get("cite")) if gold.kind != "none" else None,
        wrong=int(answer.stated and not good and answer.confidence >= SURE),
        said=_told(score.result, gold.answers or gold.lines or gold.spans or "–"),
        faults=faults(engine, answer),
        mark=_mark(answer),
    )


def _told(result: AskResult, wanted: object) -> str:
    answer = result.answer
    said = f"{answer.text[:80]} ({answer.confidence})" if answer.stated else f"not stated, {answer.reason}"
    return f"{result.question} → {said} | {str(wanted)[:120]}"


def _mark(answer: Answer) -> str:
    return hashlib.md5(repr(replace(answer, confidence=0.0)).encode(), usedforsecurity=False).hexdigest()


def faults(engine: Engine, answer: Answer) -> tuple[str, ...]:
    """What no gain makes up for: a quote that does not stand at its offsets, a difference that its operands do not give."""
    texts = {report.id: report.text for report in engine.corpus.reports}
    quoted = [*answer.citations, *(item.citation for item in answer.items)]
    quoted += [other.citation for other in answer.alternatives]
    found = [f"no quote: {c.quote[:40]}" for c in quoted if texts[c.report_id][c.start : c.end] != c.quote]
    computed = answer.computed
    if computed is not None:
        values = [{f.value for f in answer.figures if f.text == operand} for operand in computed.operands]
        if not any(_gives(computed.operation, operands, computed.value) for operands in itertools.product(*values)):
            found.append(f"wrong {computed.operation}: {computed.text}")
    return tuple(found)


def _gives(operation: str, operands: tuple[Decimal, ...], value: Decimal | None) -> bool:
    """Whether an operation on these operands gives a value, a quotient to two places."""
    if value is None or len(operands) < 2:
        return value is None
    one, other = operands[:2]
    quotients = [a / b for a, b in ((one, other), (other, one)) if b]
    results = {
        "difference": [one - other, one + other],  # of a rise and a fall it is what lies between
        "sum": [sum(operands, Decimal(0))],
        "mean": [sum(operands, Decimal(0)) / len(operands)],
        "ratio": quotients,
        "share": [quotient * 100 for quotient in quotients],
        "growth": [(quotient - 1) * 100 for quotient in quotients],
    }[operation]
    return any(abs(result - value) <= PLACES for result in results)


def figures(one: GoldSet, shelf: Shelf) -> Iterator[Result]:
    """Each labelled figure: found, with every field right. And for each report how many are found that are none."""
    for stem, (rows, stretch) in stretches(one).items():
        gold, found = labelled(shelf.report(stem), rows, stretch)
        for place, row in gold.items():
            figure = found.get(place)
            missed = ["not found"] if figure is None else [name for name in FIELDS if not right(name, row, figure)]
            key = f"{stem}:{':'.join(map(str, place))}"
            yield Result(one.name, key, right=not missed, said=f"{row['text']}: {', '.join(missed)}")
        extra = [figure.text for place, figure in found.items() if place not in gold]
        yield Result(one.name, f"{stem}: no figures", right=not extra, wrong=len(extra), said="、".join(extra))


def cells(one: GoldSet, shelf: Shelf) -> Iterator[Result]:
    """Each cell of reports side by side: what is shown is what the report gives, and nothing where it gives none."""
    reports = [shelf.report(stem) for stem in shelf.stems(one.reports)]
    own = {report.id: given(report, normal(report.text)) for report in reports}
    for row in one.rows():
        shown = {
            line.report_id: [side and side.text for side in (line.reached, line.planned)]
            for line in side_by_side(reports, reports, row["indicator"], row["kind"], lambda report: own[report.id])
        }
        wanted = {Path(file).stem: pair for file, pair in row["cells"].items()}
        for report in reports:
            got, gold = shown.get(report.id, [None, None]), wanted.get(report.id, [None, None])
            said = f"{report.id} {row['indicator']}: {got}, not {gold}"
            wrong = sum(bool(cell) and cell != other for cell, other in zip(got, gold, strict=True))
            key = f"{row['indicator']} {row['kind']}: {report.id}"
            yield Result(one.name, key, right=got == gold, wrong=wrong, said=said)


def targets(one: GoldSet, shelf: Shelf) -> Iterator[Result]:
    """Each target with what became of it; wrong is another verdict than the reader's, where one is told."""
    engine = shelf.engine(shelf.stems(one.reports))
    for row, kept, good in kept_right(engine, one.rows()):
        said = f"{kept.verdict} {kept.reached.text if kept.reached else '–'}" if kept else "no such target"
        told = kept is not None and kept.verdict != "not_told"
        wanted = f"{verdict_of(row)} {row['result'] and row['result']['figure']}"
        asked = f"{row['place']} {row['indicator']}"
        yield Result(one.name, row["id"], good, wrong=int(told and not good), said=f"{asked}: {said} | {wanted}")
