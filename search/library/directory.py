"""The reports of an index by place and year, and the names by which a question may name a place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from index import tokens
from index.lexicon import load
from index.lexicon.compiled import cities
from index.outline.masthead import NATION
from index.records import Report
from search.plan.places import latin_name, place_names

ENDING = re.compile(r"[市县旗盟区]")
LONGEST = 6  # characters of a place that is known by its ending alone
ByYear = Mapping[str | None, Sequence[int]]


class Directory:
    """A report is its position; wherever several are given they ascend."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self.planned: ByYear = _grouped((report.year_planned, row) for row, report in enumerate(reports))
        self.reported: ByYear = _grouped((report.year_reported, row) for row, report in enumerate(reports))
        self.national = tuple(row for row, report in enumerate(reports) if report.place == NATION)
        self._named = _grouped((name, row) for row, report in enumerate(reports) if report.place for name in place_names(report.place))
        self._spoken = _grouped((report.speaker, row) for row, report in enumerate(reports) if report.speaker)
        newest = sorted(range(len(reports)), key=lambda row: (reports[row].year or "", -row), reverse=True)
        self._age = {row: age for age, row in enumerate(newest)}

    def named(self, name: str) -> Sequence[int]:
        """The reports of the places that go by this name."""
        return self._named.get(name, ())

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that there are reports of, in the order in which they first come."""
        return tuple(dict.fromkeys(report.place for report in self._reports if report.place))

    @cached_property
    def held(self) -> Mapping[str, tuple[int, ...]]:
        """Place → its reports, by year."""
        return by_place(self._reports, [row for row, report in enumerate(self._reports) if report.place])

    @cached_property
    def names(self) -> Mapping[str, str]:
        """All names by which a question may name a place, of a report or listed → the one by which it is looked up."""
        places = load("places")
        listed = (*places["provinces"], *cities())
        held = [name for name, rows in self._named.items() if name and not set(rows) <= set(self.national)]
        sounds = {"".join(tokens.sound(name)): name for name in places["latin"]}  # neimenggu, beside inner mongolia
        latin = {latin_name(name): name for name in (*listed, *(place_names(place)[-1] for place in self.places))}
        shorts = {short: name for table in ("short", "also_short") for short, name in places[table].items()}
        return {**sounds, **latin, **shorts, **{name: name for name in (*listed, *held)}}

    @cached_property
    def longest(self) -> int:
        """Characters of the longest of the names."""
        return max(map(len, self.names), default=0)

    @cached_property
    def known(self) -> frozenset[str]:
        """The names that a misspelling may mean: of the places of reports, and of provinces; also as English has them."""
        held = {name for place in self.places if place != NATION for name in place_names(place)}
        chinese = held | set(load("places")["provinces"])
        return frozenset((*chinese, *map(latin_name, chinese)))

    def having(self, length: int, at: int, character: str) -> Sequence[str]:
        """The names of so many characters that have this one at this place."""
        return self._characters.get((length, at, character), ())

    @cached_property
    def _characters(self) -> Mapping[tuple[int, int, str], Sequence[str]]:
        found: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
        for name in self.known:
            for at, character in enumerate(name if len(name) > 1 and not name.isascii() else ""):
                found[len(name), at, character].append(name)
        return dict(found)

    @cached_property
    def drawn(self) -> Mapping[str, str]:
        """A name with one character taken for another of its shape → the name."""
        alike = load("places")["alike"]
        names = [name for name in self.known if 1 < len(name) < 5]
        return {
            name[:at] + wrong + name[at + 1 :]: name for name in names for at, right in enumerate(name) for wrong in alike.get(right, "")
        }

    def of_speaker(self, matched: str) -> tuple[int, ...]:
        """The reports of the one place whose reports are given by whom a text in normal form names."""
        rows = next((rows for speaker, rows in self._spoken.items() if speaker and speaker in matched), ())
        places = {self._reports[row].place for row in rows}
        if len(places) != 1:
            return ()
        return tuple(row for row, report in enumerate(self._reports) if report.place in places)

    def latest(self, rows: Iterable[int]) -> int:
        """The one given last; of one year the first."""
        return min(rows, key=self._age.__getitem__)

    @cached_property
    def figures(self) -> Mapping[str | None, Mapping[int, int]]:
        """Period → the reports with figures of it, and how many."""
        found: dict[str | None, dict[int, int]] = {}
        for row, report in enumerate(self._reports):
            for figure in report.figures:
                of_period = found.setdefault(figure.period, {})
                of_period[row] = of_period.get(row, 0) + 1
        return found


def by_place(reports: Sequence[Report], rows: Iterable[int]) -> dict[str, tuple[int, ...]]:
    """Reports by their place, by year; 海拉尔区 and 呼伦贝尔市海拉尔区 are one, where no other has the name."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(reports[row].place or "", []).append(row)
    for short in sorted(found, key=len):
        longer = [place for place in found if place != short and place.endswith(short)]
        if short and len(longer) == 1:
            found[longer[0]] += found.pop(short)
    return {place: tuple(sorted(own, key=lambda row: (reports[row].year or "", row))) for place, own in found.items()}


class PlacesWritten:
    """What texts in normal form have before 市, 县, 旗, 盟 or 区: whether any of them writes a place of up to LONGEST characters."""

    def __init__(self, texts: Iterable[str]) -> None:
        ends = {text[max(0, m.end() - LONGEST) : m.end()] for text in texts for m in ENDING.finditer(text)}
        self._backwards = sorted(end[::-1] for end in ends)  # so that what ends alike stands together

    def __contains__(self, name: str) -> bool:
        backwards = name[::-1]
        at = bisect_left(self._backwards, backwards)
        return at < len(self._backwards) and self._backwards[at].startswith(backwards)


def _grouped(pairs: Iterable[tuple[str | None, int]]) -> dict[str | None, list[int]]:
    found: defaultdict[str | None, list[int]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return dict(found)
