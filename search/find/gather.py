"""Question → Found: the rankings of words, vectors and figures, fused into hits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.encode.pieces import Vectors
from index.retrieve.rows import Ranking, Table, Where
from search.find.candidates import Candidate, candidates, with_near
from search.find.rank import Evidence, Hit, Weights, fuse, fused, weights_for
from search.library.filters import Filters, Scope, passages_left, scope_of
from search.library.view import Asked, View
from search.plan.question import Question, parse

Encode = Callable[[str], Vectors]
Rankings = Mapping[Table, Ranking]  # of passages and of sentences
TEXTS: tuple[Table, ...] = ("passages", "sentences")
DEPTH = 200  # rows taken from each index before the rankings are fused
NEAR = 50  # figures taken by what they mean, of some 250 that a report has; those that share words are taken as well
FEWEST = 10  # hits kept for the answer, however few the caller wants to see
SHORTEST = 12  # characters below which a vector says nothing: 来源：辽宁日报 is near to every question
FITTING = 200  # passages looked at for the report a question is about


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question, best first. `sentences` are rows of the index with their scores."""

    candidates: list[Candidate]
    lexical: Rankings  # by words
    scope: Scope
    known: float  # the share (0..1) of the question's telling words that the report has
    hits: list[Hit] = field(default_factory=list)
    sentences: Ranking = field(default_factory=dict)
    near: Rankings = field(default_factory=dict)  # cosines; empty where no vector was made
    alike: Ranking = field(default_factory=dict)  # the cosines of the report's figures, where one is asked for
    reranked: bool = False  # whether a cross encoder set the order of the hits

    @property
    def allowed(self) -> frozenset[int] | None:
        """The passages a filter leaves; None is all."""
        return self.scope.passages

    @property
    def meaning(self) -> Ranking:
        """The cosines of sentences."""
        return self.near.get("sentences", {})

    def best_sentences(self, owners: Sequence[tuple[int, int]], k: int) -> list[int]:
        """The rows of the k best sentences that a filter leaves, best first; `owners` names the passage of each row."""
        left = [row for row in self.sentences if self.allowed is None or owners[row][0] in self.allowed]
        return sorted(left, key=lambda row: (-self.sentences[row], row))[:k]


def gather(asked: Asked, scope: Scope, weights: Weights, k: int, vector: Vectors | None = None, *, words: bool = True) -> Found:
    """What words and figures say of a question, and what is near to its `vector`, of shape (d,), where there is one: passages, the k
    best at least, sentences and candidates."""
    lexical = _lexical(asked.view, asked.question, scope, words=words)
    found = Found(candidates(asked.view, asked.question, scope), lexical, scope, asked.known)
    return _with_hits(asked, found, weights, k) if vector is None else deepen(asked, found, vector, weights, k)


def deepen(asked: Asked, found: Found, vector: Vectors, weights: Weights, k: int) -> Found:
    """The same with what is near to a question's `vector`, of shape (d,). Nothing that was found by words is looked up again."""
    view, scope, alike, figures = asked.view, found.scope, dict[int, float](), found.candidates
    if asked.question.wanted:
        alike = view.index.backend.by_vector("figures", vector, len(view.rows[asked.row].figures), scope.where)
        figures = with_near(view, asked.question, scope, figures, [*alike][:NEAR])
    near = _near(view, vector, scope)
    return _with_hits(asked, replace(found, candidates=figures, near=near, alike=alike), weights, k)


def _with_hits(asked: Asked, found: Found, weights: Weights, k: int) -> Found:
    evidence = replace(
        _of_texts(asked.view, found.lexical, found.near, found.allowed),
        figures=_figures_by_passage(asked, found.candidates),
        period=_of_period(asked, found.scope),
    )
    sentences = Evidence(words=found.lexical["sentences"], vectors=found.meaning)
    return replace(
        found,
        hits=fuse(evidence, weights_for(weights, found.known), max(k, FEWEST)),
        sentences=fused(sentences, Weights(words=1.0, vectors=1.0), DEPTH),
    )


def text_evidence(view: View, question: Question, vector: Vectors | None, scope: Scope, *, words: bool) -> Evidence:
    """What words and vectors say, without the figures."""
    near = {} if vector is None else _near(view, vector, scope)
    return _of_texts(view, _lexical(view, question, scope, words=words), near, scope.passages)


def reports_fitting(view: View, weights: Weights, question: str, filters: Filters, encode: Encode | None) -> list[int]:
    """The reports by their best passages: which of them a question is about."""
    parsed = parse(question, view.corpus.reports[0])
    vector = encode(question) if encode else None
    hits = fuse(text_evidence(view, parsed, vector, scope_of(view, filters, None), words=True), weights, FITTING)
    return list(dict.fromkeys(view.corpus.passages[hit.passage].report for hit in hits))


def _lexical(view: View, question: Question, scope: Scope, *, words: bool) -> Rankings:
    """The rows of passages and sentences by words."""
    return {table: view.by_words(table, question, DEPTH, scope.where) if words else {} for table in TEXTS}


def _near(view: View, vector: Vectors, scope: Scope) -> Rankings:
    """The rows of passages and sentences by vector."""
    return {table: view.index.backend.by_vector(table, vector, DEPTH, scope.where) for table in TEXTS}


def _of_texts(view: View, lexical: Rankings, near: Rankings, allowed: frozenset[int] | None) -> Evidence:
    """Passages by their own words and vectors, and by those of their sentences."""

    def left(ranking: Ranking, shortest: int = 0) -> Ranking:
        return {
            row: score for row, score in ranking.items() if (allowed is None or row in allowed) and len(view.passage_texts[row]) >= shortest
        }

    return Evidence(
        words=left(lexical["passages"]),
        sentence_words=left(_by_passage(view, lexical["sentences"])),
        vectors=left(near.get("passages", {}), SHORTEST),
        sentence_vectors=left(_by_passage(view, near.get("sentences", {})), SHORTEST),
    )


def _by_passage(view: View, sentences: Ranking) -> Ranking:
    """Each passage with the score of its best sentence."""
    best: Ranking = {}
    for row, score in sentences.items():
        passage = view.index.sentences[row][0]
        best[passage] = max(best.get(passage, score), score)
    return best


def _figures_by_passage(asked: Asked, figures: list[Candidate]) -> Ranking:
    """Each passage with the best of its figures that answer the question, as a share of 1."""
    best: Ranking = {}
    for candidate in figures if asked.question.wanted else []:
        if any(candidate.fits) and candidate.period_fits:
            passage = asked.view.passage_of_figure(candidate.row)
            best[passage] = max(best.get(passage, 0.0), candidate.coverage * candidate.score)
    top = max(best.values(), default=0.0)
    return {row: score / max(top, 1.0) for row, score in best.items()}


def _of_period(asked: Asked, scope: Scope) -> Ranking:
    """1 for each passage of the part that reports on, or plans for, the period asked for."""
    if len(asked.question.periods) != 1:
        return {}
    period = asked.question.periods[0]
    left = passages_left(asked.view, Where(scope.where.report, year=period.year, status=period.status))
    return {row: 1.0 for row in left if scope.passages is None or row in scope.passages}
