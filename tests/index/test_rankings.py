"""Vectors and words → rankings: exact, best first, higher is better."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieve import dense
from index.retrieve.dense import DenseIndex, How
from index.retrieve.lexical import LexicalIndex
from index.retrieve.rows import Rows
from index.store.disk import fingerprints
from index.text import normal
from index.tokens import search_words, words

ROWS = np.random.default_rng(2007).normal(size=(60, 16)).astype(np.float32)
UNIT = ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True)
TEXTS: tuple[list[str], ...] = (["地铁", "建设"], ["地铁", "地铁", "地铁"], ["固定资产投资", "增长"], [])


def test_the_graph_finds_every_one_of_many_near_copies() -> None:
    """Of a row's 400 copies, more than it has places for links, FAISS leaves some tens without a link that leads to them."""
    drawn = np.random.default_rng(2007)
    rows = np.repeat(drawn.normal(size=(3, 256)), 400, axis=0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    moved = drawn.normal(size=rows.shape) * (0.3 / np.sqrt(256))
    moved[::400] = 0  # the row itself
    copies = (rows + moved).astype(np.float32)
    copies /= np.linalg.norm(copies, axis=1, keepdims=True)
    graph = DenseIndex.of(copies, "hnsw")._index
    _, nearest = graph.search(copies, 1, params=faiss.SearchParametersHNSW(efSearch=2000))
    assert nearest[:, 0].tolist() == [*range(len(copies))]


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


MANY = np.random.default_rng(9).normal(size=(3000, 16)).astype(np.float32)
MANY /= np.linalg.norm(MANY, axis=1, keepdims=True)
SOME: tuple[Rows, ...] = (range(700, 730), np.arange(3000) % 7 == 0)


@pytest.mark.parametrize("how", ["flat", "hnsw"])
@pytest.mark.parametrize("within", SOME, ids=["a run", "a mask"])
def test_some_rows_are_searched_exactly_by_either_kind(how: How, within: Rows, tmp_path: Path) -> None:
    """In memory, and from the file mapped."""
    built = DenseIndex.of(MANY, how)
    built.save(tmp_path / "vectors.faiss")
    rows = np.arange(3000)[within] if isinstance(within, np.ndarray) else np.array(within)
    for index in (built, DenseIndex.load(tmp_path / "vectors.faiss")):
        assert index.how == how
        assert np.array_equal(index.vectors(5, 9), MANY[5:9])
        for query in MANY[:20]:
            cosines = MANY[rows] @ query
            assert list(index.nearest(query, 12, within)) == rows[np.argsort(-cosines)[:12]].tolist()


def test_a_graph_finds_what_the_exact_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among all, and among many of them: whichever the selector leaves."""
    monkeypatch.setattr(dense, "FLAT_TO", 100)
    graph, exact = DenseIndex.of(MANY), DenseIndex.of(MANY, "flat")
    assert (graph.how, exact.how) == ("hnsw", "flat")
    for within in (None, SOME[1]):
        found = [len(graph.nearest(q, 10, within).keys() & exact.nearest(q, 10, within).keys()) for q in MANY[:100]]
        assert sum(found) / 1000 >= 0.99


def test_of_equal_rows_the_first_go_first() -> None:
    same = np.tile(UNIT[0], (40, 1))
    assert list(DenseIndex.of(same).nearest(UNIT[0], 5)) == [0, 1, 2, 3, 4]
    assert list(LexicalIndex.of([["地铁"]] * 40).nearest(["地铁"], 5)) == [0, 1, 2, 3, 4]
    assert list(LexicalIndex.of([["地铁"]] * 40).nearest(["地铁"], 5, range(10, 40))) == [10, 11, 12, 13, 14]


def test_lexical_within_some_rows_is_the_ranking_of_all_without_the_others() -> None:
    drawn = np.random.default_rng(4)
    texts = [[f"词{word}" for word in drawn.zipf(1.5, size=12) % 50] for _ in range(3000)]
    index = LexicalIndex.of(texts)
    asked = ["词3", "词7", "词7", "词20"]
    whole = index.nearest(asked, 3000)
    for within in SOME:
        rows = {*np.arange(3000)[within]} if isinstance(within, np.ndarray) else {*within}
        kept = [(row, score) for row, score in whole.items() if row in rows]
        assert list(index.nearest(asked, 9, within).items()) == kept[:9]


def test_the_same_words_give_the_same_files(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.retrieve.lexical import LexicalIndex;"
        "LexicalIndex.of([['甲', '乙'], ['丙', '甲']]).save(Path(sys.argv[1]))"
    )
    for seed in "12":
        subprocess.run([sys.executable, "-c", script, tmp_path / seed], env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    assert fingerprints(tmp_path / "1") == fingerprints(tmp_path / "2")
