"""What a caller gives, checked where it is used, and what a filter leaves: a widget's limit or a schema's type binds nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import cast

import numpy as np

from index.errors import NotFound, UsageError
from index.records import Report, Status
from index.retrieve.rows import ANYWHERE, Where
from index.text import normal
from search.library.view import View

LONGEST_FILTER = 200  # characters: no heading, unit or id is longer


def check_filter(name: str, value: object) -> None:
    """A filter is None or a short text."""
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} 应该是一段文字")
    if isinstance(value, str) and len(value) > LONGEST_FILTER:
        raise UsageError(f"{name} 太长了：{len(value)} 个字符，最多 {LONGEST_FILTER} 个")


def check_status(status: object) -> None:
    if status not in (None, "actual", "target"):
        raise UsageError(f"status 应为 actual 或 target，不是 {str(status)[:40]}")


def check_count(k: object) -> None:
    if not isinstance(k, int) or isinstance(k, bool) or k < 1:
        raise UsageError("k 应为不小于 1 的整数")


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
    return Scope(where, frozenset(passages_left(view, where)))


def passages_left(view: View, where: Where) -> Sequence[int]:
    """The passages that a filter leaves."""
    rows = view.columns.rows("passages", where)
    if rows is None:
        return range(len(view.corpus.passages))
    left: list[int] = np.flatnonzero(rows).tolist() if isinstance(rows, np.ndarray) else list(rows)
    return left


def over_reports(view: View, filters: Filters) -> bool:
    """Whether a question may be put to several reports: there are several, and no filter chooses."""
    return len(view.corpus.reports) > 1 and not filters.any
