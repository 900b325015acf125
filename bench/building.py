"""The build of seeds/, in a fresh process: from nothing, and with dictionary and weights in place; and what reading a text costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba

from bench.home import Home
from bench.table import Row
from index import paths
from index.collect import read_reports

TITLE = "wenbao build of seeds/ by stage"
FROM_NOTHING, REBUILT = 30, 20  # seconds
CHARACTERS, TIMES = 30_000, 6  # of a text, and how many times jieba's time its reading may take
REPEATS = 5


def measure(home: Home) -> Iterator[Row | str]:
    yield from _stages("from nothing", home.first_build, FROM_NOTHING)
    yield from _stages("rebuilt", home.build(), REBUILT)
    yield from _reading()


def _stages(name: str, report: dict[str, dict[str, float]], most: float) -> Iterator[Row]:
    seconds = report["seconds"]
    yield from (Row(f"{name}: {stage}", value, "s") for stage, value in seconds.items() if stage != "all")
    yield Row(f"{name}: all", seconds["all"], "s", most=most)


def _reading() -> Iterator[Row]:
    """CPU time of a plain text read, outlined and its figures extracted, beside that of jieba cutting it, in one run."""
    beside = sorted((paths.PROJECT.parent / "shared" / "reports").glob("province_*.txt"))
    text = "".join(file.read_text(encoding="utf-8") for file in beside or sorted((paths.PROJECT / "seeds").glob("*.txt")))[:CHARACTERS]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.txt")
        file.write_text(text, encoding="utf-8")
        cut = _cpu(lambda: list(jieba.cut(text)))
        read = _cpu(lambda: list(read_reports(file)))
    yield Row(f"jieba cuts {len(text):,} characters: CPU", cut, "s")
    yield Row("they are read: CPU", read, "s")
    yield Row("read, as a multiple of cut", read / cut, "×", most=TIMES)


def _cpu(work: Callable[[], object]) -> float:
    """The least CPU time of a few runs, after one that loads what is loaded once."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
