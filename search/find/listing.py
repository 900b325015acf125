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
    """What is asked of a figure; None and "" are any. Ranges pass where they overlap.

    `words` may set a condition (增长超过30%). `unit` is a unit as written or its base: 亿元 and 元 both find what is in 元.
    `minimum` and `maximum` are in base units.
    """

    words: str
    unit: str | None
    kind: str | None
    minimum: Decimal | None
    maximum: Decimal | None
    place: Filters


@dataclass(frozen=True, slots=True)
class _Test:
    """A filter as it is put to each figure: names in normal form, values in base units."""

    terms: tuple[tuple[str, ...], ...]
    condition: Condition | None
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
        reports = (reports[report_by_id(view.corpus.reports, wanted.place.report_id)],)
    test = _test(wanted)
    return tuple(figure_result(report, figure) for report in reports for figure in report.figures if _passes(report, figure, test))


def _test(wanted: FigureFilter) -> _Test:
    words, condition = read_condition(normal(wanted.words))
    known = read_unit(normal(wanted.unit)) if wanted.unit is not None else None
    if wanted.unit is not None and known is None:
        raise UsageError(f"不认识的单位：{wanted.unit}；例如 元、亿元、%、家、公里")
    return _Test(
        terms=tuple(names_of(word) for word in words.split()),
        condition=condition,
        unit=known[0] if known else None,
        kind=wanted.kind,
        minimum=wanted.minimum,
        maximum=wanted.maximum,
        place=wanted.place,
    )


def _passes(report: Report, figure: Figure, test: _Test) -> bool:
    described = indicator_words(figure).replace(" ", "")
    high = figure.value if figure.value_to is None else figure.value_to
    return (
        all(any(name in described for name in names) for names in test.terms)
        and (test.unit is None or test.unit == figure.unit)
        and (test.kind is None or figure.kind == test.kind)
        and (test.minimum is None or high >= test.minimum)
        and (test.maximum is None or figure.value <= test.maximum)
        and (test.condition is None or _meets(figure, high, test.condition))
        and _stands(report, figure, test.place)
    )


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
