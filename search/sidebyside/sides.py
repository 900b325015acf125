"""The reports of an index side by side: what each gives is read once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from index.records import Report
from search.select import report_by_id
from search.sidebyside import Given, Offer, Row, given, offers, select, side_by_side
from search.view import View


class Sides:
    def __init__(self, view: View) -> None:
        self._view = view
        self._given: dict[str, tuple[Given, ...]] = {}  # by the report's id

    def rows(
        self, words: str, kind: str | None, report_ids: Sequence[str] | None, place: str | None, year: str | None
    ) -> tuple[Row, ...]:
        """Raises UsageError, NotFound."""
        reports = self._view.corpus.reports
        return side_by_side(select(reports, report_ids, place, year), reports, words, kind, self._givens)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return offers(self._view.corpus.reports, self._givens)

    def _givens(self, report: Report) -> tuple[Given, ...]:
        if report.id not in self._given:
            self._given[report.id] = given(report, self._view.texts[report_by_id(self._view.corpus.reports, report.id)])
        return self._given[report.id]
