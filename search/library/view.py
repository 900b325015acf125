"""An index as questions see it: its reports by place and year, texts in normal form, where each figure stands, how telling a word is.

And a question as it is put to one report.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from index.records import Figure, Report
from index.retrieve.rows import TABLES, Columns, Ranking, Table, Where
from index.store.disk import Index
from index.text import normal
from search.library.directory import Directory, PlacesWritten
from search.library.extent import Extent, extent_of
from search.plan.question import Question, parse
from search.plan.respell import Sounds, respell
from search.plan.terms import Term

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
    """Reads an Index; computes each thing once, when it is first needed.

    Where another view `base` is of the first of its reports, what that one has of them is taken, not made again.
    """

    def __init__(self, index: Index, base: "View | None" = None) -> None:
        self.index, self._base = index, base
        self.corpus = index.corpus
        self._likeness: dict[int, tuple[float, float]] = {}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each report's text in normal form."""
        held = self._base.texts if self._base else ()
        return (*held, *(normal(report.text) for report in self.corpus.reports[len(held) :]))

    @cached_property
    def directory(self) -> Directory:
        """Its reports by place and year."""
        return Directory(self.corpus.reports)

    @cached_property
    def extent(self) -> Callable[[str], Extent]:
        """The places that a question in normal form names. Holds no View, as `sounds`."""
        directory, reports = self.directory, self.corpus.reports
        return lru_cache(HEARD)(lambda matched: extent_of(directory, reports, matched))

    @cached_property
    def places_written(self) -> PlacesWritten:
        """The places that its texts write."""
        return PlacesWritten(self.texts)

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """Each report's rows."""
        run = self.columns.run
        return tuple(Rows(*(run(table, report) for table in TABLES)) for report in range(len(self.corpus.reports)))

    @cached_property
    def _speakers(self) -> frozenset[str | None]:
        """Who is named at the head of any report."""
        return frozenset(report.speaker for report in self.corpus.reports)

    @property
    def columns(self) -> Columns:
        """What rows are filtered by."""
        return self.index.backend.columns

    @cached_property
    def passage_texts(self) -> tuple[str, ...]:
        held = self._base.passage_texts if self._base else ()
        return (*held, *(passage.span.of(self.texts[passage.report]) for passage in self.corpus.passages[len(held) :]))

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
        held = self._base.indicators if self._base else ()
        rows = (self.figure(row) for row in range(len(held), len(self.index.figures)))
        return (*held, *map(indicator_words, rows))

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
        return replace(question, terms=tuple(term for term in question.terms if term.text not in self._speakers))

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
