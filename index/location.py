"""`wenbao migrate`: an index from a folder to Milvus, or from Milvus to a folder; whole and compared, or not at all."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from index import store
from index.backend import TABLES, Table
from index.build import lexical_of
from index.columns import Columns
from index.dense import DenseIndex
from index.errors import IndexFolderError, UsageError
from index.local import LocalBackend
from index.milvus import Address, read, write
from index.milvus.connect import is_milvus, open_client
from index.milvus.write import Told
from index.store import Index


def migrate(source: str, target: str, told: Told = lambda *_: None) -> dict[str, Any]:
    """Copy the index; returns counts and seconds. One place is an index folder, the other a Milvus.

    Raises UsageError, IndexFolderError, BackendError: then the target is as it was.
    """
    start = time.perf_counter()
    if is_milvus(source) == is_milvus(target):
        raise UsageError("一处是索引文件夹，另一处是 Milvus（http://主机:端口，或以 .db 结尾的文件夹）")
    index = _to_folder(source, Path(target), told) if is_milvus(source) else _to_milvus(Path(source), target, told)
    return {
        "from": source,
        "to": target,
        "generation": index.manifest.generation,
        "reports": len(index.corpus.reports),
        "passages": len(index.corpus.passages),
        "sentences": len(index.sentences),
        "figures": len(index.figures),
        "seconds": round(time.perf_counter() - start, 2),
    }


def _to_milvus(folder: Path, uri: str, told: Told) -> Index:
    index = store.load(folder)
    write.publish(Address.of(uri), index, told)
    return index


def _to_folder(uri: str, folder: Path, told: Told) -> Index:
    """The vectors are taken as they are there; the words are cut anew from the texts, as at a build."""
    address = Address.of(uri)
    there, client = read.load(address), open_client(address)
    dense = {}
    for table, size in there.sizes.items():
        dense[table] = DenseIndex.of(read.vectors(client, address, there.manifest.generation, table, size))
        told(table, size, size)
    backend = LocalBackend(Columns(there.corpus), dense, lexical_of(there.corpus))
    manifest = store.publish(folder, Index(there.manifest, there.corpus, there.sentences, there.figures, backend))
    written = store.load(folder)
    if written.corpus != there.corpus or not all(_same(written, dense[table], table) for table in TABLES):
        raise IndexFolderError(f"{folder}：写进去的读出来不一样（{manifest.generation}）；请再试一次")
    return written


def _same(written: Index, dense: DenseIndex, table: Table) -> bool:
    assert isinstance(written.backend, LocalBackend)
    number, there = len(dense), written.backend.dense[table]
    return len(there) == number and np.array_equal(there.vectors(0, number), dense.vectors(0, number))
