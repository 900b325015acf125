"""The facade: open_engine(folder) → Engine. It holds state and calls the stages in order; it decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from index import paths
from index.dense import Ranking
from index.encode import Encoder, Vectors, open_encoder
from index.errors import ModelMismatch, NotFound
from index.records import Corpus
from index.store import Index, load, read_manifest
from search import question as questions
from search.answer import Found, answer
from search.highlight import marks
from search.places import passage_result
from search.quantities import candidates, known_share
from search.question import Question
from search.listing import FigureFilter, figure_table
from search.rank import Evidence, Hit, Weights, fuse, weights_for
from search.respell import respell
from search.results import Answer, AskResult, FigureResult, Mode, PassageResult, SearchResult
from search.select import Filters, allowed_passages, choose_report, period_ranking
from search.view import View

DEPTH = 200  # rows taken from each index before the rankings are fused
SHORTEST = 12  # characters below which a vector says nothing: 来源：辽宁日报 is near to every question
NOTHING: Ranking = {}


@dataclass(slots=True)
class _Timer:
    """Milliseconds by stage."""

    ms: dict[str, float]
    _last: float

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.ms[stage] = round((now - self._last) * 1000, 2)
        self._last = now


class Engine:
    """Answers questions from one index. Safe to share between threads: nothing in it changes after opening."""

    def __init__(self, index: Index, encoder: Callable[[], Encoder], weights: Weights | None = None) -> None:
        self.index = index
        self.view = View(index)
        self.weights = weights or Weights()
        self._encoder = encoder

    @property
    def corpus(self) -> Corpus:
        return self.index.corpus

    def ask(
        self,
        question: str,
        k: int = 10,
        *,
        report_id: str | None = None,
        section: str | None = None,
        year: str | None = None,
        status: str | None = None,
    ) -> AskResult:
        """The answer with its citations and the k best passages. Raises QuestionError, NotFound."""
        timer = _Timer({}, time.perf_counter())
        filters = Filters(report_id, section, year, status)
        parsed, report, allowed = self._read(question, filters)
        vector = self._encode(question)
        timer.lap("encode")
        found = self._find(parsed, report, vector, allowed, max(k, 1))
        timer.lap("rank")
        result = answer(self.view, parsed, report, found)
        passages = self._passages(parsed, _cited_first(self.view, found.hits, result)[:k])
        timer.lap("answer")
        return AskResult(question, result, passages, timer.ms)

    def search(
        self,
        query: str,
        mode: Mode = "hybrid",
        k: int = 10,
        *,
        report_id: str | None = None,
        section: str | None = None,
        year: str | None = None,
        status: str | None = None,
    ) -> SearchResult:
        """The k best passages; keyword mode never loads the encoder. Raises QuestionError, NotFound."""
        timer = _Timer({}, time.perf_counter())
        filters = Filters(report_id, section, year, status)
        parsed, report, allowed = self._read(query, filters)
        vector = None if mode == "keyword" else self._encode(query)
        timer.lap("encode")
        if mode == "hybrid":
            hits = self._find(parsed, report, vector, allowed, k).hits
        else:
            hits = fuse(self._evidence(parsed, vector, allowed, words=mode == "keyword"), self.weights, k)
        timer.lap("rank")
        return SearchResult(query, mode, self._passages(parsed, hits[:k]), timer.ms)

    def figures(
        self,
        words: str = "",
        *,
        unit: str | None = None,
        kind: str | None = None,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        report_id: str | None = None,
        section: str | None = None,
        year: str | None = None,
        status: str | None = None,
    ) -> tuple[FigureResult, ...]:
        """The figure table, in text order: those whose indicator has all the words, or a synonym of each. Raises NotFound."""
        wanted = FigureFilter(words, unit, kind, minimum, maximum, Filters(report_id, section, year, status))
        return figure_table(self.view, wanted)

    def _read(self, question: str, filters: Filters) -> tuple[Question, int, frozenset[int] | None]:
        questions.check(question)
        report = choose_report(self.view, question, filters)
        parsed = questions.parse(question, self.corpus.reports[report])
        spelled = respell(self.view, parsed, report)
        if spelled is not None:
            parsed = questions.parse(spelled, self.corpus.reports[report])
        return parsed, report, allowed_passages(self.view, filters, report)

    def _encode(self, question: str) -> Vectors:
        vector: Vectors = self._encoder().encode_query([question])[0]
        return vector

    def _find(
        self, question: Question, report: int, vector: Vectors | None, allowed: frozenset[int] | None, k: int
    ) -> Found:
        figures = candidates(self.view, question, allowed)
        evidence = self._evidence(question, vector, allowed, words=True)
        by_passage: Ranking = {}
        if question.wanted:
            for candidate in figures:
                if any(candidate.fits) and candidate.period_fits:
                    passage = self.view.passage_of_figure(candidate.row)
                    by_passage[passage] = max(by_passage.get(passage, 0.0), candidate.coverage * candidate.score)
        best = max(by_passage.values(), default=0.0)
        scaled = {row: score / max(best, 1.0) for row, score in by_passage.items()}
        full = Evidence(
            evidence.words,
            evidence.sentence_words,
            evidence.vectors,
            evidence.sentence_vectors,
            scaled,
            period_ranking(self.view, question, allowed),
        )
        hits = fuse(full, weights_for(self.weights, known_share(self.view, question, report)), max(k, 10))
        return Found(figures, hits, self._sentences(question, vector))

    def _evidence(
        self, question: Question, vector: Vectors | None, allowed: frozenset[int] | None, *, words: bool
    ) -> Evidence:
        index = self.index
        lexical = index.lexical_passages.nearest(question.words, DEPTH) if words else NOTHING
        near_words = index.lexical_sentences.nearest(question.words, DEPTH) if words else NOTHING
        dense = index.dense_passages.nearest(vector, DEPTH) if vector is not None else NOTHING
        near = index.dense_sentences.nearest(vector, DEPTH) if vector is not None else NOTHING
        return Evidence(
            _only(lexical, allowed),
            _only(self._by_passage(near_words), allowed),
            self._long_enough(_only(dense, allowed)),
            self._long_enough(_only(self._by_passage(near), allowed)),
            NOTHING,
            NOTHING,
        )

    def _long_enough(self, ranking: Ranking) -> Ranking:
        return {row: score for row, score in ranking.items() if len(self.view.passage_texts[row]) >= SHORTEST}

    def _by_passage(self, sentences: Ranking) -> Ranking:
        """Each passage with the score of its best sentence."""
        best: Ranking = {}
        for row, score in sentences.items():
            passage = self.index.sentences[row][0]
            best[passage] = max(best.get(passage, score), score)
        return best

    def _sentences(self, question: Question, vector: Vectors | None) -> dict[int, float]:
        """Sentences with a fused score of words and vector."""
        words = self.index.lexical_sentences.nearest(question.words, DEPTH)
        dense = self.index.dense_sentences.nearest(vector, DEPTH) if vector is not None else NOTHING
        weights = Weights(words=1.0, vectors=1.0)
        hits = fuse(Evidence(words, NOTHING, dense, NOTHING, NOTHING, NOTHING), weights, DEPTH)
        return {hit.passage: hit.score for hit in hits}

    def _passages(self, question: Question, hits: list[Hit]) -> tuple[PassageResult, ...]:
        return tuple(
            passage_result(self.view, hit, rank, marks(self.view, question, hit.passage))
            for rank, hit in enumerate(hits, start=1)
        )


def _cited_first(view: View, hits: list[Hit], answer: Answer) -> list[Hit]:
    """The passage that is quoted goes before the others: it is what the reader wants to check."""
    if not answer.citations:
        return hits
    quote = answer.citations[0]
    for hit in hits:
        passage = view.corpus.passages[hit.passage]
        if passage.span.start <= quote.start < passage.span.end and view.corpus.reports[passage.report].id == quote.report_id:
            top = Hit(hit.passage, max(hit.score, hits[0].score), hit.parts)
            return [top, *(other for other in hits if other is not hit)]
    head = next(
        row
        for row, passage in enumerate(view.corpus.passages)
        if passage.span.start <= quote.start < passage.span.end
        and view.corpus.reports[passage.report].id == quote.report_id
    )
    return [Hit(head, hits[0].score if hits else 1.0, {}), *hits]


def _only(ranking: Ranking, allowed: frozenset[int] | None) -> Ranking:
    return ranking if allowed is None else {row: score for row, score in ranking.items() if row in allowed}


def open_engine(folder: str | Path = paths.INDEX, model: str | None = None) -> Engine:
    """Open an index folder. The encoder is loaded by the first question that needs it.

    Raises IndexFolderError, or ModelMismatch where `model` is not the one the index was built with.
    """
    folder = Path(folder)
    built = read_manifest(folder).model
    if model is not None and model != built:
        raise ModelMismatch(f"{folder}：索引是用模型 {built} 建的，不是 {model}。请运行：wenbao build --model {model}")
    return Engine(load(folder), lambda: open_encoder(built))


__all__ = ["Engine", "NotFound", "open_engine"]
