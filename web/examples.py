"""Questions to begin with, made from what the reports themselves have."""

from __future__ import annotations

import re

from index.records import Corpus, Figure, Report, Status
from web.strings import Words

WHOLE_NAME = re.compile(r"[\u4e00-\u9fff]{4,8}")  # an indicator that reads as one name; longer ones do not fit a button


def examples(corpus: Corpus, words: Words) -> list[str]:
    """A value reached, a value planned, what a government says it lacks; fewer where a report has no such figures."""
    if not corpus.reports:
        return []
    report = corpus.reports[0]  # the one that is shown first
    place = report.place or "" if len(corpus.reports) > 1 else ""
    found = []
    reached = _named(report, "actual")
    if reached:
        key = "example_value_of" if place else "example_value"
        found.append(words[key].format(indicator=_name(reached[0]), year=reached[0].period, place=place))
    planned = _named(report, "target")
    if planned:
        found.append(words["example_target"].format(indicator=place + _name(planned[0]), year=planned[0].period))
    return [*found, words["example_shortcomings"]]


def _name(figure: Figure) -> str:
    """全市地区生产总值 asked for as 地区生产总值."""
    return re.sub("^全[市省区县国]", "", figure.indicator)


def _named(report: Report, status: Status) -> list[Figure]:
    """The report's amounts of a status whose indicator has a name of its own, in text order."""
    return [
        figure
        for figure in report.figures
        if (figure.kind, figure.role, figure.status) == ("amount", "value", status)
        and figure.period
        and WHOLE_NAME.fullmatch(figure.indicator)
    ]
