"""The figure table: which figures pass a filter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.errors import UsageError
from index.periods import within
from index.records import Figure, Report
from index.text import normal
from search.checks import check_filter
from search.places import figure_result
from search.question import ALL_KINDS, names_of
from search.results import FigureResult
from search.select import Filters, report_by_id
from search.view import View


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What is asked of a figure; None and "" are any. Values are in base units, ranges pass where they overlap."""

    words: str
    unit: str | None
    kind: str | None
    minimum: Decimal | None
    maximum: Decimal | None
    place: Filters


def figure_table(view: View, wanted: FigureFilter) -> tuple[FigureResult, ...]:
    """The figures that pass, in text order. Raises NotFound for an unknown report, UsageError for what cannot be asked."""
    for name in ("words", "unit", "kind"):
        check_filter(name, getattr(wanted, name))
    if wanted.kind is not None and wanted.kind not in (*ALL_KINDS, "date"):
        raise UsageError(f"没有这种指标：{wanted.kind}；可用 {'、'.join(sorted(ALL_KINDS))}")
    reports = view.corpus.reports
    if wanted.place.report_id is not None:
        reports = (reports[report_by_id(view, wanted.place.report_id)],)
    terms = [names_of(word) for word in normal(wanted.words).split()]
    return tuple(
        figure_result(report, figure)
        for report in reports
        for figure in report.figures
        if _passes(report, figure, wanted, terms)
    )


def _passes(report: Report, figure: Figure, wanted: FigureFilter, terms: list[tuple[str, ...]]) -> bool:
    described = normal(f"{figure.indicator} {figure.of or ''}").replace(" ", "")
    high = figure.value if figure.value_to is None else figure.value_to
    section = report.section_of(report.paragraph(figure.paragraph))
    headings = normal(" ".join(section.path)) if section else ""
    place = wanted.place
    return (
        all(any(name in described for name in names) for names in terms)
        and (wanted.unit is None or normal(wanted.unit) in (figure.unit, normal(figure.text).lstrip("0123456789., ")))
        and (wanted.kind is None or figure.kind == wanted.kind)
        and (wanted.minimum is None or high >= wanted.minimum)
        and (wanted.maximum is None or figure.value <= wanted.maximum)
        and (place.section is None or normal(place.section) in headings)
        and (place.year is None or within(place.year, figure.period))
        and (place.status is None or figure.status == place.status)
    )
