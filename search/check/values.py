"""One indicator, one period, two values."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from index.lexicon import load
from index.records import Report
from search.check.measures import Measure, is_single
from search.check.say import finding, hedged, said
from search.results import Finding


def differing_values(report: Report, measures: list[Measure]) -> list[Finding]:
    """Measures of one value a period that are given two. What rounding or a bound explains is not told."""
    groups: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for measure in measures:
        figure = measure.figure
        if figure.period and figure.status and figure.role == "value" and _tells(measure):
            key = (measure.name, figure.period, figure.status, figure.kind, figure.unit, figure.direction, figure.of)
            groups[*key, measure.average].append(measure)
    found = []
    for group in groups.values():
        found += [_tell(report, one, other) for one, other in pairwise(group) if _differ(one, other)]
    return sorted(found, key=lambda item: item.figures[0].start)


def _tells(measure: Measure) -> bool:
    loose = measure.name in load("check")["single"]["loose"]
    return measure.exact and is_single(measure.name) and not (loose or measure.step or measure.partial)


def _differ(one: Measure, other: Measure) -> bool:
    """Two values of one sentence are of two things (城乡居民…分别…): only those of two sentences can disagree."""
    return one.figure.sentence != other.figure.sentence and (one.high < other.low or other.high < one.low)


def _tell(report: Report, one: Measure, other: Measure) -> Finding:
    text = f"{one.name}：{said(one.figure)}，另一处为{hedged(other.figure)}"
    return finding(report, "values", one.name, text, [one.figure, other.figure])
