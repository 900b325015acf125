"""Vectors → FAISS, exact inner product over unit rows: the score is the cosine, and higher is better."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encode import Vectors

if TYPE_CHECKING:
    import faiss

Ranking = dict[int, float]  # position → score, best first
_LOADING = threading.Lock()  # FAISS's limits hold for the whole process


class DenseIndex:
    """Rows of vectors that can be searched; a row's id is its position."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> DenseIndex:
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Only for a file whose checksum holds: FAISS reads damaged ones without a word. No list in it may be larger than the file."""
        import faiss

        with _LOADING:
            faiss.set_deserialization_vector_byte_limit(path.stat().st_size)
            return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Through our own file: FAISS's writer only prints a failure at closing, as on a full disk."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def nearest(self, vector: Vectors, k: int, within: range | None = None) -> Ranking:
        """The k rows nearest to a vector of shape (d,), with their cosines, best first; only those of `within` where it is given."""
        if not len(self) or k < 1 or (within is not None and not within):
            return {}
        k = min(k, len(self) if within is None else len(within))
        scores, rows = self._index.search(vector.reshape(1, -1), k, params=_only(within))
        return {int(row): float(score) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0}


def _only(within: range | None) -> faiss.SearchParameters | None:
    import faiss

    if within is None:
        return None
    only = faiss.SearchParameters()
    only.sel = faiss.IDSelectorRange(within.start, within.stop)
    return only
