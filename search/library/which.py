"""Which report of several a question is put to: by the place and the year it names, else by what it is about.

What was reached in a year stands in the report of the next one, what was planned for it in its own.
"""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from index import tokens
from index.lexicon import load
from index.outline.masthead import NATION
from index.text import normal
from search.library.filters import Filters, report_by_id
from search.library.view import View
from search.plan.places import listed_places
from search.plan.terms import read_terms
from search.plan.vocabulary import found
from search.plan.when import REPORT_OF, years_named

IN_TURN = 2  # of the reports on a year, and of those that planned it, so many are asked where no place is named
PLANNED = re.compile(r"年初(?:定|提出|确定|承诺)|原定|预计|目标|计划(?!生育)|预期(?!寿命)")  # a plan is asked for beyond doubt


@dataclass(frozen=True, slots=True)
class Choice:
    """A report, by its position, and what is asked for that no report is of: 深圳, 全国2016年."""

    report: int
    missing: str | None = None
    others: tuple[int, ...] = ()  # asked where the first says nothing: the one that planned the year it reports on, of no place others too


@dataclass(frozen=True, slots=True)
class Named:
    """What a question says of where and when; `year` and `planned` are a caller's filters."""

    matched: str  # in normal form
    year: str | None
    planned: bool


def choose(view: View, named: Named, evidence: Callable[[], Sequence[int]]) -> Choice:
    """The report to ask. `evidence` gives the reports whose passages fit the question, best first; asked only where it decides."""
    everywhere = range(len(view.corpus.reports))
    rows = of_place(view, named.matched) or of_name(view, named.matched)
    missing = None if rows else place_not_held(view, named.matched)
    if missing:
        return Choice(_first(evidence(), everywhere), missing)
    dated = _of_year(view, rows or everywhere, named)
    if dated is not None and not dated.rows:
        place = _shown_place(view, rows)
        return Choice(view.directory.latest(rows or everywhere), f"{place}{dated.year}年")
    candidates = dated.rows if dated else rows
    if len(candidates) == 1:
        return Choice(candidates[0], others=dated.others if dated and len(dated.others) == 1 else ())
    if rows:
        return Choice(_knowing_most(view, candidates, named.matched))
    if dated is None:
        return Choice(_first(evidence(), everywhere))
    first, *others = _fitting(evidence(), dated)
    return Choice(first, others=tuple(others))


def names_one(view: View, named: Named) -> bool:
    """Whether a question says which report it is for, by place or year."""
    years = years_named(named.matched, view.corpus.reports[0], relative=False)
    return bool(named.year or years or of_place(view, named.matched))


@dataclass(frozen=True, slots=True)
class _Dated:
    """Reports for a year; none where no report is of it."""

    year: str
    rows: tuple[int, ...]
    others: tuple[int, ...] = ()  # those asked where the first say nothing of it


def _of_year(view: View, rows: Sequence[int], named: Named) -> _Dated | None:
    """The reports that give what is asked of a year; None where none is named."""
    directory, among = view.directory, rows if isinstance(rows, range) else frozenset(rows)
    own_year = REPORT_OF.search(named.matched)
    if own_year:
        return _Dated(own_year[1], _among(directory.planned.get(own_year[1]), among))
    latest = view.corpus.reports[directory.latest(rows)]
    named_years = years_named(named.matched, latest, relative=False)  # beside one of them 上年 is the year before it
    years = named_years or years_named(named.matched, latest) or ([named.year] if named.year else [])
    if not years:
        return None
    year = max(years, key=lambda year: year[-4:])
    target = named.planned or (found("status", "target", named.matched) is not None and found("status", "actual", named.matched) is None)
    own = _among(directory.planned.get(year[:4]), among)  # given in it, or in the first year of a range
    later = _among(directory.reported.get(year[-4:]), among)  # given in the year after it, or after the last of a range
    if len(years) > 1 or target:
        surely = len(years) == 1 and (named.planned or PLANNED.search(named.matched)) and "-" not in year
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

    return max(rows, key=lambda row: (known(row), view.corpus.reports[row].year or "", -row))


def _first(ranked: Sequence[int], rows: Sequence[int]) -> int:
    among = rows if isinstance(rows, range) else frozenset(rows)
    return next((row for row in ranked if row in among), rows[0])


def _shown_place(view: View, rows: Sequence[int]) -> str:
    places = {view.corpus.reports[row].place or "" for row in rows}
    return min(places, key=len) if places else ""


UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,5}[市县旗盟]$|[\u4e00-\u9fff]{2,4}(?<![小社园城地山灾牧林新矿校景库功]..)区$")


def of_place(view: View, matched: str) -> tuple[int, ...]:
    """The reports of the place that is named first, of the nation's only where no other is; none of places that are named as a group."""
    extent = view.extent(matched)
    named = [place for place in extent.places if place.reports]
    if extent.group and len(named) > 1:
        return ()
    return tuple(sorted(next((place.reports for place in sorted(named, key=lambda place: place.name == NATION)), ())))


def of_name(view: View, matched: str) -> tuple[int, ...]:
    """The reports that have a name with a place of no report in it: 宁波舟山港."""
    found = _named_for_place().search(matched)
    if not found:
        return ()
    return tuple(row for row, text in enumerate(view.texts) if found[0] in text)


@cache
def _named_for_place() -> re.Pattern[str]:
    table = load("places")
    places = "|".join(listed_places())
    return re.compile(rf"(?:{places})[一-鿿]{{0,4}}?(?:{'|'.join(table['named_for'])})")


def place_not_held(view: View, matched: str) -> str | None:
    """A place that is asked about and that no report is of: a listed one, or one by its ending that no text has."""
    if not asks_a_fact(matched):
        return None
    extent = view.extent(matched)
    elsewhere = [place.name for place in extent.places if not place.reports and not extent.group]
    elsewhere += [name for name in load("places")["abroad"] if name in tokens.words(matched)]
    if elsewhere:
        return elsewhere[0]
    unlisted = [word for word in tokens.words(matched) if UNLISTED.match(word)]
    return next((word for word in unlisted if word not in view.places_written), None)


def asks_a_fact(matched: str) -> bool:
    """A number, a person or a day: what a report of another place cannot give. A bare name is a search."""
    wanted = any(found("wanted", kind, matched) for kind in ("any", "growth", "rate", "share", "measure", "amount", "rank"))
    return wanted or any(found("asks", name, matched) for name in ("who", "when"))


def route(view: View, question: str, filters: Filters, evidence: Callable[[], Sequence[int]]) -> Choice:
    """The report to ask. `evidence` gives the reports whose passages fit best; asked only where it decides. Raises NotFound."""
    if filters.report_id is not None:
        return Choice(report_by_id(view.corpus.reports, filters.report_id))
    if len(view.corpus.reports) == 1:
        return Choice(0)
    return choose(view, _named(question, filters), evidence)


def in_one(view: View, question: str, filters: Filters) -> bool:
    """Whether a search is in one report: the only one, or one that the caller or the question names."""
    named = filters.report_id is not None or len(view.corpus.reports) == 1
    return named or names_one(view, _named(question, filters))


def _named(question: str, filters: Filters) -> Named:
    return Named(normal(question), filters.year, filters.status == "target")
