"""Parts against their total: those that check.toml lists, and those a sentence itself names (…100家，其中…)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from index.lexicon import load
from index.records import COUNTED, Figure, Report
from index.text import normal
from search.check.measures import Measure
from search.check.say import finding, hedged, said
from search.results import Finding

OF_WHICH = re.compile(r"^(?:，|、|\()?其中[:，]?")


def unequal_sums(report: Report, measures: list[Measure]) -> list[Finding]:
    """Totals that their parts exceed, or do not make up where they are all of it."""
    return [*_listed(report, measures), *_of_which(report, measures)]


def _listed(report: Report, measures: list[Measure]) -> Iterable[Finding]:
    for entry in load("check")["sum"]:
        for whole in measures:
            if whole.name != entry["whole"] or not _counts(whole):
                continue
            parts = [_part(name, whole, measures) for name in entry["parts"]]
            if all(part is not None for part in parts):
                known = [part for part in parts if part is not None]
                if _exceeds(whole, known) or (entry["complete"] and _falls_short(whole, known)):
                    yield _tell(report, whole, known)


def _of_which(report: Report, measures: list[Measure]) -> Iterable[Finding]:
    """…总数100家，其中甲60家、乙50家: parts behind 其中 in the rest of the sentence, in the unit of the number before it."""
    matched = normal(report.text)
    by_figure = {measure.figure.span: measure for measure in measures}
    for figure in report.figures:
        whole = by_figure.get(figure.span)
        tail = matched[figure.span.end : figure.sentence.end]
        if whole is None or not _counts(whole) or not OF_WHICH.match(tail):
            continue
        parts = [by_figure.get(part.span) for part in _after(report, figure)]
        known = [part for part in parts if part is not None and _counts(part)]
        if known and _exceeds(whole, known[:1]):
            yield _tell(report, whole, known[:1])


def _after(report: Report, whole: Figure) -> list[Figure]:
    return [
        figure
        for figure in report.figures
        if figure.sentence == whole.sentence
        and figure.span.start > whole.span.end
        and (figure.kind, figure.unit, figure.period) == (whole.kind, whole.unit, whole.period)
    ]


def _part(name: str, whole: Measure, measures: list[Measure]) -> Measure | None:
    wanted = (whole.figure.kind, whole.figure.unit, whole.figure.period, whole.figure.status)
    found = [
        m
        for m in measures
        if m.name == name and (m.figure.kind, m.figure.unit, m.figure.period, m.figure.status) == wanted and _counts(m)
    ]
    return found[0] if len(found) == 1 else None


def _counts(measure: Measure) -> bool:
    return measure.figure.kind in COUNTED and not measure.step and measure.figure.role == "value" and measure.exact


def _exceeds(whole: Measure, parts: list[Measure]) -> bool:
    return sum((part.low for part in parts), Decimal(0)) > whole.high


def _falls_short(whole: Measure, parts: list[Measure]) -> bool:
    return sum((part.high for part in parts), Decimal(0)) < whole.low


def _tell(report: Report, whole: Measure, parts: list[Measure]) -> Finding:
    listed = "、".join(f"{part.name}{hedged(part.figure)}" for part in parts)
    text = f"{whole.name}{said(whole.figure)}，与其组成不符：{listed}"
    return finding(report, "sum", whole.name, text, [whole.figure, *(part.figure for part in parts)])
