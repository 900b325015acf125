"""Question → Found: the rankings of words, vectors and figures, fused into hits."""

from __future__ import annotations

from index.backend import Table
from index.dense import Ranking
from index.encode import Vectors
from search.found import Found
from search.quantities import Candidate, candidates
from search.question import Question
from search.rank import Evidence, Weights, fuse, fused, weights_for
from search.select import Scope, period_ranking
from search.view import View
from search.words import by_words, known_share

DEPTH = 200  # rows taken from each index before the rankings are fused
FEWEST = 10  # hits kept for the answer, however few the caller wants to see
SHORTEST = 12  # characters below which a vector says nothing: 来源：辽宁日报 is near to every question
NOTHING: Ranking = {}


def gather(
    view: View,
    question: Question,
    report: int,
    vector: Vectors | None,
    scope: Scope,
    weights: Weights,
    k: int,
    *,
    words: bool = True,
    figures: list[Candidate] | None = None,
) -> Found:
    """All that was found, best first; `vector` has shape (d,).

    `figures` are the candidates of an earlier call for the same question: a vector does not change them.
    """
    if figures is None:
        figures = candidates(view, question, scope)
    sentences = _by_sentence(view, question, vector, scope)
    texts = _by_text(view, question, vector, scope, sentences, words=words)
    evidence = Evidence(
        words=texts.words,
        sentence_words=texts.sentence_words,
        vectors=texts.vectors,
        sentence_vectors=texts.sentence_vectors,
        figures=_figures_by_passage(view, question, figures),
        period=period_ranking(view, question, scope.passages),
    )
    hits = fuse(evidence, weights_for(weights, known_share(view, question, report)), max(k, FEWEST))
    return Found(figures, hits, _fused(sentences), scope.passages, sentences.vectors)


def text_evidence(view: View, question: Question, vector: Vectors | None, scope: Scope, *, words: bool) -> Evidence:
    """What words and vectors say, without the figures."""
    sentences = _by_sentence(view, question, vector, scope, words=words)
    return _by_text(view, question, vector, scope, sentences, words=words)


def _by_text(
    view: View,
    question: Question,
    vector: Vectors | None,
    scope: Scope,
    sentences: Evidence,
    *,
    words: bool,
) -> Evidence:
    """Passages by their own words and vectors, and by those of their sentences."""
    lexical, dense = _nearest(view, "passages", question, vector, scope, words=words)
    return Evidence(
        words=_only(lexical, scope.passages),
        sentence_words=_only(_by_passage(view, sentences.words), scope.passages) if words else NOTHING,
        vectors=_long_enough(view, _only(dense, scope.passages)),
        sentence_vectors=_long_enough(view, _only(_by_passage(view, sentences.vectors), scope.passages)),
        figures=NOTHING,
        period=NOTHING,
    )


def _figures_by_passage(view: View, question: Question, figures: list[Candidate]) -> Ranking:
    """Each passage with the best of its figures that answer the question, as a share of 1."""
    best: Ranking = {}
    for candidate in figures if question.wanted else []:
        if any(candidate.fits) and candidate.period_fits:
            passage = view.passage_of_figure(candidate.row)
            best[passage] = max(best.get(passage, 0.0), candidate.coverage * candidate.score)
    top = max(best.values(), default=0.0)
    return {row: score / max(top, 1.0) for row, score in best.items()}


def _by_passage(view: View, sentences: Ranking) -> Ranking:
    """Each passage with the score of its best sentence."""
    best: Ranking = {}
    for row, score in sentences.items():
        passage = view.index.sentences[row][0]
        best[passage] = max(best.get(passage, score), score)
    return best


def _long_enough(view: View, ranking: Ranking) -> Ranking:
    return {row: score for row, score in ranking.items() if len(view.passage_texts[row]) >= SHORTEST}


def _by_sentence(
    view: View, question: Question, vector: Vectors | None, scope: Scope, *, words: bool = True
) -> Evidence:
    """Sentences (rows of `index.sentences`) by words and by vector."""
    lexical, dense = _nearest(view, "sentences", question, vector, scope, words=words)
    return Evidence(lexical, NOTHING, dense, NOTHING, NOTHING, NOTHING)


def _nearest(
    view: View, table: Table, question: Question, vector: Vectors | None, scope: Scope, *, words: bool
) -> tuple[Ranking, Ranking]:
    """Rows of a table by words and by vector."""
    backend = view.index.backend
    lexical = by_words(backend, table, question, DEPTH, scope.where) if words else NOTHING
    dense = backend.by_vector(table, vector, DEPTH, scope.where) if vector is not None else NOTHING
    return lexical, dense


def _fused(sentences: Evidence) -> dict[int, float]:
    """Each sentence with one score of words and vector."""
    return fused(sentences, Weights(words=1.0, vectors=1.0), DEPTH)


def _only(ranking: Ranking, allowed: frozenset[int] | None) -> Ranking:
    return ranking if allowed is None else {row: score for row, score in ranking.items() if row in allowed}
