"""The pipeline, one line a stage: files → reports → passages → vectors and words → Index."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index import collect, describe, store, tokens
from index.backend import TABLES, Table
from index.cache import VectorCache
from index.collect import Progress
from index.columns import Columns
from index.dense import DenseIndex
from index.encode import Encoder, Vectors
from index.errors import ReadError
from index.lexical import LexicalIndex
from index.local import LocalBackend
from index.passages import split_passages
from index.records import Corpus, Report
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
    rows = _vectors([meanings_of(corpus, table) for table in TABLES], encoder, progress, cache)
    return _indexed(corpus, rows, encoder.name, encoder.dtype)


def without(index: Index, ids: Collection[str]) -> Index:
    """The index less the reports of these ids. What stays keeps its vectors: nothing is embedded, no model opened."""
    reports = index.corpus.reports
    corpus = assemble([report for report in reports if report.id not in ids])
    gone = [position for position, report in enumerate(reports) if report.id in ids]
    report_of_row = Columns(index.corpus).reports
    rows = [
        index.backend.vectors(table, 0, index.sizes[table])[~np.isin(report_of_row[table], gone)] for table in TABLES
    ]
    return _indexed(corpus, rows, index.manifest.model, index.manifest.dtype)


def _indexed(corpus: Corpus, rows: Sequence[Vectors], model: str, dtype: str) -> Index:
    """The index of a corpus by the vectors of its tables, in the order of TABLES."""
    dense = dict(zip(TABLES, map(DenseIndex.of, rows), strict=True))
    backend = LocalBackend(Columns(corpus), dense, lexical_of(corpus))
    manifest = Manifest(
        format=store.FORMAT,
        generation="",
        model=model,
        dimension=rows[0].shape[1],
        dtype=dtype,
        dense=backend.how,
        tokeniser=tokens.SPELLING,
        reports={report.id: report.sha256 for report in corpus.reports},
        files={},
    )
    return Index(manifest, corpus, store.sentence_rows(corpus), store.figure_rows(corpus), backend)


def texts_of(corpus: Corpus, table: Table) -> list[str]:
    """The text of each row of a table, by whose words it is found."""
    if table == "passages":
        return [corpus.text_of(passage) for passage in corpus.passages]
    if table == "sentences":
        return [span.of(corpus.reports[p.report].text) for p in corpus.passages for span in p.sentences]
    return [describe.in_words(report, figure) for report in corpus.reports for figure in report.figures]


def meanings_of(corpus: Corpus, table: Table) -> list[str]:
    """The text of each row of a table that is embedded."""
    if table != "figures":
        return texts_of(corpus, table)
    matched = {report.id: normal(report.text) for report in corpus.reports}
    return [describe.in_meaning(report, matched[report.id], f) for report in corpus.reports for f in report.figures]


def words_of(corpus: Corpus, table: Table) -> Iterator[list[str]]:
    """The words by which each row of a table is found."""
    return (tokens.search_words(normal(text)) for text in texts_of(corpus, table))


def lexical_of(corpus: Corpus) -> dict[Table, LexicalIndex]:
    """The tables by their words; one without rows gets an empty text, as bm25s wants one."""
    found: dict[Table, LexicalIndex] = {}
    for table in TABLES:
        words = words_of(corpus, table)
        found[table] = LexicalIndex.of(chain([next(words, [])], words))
    return found


def _vectors(
    tables: Sequence[list[str]], encoder: Encoder, progress: Progress, cache: VectorCache | None
) -> list[Vectors]:
    """Rows for each list; a text that stands in several is embedded once. Like lengths go together, so little is padded.

    What the cache has is not embedded again, and each batch is in it before the next begins. Progress counts characters.
    """
    unique = sorted(dict.fromkeys(chain(*tables)), key=len, reverse=True)
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
    dimension = len(next(iter(known.values())))
    return [np.array([known[text] for text in texts], np.float32).reshape(-1, dimension) for texts in tables]


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now
