"""Milvus → Index: its records and manifest are read once, its rows stay there."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from index import tokens
from index.encode.pieces import Vectors
from index.errors import BackendError
from index.milvus.connect import Address, connected, open_client
from index.milvus.queries import MilvusBackend
from index.milvus.tables import FORMAT, POINTER, collection
from index.records import Corpus
from index.retrieve.rows import TABLES, Columns, Table, figure_rows, sentence_rows
from index.store import disk, serial
from index.store.disk import Index, Manifest

if TYPE_CHECKING:
    from pymilvus import MilvusClient

AT_ONCE = 1000  # rows read in one call
MEND = "请运行：wenbao migrate DIR URI（DIR 是索引文件夹）"


def current(address: Address) -> str:
    """The generation that is read. Raises BackendError."""
    return str(pointer(open_client(address), address)["generation"])


def load(address: Address) -> Index:
    """The index on Milvus. Raises BackendError."""
    client = open_client(address)
    said = pointer(client, address)
    manifest, whole, corpus = records(client, address, said)
    with connected(address):
        for table in TABLES:
            client.load_collection(collection(manifest.generation, table))
    backend = MilvusBackend(client, address, manifest.generation, Columns(corpus), whole)
    return Index(manifest, corpus, sentence_rows(corpus), figure_rows(corpus), backend)


def pointer(client: MilvusClient, address: Address) -> dict[str, Any]:
    """What the one row of the pointer says. Raises BackendError."""
    with connected(address):
        if not client.has_collection(POINTER):
            raise BackendError(f"{address.uri}：这里没有问报的索引。{MEND}")
        client.load_collection(POINTER)
        rows = client.query(POINTER, filter="id == 0", output_fields=["text"], consistency_level="Strong")
    try:
        said: dict[str, Any] = json.loads(rows[0]["text"])
        versions = (said["format"], said["store"], said["tokeniser"])
    except (LookupError, ValueError, TypeError):
        raise BackendError(f"{address.uri}：叫 {POINTER} 的集合不是问报写的，或已损坏。{MEND}") from None
    if versions != (FORMAT, disk.FORMAT, tokens.SPELLING):
        raise BackendError(f"{address.uri}：索引是另一版本的程序写的。{MEND}")
    return said


def records(client: MilvusClient, address: Address, said: dict[str, Any]) -> tuple[Manifest, frozenset[str], Corpus]:
    """The manifest, the words kept whole and the corpus, from their pieces; what the pointer says of them is checked."""
    name = collection(said["generation"], "records")
    pieces: list[str] = []
    with connected(address):
        client.load_collection(name)
        for start in range(0, said["pieces"], AT_ONCE):
            rows = client.query(name, filter=f"id >= {start} and id < {start + AT_ONCE}", output_fields=["id", "text"])
            pieces += [row["text"] for row in sorted(rows, key=lambda row: row["id"])]
    packed = "".join(pieces)
    if hashlib.sha256(packed.encode()).hexdigest() != said["sha256"]:
        raise BackendError(f"{address.uri}：索引的文本不全或已损坏。{MEND}")
    manifest, whole, corpus = zlib.decompress(base64.b85decode(packed)).decode("utf-8").split("\n", 2)
    fields = json.loads(manifest)
    files = {file: (int(size), str(digest)) for file, (size, digest) in fields["files"].items()}
    return Manifest(**{**fields, "files": files}), frozenset(json.loads(whole)), serial.load_corpus(corpus)


def rows(client: MilvusClient, address: Address, name: str, fields: list[str], number: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of a collection in their order, some at a time."""
    for start in range(0, number, AT_ONCE):
        with connected(address):
            found = client.query(name, filter=f"id >= {start} and id < {start + AT_ONCE}", output_fields=["id", *fields])
        yield sorted(found, key=lambda row: row["id"])


def vectors(client: MilvusClient, address: Address, generation: str, table: Table, number: int) -> Vectors:
    """All vectors of a table, as they were given."""
    found = [row["vector"] for some in rows(client, address, collection(generation, table), ["vector"], number) for row in some]
    return np.array(found, dtype=np.float32)
