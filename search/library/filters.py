"""Which report a question is put to, and which passages a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import cast

import numpy as np

from index.errors import NotFound
from index.records import Report, Status
from index.retrieve.rows import ANYWHERE, Ranking, Where
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


def report_by_id(reports: Sequence[Report], report_id: str) -> int:
    """The position of a report. Raises NotFound, naming some that are there."""
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
    where = Where(report, section, filters.year, cast("Status | None", filters.status))  # checked by Filters
    return Scope(where, frozenset(_passages(view, where)))


def _passages(view: View, where: Where) -> Sequence[int]:
    """The passages that a filter leaves."""
    rows = view.columns.rows("passages", where)
    if rows is None:
        return range(len(view.corpus.passages))
    left: list[int] = np.flatnonzero(rows).tolist() if isinstance(rows, np.ndarray) else list(rows)
    return left


def period_ranking(view: View, question: Question, report: int | None, allowed: frozenset[int] | None) -> Ranking:
    """1 for each passage of the part that reports on, or plans for, the period asked for."""
    if len(question.periods) != 1:
        return {}
    period = question.periods[0]
    left = _passages(view, Where(report, year=period.year, status=period.status))
    return {row: 1.0 for row in left if allowed is None or row in allowed}
