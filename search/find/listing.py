"""The figure table: which figures pass a filter."""

from dataclasses import dataclass
from decimal import Decimal

from index.errors import UsageError
from index.figures.units import read_unit
from index.periods import within
from index.records import Figure, Report
from index.text import normal
from search.library.filters import Filters, check_filter, report_by_id
from search.library.view import View, indicator_words
from search.plan.conditions import Condition, read_condition
from search.plan.vocabulary import names_of
from search.plan.wanted import ALL_KINDS
from search.results import FigureResult, figure_result


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """What is asked of a figure; None and "" are any. Ranges pass where they overlap. Raises UsageError for what cannot be asked.

    `words` may set a condition (增长超过30%). `unit` is a unit as written or its base: 亿元 and 元 both find what is in 元.
    `minimum` and `maximum` are in base units.
    """

    words: str
    unit: str | None
    kind: str | None
    minimum: Decimal | None
    maximum: Decimal | None
    place: Filters

    def __post_init__(self) -> None:
        for name in ("words", "unit", "kind"):
            check_filter(name, getattr(self, name))
        if self.kind is not None and self.kind not in (*ALL_KINDS, "date"):
            raise UsageError(f"没有这种指标：{self.kind}；可用 {'、'.join(sorted(ALL_KINDS))}")
        if self.unit is not None and read_unit(normal(self.unit)) is None:
            raise UsageError(f"不认识的单位：{self.unit}；例如 元、亿元、%、家、公里")


def figure_table(view: View, wanted: FigureFilter) -> tuple[FigureResult, ...]:
    """The figures that pass, in text order. Raises NotFound for an unknown report."""
    reports = view.corpus.reports
    if wanted.place.report_id is not None:
        reports = (reports[report_by_id(reports, wanted.place.report_id)],)
    words, condition = read_condition(normal(wanted.words))
    names = [names_of(word) for word in words.split()]
    unit = read_unit(normal(wanted.unit)) if wanted.unit is not None else None

    def passes(report: Report, figure: Figure) -> bool:
        described = indicator_words(figure).replace(" ", "")
        high = figure.value if figure.value_to is None else figure.value_to
        return (
            all(any(name in described for name in some) for some in names)
            and (unit is None or unit[0] == figure.unit)
            and wanted.kind in (None, figure.kind)
            and (wanted.minimum is None or high >= wanted.minimum)
            and (wanted.maximum is None or figure.value <= wanted.maximum)
            and (condition is None or _meets(figure, high, condition))
            and _stands(report, figure, wanted.place)
        )

    return tuple(figure_result(report, figure) for report in reports for figure in report.figures if passes(report, figure))


def _meets(figure: Figure, high: Decimal, condition: Condition) -> bool:
    grows = condition.direction is None or (figure.kind, figure.direction) == ("growth", condition.direction)
    return grows and figure.unit == condition.unit and condition.holds(figure.value, high)


def _stands(report: Report, figure: Figure, place: Filters) -> bool:
    section = report.section_of(report.paragraph(figure.paragraph))
    headings = normal(" ".join(section.path)) if section else ""
    return (
        (place.section is None or normal(place.section) in headings)
        and (place.year is None or within(place.year, figure.period))
        and (place.status is None or figure.status == place.status)
    )
