"""The reports of an index by what a question says of them, place and year: looked up, however many there are."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property

from index.outline.masthead import NATION
from index.records import Report
from search.plan.places import latin_name, place_names

ENDING = re.compile(r"[市县旗盟区]")
LATIN = re.compile(r"[a-z]{4}")
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
        newest = sorted(range(len(reports)), key=lambda row: (reports[row].year_planned or "", -row), reverse=True)
        self._age = {row: age for age, row in enumerate(newest)}

    def of_place(self, matched: str) -> tuple[int, ...]:
        """The reports of the place that a text in normal form names first; the nation is none."""
        named, longest = self._latin if LATIN.search(matched) else self._chinese
        for start in range(len(matched)):
            names = (matched[start:end] for end in range(start + 2, min(start + longest, len(matched)) + 1))
            rows = {row for name in names for row in named.get(name, ())}.difference(self.national)
            if rows:
                return tuple(sorted(rows))
        return ()

    @cached_property
    def _chinese(self) -> tuple[ByYear, int]:
        """The reports by the names of their places, and the length of the longest name."""
        return self._named, max(map(len, filter(None, self._named)), default=0)

    @cached_property
    def _latin(self) -> tuple[ByYear, int]:
        """The same with what English calls the places: only a question with English in it needs them."""
        english = _grouped((latin_name(report.place), row) for row, report in enumerate(self._reports) if report.place)
        return {**self._named, **english}, max(map(len, filter(None, [*self._named, *english])), default=0)

    @property
    def speakers(self) -> Container[str | None]:
        """Who is named at the head of any report."""
        return self._spoken

    def of_speaker(self, matched: str) -> tuple[int, ...]:
        """The reports of the one place whose reports are given by whom a text in normal form names."""
        rows = next((rows for speaker, rows in self._spoken.items() if speaker and speaker in matched), ())
        places = {self._reports[row].place for row in rows}
        if len(places) != 1:
            return ()
        return tuple(row for row, report in enumerate(self._reports) if report.place in places)

    def has_place(self, name: str) -> bool:
        """Whether a report is of a place that goes by this name."""
        return name in self._named

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
