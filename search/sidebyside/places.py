"""Which reports are of one place, and which of these came the year before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.errors import NotFound
from index.records import Report
from search.question.naming import place_names
from search.select import report_by_id


def same_place(one: Report, other: Report) -> bool:
    """海拉尔区 and 呼伦贝尔市海拉尔区 are the same: a name may leave out what it lies in."""
    if not one.place or not other.place:
        return False
    return one.place.endswith(other.place) or other.place.endswith(one.place)


def before(reports: Sequence[Report], report: Report) -> Report | None:
    """The report of the same place that planned for the year this one looks back on."""
    year = report.year_reported
    return next((other for other in reports if year and other.year_planned == year and same_place(other, report)), None)


def groups(reports: Iterable[Report]) -> list[list[Report]]:
    """Each place's reports together, by year; places in the order in which they first come."""
    found: list[list[Report]] = []
    for report in reports:
        group = next((group for group in found if same_place(group[0], report)), None)
        found.append([report]) if group is None else group.append(report)
    return [sorted(group, key=lambda one: one.year_planned or "") for group in found]


def by_place(reports: Iterable[Report]) -> list[Report]:
    return [report for group in groups(reports) for report in group]


def select(
    reports: Sequence[Report], ids: Sequence[str] | None, place: str | None, year: str | None
) -> tuple[Report, ...]:
    """The reports named by their ids, of a place (by a full or short name), given in a year; None is any. Raises NotFound."""
    for one in ids or ():
        report_by_id(reports, one)
    found = tuple(
        report
        for report in reports
        if (ids is None or report.id in ids)
        and (place is None or (report.place is not None and place in (report.place, *place_names(report.place))))
        and (year is None or report.year_planned == year)
    )
    if not found:
        raise NotFound(f"索引里没有{place or ''}{f'{year}年' if year else ''}的报告")
    return found
