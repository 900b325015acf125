"""One indicator over reports: what each reached and planned, and what the one before had planned."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from index.errors import NotFound, UsageError
from index.records import Figure, Report, Status
from search.check.measures import is_single
from search.library.filters import report_by_id
from search.library.given import Given, Measure, falls, given, named, other_names, pick
from search.library.view import View
from search.plan.places import place_names
from search.plan.wanted import ALL_KINDS
from search.results import Computed, Offer, Row, Side, citation, figure_result
from search.written import difference, hedged


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
    return [sorted(group, key=lambda one: one.year or "") for group in found]


def by_place(reports: Iterable[Report]) -> list[Report]:
    return [report for group in groups(reports) for report in group]


def select(reports: Sequence[Report], ids: Sequence[str] | None, place: str | None, year: str | None) -> tuple[Report, ...]:
    """The reports named by their ids, of a place (by a full or short name), given in a year; None is any. Raises NotFound."""
    for one in ids or ():
        report_by_id(reports, one)
    found = tuple(
        report
        for report in reports
        if (ids is None or report.id in ids)
        and (place is None or (report.place is not None and place in (report.place, *place_names(report.place))))
        and year in (None, report.year)
    )
    if not found:
        raise NotFound(f"索引里没有{place or ''}{f'{year}年' if year else ''}的报告")
    return found


Givens = Callable[[Report], Sequence[Given]]  # a report's figures that may be set beside those of others
T = TypeVar("T")
STATUSES: tuple[Status, Status] = ("actual", "target")
FEWEST = 2  # reports that give an indicator, for it to be offered


def side_by_side(chosen: Sequence[Report], held: Sequence[Report], words: str, kind: str | None, givens: Givens) -> tuple[Row, ...]:
    """A row for each report of `chosen`, by place and year; `held` are all there are, for what was planned the year before.

    Without a `kind` it is the one in which most of them give the indicator. Raises UsageError.
    """
    if not words.strip():
        raise UsageError("请给出一个指标，例如：地区生产总值")
    if kind is not None and kind not in ALL_KINDS:
        raise UsageError(f"没有这种指标：{kind}；可用 {'、'.join(sorted(ALL_KINDS))}")
    name = _name(words, chosen, givens)
    found = [[one for one in givens(report) if one.name == name] for report in chosen]
    asked = kind or _commonest({one.kind for one in ones} for ones in found)
    if asked is None:
        return ()
    unit = _commonest({one.figure.unit for one in ones if one.kind == asked} for ones in found)
    measure = Measure(name, asked, unit)
    return tuple(_row(report, before(held, report), measure, givens) for report in by_place(chosen))


def offers(reports: Sequence[Report], givens: Givens) -> tuple[Offer, ...]:
    """The indicators that at least two reports give, those that most give first."""
    counts = Counter(pair for report in reports for pair in {(one.name, one.kind) for one in givens(report) if is_single(one.name)})
    return tuple(Offer(name, kind, count) for (name, kind), count in counts.most_common() if count >= FEWEST)


def _name(words: str, reports: Sequence[Report], givens: Givens) -> str:
    """The indicator's one name; where no report gives it, that of its other names which most give."""
    asked = named(words)
    counts = Counter(name for report in reports for name in {one.name for one in givens(report)})
    return asked if counts[asked] else max(other_names(words), key=lambda name: counts[name], default=asked)


def _commonest(sets: Iterable[set[T]]) -> T | None:
    """What stands in most of the sets."""
    counts = Counter(value for values in sets for value in values)
    return counts.most_common(1)[0][0] if counts else None


def _row(report: Report, last: Report | None, measure: Measure, givens: Givens) -> Row:
    reached, planned = (pick(givens(report), measure, status) for status in STATUSES)
    planned_before = pick(givens(last), measure, "target") if last else None
    return Row(
        indicator=measure.name,
        kind=measure.kind,
        report_id=report.id,
        report=report.title,
        place=report.place,
        year=report.year,
        reached=_side(report, reached),
        planned=_side(report, planned),
        planned_before=_side(last, planned_before),
        difference=_exceeds(reached, planned_before),
    )


def _side(report: Report | None, figure: Figure | None) -> Side | None:
    if report is None or figure is None:
        return None
    fall = falls(figure)
    sentence = citation(report, report.paragraph(figure.paragraph), figure.sentence)
    return Side(("下降" if fall else "") + hedged(figure), fall, figure_result(report, figure), sentence)


def _exceeds(reached: Figure | None, planned: Figure | None) -> Computed | None:
    """By how much what was reached exceeds the plan; None where that is no one number."""
    if reached is None or planned is None or reached.unit != planned.unit or reached.unit is None:
        return None
    if reached.value_to or planned.value_to or falls(reached) or falls(planned):
        return None
    return difference(reached, planned)


class Sides:
    """`base` knows the first of the view's reports."""

    def __init__(self, view: View, base: "Sides | None" = None) -> None:
        self._view, self._base = view, base
        self._ids = frozenset(report.id for report in view.corpus.reports)
        self._given: dict[str, tuple[Given, ...]] = {}  # by the report's id

    def rows(self, words: str, kind: str | None, report_ids: Sequence[str] | None, place: str | None, year: str | None) -> tuple[Row, ...]:
        """Raises UsageError, NotFound."""
        reports = self._view.corpus.reports
        return side_by_side(select(reports, report_ids, place, year), reports, words, kind, self._givens)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return offers(self._view.corpus.reports, self._givens)

    def _givens(self, report: Report) -> tuple[Given, ...]:
        if self._base and report.id in self._base._ids:
            return self._base._givens(report)
        if report.id not in self._given:
            self._given[report.id] = given(report, self._view.texts[report_by_id(self._view.corpus.reports, report.id)])
        return self._given[report.id]


def place_of(report: Report) -> str:
    """What tells a report from others to a reader: its place, or its title where it names none."""
    return report.place or report.title


def places(reports: Sequence[Report]) -> list[str]:
    """The places that can be compared, a report without one by its title."""
    return [place_of(group[0]) for group in groups(reports)]


def of_places(reports: Sequence[Report], chosen: Sequence[str]) -> list[str]:
    """The ids of the reports of some places; of none chosen those of all."""
    return [report.id for group in groups(reports) if not chosen or place_of(group[0]) in chosen for report in group]
