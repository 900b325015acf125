"""One indicator over reports: a row a report."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Kind
from search.results import Citation, Computed, FigureResult, Record


@dataclass(frozen=True, slots=True)
class Side(Record):
    """One figure of a row: `text` is its number with the hedges around it (5%左右, 下降3%), `citation` its sentence."""

    text: str
    falls: bool  # of a growth: the value is by how much it fell
    figure: FigureResult
    citation: Citation


@dataclass(frozen=True, slots=True)
class Row(Record):
    """What one report gives of an indicator: reached in the year it looks back on, planned for its own; None where that is not sure.

    `planned_before` is what the report of the year before planned for the year looked back on, where the index holds that report;
    `difference` is by how much what was reached exceeds it.
    """

    indicator: str
    kind: Kind
    report_id: str
    report: str
    place: str | None
    year: str | None  # of the report: the one it plans for
    reached: Side | None
    planned: Side | None
    planned_before: Side | None
    difference: Computed | None


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """An indicator that can be set side by side, and how many reports give it."""

    indicator: str
    kind: Kind
    reports: int
