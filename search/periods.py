"""Whether a figure is for a period that is asked for."""

from __future__ import annotations

import re

from index.records import Figure
from search.question import Period
from search.view import View

LEVEL = re.compile(
    r"(?:达到?|(?:缩小|缩减|下降|减少|降低?)[到至]|增至|增加到|提高到|升至|突破|超过?)[约近超]?过?$"
)  # right before a number
IN_ALL = re.compile(r"累计|新增|新建|新改?扩?建|共|完成|改造|培训|净增|引进|发放|年均")
STANDING = re.compile(r"人均|户均|亩均|标准|里程|面积|余额|浓度|保有量|存栏|装机|养老金")  # amounts that are levels
FLOWS = ("人次", "次", "场", "场次", "件", "天")


def fits_period(figure: Figure, periods: tuple[Period, ...]) -> bool:
    """Whether the figure is for one of the periods asked for; any is, where none is asked for.

    What was reached over 2021-2025 is not what was reached in 2023: a range answers only for itself. What is planned over years is
    as often given for the last of them.
    """
    if not periods:
        return True
    return any(
        (period.year in (None, figure.period) or _by_the_end(figure, period))
        and (period.status is None or figure.status is None or period.status == figure.status)
        for period in periods
    )


def _by_the_end(figure: Figure, period: Period) -> bool:
    """Whether a plan is for the last of the years asked for: 未来五年, 到2030年."""
    ends = f"{period.year}".partition("-")[2]
    return bool(ends) and figure.status == "target" and figure.period == ends


def is_of(view: View, figure: Figure, report: int, periods: tuple[Period, ...]) -> bool:
    """Whether the figure is for one of the periods asked for, by its own words or by the part it stands in."""
    return fits_period(figure, periods) or _of_the_last_year(view, figure, report, periods)


def _of_the_last_year(view: View, figure: Figure, report: int, periods: tuple[Period, ...]) -> bool:
    """In a part on 2021-2025 a figure whose sentence names no period may be what the last year reached; a level (达7800家) is."""
    if figure.period is None or "-" not in figure.period:
        return False
    owner = view.corpus.reports[report]
    section = owner.section_of(owner.paragraph(figure.paragraph))
    ends = figure.period.split("-")[1]
    asked = [p for p in periods if p.year == ends and p.status in (None, figure.status)]
    inherited = section is not None and section.year == figure.period
    return any(p.in_all for p in asked) or (bool(asked) and (inherited or _is_level(figure, view.texts[report])))


def _is_level(figure: Figure, matched: str) -> bool:
    """Whether a number says how many there are in the end, and not how many came in all the years."""
    before = matched[figure.clause.start : figure.span.start]
    in_all = figure.unit in FLOWS or IN_ALL.search(before + figure.indicator) is not None
    stands = figure.kind in ("count", "rate", "share") or STANDING.search(figure.indicator) is not None
    return stands and not in_all and LEVEL.search(before) is not None
