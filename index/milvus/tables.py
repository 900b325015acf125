"""What is on Milvus: a collection for each table of a generation, one for its records, and one that says which generation is read.

Milvus cuts the words itself, by jieba: it is given the texts' words as our own jieba cut them in search mode, with spaces between, so that
both backends count the same words. Its BM25 is Lucene's formula times a constant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from index import tokens
from index.lexicon import load
from index.retrieve.dense import BUILD_DEPTH, LINKS, kind_for
from index.retrieve.lexical import K1, B
from index.retrieve.rows import Table

if TYPE_CHECKING:
    from pymilvus import MilvusClient


FORMAT = "1"  # raise it when what is in the collections, or how it is made, changes
POINTER = "wenbao"  # the collection that says which generation is read: its one row is replaced last
LONGEST = 65_535  # bytes of a VARCHAR


def collection(generation: str, name: str) -> str:
    """The collection of a table, or of the `records`; Milvus allows letters, digits and _."""
    return f"{POINTER}_{generation.replace('-', '_')}_{name}"


def is_ours(name: str) -> bool:
    return name.startswith(f"{POINTER}_g_")


def create_table(client: MilvusClient, name: str, table: Table, dimension: int, rows: int, whole: Sequence[str]) -> None:
    """`whole` are words that jieba is told of beside ours."""
    from pymilvus import DataType, Function, FunctionType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)  # the row
    schema.add_field("report", DataType.INT64)
    schema.add_field("part", DataType.INT64)
    schema.add_field("year", DataType.VARCHAR, max_length=16)
    schema.add_field("status", DataType.VARCHAR, max_length=16)
    schema.add_field("words", DataType.VARCHAR, max_length=LONGEST, enable_analyzer=True, analyzer_params=_analyser(whole))
    schema.add_field("bm25", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function(name="bm25", function_type=FunctionType.BM25, input_field_names=["words"], output_field_names=["bm25"]))
    indexes = client.prepare_index_params()
    indexes.add_index("bm25", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", **_tuned(bm25_k1=K1, bm25_b=B))
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    indexes.add_index("vector", metric_type="IP", **_graph(rows))
    client.create_collection(name, schema=schema, index_params=indexes)


def create_pieces(client: MilvusClient, name: str) -> None:
    """A collection of numbered texts. Milvus wants a vector in each: it is not searched."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("text", DataType.VARCHAR, max_length=LONGEST)
    schema.add_field("unused", DataType.FLOAT_VECTOR, dim=2)
    indexes = client.prepare_index_params()
    indexes.add_index("unused", index_type="FLAT", metric_type="IP")
    client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Strong")


def piece(number: int, text: str) -> dict[str, Any]:
    return {"id": number, "text": text, "unused": [0.0, 0.0]}


def _analyser(whole: Sequence[str]) -> dict[str, Any]:
    """`exact`: the words come cut in search mode already."""
    known = ["_default_", *load("words")["words"], *whole]
    return {"tokenizer": {"type": "jieba", "mode": "exact", "dict": known}, "filter": [{"type": "stop", "stop_words": [" "]}]}


def _graph(rows: int) -> dict[str, Any]:
    if kind_for(rows) == "flat":
        return {"index_type": "FLAT"}
    return {"index_type": "HNSW", **_tuned(M=LINKS, efConstruction=BUILD_DEPTH)}


def _tuned(**params: float) -> dict[str, Any]:
    """An index's parameters as one field, as the protocol has them: pymilvus 3 spreads them out, which milvus-lite does not read."""
    return {"params": {"params": params}}


ROUNDS = 5  # a word that is told of may pull another one apart


def kept_whole(vocabulary: Iterable[str]) -> list[str]:
    """The words of the vocabulary that jieba would cut, found by cutting them."""
    tokenizer, words = tokens.tokenizer(), sorted(set(vocabulary))
    found: list[str] = []
    for _ in range(ROUNDS):
        cut = [word for word in words if tokenizer.lcut(word) != [word]]
        if not cut:
            break
        for word in cut:
            tokenizer.add_word(word)
        found += cut
    return sorted(set(found))


def askable(words: Sequence[str], whole: Collection[str]) -> list[str]:
    """The words that come through whole. Of those that do not, no row has any: Milvus would look for their pieces instead."""
    return [word for word in words if word in whole or tokens.words(word) == [word]]
