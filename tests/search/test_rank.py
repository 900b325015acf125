"""Fusion, by numbers that a hand can compute."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieve.rows import Ranking
from search.find.rank import LEAST_TRUST, STANDS_OUT, Evidence, Weights, fuse, weights_for

SCORES = st.dictionaries(st.integers(0, 20), st.floats(0.01, 30), max_size=12)


def evidence(**rankings: Ranking) -> Evidence:
    return Evidence(**{field.name: rankings.get(field.name, {}) for field in fields(Evidence)})


def only(**weights: float) -> Weights:
    """These weights, and none for the other rankings."""
    return Weights(**{field.name: weights.get(field.name, 0.0) for field in fields(Weights)})


def scores(found: Evidence, weights: Weights, k: int = 10) -> dict[int, Any]:
    return {hit.passage: pytest.approx(hit.score) for hit in fuse(found, weights, k)}


def test_words_count_by_their_share_of_the_best() -> None:
    assert scores(evidence(words={4: 8.0, 2: 2.0}), only(words=1)) == {4: 1.0, 2: 0.25}


def test_the_sum_is_weighted() -> None:
    found = evidence(words={1: 10.0, 2: 5.0}, figures={2: 1.0})
    weights = only(words=1, figures=3)
    assert scores(found, weights) == {2: (1 * 0.5 + 3 * 1.0) / (1 + 3), 1: (1 * 1.0 + 3 * 0.0) / (1 + 3)}


def test_vectors_count_by_how_far_they_stand_out() -> None:
    cosines = {0: 0.80, 1: 0.80, 2: 0.80, 3: 0.80, 4: 0.90}  # mean 0.82, deviation 0.04: the last is 2 above
    weights = only(vectors=1)
    assert scores(evidence(vectors=cosines), weights, 1) == {4: 2.0 / STANDS_OUT}


def test_vectors_that_are_all_alike_say_nothing() -> None:
    found = evidence(words={0: 1.0}, vectors={0: 0.8, 1: 0.8})
    assert scores(found, only(words=1, vectors=1)) == {0: 0.5, 1: 0.0}


def test_the_period_lifts_and_brings_nothing_in() -> None:
    found = evidence(words={1: 10.0, 2: 8.0}, period={2: 1.0, 3: 1.0})
    weights = only(words=1, period=0.15)
    assert scores(found, weights) == {1: 1.0, 2: 0.8 + 0.15}


def test_a_score_is_at_most_one() -> None:
    assert scores(evidence(words={1: 10.0}, period={1: 1.0}), only(words=1, period=5)) == {1: 1.0}


def test_k_and_ties() -> None:
    found = evidence(words={9: 1.0, 3: 1.0, 5: 1.0})
    assert [hit.passage for hit in fuse(found, only(words=1), 2)] == [3, 5]
    assert fuse(found, only(words=1), 0) == []
    assert fuse(evidence(), only(words=1), 10) == []
    assert fuse(evidence(period={1: 1.0}), Weights(), 10) == []


def test_the_parts_say_what_each_gave() -> None:
    (hit,) = fuse(evidence(words={1: 4.0}, figures={1: 0.5}), only(words=1, figures=2), 1)
    assert hit.parts == {"words": 1.0, "figures": 1.0}


def test_words_are_trusted_as_far_as_the_report_knows_them() -> None:
    weights = only(words=2, sentence_words=1, vectors=7)
    assert weights_for(weights, 1.0) == weights
    assert weights_for(weights, 0.0) == only(words=2 * LEAST_TRUST, sentence_words=LEAST_TRUST, vectors=7)
    assert weights_for(weights, 0.5).words == pytest.approx(2 * (LEAST_TRUST + (1 - LEAST_TRUST) / 4))


@given(SCORES, SCORES, SCORES, SCORES)
def test_best_first_between_none_and_one(words: Ranking, vectors: Ranking, figures: Ranking, period: Ranking) -> None:
    best = max(figures.values(), default=1.0)
    shares = {passage: score / best for passage, score in figures.items()}
    hits = fuse(evidence(words=words, vectors=vectors, figures=shares, period=period), Weights(), 100)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert {hit.passage for hit in hits} == {*words, *vectors, *figures}


@given(SCORES)
def test_a_better_match_never_ranks_lower(words: Ranking) -> None:
    ranked = [hit.passage for hit in fuse(evidence(words=words), only(words=1), 100)]
    assert ranked == sorted(words, key=lambda passage: (-words[passage], passage))
