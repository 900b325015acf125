"""The pipeline, one line a stage: files → reports → passages → vectors and words → Index."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import collect, store, tokens
from index.cache import VectorCache
from index.collect import Progress
from index.dense import DenseIndex
from index.encode import Encoder, Vectors
from index.errors import ReadError
from index.lexical import LexicalIndex
from index.passages import split_passages
from index.records import Corpus, Figure, Report
from index.store import Index, Manifest
from index.text import normal

BATCH = 64  # texts a step of progress


def build(paths: list[Path], encoder: Encoder, progress: Progress = lambda *_: None) -> tuple[Index, dict[str, float]]:
    """Reports, from files and folders, as an index in memory, and the seconds each stage took. Raises ReadError."""
    clock = _Clock()
    reports = collect.collect(paths).reports
    clock.mark("read")
    corpus = assemble(reports)
    clock.mark("passages")
    index = embed(corpus, encoder, progress)
    clock.mark("embed")
    return index, clock.seconds


def read_reports(files: list[Path]) -> list[Report]:
    """The reports of the files, outlined and their figures extracted. Raises ReadError for the first that is no report."""
    found: list[Report] = []
    for report in (report for file in files for report in collect.read_reports(file)):
        if isinstance(report, ReadError):
            raise report
        found.append(report)
    return found


def assemble(reports: Sequence[Report]) -> Corpus:
    passages = [passage for position, report in enumerate(reports) for passage in split_passages(report, position)]
    return Corpus(tuple(reports), tuple(passages))


def embed(
    corpus: Corpus, encoder: Encoder, progress: Progress = lambda *_: None, cache: VectorCache | None = None
) -> Index:
    """Vectors and words for every passage, sentence and figure of a corpus; vectors that the cache has are taken from it."""
    texts = [corpus.text_of(passage) for passage in corpus.passages]
    sentences = [span.of(corpus.reports[p.report].text) for p in corpus.passages for span in p.sentences]
    described = [describe(report, figure) for report in corpus.reports for figure in report.figures]
    passage_rows, sentence_rows = _vectors(texts, sentences, encoder, progress, cache)
    dense_passages, dense_sentences = DenseIndex.of(passage_rows), DenseIndex.of(sentence_rows)
    manifest = Manifest(
        format=store.FORMAT,
        generation="",
        model=encoder.name,
        dimension=passage_rows.shape[1],
        dtype=encoder.dtype,
        dense={"passages": dense_passages.how, "sentences": dense_sentences.how},
        tokeniser=tokens.SPELLING,
        reports={report.id: report.sha256 for report in corpus.reports},
        files={},
    )
    return Index(
        manifest=manifest,
        corpus=corpus,
        sentences=store.sentence_rows(corpus),
        figures=store.figure_rows(corpus),
        dense_passages=dense_passages,
        dense_sentences=dense_sentences,
        lexical_passages=LexicalIndex.of(tokens.search_words(normal(text)) for text in texts),
        lexical_sentences=LexicalIndex.of(tokens.search_words(normal(text)) for text in sentences),
        lexical_figures=LexicalIndex.of(tokens.search_words(normal(text)) for text in described or [""]),
    )


def describe(report: Report, figure: Figure) -> str:
    """A figure as words: what it measures, and the sentence it stands in."""
    return f"{figure.indicator} {figure.of or ''} {figure.text} {figure.sentence.of(report.text)}"


def _vectors(
    texts: list[str], sentences: list[str], encoder: Encoder, progress: Progress, cache: VectorCache | None
) -> tuple[Vectors, Vectors]:
    """Rows for both lists; a text that stands in both is embedded once. Like lengths go together, so little is padded.

    What the cache has is not embedded again, and each batch is in it before the next begins. Progress counts characters.
    """
    unique = sorted(dict.fromkeys(texts + sentences), key=len, reverse=True)
    known = cache.find(unique) if cache else {}
    new = [text for text in unique if text not in known]
    done, of = 0, sum(map(len, new))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        rows = encoder.encode_document(batch)
        known.update(zip(batch, rows, strict=True))
        if cache:
            cache.add(batch, rows)
        done += sum(map(len, batch))
        progress("embed", done, of)
    if cache:
        cache.tidy()
    return np.vstack([known[text] for text in texts]), np.vstack([known[text] for text in sentences])


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now
