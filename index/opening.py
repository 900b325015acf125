"""Where a reader finds its index: in its folder, or on the Milvus that WENBAO_MILVUS_URI names. Building is always into a folder."""

from __future__ import annotations

from pathlib import Path

from index import store
from index.milvus import told
from index.store import Index


def open_index(folder: Path) -> Index:
    """Raises IndexFolderError, BackendError."""
    address = told()
    if address is None:
        return store.load(folder)
    from index.milvus import read

    return read.load(address)


def newest(folder: Path) -> str:
    """The generation that is read. Raises IndexFolderError, BackendError."""
    address = told()
    if address is None:
        return store.read_manifest(folder).generation
    from index.milvus import read

    return read.current(address)
