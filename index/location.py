"""Where an index lies: in a folder, or on the Milvus that WENBAO_MILVUS_URI names. It is opened here, and copied from one to the other.

Building is always into a folder.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import IndexFolderError, UsageError
from index.milvus.connect import Address, is_milvus, open_client, told
from index.records import Progress
from index.retrieve.backend import LocalBackend, lexical_of
from index.retrieve.dense import DenseIndex
from index.retrieve.rows import TABLES, Columns, Table
from index.store import disk
from index.store.disk import Index


def open_index(folder: Path) -> Index:
    """The index that questions are put to. Raises IndexFolderError, BackendError."""
    address = told()
    if address is None:
        return disk.load(folder)

    from index.milvus import transfer

    return transfer.load(address)


def newest(folder: Path) -> str:
    """The generation that is read. Raises IndexFolderError, BackendError."""
    address = told()
    if address is None:
        return disk.read_manifest(folder).generation

    from index.milvus import transfer

    return transfer.current(address)


def migrate(source: str, target: str, progress: Progress = lambda *_: None) -> dict[str, Any]:
    """Copy the index; returns counts and seconds. One place is an index folder, the other a Milvus.

    Raises UsageError, IndexFolderError, BackendError: then the target is as it was.
    """
    start = time.perf_counter()
    if is_milvus(source) == is_milvus(target):
        raise UsageError("一处是索引文件夹，另一处是 Milvus（http://主机:端口，或以 .db 结尾的文件夹）")
    index = _to_folder(source, Path(target), progress) if is_milvus(source) else _to_milvus(Path(source), target, progress)
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


def _to_milvus(folder: Path, uri: str, progress: Progress) -> Index:
    from index.milvus import transfer

    index = disk.load(folder)
    transfer.publish(Address.of(uri), index, progress)
    return index


def _to_folder(uri: str, folder: Path, progress: Progress) -> Index:
    """The vectors are taken as they are there; the words are cut anew from the texts, as at a build."""

    from index.milvus import transfer

    address = Address.of(uri)
    there, client = transfer.load(address), open_client(address)
    dense = {}
    for table, size in there.sizes.items():
        dense[table] = DenseIndex.of(transfer.vectors(client, address, there.manifest.generation, table, size))
        progress(table, size, size)
    backend = LocalBackend(Columns(there.corpus), dense, lexical_of(there.corpus))
    manifest = disk.publish(folder, Index(there.manifest, there.corpus, there.sentences, there.figures, backend))
    written = disk.load(folder)
    if written.corpus != there.corpus or not all(_same(written, dense[table], table) for table in TABLES):
        raise IndexFolderError(f"{folder}：写进去的读出来不一样（{manifest.generation}）；请再试一次")
    return written


def _same(written: Index, dense: DenseIndex, table: Table) -> bool:
    assert isinstance(written.backend, LocalBackend)
    number, there = len(dense), written.backend.dense[table]
    return len(there) == number and np.array_equal(there.vectors(0, number), dense.vectors(0, number))
