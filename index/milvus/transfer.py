"""Index ↔ Milvus, whole or not at all: its records and manifest are read once, its rows stay there.

What is written is a generation beside the one that is read, compared, and only then pointed to.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from index import tokens
from index.encode.pieces import Vectors
from index.errors import BackendError
from index.milvus.connect import Address, connected, open_client
from index.milvus.queries import MilvusBackend
from index.milvus.tables import FORMAT, LONGEST, POINTER, collection, create_pieces, create_table, is_ours, kept_whole, piece
from index.records import Corpus, Progress
from index.retrieve.backend import LocalBackend
from index.retrieve.rows import NO_PART, TABLES, Columns, Table, figure_rows, sentence_rows, words_of
from index.store import disk
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
    return Manifest(**{**fields, "files": files}), frozenset(json.loads(whole)), disk.load_corpus(corpus)


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


SENT_AT_ONCE = 500  # rows sent in one call
PIECE, PIECES_AT_ONCE = 60_000, 50  # characters of the packed records in a row; rows of them in one call


def publish(address: Address, index: Index, progress: Progress = lambda *_: None) -> str:
    """Write the index as a generation of its own, compare it, and make it the one that is read. Returns its name.

    Raises BackendError, and then what was read before is read still. What a writer that was killed has left is taken away first.
    """
    if not isinstance(index.backend, LocalBackend):
        raise TypeError("只有本机的索引可以写到 Milvus")
    client, generation = open_client(address), index.manifest.generation
    with connected(address):
        before = _pointed_to(client, address)
        if before == generation:
            _compare(client, address, index, progress)
            return generation
        _drop(client, before)
        whole = kept_whole(word for table in TABLES for words in words_of(index.corpus, table) for word in words)
        for table in TABLES:
            _write_table(client, index, table, whole, progress)
        said = _write_records(client, index, whole)
        _compare(client, address, index, progress)
        _point(client, said)
        _drop(client, generation)
    return generation


def _pointed_to(client: MilvusClient, address: Address) -> str | None:
    """The generation that is read; None where there is none, or one of another version."""
    if not client.has_collection(POINTER):
        return None
    try:
        return str(pointer(client, address)["generation"])
    except BackendError:
        return None


def batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _write_table(client: MilvusClient, index: Index, table: Table, whole: list[str], progress: Progress) -> None:
    name = collection(index.manifest.generation, table)
    number = index.sizes[table]
    create_table(client, name, table, index.manifest.dimension, number, whole)
    done = 0
    for some in batches(_rows(index, table), SENT_AT_ONCE):
        client.insert(name, some)
        done += len(some)
        progress(table, done, number)
    client.flush(name)
    client.load_collection(name)


def _rows(index: Index, table: Table) -> Iterator[dict[str, Any]]:
    columns = Columns(index.corpus)
    owners, parts = columns.reports[table], columns.parts_of_rows[table]
    for row, words in enumerate(texts(index.corpus, table)):
        part = None if parts[row] == NO_PART else columns.parts[parts[row]]
        fields = {"id": row, "report": int(owners[row]), "part": int(parts[row]), "words": words}
        fields |= {"year": (part and part.year) or "", "status": (part and part.status) or ""}
        yield fields | {"vector": _vectors(index, table, row, row + 1)[0]}


def texts(corpus: Corpus, table: Table) -> Iterator[str]:
    """Each row's words with spaces between; of a text that is too long for a VARCHAR the first ones."""
    for words in words_of(corpus, table):
        joined = " ".join(words)
        if len(joined.encode()) > LONGEST:
            joined = joined.encode()[:LONGEST].decode(errors="ignore").rpartition(" ")[0]
        yield joined


def _vectors(index: Index, table: Table, start: int, stop: int) -> Vectors:
    assert isinstance(index.backend, LocalBackend)
    return index.backend.dense[table].vectors(start, stop)


def _write_records(client: MilvusClient, index: Index, whole: list[str]) -> dict[str, Any]:
    """The manifest, the words kept whole and the corpus, packed, in pieces. Returns what the pointer will say."""
    name = collection(index.manifest.generation, "records")
    create_pieces(client, name)
    plain = "\n".join([*(json.dumps(part) for part in (asdict(index.manifest), whole)), disk.dump_corpus(index.corpus)])
    packed = base64.b85encode(zlib.compress(plain.encode())).decode()
    pieces = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
    for some in batches(map(piece, range(len(pieces)), pieces), PIECES_AT_ONCE):
        client.insert(name, some)
    client.flush(name)
    client.load_collection(name)
    return {
        "format": FORMAT,
        "store": disk.FORMAT,
        "tokeniser": tokens.SPELLING,
        "generation": index.manifest.generation,
        "pieces": len(pieces),
        "sha256": hashlib.sha256(packed.encode()).hexdigest(),
    }


def _compare(client: MilvusClient, address: Address, index: Index, progress: Progress) -> None:
    """Every row as it is on Milvus beside what it should be: words, and vectors bit by bit. Raises BackendError."""
    for table in TABLES:
        name, number = collection(index.manifest.generation, table), index.sizes[table]
        fields = ["words", "vector"]
        wanted, done = texts(index.corpus, table), 0
        for some in rows(client, address, name, fields, number):
            same = all(row["id"] == done + n and row["words"] == next(wanted) for n, row in enumerate(some))
            if same and some:
                there = np.array([row["vector"] for row in some], dtype=np.float32)
                same = np.array_equal(there, _vectors(index, table, done, done + len(some)))
            done += len(some)
            progress(f"{table}?", done, number)
            if not same:
                raise BackendError(f"{address.uri}：写进去的 {table} 读出来不一样，没有改用它；请再试一次")
        held = client.query(name, filter="", output_fields=["count(*)"])[0]["count(*)"]
        if (done, held) != (number, number):
            raise BackendError(f"{address.uri}：{table} 应有 {number} 行，只有 {min(done, held)} 行，没有改用它；请再试一次")


def _point(client: MilvusClient, said: dict[str, Any]) -> None:
    """One row is replaced: a reader is told of the old generation or of the new one."""
    if not client.has_collection(POINTER):
        create_pieces(client, POINTER)
    client.upsert(POINTER, [piece(0, json.dumps(said))])
    client.flush(POINTER)
    client.load_collection(POINTER)


def _drop(client: MilvusClient, kept: str | None) -> None:
    """Take away the collections of all generations but this one."""
    for name in client.list_collections():
        if is_ours(name) and not (kept and name.startswith(collection(kept, ""))):
            client.drop_collection(name)
