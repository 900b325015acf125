"""More reports than there are: real ones repeated with other places, years and numbers; past 100 their records, with vectors moved."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, cycle, islice, pairwise
from pathlib import Path

import numpy as np

from bench.collection import REPORTS
from bench.home import PROJECT
from index.build import assemble
from index.collect import collect
from index.encode.pieces import Vectors
from index.lexicon.compiled import cities as listed
from index.outline.masthead import NATION
from index.records import Corpus, Report
from index.retrieve.backend import LocalBackend
from index.retrieve.dense import DenseIndex
from index.retrieve.lexical import LexicalIndex
from index.retrieve.rows import TABLES, Columns, Table, figure_rows, sentence_rows, words_of
from index.store.disk import Index

NUMBER = re.compile(r"(?P<year>(?<!\d)(?:19|20)\d\d(?=年))|\d+")
MOVED = 0.3  # length of what is added to a unit vector: its cosine with the one before is about 0.96
AT_ONCE = 100_000  # vectors moved in one step
FIRST, SECOND = ("东西南北中上下前后左右高平安宁和永长新古", "川河湖海江溪泉池沟湾岭峰岗坡原谷林田桥港")  # of made-up counties


def real_reports() -> list[Report]:
    """Those beside the project, and seeds/."""
    return list(collect([path for path in (PROJECT / "seeds", REPORTS) if path.is_dir()]).reports)


def write_texts(folder: Path, number: int) -> None:
    """`number` reports as files: the real ones, and copies of them with other places, years and numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = real_reports()
    for copy, report in enumerate(islice(cycle(reports), number)):
        text = report.text if copy < len(reports) else _changed(report, copy, copy // len(reports))
        (folder / f"{copy:05d}.txt").write_text(text, encoding="utf-8")


def _changed(report: Report, copy: int, turn: int) -> str:
    """Its place another city's name, its years earlier, and each number of two digits and more another of as many."""
    drawn, cities = random.Random(copy), listed()

    def other(found: re.Match[str]) -> str:
        digits = found[0]
        if found["year"]:
            return str(int(digits) - turn)
        return digits if len(digits) < 2 else digits[0] + "".join(drawn.choice("123456789") for _ in digits[1:])

    changed = NUMBER.sub(other, report.text)
    if report.place and report.place != NATION:
        changed = changed.replace(report.place, cities[copy % len(cities)] + "市")
    return changed


def county(number: int) -> str:
    """A made-up place, another one for each of 8,000 numbers and more."""
    third, rest = divmod(number, len(FIRST) * len(SECOND))
    second, first = divmod(rest, len(FIRST))
    return FIRST[first] + SECOND[second] + (FIRST[third % len(FIRST)] if third else "") + "县"


def copies(base: Index, number: int, *, paragraphs_only: bool) -> Index:
    """`number` reports with the records of base's in turn, each of a place of its own; words as they are, vectors moved.

    With `paragraphs_only` they have neither sentences nor figures of their own.
    """
    assert isinstance(base.backend, LocalBackend)
    alone = [_alone(report, paragraphs_only) for report in base.corpus.reports]
    one = assemble(alone)
    if paragraphs_only:
        one = Corpus(one.reports, tuple(replace(passage, sentences=()) for passage in one.passages))
    runs = _runs(one)
    reports, passages = [], []
    for copy in range(number):
        source = copy % len(alone)
        place = county(copy)
        reports.append(replace(alone[source], id=f"copy_{copy:05d}", place=place, title=f"{place}政府工作报告"))
        passages += [replace(one.passages[row], report=copy) for row in runs["passages"][source]]
    corpus = Corpus(tuple(reports), tuple(passages))
    dense = {table: DenseIndex.of(_moved(base, runs[table], number, table)) for table in TABLES}
    lexical = {table: _words(one, runs[table], number, table) for table in TABLES}
    backend = LocalBackend(Columns(corpus), dense, lexical)
    held = {report.id: report.sha256 for report in reports}
    manifest = replace(base.manifest, generation="", reports=held, files={}, dense=backend.how)
    return Index(manifest, corpus, sentence_rows(corpus), figure_rows(corpus), backend)


def _alone(report: Report, paragraphs_only: bool) -> Report:
    return replace(report, figures=()) if paragraphs_only else report


def _runs(corpus: Corpus) -> dict[Table, list[range]]:
    """For each table the rows of each report."""
    columns, found = Columns(corpus), {}
    for table in TABLES:
        bounds = np.searchsorted(columns.reports[table], np.arange(len(corpus.reports) + 1)).tolist()
        found[table] = [range(first, last) for first, last in pairwise(bounds)]
    return found


def _moved(base: Index, runs: list[range], number: int, table: Table) -> Vectors:
    """The vectors of the copies' rows: those of the first turn as they are."""
    assert isinstance(base.backend, LocalBackend)
    index = base.backend.dense[table]
    rows = np.array([row for run in islice(cycle(runs), number) for row in run], dtype=np.int64)
    every = index.vectors(0, len(index))
    moved = np.empty((len(rows), index.dimension), dtype=np.float32)
    drawn, first = np.random.default_rng(2007), sum(map(len, runs))
    for start in range(0, len(rows), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        added = drawn.normal(size=(len(rows[some]), index.dimension)).astype(np.float32)
        moved[some] = every[rows[some]] + added * (MOVED / np.sqrt(index.dimension))
    moved[:first] = every[rows[:first]]
    moved /= np.linalg.norm(moved, axis=1, keepdims=True) if len(moved) else 1
    return moved


def _words(corpus: Corpus, runs: list[range], number: int, table: Table) -> LexicalIndex:
    every = [*words_of(corpus, table)]
    words: Iterator[list[str]] = (every[row] for run in islice(cycle(runs), number) for row in run)
    return LexicalIndex.of(chain([next(words, [])], words))
