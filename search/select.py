"""Which report a question is put to, and which passages a filter leaves."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import cast

from index.backend import ANYWHERE, Where
from index.dense import Ranking
from index.errors import NotFound
from index.periods import within
from index.records import Status
from index.text import normal
from search.checks import check_filter, check_status
from search.question import Question
from search.view import View


@dataclass(frozen=True, slots=True)
class Filters:
    """What a caller asks to be left; None is all. Raises UsageError."""

    report_id: str | None = None
    section: str | None = None  # contained in a heading
    year: str | None = None
    status: str | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            check_filter(field.name, getattr(self, field.name))
        check_status(self.status)

    @property
    def any(self) -> bool:
        return any(value is not None for value in (self.report_id, self.section, self.year, self.status))


def report_by_id(view: View, report_id: str) -> int:
    """The position of a report. Raises NotFound, naming some that are there."""
    reports = view.corpus.reports
    for row, report in enumerate(reports):
        if report.id == report_id:
            return row
    known = "、".join(report.id for report in reports[:5])
    raise NotFound(f"没有编号为 {report_id} 的报告；索引里有：{known}{'……' if len(reports) > 5 else ''}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question may be answered from: as a search backend is told, and as passages, which may be fewer. None is all."""

    where: Where
    passages: frozenset[int] | None


EVERYWHERE = Scope(ANYWHERE, None)


def scope_of(view: View, filters: Filters, report: int | None) -> Scope:
    """The rows of a question's report (None: of any) that pass the filters."""
    if not filters.any and (report is None or len(view.corpus.reports) == 1):
        return EVERYWHERE
    section = normal(filters.section) if filters.section else None
    rows = range(len(view.corpus.passages)) if report is None else view.rows[report].passages
    where = Where(report, section, filters.year, cast("Status | None", filters.status))  # checked by Filters
    return Scope(where, frozenset(row for row in rows if _passes(view, row, section, filters)))


def _passes(view: View, row: int, section: str | None, filters: Filters) -> bool:
    place = view.section_of(view.corpus.passages[row])
    if section is not None and not (place and any(section in normal(heading) for heading in place.path)):
        return False
    if filters.year is not None and not (place and within(filters.year, place.year)):
        return False
    return filters.status is None or (place is not None and place.status == filters.status)


def period_ranking(view: View, question: Question, allowed: frozenset[int] | None) -> Ranking:
    """1 for each passage of the part that reports on, or plans for, the period asked for."""
    if len(question.periods) != 1:
        return {}
    wanted = question.periods[0]
    found: Ranking = {}
    rows = view.rows_within(allowed)
    passages = rows.passages if rows else range(len(view.corpus.passages))
    for row in passages:
        section = view.section_of(view.corpus.passages[row])
        if section is None or (allowed is not None and row not in allowed):
            continue
        if (wanted.year is None or within(wanted.year, section.year)) and (
            wanted.status is None or wanted.status == section.status
        ):
            found[row] = 1.0
    return found
