"""An index as questions see it: its reports by place and year, texts in normal form, where each figure stands, how telling a word is.

And a question as it is put to one report.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from index.lexicon import load
from index.lexicon.compiled import cities
from index.outline.masthead import NATION
from index.records import Figure, Report
from index.retrieve.rows import TABLES, Columns, Ranking, Table, Where
from index.store.disk import Index
from index.text import normal
from search.plan.places import latin_name, place_names
from search.plan.question import Question, parse
from search.plan.respell import Sounds, respell
from search.plan.terms import Term

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
        newest = sorted(range(len(reports)), key=lambda row: (reports[row].year or "", -row), reverse=True)
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
        latin = {latin_name(name): name for name in (*listed, *(place_names(place)[-1] for place in self.places))}
        shorts = {short: name for table in ("short", "also_short") for short, name in places[table].items()}
        return {**latin, **shorts, **{name: name for name in (*listed, *held)}}

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


WORDS = 20_000  # whose weight in a report is kept, some 6 MB: anybody may ask for ever new ones
HEARD = 64  # reports whose texts are kept as they sound: to listen to one takes 5 ms, and all of ten thousand would fill the memory
OTHER_NAME = 0.5  # what a word of another name is worth beside the word asked
SAMPLE = 300  # sentences by which the likeness of any two is known


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of one report stand among those of all: they are contiguous. None is all of them."""

    passages: range
    sentences: range
    figures: range


def indicator_words(figure: Figure) -> str:
    """A figure's indicator, in normal form, with what it is a share of."""
    return normal(f"{figure.indicator} {figure.of or ''}")


class View:
    """Reads an Index; computes each thing once, when it is first needed."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.corpus = index.corpus
        self._likeness: dict[int, tuple[float, float]] = {}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each report's text in normal form."""
        return tuple(normal(report.text) for report in self.corpus.reports)

    @cached_property
    def directory(self) -> Directory:
        """Its reports by place and year."""
        return Directory(self.corpus.reports)

    @cached_property
    def places_written(self) -> PlacesWritten:
        """The places that its texts write."""
        return PlacesWritten(self.texts)

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """Each report's rows."""
        run = self.columns.run
        return tuple(Rows(*(run(table, report) for table in TABLES)) for report in range(len(self.corpus.reports)))

    @property
    def columns(self) -> Columns:
        """What rows are filtered by."""
        return self.index.backend.columns

    @cached_property
    def passage_texts(self) -> tuple[str, ...]:
        return tuple(passage.span.of(self.texts[passage.report]) for passage in self.corpus.passages)

    @cached_property
    def passages_of_paragraph(self) -> dict[tuple[int, int], tuple[int, ...]]:
        found: dict[tuple[int, int], tuple[int, ...]] = {}
        for row, passage in enumerate(self.corpus.passages):
            key = (passage.report, passage.paragraph)
            found[key] = (*found.get(key, ()), row)
        return found

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Each figure's indicator, in normal form, with what it is a share of."""
        rows = (self.figure(row) for row in range(len(self.index.figures)))
        return tuple(map(indicator_words, rows))

    @cached_property
    def sounds(self) -> Callable[[int], Sounds]:
        """A report's text, to be listened to. Holds no View: what is in a cycle outlives its generation."""
        texts = self.texts
        return lru_cache(HEARD)(lambda report: Sounds(texts[report]))

    def likeness(self, report: int) -> tuple[float, float]:
        """Mean and standard deviation of the cosine of any two sentences of a report (of its first ones): each encoder has its own."""
        if report not in self._likeness:
            rows = self.rows[report].sentences
            vectors = self.index.backend.vectors("sentences", rows.start, min(rows.stop, rows.start + SAMPLE))
            cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
            spread = float(cosines.std()) if len(cosines) else 0.0
            self._likeness[report] = (float(cosines.mean()), spread) if spread > 0 else (0.0, 1.0)
        return self._likeness[report]

    def figure(self, row: int) -> Figure:
        report, number = self.index.figures[row]
        return self.corpus.reports[report].figures[number]

    def passage_of_figure(self, row: int) -> int:
        """The passage a figure stands in."""
        figure, report = self.figure(row), self.index.figures[row][0]
        rows = self.passages_of_paragraph[report, figure.paragraph]
        return next((r for r in rows if self.corpus.passages[r].span.contains(figure.span)), rows[-1])

    def read(self, text: str, report: int) -> Question:
        """A question as one put to a report, in the report's spelling. Raises QuestionError."""
        owner = self.corpus.reports[report]
        question = parse(text, owner)
        unknown = [term.text for term in question.terms if not term.text.isascii() and not self.knows(term, report)]
        if unknown:
            spelled = respell(question, unknown, self.texts[report], self.sounds(report))
            question = question if spelled is None else parse(spelled, owner)
        # who gave a report says which one is asked, also where its own text does not name them
        return replace(question, terms=tuple(term for term in question.terms if term.text not in self.directory.speakers))

    def by_words(self, table: Table, question: Question, k: int, where: Where) -> Ranking:
        """BM25 by the words as asked, and for less by the other names of the same: what uses the word itself goes first."""
        backend = self.index.backend
        own, other = (backend.by_words(table, words, k, where) for words in (question.words, question.other_words))
        scores = {row: own.get(row, 0.0) + OTHER_NAME * other.get(row, 0.0) for row in own | other}
        return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k])

    def knows(self, term: Term, report: int) -> bool:
        return term.stands_in(self.texts[report])

    def weight(self, term: Term, report: int) -> float:
        """How telling a term is: its inverse document frequency over the report's passages, times its own weight.

        A term that the report lacks weighs as much as one that stands in a single passage.
        """
        return self._idf(report, term.names) * term.weight

    @cached_property
    def _idf(self) -> Callable[[int, tuple[str, ...]], float]:
        """Of a term by its names; holds no View, as `sounds`."""
        rows, texts = self.rows, self.passage_texts

        def idf(report: int, names: tuple[str, ...]) -> float:
            passages = rows[report].passages
            hits = sum(any(name in texts[row] for name in names) for row in passages)
            return math.log(1 + (len(passages) + 0.5) / (max(hits, 1) + 0.5))

        return lru_cache(WORDS)(idf)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to one report of an index."""

    view: View
    question: Question
    row: int  # the report's position

    @property
    def report(self) -> Report:
        return self.view.corpus.reports[self.row]

    @property
    def matched(self) -> str:
        """The report's text in normal form."""
        return self.view.texts[self.row]

    @property
    def known(self) -> float:
        """The share (0..1) of the question's telling words that the report has."""
        return self.share_in(self.matched)

    def share_in(self, text: str) -> float:
        """The share of the question's telling words that a text of the report has, each weighed by how telling it is (0..1)."""
        weights = [self.view.weight(term, self.row) for term in self.question.terms]
        has = [term.share_in(text) for term in self.question.terms]
        return sum(w * h for w, h in zip(weights, has, strict=True)) / sum(weights) if sum(weights) else 0.0

    def heading(self, figure: Figure) -> str:
        """The innermost heading over a figure, as it is written; "" where none is."""
        section = self.report.section_of(self.report.paragraph(figure.paragraph))
        return section.path[-1] if section else ""
