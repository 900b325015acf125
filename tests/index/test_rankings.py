"""Vectors and words → rankings: exact, best first, higher is better."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.text import normal
from index.tokens import search_words, words

ROWS = np.random.default_rng(2007).normal(size=(60, 16)).astype(np.float32)
UNIT = ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True)
TEXTS: tuple[list[str], ...] = (["地铁", "建设"], ["地铁", "地铁", "地铁"], ["固定资产投资", "增长"], [])


def test_dense_gives_the_cosines_best_first() -> None:
    found = DenseIndex.of(UNIT).nearest(UNIT[7], 10)
    cosines = UNIT @ UNIT[7]
    assert list(found) == np.argsort(-cosines)[:10].tolist()
    assert np.allclose(list(found.values()), np.sort(cosines)[::-1][:10], atol=1e-5)
    assert next(iter(found)) == 7


def test_dense_gives_no_more_than_there_is() -> None:
    index = DenseIndex.of(UNIT)
    assert (len(index), index.dimension) == (60, 16)
    assert len(index.nearest(UNIT[0], 1000)) == 60
    assert index.nearest(UNIT[0], 0) == {}


def test_lexical_ranks_by_the_words_shared() -> None:
    index = LexicalIndex.of(TEXTS)
    found = index.nearest(["地铁"], 10)
    assert list(found) == [1, 0]
    assert found[1] > found[0] > 0
    assert list(index.nearest(["地铁", "建设"], 1)) == [0]


def test_lexical_leaves_out_what_shares_no_word() -> None:
    index = LexicalIndex.of(TEXTS)
    assert index.nearest(["机票"], 10) == {}
    assert index.nearest([], 10) == {}
    assert list(index.nearest(["增长", "机票"], 10)) == [2]
    assert index.knows("增长")
    assert not index.knows("机票")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_make_up_their_text(text: str) -> None:
    assert "".join(words(normal(text))) == normal(text)


def test_search_words_hold_long_words_and_their_parts() -> None:
    found = search_words("固定资产投资增长16.5%，其中gdp")
    assert {"固定资产投资", "固定", "资产", "投资", "增长", "gdp"} <= set(found)
    assert "，" not in found
