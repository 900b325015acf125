"""One contract for every backend: values and order as a plain reference gives them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encode.encoder import open_encoder
from index.encode.pieces import Vectors
from index.milvus.connect import Address
from index.retrieve.backend import SearchBackend
from index.retrieve.rows import ANYWHERE, TABLES, Ranking, Table, Where
from index.store.disk import Index
from tests.index.backends.conftest import held, made_of
from tests.index.backends.reference import Reference

FILTERS = (
    ANYWHERE,
    Where(report=2),
    Where(section="工作安排"),
    Where(year="2012"),
    Where(status="target"),
    Where(report=1, section="回顾", year="2011", status="actual"),
)
ALL = 1000
INJECTED = (
    '" or 1 == 1 or "',
    "' or report >= 0 or '",
    '工作"] or id >= 0 or section in ["',
    "%",
    "_",
    "\\",
    '\\"',
    "工作%",
    "*",
    "]",
    "{report}",
    "$meta",
    "安排 and",
)
QUESTIONS = (["固定资产", "投资"], ["地铁"], ["增长", "增长", "3"], ["新气象", "高新技术", "产业"])


@pytest.fixture(scope="module")
def reference(made: Index) -> Reference:
    return Reference(made)


@pytest.fixture(scope="module")
def asked(made: Index) -> Vectors:
    texts = ["地铁建设投资是多少", "教育要办好", "谢谢大家"]
    vectors: Vectors = open_encoder(made.manifest.model).encode_query(texts)
    return vectors


def same(found: Ranking, every: Ranking, k: int) -> None:
    """The k best of all that the reference ranks, in its order: rows whose scores differ by rounding alone may change places."""
    assert len(found) == min(k, len(every))
    assert np.allclose([*found.values()], [*every.values()][: len(found)], atol=1e-5)
    assert np.allclose([*found.values()], [every[row] for row in found], atol=1e-5)
    assert [*found.values()] == sorted(found.values(), reverse=True)


@pytest.mark.parametrize("table", TABLES)
def test_the_vectors_of_a_run_of_rows(backend: SearchBackend, reference: Reference, table: Table) -> None:
    for start, stop in ((0, 1), (2, 9)):
        assert np.allclose(backend.vectors(table, start, stop), reference.vectors[table][start:stop], atol=1e-6)


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("table", TABLES)
def test_nearest_by_vector(backend: SearchBackend, reference: Reference, asked: Vectors, table: Table, where: Where) -> None:
    for vector in asked:
        for k in (1, 10, ALL):
            same(backend.by_vector(table, vector, k, where), reference.by_vector(table, vector, ALL, where), k)


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("table", TABLES)
def test_nearest_by_words(backend: SearchBackend, reference: Reference, table: Table, where: Where) -> None:
    """Milvus's BM25 is Lucene's times k1 + 1: the shares of the best score are compared, which is what the ranking uses."""
    for words in QUESTIONS:
        for k in (1, 10, ALL):
            found = backend.by_words(table, words, k, where)
            same(shares(found), shares(reference.by_words(table, words, ALL, where)), k)


def shares(ranking: Ranking) -> Ranking:
    best = max(ranking.values(), default=1.0)
    return {row: score / best for row, score in ranking.items()}


def test_nothing_is_found(backend: SearchBackend, asked: Vectors) -> None:
    nowhere = (Where(section="没有这个标题"), Where(year="1999"), Where(report=9), Where(report=0, year="2014"))
    for where in nowhere:
        assert backend.by_vector("passages", asked[0], 10, where) == {}
        assert backend.by_words("sentences", ["投资"], 10, where) == {}
    assert backend.by_words("passages", ["机票"], 10) == backend.by_words("passages", [], 10) == {}
    assert backend.by_words("passages", ["投资"], 0) == backend.by_vector("passages", asked[0], 0) == {}


def test_of_equal_scores_the_first_rows(backend: SearchBackend, reference: Reference) -> None:
    """谢谢大家 stands at the end of each report, word for word; fewer are asked for than there are."""
    rows = [row for row, words in enumerate(reference.words["passages"]) if "谢谢" in words]
    assert len(rows) == 4
    for k in (1, 2, 3, 4):
        assert list(backend.by_words("passages", ["谢谢"], k)) == rows[:k]
        assert set(backend.by_vector("passages", reference.vectors["passages"][rows[2]], k)) <= {*rows}  # equal but for rounding


@pytest.mark.parametrize("value", INJECTED)
def test_a_value_of_a_filter_is_never_read_as_a_filter(backend: SearchBackend, reference: Reference, asked: Vectors, value: str) -> None:
    """It finds what has it in a heading, as the reference says: nothing at all."""
    for where in (Where(section=value), Where(year=value), Where(report=1, section=value)):
        same(backend.by_vector("passages", asked[0], 9, where), reference.by_vector("passages", asked[0], ALL, where), 9)
        assert backend.by_words("figures", ["投资"], 10, where) == {}


def test_a_report_is_taken_out_and_replaced(
    kind: str, address: Address | None, tmp_path: Path, made: Index, tiny_model: Path, asked: Vectors
) -> None:
    """Each a generation of its own; what was there before answers no longer."""
    less = made_of(tmp_path / "less", tiny_model, "报告_1")
    for number, index in enumerate((less, made)):
        there, wanted = held(kind, address, index, tmp_path / f"index{number}"), Reference(index)
        same(there.by_vector("passages", asked[0], ALL), wanted.by_vector("passages", asked[0], ALL, ANYWHERE), ALL)
        found = there.by_words("sentences", ["大连市"], ALL)
        assert list(found) == list(wanted.by_words("sentences", ["大连市"], ALL, ANYWHERE))
        assert bool(found) == (index is made)
