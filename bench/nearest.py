"""Flat beside the graph, by size: what a search takes, and what the graph finds. This is what dense.FLAT_TO was chosen by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

import numpy as np

from bench.home import Home
from bench.scale import FOUND, NEAREST, recall
from bench.table import Row
from index.encode.encoder import open_encoder
from index.encode.pieces import Vectors
from index.retrieve.backend import LocalBackend
from index.retrieve.dense import DenseIndex, How
from index.store.disk import load

TITLE = "vectors of the real sentences, moved, by flat search and by the graph; 200 rows asked for, as a question does"
SIZES = (10_000, 50_000, 100_000)
MOVED = 0.3  # as bench/copies.py
ASKED = 200  # rows


def measure(home: Home) -> Iterator[Row | str]:
    backend = load(home.index).backend
    assert isinstance(backend, LocalBackend)
    base = backend.dense["sentences"]
    known, drawn = base.vectors(0, len(base)), np.random.default_rng(2007)
    asked = open_encoder().encode_query(home.questions)
    for size in SIZES:
        rows = known[np.arange(size) % len(known)]
        rows = rows + drawn.normal(size=rows.shape).astype(np.float32) * (MOVED / np.sqrt(rows.shape[1]))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        kinds: tuple[How, How] = ("flat", "hnsw")
        for how in kinds:
            start = time.perf_counter()
            index = DenseIndex.of(rows, how)
            yield Row(f"{size}, {how}: built", time.perf_counter() - start, "s")
            yield Row(f"{size}, {how}: a search, p50", _median_ms(index, asked), "ms")
        yield Row(f"{size}: recall@{NEAREST} of the graph", recall(index, asked), "", least=FOUND)


def _median_ms(index: DenseIndex, asked: Vectors) -> float:
    times = []
    for vector in asked:
        start = time.perf_counter()
        index.nearest(vector, ASKED)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
