"""A question put to several reports: its cells, each from its own report, what is done with them, and the answer in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from index.records import Figure, Report, Status
from search.find.gather import Encode
from search.library.extent import Extent, Place
from search.library.view import Asked, View
from search.match.across import Found, When, best_of, candidates_of, sought_of, unmarked
from search.over.intent import Over
from search.plan.question import Question, parse
from search.results import Reason

GIVEN = 0.3  # chance (0..1) from which a figure is given: of those that a report has .94 are, by folds over reports (train/across.py)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that is asked for of one report; None where no report is of it, as `reason` says."""

    subject: str
    place: Place
    year: str | None
    status: Status | None
    report: int | None
    reason: Reason | None = None
    found: Found | None = None

    @property
    def figure(self) -> Figure | None:
        return self.found.figure if self.found else None

    @property
    def signed(self) -> Decimal:
        """Its figure's value, of a range the lower end, of a fall below nothing; 0 without one."""
        return signed(self.figure) if self.figure else Decimal(0)


@dataclass(frozen=True)
class Gathering:
    """What a question over reports is answered with."""

    view: View
    encode: Encode
    extent: Extent
    over: Over
    newest: Report

    @property
    def reports(self) -> Sequence[Report]:
        return self.view.corpus.reports

    @cached_property
    def question(self) -> Question:
        """As it is put to any of the reports."""
        return parse(self.extent.text, self.newest)

    def asked(self, row: int) -> Asked:
        return Asked(self.view, self.question, row)


def subjects_of(over: Over) -> tuple[str, ...]:
    """The subjects of a question; of none marked all that is left of it."""
    return over.subjects or (unmarked(over.text).strip(" ,，、的?"),)


def cells_of(gathering: Gathering, subject: str) -> list[Cell]:
    """The cells of a subject: of every place, year and status that is asked for, in the order of the question."""
    found: list[Cell] = []
    for place in gathering.extent.places:
        for year, status in times_of(gathering, place):
            found += _cells(gathering, subject, place, year, status)
    return found


def times_of(gathering: Gathering, place: Place) -> list[tuple[str | None, Status]]:
    """The years that figures of a place are asked for, each with whether they are planned or reached."""
    over, reports = gathering.over, gathering.reports
    own = [reports[row] for row in place.reports]
    likely = dict(over.statuses)
    status: Status = max(likely, key=lambda one: likely[one]) if likely else "target"
    planned, reported = gathering.newest.year_planned, gathering.newest.year_reported
    if over.operator == "kept":
        years = over.years or ((reported,) if reported else ())
        return [(year, one) for year in years for one in ("target", "actual")]
    if over.every_year and not over.years:
        years = tuple(
            dict.fromkeys(year for report in own if (year := report.year_planned if status == "target" else report.year_reported))
        )
        return [(year, status) for year in years]
    if over.years and over.operator == "give" and over.both >= max(likely.values(), default=0.0):
        return [(year, one) for year in over.years for one in _held(own, year) or [status_of(over, year, planned, reported)]]
    if over.years:
        return [(year, status_of(over, year, planned, reported)) for year in over.years]
    if over.operator == "change":
        newest = planned if status == "target" else reported
        return [(newest, status), (str(int(newest) - 1), status)] if newest else []
    return [(planned if status == "target" else reported, status)]


def _held(reports: Sequence[Report], year: str) -> list[Status]:
    """What reports say of a year: planned, reached or both."""
    told: tuple[tuple[Status, bool], ...] = (
        ("target", any(report.year_planned == year for report in reports)),
        ("actual", any(report.year_reported == year for report in reports)),
    )
    return [status for status, there in told if there]


def status_of(over: Over, year: str, planned: str | None, reported: str | None) -> Status:
    """What a year's figure is: what is to come is planned; else as the question is read."""
    likely = dict(over.statuses)
    if planned and year[:4] >= planned:
        return "actual" if likely.get("actual", 0.0) >= SURELY and len(over.years) == 1 else "target"
    return "target" if likely.get("target", 0.0) >= likely.get("actual", 0.0) else "actual"


SURELY = 0.9  # chance (0..1) from which a result is asked for of a year that is only planned yet


def _cells(gathering: Gathering, subject: str, place: Place, year: str | None, status: Status) -> list[Cell]:
    reports = gathering.reports
    first, last = ((year or "").split("-") * 2)[:2]  # of a five-year plan the report of its first year sets it, that after its last tells
    own = [
        row for row in place.reports if (reports[row].year_planned == first if status == "target" else reports[row].year_reported == last)
    ]
    if own:
        return [Cell(subject, place, year, status, row) for row in own]
    reason: Reason = "ambiguous" if place.twins else "not_held"
    newest = max((reports[row].year_planned or "" for row in place.reports), default="")
    if place.reports and status == "actual" and year is not None and year >= newest:
        reason = "not_yet"
    return [Cell(subject, place, year, status, None, reason)]


def fill(gathering: Gathering, cells: Sequence[Cell]) -> list[Cell]:
    """Each cell with the figure that its report gives, those of one subject and status together."""
    found: dict[int, Cell] = {}
    groups: dict[tuple[str, Status | None], list[int]] = {}
    for at, cell in enumerate(cells):
        if cell.report is not None:
            groups.setdefault((cell.subject, cell.status), []).append(at)
    for (subject, _), members in groups.items():
        when = {row: When(cells[at].year, cells[at].status) for at in members if (row := cells[at].report) is not None}
        best = chosen(gathering, subject, when)
        for at in members:
            one = best.get(row) if (row := cells[at].report) is not None else None
            given = one is not None and one.chance >= GIVEN
            found[at] = replace(cells[at], found=one) if given else replace(cells[at], reason="absent")
    return [found.get(at, cell) for at, cell in enumerate(cells)]


def chosen(gathering: Gathering, subject: str, when: Mapping[int, When]) -> dict[int, Found]:
    """Of each report the likeliest figure; of one measure over all, where they are to be set side by side."""
    view = gathering.view
    text = gathering.over.text
    for other in gathering.over.subjects:
        text = text.replace(other, "", 1) if other != subject else text
    sought = sought_of(gathering.newest, subject, text, gathering.encode)
    return best_of(candidates_of(view, sought, when))


def signed(figure: Figure) -> Decimal:
    """A figure's value, of a range its lower end, of a fall below nothing."""
    return -figure.value if figure.kind in ("growth", "points") and figure.direction == "down" else figure.value
