"""Questions to begin with, made from what the reports themselves have."""

import re

from index.records import Corpus, Figure, Report, Status
from search.brought import is_own
from web.address import Wanted, address
from web.answers.cite import CHINESE
from web.strings import Words
from web.tags import Html, el, join

MOST = 3  # questions
WHOLE_NAME = re.compile(r"[\u4e00-\u9fff]{4,8}")  # an indicator that reads as one name; longer ones do not fit a button


def examples(report: Report, words: Words, *, several: bool = False) -> list[str]:
    """A value reached, a value planned, what a government says it lacks; fewer where a report has no such figures.

    Of several reports the questions name the one that they are about.
    """
    place = report.place or "" if several else ""
    found = []
    reached = _named(report, "actual", report.year_reported)
    if reached:
        key = "example_value_of" if place else "example_value"
        found.append(words[key].format(indicator=_name(reached), year=reached.period, place=place))
    planned = _named(report, "target", report.year_planned)
    if planned:
        found.append(words["example_target"].format(indicator=place + _name(planned), year=planned.period))
    key = "example_shortcomings_of" if several else "example_shortcomings"
    return [*found, words[key].format(title=report.title)]


def buttons(corpus: Corpus, report_id: str | None, words: Words) -> Html:
    """The questions to begin with for the report that is shown, each a link that asks it."""
    report = next((one for one in corpus.reports if one.id == report_id), None)
    own = report_id if report_id and is_own(report_id) else ""
    asked = examples(report, words, several=len(corpus.reports) > 1 and not own) if report else []
    links = [el("a", question, href=f"?{address(Wanted(q=question, report=own))}", lang=CHINESE) for question in asked[:MOST]]
    return join([el("span", words["try"]), " ", *links]) if links else Html()


def _name(figure: Figure) -> str:
    """全市地区生产总值 asked for as 地区生产总值."""
    return re.sub("^全[市省区县国]", "", figure.indicator)


def _named(report: Report, status: Status, year: str | None) -> Figure | None:
    """The report's first amount of a status whose indicator has a name of its own, of its year if it has one of that."""
    found = [
        figure
        for figure in report.figures
        if (figure.kind, figure.role, figure.status) == ("amount", "value", status)
        and figure.period
        and WHOLE_NAME.fullmatch(figure.indicator)
    ]
    return next((figure for figure in found if figure.period == year), found[0] if found else None)
