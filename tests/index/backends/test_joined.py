"""Reports beside those of another index: what is found is what one index over all of them gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import joined, without
from index.encode.encoder import open_encoder
from index.milvus import transfer
from index.milvus.connect import Address
from index.retrieve.rows import ANYWHERE, TABLES, Columns, Ranking, Table, Where
from index.store.disk import Index
from tests.index.backends.reference import Reference
from tests.index.backends.test_contract import ALL, FILTERS, QUESTIONS, same

SPLIT = (range(2), range(2, 3), range(3, 4))  # the reports of the base, and of two others


def only(made: Index, kept: range) -> Index:
    return without(made, {report.id for row, report in enumerate(made.corpus.reports) if row not in kept})


@pytest.fixture(scope="module")
def parts(made: Index) -> list[Index]:
    return [only(made, kept) for kept in SPLIT]


@pytest.fixture(scope="module", params=["faiss", "milvus-lite"])
def beside(request: pytest.FixtureRequest, parts: list[Index], tmp_path_factory: pytest.TempPathFactory) -> Index:
    base, *others = parts
    if request.param == "milvus-lite":
        address = Address(str(tmp_path_factory.mktemp("joined") / "lite.db"))
        transfer.publish(address, base)
        base = transfer.load(address)
    return joined(base, others)


def test_records_stand_where_one_index_has_them(beside: Index, made: Index) -> None:
    assert (beside.corpus, beside.sentences, beside.figures) == (made.corpus, made.sentences, made.figures)
    assert beside.corpus.reports[0].paragraphs[0] == made.corpus.reports[0].paragraphs[0]
    assert Columns(made.corpus).run("figures", 3) == beside.backend.columns.run("figures", 3)


@pytest.mark.parametrize("where", [*FILTERS, Where(reports=(0, 3)), Where(reports=(2,), year="2013"), Where(reports=())], ids=str)
@pytest.mark.parametrize("table", TABLES)
def test_nearest_by_vector_as_in_one_index(beside: Index, made: Index, table: Table, where: Where) -> None:
    for vector in open_encoder(made.manifest.model).encode_query(["地铁建设投资是多少", "教育要办好"]):
        for k in (1, 10, ALL):
            same(beside.backend.by_vector(table, vector, k, where), made.backend.by_vector(table, vector, ALL, where), k)


@pytest.mark.parametrize("table", TABLES)
def test_nearest_by_words_are_the_best_of_each_part(beside: Index, parts: list[Index], table: Table) -> None:
    """Each part's by the weights of its own words, also where the base is on Milvus."""
    for words in QUESTIONS:
        every: Ranking = {}
        for report, kept in zip((Where(reports=tuple(run)) for run in SPLIT), parts, strict=True):
            first = beside.backend.columns.run(table, report.reports[0]).start if report.reports else 0
            alone = {first + row: score for row, score in Reference(kept).by_words(table, words, ALL, ANYWHERE).items()}
            same(beside.backend.by_words(table, words, ALL, report), alone, ALL)
            every |= alone
        ranked = dict(sorted(every.items(), key=lambda pair: (-round(pair[1], 5), pair[0])))
        for k in (1, 10, ALL):
            same(beside.backend.by_words(table, words, k), ranked, k)


@pytest.mark.parametrize("table", TABLES)
def test_the_vectors_of_a_run_of_rows(beside: Index, made: Index, table: Table) -> None:
    border = made.backend.columns.run(table, 2).start
    for start, stop in ((0, 2), (border - 2, border + 3), (border, made.sizes[table])):
        assert np.allclose(beside.backend.vectors(table, start, stop), made.backend.vectors(table, start, stop), atol=1e-6)


def test_a_report_that_is_not_there_has_no_rows(beside: Index, tiny_model: Path) -> None:
    vector = open_encoder(str(tiny_model)).encode_query(["投资"])[0]
    assert beside.backend.by_vector("passages", vector, 10, Where(report=9)) == {}
    assert beside.backend.by_words("passages", ["投资"], 10, Where(report=9)) == {}
