"""The facade: open_engine(folder) → Engine. It holds state and calls the stages in order; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from index import paths
from index.encode.encoder import Encoder, open_encoder
from index.encode.pieces import Vectors
from index.errors import ModelMismatch, NotFound
from index.location import open_index
from index.records import Corpus, Report
from index.store.disk import Index
from index.text import normal
from search.answer.answer import Asking, ask
from search.answer.highlight import asked_for, cited_first, passages
from search.check.findings import check
from search.find.gather import Encode, gather, reports_fitting, text_evidence
from search.find.listing import FigureFilter, figure_table
from search.find.rank import DEFAULT, Hit, Weights, fuse, reads
from search.find.rerank import FIRST, Reranker, open_reranker, rerank
from search.held import ParagraphResult, ReportResult, paragraph_result, report_result
from search.library.filters import EVERYWHERE, Filters, check_count, check_filter, over_reports, report_by_id, scope_of
from search.library.outlined import OutlineResult, outline_result
from search.library.side_by_side import Sides, select
from search.library.view import HEARD, Asked, View
from search.library.which import Choice, in_one, route
from search.match.arrays import arrays_of
from search.over.kept import KeptResult, kept_of
from search.over.reply import ask_over
from search.plan.follow import asks_more, complete
from search.plan.plans import AS_READ, Chosen
from search.plan.question import Question, check_question
from search.results import Answer, AskResult, FigureResult, Finding, Mode, Offer, Row, SearchResult
from search.timer import Timer

ENCODED = 512  # characters: one of 2,000 took the encoder seconds, for which any stranger could ask


class Engine:
    """Answers questions from one index. Safe to share between threads: nothing in it changes after opening."""

    def __init__(
        self,
        index: Index,
        encoder: Callable[[], Encoder],
        weights: Weights | None = None,
        reranker: Reranker | None = None,
        base: Engine | None = None,
    ) -> None:
        """`base` is an engine over the first of the reports: what it knows of them is not found out again."""
        self.index = index
        self.view: View = View(index, base.view if base else None)
        self.weights = weights or Weights()
        self._encoder = encoder
        self._reranker = reranker
        self._sides: Sides = Sides(self.view, base._sides if base else None)
        view = self.view
        self._arrays = lru_cache(HEARD)(lambda report: arrays_of(view, report))

    def current(self) -> Engine:
        """Itself. Where the folder may be rebuilt, search.live.LiveEngine gives the engine of its newest generation."""
        return self

    def over(self, index: Index) -> Engine:
        """The same over an index that has further reports after its own."""
        return Engine(index, self._encoder, self.weights, self._reranker, self)

    @property
    def encoder(self) -> Callable[[], Encoder]:
        """Opens, or gives, what embeds questions."""
        return self._encoder

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
        previous: str | None = None,
        everything: bool = False,
        chosen: Chosen = AS_READ,
    ) -> AskResult:
        """The answer with its citations and the k best passages. Raises UsageError, NotFound.

        `previous` is the question before (its `understood`, where that was a follow-up too): 今年呢？ takes its subject from it.
        `everything` gives all points of a subject, as 还有呢？ does; `chosen` is how the reader wants the question taken.
        """
        check_count(k)
        timer = Timer()
        filters = Filters(report_id, section, year or chosen.only.year, status or chosen.only.status)
        encode = cache(self.encode)  # which report is asked may need the vector too
        everything = everything or (previous is not None and asks_more(question, previous))
        whole = self._complete(question, previous, filters, encode)
        reread = self._rerank if self._reranker else None
        asking = Asking(self.view, self.weights, filters, encode, self._arrays, k, self._depth(k), reread, timer, everything, chosen)
        extent = self.view.extent(normal(whole)) if over_reports(self.view, filters) else None
        if extent is not None:
            answer = ask_over(asking, extent, lambda: reports_fitting(self.view, self.weights, whole, filters, encode))
            if answer is not None:
                return self._of_several(question, extent.text, answer, k, encode, timer)
            whole = extent.text if extent.text != normal(whole) else whole
        reply = ask(asking, whole, self._route(whole, filters, encode))
        shown = cited_first(self.view, reply.found.hits, reply.answer)[:k]
        hits = passages(self.view, asked_for(reply.asked.question, reply.answer), shown)
        timer.lap("answer")
        report = reply.asked.report
        return AskResult(question, reply.asked.question.text, reply.answer, hits, timer.ms, report.id, report.title)

    def _of_several(self, question: str, understood: str, answer: Answer, k: int, encode: Encode, timer: Timer) -> AskResult:
        """An answer over reports, with the passages that it quotes."""
        reports = {one: report_by_id(self.corpus.reports, one) for one in {one.report_id for one in answer.citations}}
        rows = [self.view.passages_of_paragraph[reports[one.report_id], one.paragraph][0] for one in answer.citations if one.paragraph]
        first = next(iter(answer.citations), None)
        report = reports[first.report_id] if first else 0
        asked = Asked(self.view, self.view.read(understood, report), report)
        near = gather(asked, EVERYWHERE, self.weights, k, encode(asked.question.meant)).hits
        scores = {hit.passage: hit.score for hit in near}
        hits = [Hit(row, scores.get(row, 0.0), {}) for row in dict.fromkeys([*rows, *scores])][:k]
        shown = passages(self.view, asked_for(asked.question, answer), hits)
        timer.lap("answer")
        return AskResult(question, understood, answer, shown, timer.ms, first.report_id if first else "", first.report if first else "")

    def search(
        self,
        query: str,
        mode: Mode = DEFAULT,
        k: int = 10,
        *,
        report_id: str | None = None,
        section: str | None = None,
        year: str | None = None,
        status: str | None = None,
    ) -> SearchResult:
        """The k best passages; a mode without vectors never loads the encoder. Raises UsageError, NotFound."""
        check_count(k)
        timer, looked_at = Timer(), reads(mode)
        filters = Filters(report_id, section, year, status)
        check_question(query)
        encode = cache(self.encode) if looked_at.vectors else None
        one = in_one(self.view, query, filters)
        report = self._route(query, filters, encode).report if one else 0
        asked = Asked(self.view, self.view.read(query, report), report)
        scope = scope_of(self.view, filters, report if one else None)
        vector = encode(asked.question.meant) if encode else None
        timer.lap("encode")
        depth = self._depth(k)
        if looked_at.figures:
            hits = gather(asked, scope, self.weights, depth, vector, words=looked_at.words).hits
        else:
            evidence = text_evidence(self.view, asked.question, vector, scope, words=looked_at.words)
            hits = fuse(evidence, self.weights, depth)
        timer.lap("rank")
        hits = self._rerank(asked.question, hits, timer)
        return SearchResult(query, mode, passages(self.view, asked.question, hits[:k]), timer.ms)

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

    def side_by_side(
        self,
        words: str,
        *,
        kind: str | None = None,
        report_ids: Sequence[str] | None = None,
        place: str | None = None,
        year: str | None = None,
    ) -> tuple[Row, ...]:
        """One indicator over reports, a row each: those named, of a place, given in a year. Raises UsageError, NotFound."""
        for name, value in (("words", words), ("kind", kind), ("place", place), ("year", year)):
            check_filter(name, value)
        return self._sides.rows(words, kind, report_ids, place, year)

    def offers(self) -> tuple[Offer, ...]:
        """What can be set side by side: the indicators that more than one report gives, those of most first."""
        return self._sides.offers

    def reports(self, place: str | None = None, year: str | None = None) -> tuple[ReportResult, ...]:
        """The reports there are, of a place and planning for a year where these are given. Raises UsageError, NotFound."""
        check_filter("place", place)
        check_filter("year", year)
        return tuple(report_result(report) for report in select(self.corpus.reports, None, place, year))

    def paragraph(self, report_id: str, number: int) -> ParagraphResult:
        """A paragraph of a report, by its number. Raises NotFound."""
        report = self.corpus.reports[report_by_id(self.corpus.reports, report_id)]
        return paragraph_result(report, number)

    def check(self, report_id: str | None = None) -> tuple[Finding, ...]:
        """Where the report (None: each of the index) disagrees with itself, and its targets beside results. Raises NotFound."""
        return tuple(found for report in self._each(report_id) for found in check(report))

    def kept(self, place: str | None = None) -> tuple[KeptResult, ...]:
        """Each target of the reports (of a place) beside what the report of the next year says of it. Raises UsageError, NotFound."""
        check_filter("place", place)
        select(self.corpus.reports, None, place, None)
        return tuple(kept_of(self.view, place))

    def outline(self, report_id: str | None = None) -> tuple[OutlineResult, ...]:
        """What was read of the report (None: of each of the index), and what of it was not. Raises UsageError, NotFound."""
        check_filter("report_id", report_id)
        return tuple(map(outline_result, self._each(report_id)))

    def _each(self, report_id: str | None) -> Sequence[Report]:
        reports = self.corpus.reports
        return reports if report_id is None else (reports[report_by_id(reports, report_id)],)

    def _complete(self, question: str, previous: str | None, filters: Filters, encode: Encode) -> str:
        check_question(question)
        if not previous or not previous.strip():
            return question
        check_question(previous)
        return complete(question, previous, self.corpus.reports[self._route(previous, filters, encode).report])

    def _route(self, question: str, filters: Filters, encode: Encode | None) -> Choice:
        """The report to ask. The encoder is loaded only where what the question is about decides."""
        return route(self.view, question, filters, lambda: reports_fitting(self.view, self.weights, question, filters, encode))

    def _depth(self, k: int) -> int:
        """How many passages are ranked, for k to be shown."""
        return k if self._reranker is None else max(k, FIRST)

    def _rerank(self, question: Question, hits: list[Hit], timer: Timer) -> list[Hit]:
        if self._reranker is None:
            return hits
        texts = [self.corpus.text_of(self.corpus.passages[hit.passage]) for hit in hits]
        hits = rerank(self._reranker, question.text, hits, texts)
        timer.lap("rerank")
        return hits

    def encode(self, question: str) -> Vectors:
        """In normal form: full-width and Traditional questions have the vector of the plain one."""
        vector: Vectors = self._encoder().encode_query([normal(question)[:ENCODED]])[0]
        return vector


def open_engine(folder: str | Path = paths.INDEX, model: str | None = None, reranker: str | None = None) -> Engine:
    """Open an index folder, or the Milvus that WENBAO_MILVUS_URI names. The encoder is loaded by the first question that needs it;
    a `reranker`, a model's name or folder, now.

    Raises IndexFolderError, BackendError, ModelMismatch where `model` is not the one the index was built with, and ModelError for a
    `reranker` that is none.
    """
    index = open_index(Path(folder))
    built = index.manifest.model
    if model is not None and model != built:
        raise ModelMismatch(f"{folder}：索引是用模型 {built} 建的，不是 {model}。请运行：wenbao build --model {model}")
    read_again = None if reranker is None else open_reranker(reranker)
    return Engine(index, lambda: open_encoder(index.manifest.model), reranker=read_again)


__all__ = ["Engine", "NotFound", "open_engine"]
