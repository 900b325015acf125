"""A graph in which every row is reached.

Of a row's links FAISS keeps those that lead away from each other. Of a text and its hundred near copies each copy keeps little but the
link to the text, and the text has places for 2 × LINKS of them: the other copies are left without a link that leads to them, and no
search finds them, however long it is. Reports are full of such sentences. Here each such row gets a link from a row near it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.encode import Vectors

if TYPE_CHECKING:
    import faiss

NEAR = 100  # rows among which one with a place for another link is looked for

Links = npt.NDArray[np.int32]  # shape (rows, places): the rows that each leads to, from the left; -1 is a free place


def link_all(index: faiss.IndexHNSWFlat, vectors: Vectors) -> None:
    """Give each row of the index that is not reached a link from the nearest one that is and that has a place left."""
    import faiss

    graph = index.hnsw
    every = faiss.vector_to_array(graph.neighbors)
    places = faiss.vector_to_array(graph.offsets)[:-1].astype(np.int64)[:, np.newaxis] + np.arange(
        graph.nb_neighbors(0)
    )
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
