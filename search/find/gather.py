"""Question → Found: the rankings of words, vectors and figures, fused into hits."""

from __future__ import annotations

from collections.abc import Mapping

from index.encode.pieces import Vectors
from index.retrieve.rows import Ranking, Table
from search.found import Found
from search.quantities import Candidate, candidates
from search.question import Question
from search.rank import Evidence, Weights, fuse, fused, weights_for
from search.select import Scope, period_ranking
from search.view import View
from search.words import by_words, known_share

TEXTS: tuple[Table, ...] = ("passages", "sentences")
DEPTH = 200  # rows taken from each index before the rankings are fused
NEAR = 50  # figures taken by what they mean, of some 250 that a report has; those that share words are taken as well
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
    before: Found | None = None,
) -> Found:
    """All that was found, best first; `vector` has shape (d,).

    `before` is what was found for the same question without a vector, which does not change what words say.
    """
    alike = _alike(view, question, report, vector, scope)
    figures = candidates(view, question, scope, [*alike][:NEAR]) if alike or not before else before.candidates
    lexical = before.lexical if before else _lexical(view, question, scope, words=words)
    known = before.known if before else known_share(view, question, report)
    sentences = _by_sentence(view, lexical, vector, scope)
    texts = _by_text(view, lexical, vector, scope, sentences)
    evidence = Evidence(
        words=texts.words,
        sentence_words=texts.sentence_words,
        vectors=texts.vectors,
        sentence_vectors=texts.sentence_vectors,
        figures=_figures_by_passage(view, question, figures),
        period=period_ranking(view, question, scope.where.report, scope.passages),
    )
    hits = fuse(evidence, weights_for(weights, known), max(k, FEWEST))
    return Found(figures, hits, _fused(sentences), known, lexical, scope.passages, sentences.vectors, alike)


def text_evidence(view: View, question: Question, vector: Vectors | None, scope: Scope, *, words: bool) -> Evidence:
    """What words and vectors say, without the figures."""
    lexical = _lexical(view, question, scope, words=words)
    return _by_text(view, lexical, vector, scope, _by_sentence(view, lexical, vector, scope))


def _alike(view: View, question: Question, report: int, vector: Vectors | None, scope: Scope) -> Ranking:
    """The cosines of all figures of the report that a filter leaves, where one is asked for."""
    if vector is None or not question.wanted:
        return NOTHING
    return view.index.backend.by_vector("figures", vector, len(view.rows[report].figures), scope.where)


def _lexical(view: View, question: Question, scope: Scope, *, words: bool) -> Mapping[Table, Ranking]:
    """The rows of passages and sentences by words."""
    backend = view.index.backend
    return {table: by_words(backend, table, question, DEPTH, scope.where) if words else NOTHING for table in TEXTS}


def _by_text(
    view: View, lexical: Mapping[Table, Ranking], vector: Vectors | None, scope: Scope, sentences: Evidence
) -> Evidence:
    """Passages by their own words and vectors, and by those of their sentences."""
    return Evidence(
        words=_only(lexical["passages"], scope.passages),
        sentence_words=_only(_by_passage(view, sentences.words), scope.passages),
        vectors=_long_enough(view, _only(_dense(view, "passages", vector, scope), scope.passages)),
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


def _by_sentence(view: View, lexical: Mapping[Table, Ranking], vector: Vectors | None, scope: Scope) -> Evidence:
    """Sentences (rows of `index.sentences`) by words and by vector."""
    dense = _dense(view, "sentences", vector, scope)
    return Evidence(lexical["sentences"], NOTHING, dense, NOTHING, NOTHING, NOTHING)


def _dense(view: View, table: Table, vector: Vectors | None, scope: Scope) -> Ranking:
    """Rows of a table by vector."""
    return NOTHING if vector is None else view.index.backend.by_vector(table, vector, DEPTH, scope.where)


def _fused(sentences: Evidence) -> dict[int, float]:
    """Each sentence with one score of words and vector."""
    return fused(sentences, Weights(words=1.0, vectors=1.0), DEPTH)


def _only(ranking: Ranking, allowed: frozenset[int] | None) -> Ranking:
    return ranking if allowed is None else {row: score for row, score in ranking.items() if row in allowed}
