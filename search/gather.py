"""Question → Found: the rankings of words, vectors and figures, fused into hits."""

from __future__ import annotations

from index.dense import Ranking
from index.encode import Vectors
from search.found import Found
from search.quantities import Candidate, candidates
from search.question import Question
from search.rank import Evidence, Weights, fuse, fused, weights_for
from search.select import period_ranking
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
    allowed: frozenset[int] | None,
    weights: Weights,
    k: int,
    *,
    words: bool = True,
    figures: list[Candidate] | None = None,
) -> Found:
    """All that was found, best first; `vector` has shape (d,), `allowed` are the passages a filter leaves.

    `figures` are the candidates of an earlier call for the same question: a vector does not change them.
    """
    if figures is None:
        figures = candidates(view, question, allowed)
    sentences = _by_sentence(view, question, vector, allowed)
    texts = _by_text(view, question, vector, allowed, sentences, words=words)
    evidence = Evidence(
        words=texts.words,
        sentence_words=texts.sentence_words,
        vectors=texts.vectors,
        sentence_vectors=texts.sentence_vectors,
        figures=_figures_by_passage(view, question, figures),
        period=period_ranking(view, question, allowed),
    )
    hits = fuse(evidence, weights_for(weights, known_share(view, question, report)), max(k, FEWEST))
    return Found(figures, hits, _fused(sentences), allowed)


def text_evidence(
    view: View, question: Question, vector: Vectors | None, allowed: frozenset[int] | None, *, words: bool
) -> Evidence:
    """What words and vectors say, without the figures."""
    sentences = _by_sentence(view, question, vector, allowed, words=words)
    return _by_text(view, question, vector, allowed, sentences, words=words)


def _by_text(
    view: View,
    question: Question,
    vector: Vectors | None,
    allowed: frozenset[int] | None,
    sentences: Evidence,
    *,
    words: bool,
) -> Evidence:
    """Passages by their own words and vectors, and by those of their sentences."""
    index, within = view.index, view.rows_within(allowed)
    rows = within.passages if within else None
    lexical = by_words(index.lexical_passages, question, DEPTH, rows) if words else NOTHING
    dense = index.dense_passages.nearest(vector, DEPTH, rows) if vector is not None else NOTHING
    return Evidence(
        words=_only(lexical, allowed),
        sentence_words=_only(_by_passage(view, sentences.words), allowed) if words else NOTHING,
        vectors=_long_enough(view, _only(dense, allowed)),
        sentence_vectors=_long_enough(view, _only(_by_passage(view, sentences.vectors), allowed)),
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
    view: View, question: Question, vector: Vectors | None, allowed: frozenset[int] | None, *, words: bool = True
) -> Evidence:
    """Sentences (rows of `index.sentences`) by words and by vector."""
    index, within = view.index, view.rows_within(allowed)
    rows = within.sentences if within else None
    lexical = by_words(index.lexical_sentences, question, DEPTH, rows) if words else NOTHING
    dense = index.dense_sentences.nearest(vector, DEPTH, rows) if vector is not None else NOTHING
    return Evidence(lexical, NOTHING, dense, NOTHING, NOTHING, NOTHING)


def _fused(sentences: Evidence) -> dict[int, float]:
    """Each sentence with one score of words and vector."""
    return fused(sentences, Weights(words=1.0, vectors=1.0), DEPTH)


def _only(ranking: Ranking, allowed: frozenset[int] | None) -> Ranking:
    return ranking if allowed is None else {row: score for row, score in ranking.items() if row in allowed}
