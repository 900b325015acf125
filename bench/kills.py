"""`wenbao build` killed at ten random moments: it goes on, and ends as a build that nobody stopped."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.collection import REPORTS
from bench.home import PROJECT, Home
from bench.table import Row
from index.encode.pieces import Vectors
from index.retrieve.backend import LocalBackend
from index.retrieve.rows import TABLES, Table
from index.store.disk import Index, load
from search import Engine, open_engine

TITLE = "kill -9 of a build of three small reports, by the real encoder"
NAMES = ("2012.txt", "2014.txt", "2015.txt")
KILLS, SEED = 10, 20071
QUESTIONS = 50
ALIKE = 0.9999


def measure(home: Home) -> Iterator[Row | str]:
    files = [REPORTS / "gb18030" / name for name in NAMES]
    if not files[0].is_file():
        yield f"  {REPORTS} is not there"
        return
    whole, stopped = home.folder / "whole", home.folder / "stopped"
    for folder in (whole, stopped):
        shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    _build(files, whole).wait()
    seconds = time.perf_counter() - start
    yield Row("uninterrupted, with its start", seconds, "s")
    yield Row("killed", float(_killed(files, stopped, seconds)))
    last = _build(files, stopped)
    told = json.loads(last.communicate()[0])
    yield Row("the last build, by its own clock", told["seconds"]["all"], "s")
    one, other = load(whole / "index"), load(stopped / "index")
    yield Row("same texts, figures and ids", float(_same(one, other)), least=1)
    yield Row("lowest cosine", _lowest_cosine(one, other), least=ALIKE)
    yield Row(f"same ten first passages on {QUESTIONS} questions", float(_same_first(whole, stopped, home.questions)), least=QUESTIONS)


def _build(files: list[Path], home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "search.commands.cli", "build", "--json", *map(str, files)]
    environment = {**os.environ, "WENBAO_HOME": str(home), "PYTHONPATH": str(PROJECT)}
    home.mkdir(exist_ok=True)
    return subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True)


def _killed(files: list[Path], home: Path, seconds: float) -> int:
    """Builds killed at moments of a fixed seed, until ten were; one that was done first begins from nothing again."""
    moments, killed = random.Random(SEED), 0
    while killed < KILLS:
        child = _build(files, home)
        try:
            child.wait(moments.uniform(0.1, 1.0) * seconds / 2)
            shutil.rmtree(home)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            killed += 1
    return killed


def _same(one: Index, other: Index) -> bool:
    return one.corpus == other.corpus and one.manifest.reports == other.manifest.reports


def _lowest_cosine(one: Index, other: Index) -> float:
    return min(float((_rows(one, table) * _rows(other, table)).sum(axis=1).min()) for table in TABLES)


def _rows(index: Index, table: Table) -> Vectors:
    assert isinstance(index.backend, LocalBackend)
    dense = index.backend.dense[table]
    return dense.vectors(0, len(dense))


def _same_first(one: Path, other: Path, questions: list[str]) -> int:
    left, right = open_engine(one / "index"), open_engine(other / "index")
    asked = questions[:QUESTIONS]
    return sum(_first(left, question) == _first(right, question) for question in asked)


def _first(engine: Engine, question: str) -> list[tuple[str, int, int]]:
    return [(hit.report_id, hit.start, hit.end) for hit in engine.search(question, k=10).passages]
