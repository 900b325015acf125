"""Questions to begin with, made from what the reports themselves have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.records import Corpus, Figure, Report
from web.places import Words

COUNT = 4
WHOLE_NAME = re.compile(r"[\u4e00-\u9fff]{4,12}")  # an indicator that reads as one name, without gaps or signs


def examples(corpus: Corpus, words: Words) -> list[str]:
    """Two values reached, a growth planned, and what a government says it lacks; fewer where a report has no such figures."""
    report = max(corpus.reports, key=lambda report: (report.date or "", report.title), default=None)
    if report is None:
        return []
    several = len(corpus.reports) > 1
    found = [_value(figure, report, words, several) for figure in _reached(report)[: COUNT - 2]]
    found += [_planned(figure, report, words, several) for figure in _targets(report)[:1]]
    return [*dict.fromkeys(found), words["example_shortcomings"]]


def _reached(report: Report) -> list[Figure]:
    return _named(f for f in report.figures if f.kind == "amount" and f.status == "actual")


def _targets(report: Report) -> list[Figure]:
    named = _named(f for f in report.figures if f.kind == "growth" and f.status == "target")
    reached = {figure.indicator for figure in _reached(report)[: COUNT - 2]}
    return [figure for figure in named if not any(figure.indicator in name for name in reached)]


def _named(figures: Iterable[Figure]) -> list[Figure]:
    """Values with a name of their own, the first of each name and of each paragraph."""
    found: dict[int, Figure] = {}
    names: set[str] = set()
    for figure in figures:
        fits = figure.role == "value" and figure.period and WHOLE_NAME.fullmatch(figure.indicator)
        if fits and figure.indicator not in names:
            found.setdefault(figure.paragraph, figure)
            names.add(figure.indicator)
    return list(found.values())


def _value(figure: Figure, report: Report, words: Words, several: bool) -> str:
    text = words["example_value_of" if several else "example_value"]
    return text.format(indicator=figure.indicator, year=figure.period, place=report.place or "")


def _planned(figure: Figure, report: Report, words: Words, several: bool) -> str:
    place = report.place or "" if several else ""
    return words["example_target"].format(indicator=place + figure.indicator, year=figure.period)
