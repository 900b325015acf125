"""Vectors → FAISS: inner product over unit rows, so the score is the cosine, and higher is better.

To FLAT_TO rows the search is exact; past them it goes by a graph (HNSW). Both stay in their file, which is mapped into memory: FAISS's
IO_FLAG_MMAP_IFC does this for either kind (its older IO_FLAG_MMAP reads them whole). A graph holds its vectors flat as well, and what is
asked of few rows, as of one report's, is answered from these, exactly.
"""

from __future__ import annotations

import math
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from index.encode.pieces import Vectors
from index.retrieve.rows import Ranking, Rows, ranking

if TYPE_CHECKING:
    import faiss


How = Literal["flat", "hnsw"]

FLAT_TO = 50_000  # rows that are searched one by one: a few milliseconds (docs/scale.md has both kinds by size)
LINKS, BUILD_DEPTH = 48, 300  # of each row in the graph; rows looked at for a new row's place
# Rows looked at for a question, and for one of more rows than MANY: what recall@10 and time this gives, and what less gave, is in
# docs/scale.md.
SEARCH_DEPTH, DEEPER, MANY = 2000, 4000, 500_000
BLOCK = 1 << 20  # bytes written at a time
_LOADING = threading.Lock()  # FAISS's limits hold for the whole process


class DenseIndex:
    """Rows of vectors that can be searched; a row's id is its position."""

    def __init__(self, index: faiss.Index) -> None:
        import faiss

        self._index = index
        self._flat = faiss.downcast_index(index.storage) if hasattr(index, "hnsw") else index

    @classmethod
    def of(cls, vectors: Vectors, how: How | None = None) -> DenseIndex:
        """An index of the rows, in the kind that their number asks for."""
        import faiss

        rows, dimension = vectors.shape
        vectors = np.ascontiguousarray(vectors)
        if (how or kind_for(rows)) == "flat":
            index = faiss.IndexFlatIP(dimension)
            index.add(vectors)
        else:
            index = faiss.IndexHNSWFlat(dimension, LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = BUILD_DEPTH
            index.add(vectors)
            link_all(index, vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Only for a file whose checksum holds, and that is never written again: FAISS reads damaged ones without a word.

        No list in it may be larger than the file.
        """
        import faiss

        with _LOADING:
            faiss.set_deserialization_vector_byte_limit(path.stat().st_size)
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Through our own file: FAISS's writer only prints a failure at closing, as on a full disk."""
        import faiss

        with path.open("wb") as file:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write, BLOCK))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def how(self) -> How:
        return "flat" if self._flat is self._index else "hnsw"

    def vectors(self, start: int, stop: int) -> Vectors:
        """The vectors of a run of rows, as they were given: shape (stop - start, d)."""
        found: Vectors = self._flat.reconstruct_n(start, stop - start)
        return found

    def nearest(self, vector: Vectors, k: int, within: Rows | None = None) -> Ranking:
        """The k rows nearest to a vector of shape (d,), with their cosines, best first; only those of `within` where it is given."""
        number = len(self) if within is None else count(within)
        k = min(k, number)
        if k < 1:
            return {}
        index = self._flat if number <= FLAT_TO else self._index
        scores, rows = index.search(vector.reshape(1, -1), k, params=self._parameters(index, within, number))
        found = rows[0] >= 0
        return ranking(rows[0][found], scores[0][found])

    def _parameters(self, index: faiss.Index, within: Rows | None, number: int) -> faiss.SearchParameters | None:
        import faiss

        only = None if within is None else _selector(within)
        if index is not self._flat:  # of the rows on the way only those of `within` count: the fewer they are, the longer it is
            depth = DEEPER if len(self) > MANY else SEARCH_DEPTH
            return faiss.SearchParametersHNSW(sel=only, efSearch=math.ceil(depth * len(self) / number))
        return None if only is None else faiss.SearchParameters(sel=only)


def kind_for(rows: int) -> How:
    return "flat" if rows <= FLAT_TO else "hnsw"


def count(rows: Rows) -> int:
    return len(rows) if isinstance(rows, range) else int(np.count_nonzero(rows))


def _selector(rows: Rows) -> faiss.IDSelector:
    import faiss

    if isinstance(rows, range):
        return faiss.IDSelectorRange(rows.start, rows.stop)
    return faiss.IDSelectorBitmap(np.packbits(rows, bitorder="little"))


NEAR = 100  # rows among which one with a place for another link is looked for

Links = npt.NDArray[np.int32]  # shape (rows, places): the rows that each leads to, from the left; -1 is a free place


def link_all(index: faiss.IndexHNSWFlat, vectors: Vectors) -> None:
    """Give each row of the index that is not reached a link from the nearest one that is and that has a place left."""
    import faiss

    graph = index.hnsw
    every = faiss.vector_to_array(graph.neighbors)
    places = faiss.vector_to_array(graph.offsets)[:-1].astype(np.int64)[:, np.newaxis] + np.arange(graph.nb_neighbors(0))
    links = every[places]
    reached, used = _reached(links, graph.entry_point), (links >= 0).sum(axis=1)
    lost = np.flatnonzero(~reached)
    _, near = index.search(vectors[lost], NEAR, params=faiss.SearchParametersHNSW(efSearch=2 * NEAR))
    for row, found in zip(lost, near, strict=True):
        for nearest in found[(found >= 0) & reached[found] & (used[found] < links.shape[1])][:1]:
            links[nearest, used[nearest]] = row
            used[nearest] += 1
    every[places] = links
    faiss.copy_array_to_vector(every, graph.neighbors)


def _reached(links: Links, start: int) -> npt.NDArray[np.bool_]:
    """Which rows links lead to, from where a search begins."""
    reached = np.zeros(len(links), dtype=np.bool_)
    rows = np.array([start])
    while len(rows):
        reached[rows] = True
        onward = links[rows]
        next_to = np.zeros(len(links), dtype=np.bool_)
        next_to[onward[onward >= 0]] = True
        rows = np.flatnonzero(next_to & ~reached)
    return reached
