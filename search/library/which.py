"""Which report of several a question is put to: by the place and the year it names, else by what it is about.

What was reached in a year stands in the report of the next one, what was planned for it in its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import chain

from search.question.patterns import found
from search.question.terms import read_terms
from search.question.when import REPORT_OF, years_named
from search.view import View
from search.whose import of_name, of_place, place_not_held

IN_TURN = 2  # of the reports on a year, and of those that planned it, so many are asked where no place is named
PLANNED = re.compile(
    r"年初(?:定|提出|确定|承诺)|原定|预计|目标|计划(?!生育)|预期(?!寿命)"
)  # a plan is asked for beyond doubt


@dataclass(frozen=True, slots=True)
class Choice:
    """A report, by its position, and what is asked for that no report is of: 深圳, 全国2016年."""

    report: int
    missing: str | None = None
    others: tuple[
        int, ...
    ] = ()  # asked where the first says nothing: the one that planned the year it reports on, of no place others too


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says of where and when; `year` and `planned` are a caller's filters."""

    matched: str  # in normal form
    year: str | None
    planned: bool


def choose(view: View, asked: Asked, evidence: Callable[[], Sequence[int]]) -> Choice:
    """The report to ask. `evidence` gives the reports whose passages fit the question, best first; asked only where it decides."""
    everywhere = range(len(view.corpus.reports))
    rows = of_place(view, asked.matched) or of_name(view, asked.matched)
    missing = None if rows else place_not_held(view, asked.matched)
    if missing:
        return Choice(_first(evidence(), everywhere), missing)
    dated = _of_year(view, rows or everywhere, asked)
    if dated is not None and not dated.rows:
        place = _shown_place(view, rows)
        return Choice(view.directory.latest(rows or everywhere), f"{place}{dated.year}年")
    candidates = dated.rows if dated else rows
    if len(candidates) == 1:
        return Choice(candidates[0], others=dated.others if dated and len(dated.others) == 1 else ())
    if rows:
        return Choice(_knowing_most(view, candidates, asked.matched))
    if dated is None:
        return Choice(_first(evidence(), everywhere))
    first, *others = _fitting(evidence(), dated)
    return Choice(first, others=tuple(others))


def names_one(view: View, asked: Asked) -> bool:
    """Whether a question says which report it is for, by place or year."""
    years = years_named(asked.matched, view.corpus.reports[0], relative=False)
    return bool(asked.year or years or of_place(view, asked.matched))


@dataclass(frozen=True, slots=True)
class _Dated:
    """Reports for a year; none where no report is of it."""

    year: str
    rows: tuple[int, ...]
    others: tuple[int, ...] = ()  # those asked where the first say nothing of it


def _of_year(view: View, rows: Sequence[int], asked: Asked) -> _Dated | None:
    """The reports that give what is asked of a year; None where none is named."""
    directory, among = view.directory, rows if isinstance(rows, range) else frozenset(rows)
    named = REPORT_OF.search(asked.matched)
    if named:
        return _Dated(named[1], _among(directory.planned.get(named[1]), among))
    latest = view.corpus.reports[directory.latest(rows)]
    named_years = years_named(asked.matched, latest, relative=False)  # beside one of them 上年 is the year before it
    years = named_years or years_named(asked.matched, latest) or ([asked.year] if asked.year else [])
    if not years:
        return None
    year = max(years, key=lambda year: year[-4:])
    target = asked.planned or (
        found("status", "target", asked.matched) is not None and found("status", "actual", asked.matched) is None
    )
    own = _among(directory.planned.get(year[:4]), among)  # given in it, or in the first year of a range
    later = _among(directory.reported.get(year[-4:]), among)  # given in the year after it, or after the last of a range
    if len(years) > 1 or target:
        surely = len(years) == 1 and (asked.planned or PLANNED.search(asked.matched)) and "-" not in year
        return _Dated(year, own or (() if surely and later else later or _nearby(view, among, year)))
    return _Dated(year, later or own or _nearby(view, among, year), own if later else ())


def _fitting(ranked: Sequence[int], dated: _Dated) -> list[int]:
    """The reports of a year, of no place, that are asked in turn: those that report on it, then those that planned it, best first."""
    found = [[row for row in ranked if row in rows][:IN_TURN] for rows in map(frozenset, (dated.rows, dated.others))]
    return [*dict.fromkeys(chain(*found))] or [dated.rows[0]]


def _nearby(view: View, among: Container[int], year: str) -> tuple[int, ...]:
    """The reports with most figures of a year or range that is no report's own; for a range else those given within it."""
    counts = {row: count for row, count in view.directory.figures.get(year, {}).items() if row in among}
    if counts:
        most = max(counts.values())
        return tuple(row for row, count in counts.items() if count == most)
    if "-" not in year:
        return ()
    first, last = year.split("-")
    inside = (rows for given, rows in view.directory.planned.items() if first <= (given or "") <= last)
    return _among(sorted(chain(*inside)), among)


def _among(found: Sequence[int] | None, rows: Container[int]) -> tuple[int, ...]:
    return tuple(row for row in found or () if row in rows)


def _knowing_most(view: View, rows: Sequence[int], matched: str) -> int:
    """The latest of the reports that know most of the question's words."""

    def known(row: int) -> float:
        terms = read_terms(matched, view.corpus.reports[row])
        total = sum(term.weight for term in terms)
        return round(sum(term.weight for term in terms if view.knows(term, row)) / total, 2) if total else 0.0

    return max(rows, key=lambda row: (known(row), view.corpus.reports[row].year_planned or "", -row))


def _first(ranked: Sequence[int], rows: Sequence[int]) -> int:
    among = rows if isinstance(rows, range) else frozenset(rows)
    return next((row for row in ranked if row in among), rows[0])


def _shown_place(view: View, rows: Sequence[int]) -> str:
    places = {view.corpus.reports[row].place or "" for row in rows}
    return min(places, key=len) if places else ""
