"""1 to 10,000 reports: what a build takes, what is held, what asking takes, and what the graph finds of what is nearest.

To 100 reports go through the whole pipeline, the real ones first, then copies with other places, years and numbers. Past 100 the records
of the real ones are repeated with other places and moved vectors (bench/copies.py), at 10,000 their paragraphs alone. What was built and
measured stays in --home, so a run that is stopped goes on with the next step; a step whose file is removed is measured again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.copies import copies, write_texts
from bench.home import PROJECT, Home
from bench.process import spawn
from bench.table import Row
from index.encode.encoder import open_encoder
from index.encode.pieces import Vectors
from index.retrieve.backend import LocalBackend
from index.retrieve.dense import DenseIndex
from index.retrieve.rows import TABLES
from index.store.disk import load, publish

TITLE = "1 to 10,000 reports; --sizes says which"
WHOLE, MILVUS, PARAGRAPHS_FROM = (100, 100, 10_000)  # reports: through the whole pipeline; on milvus-lite; paragraphs only
LARGEST, SLOWEST = 10_000, 60  # reports, and the milliseconds beyond the encoder that p95 may be there
ACROSS, ACROSS_SLOWEST = 1_000, 1_000  # the same of questions over all reports, warm
NEAREST, FOUND = 10, 0.99  # rows, and the share of them that the graph must find
BLOCK = 100_000  # vectors compared in one step
EQUAL = 1e-6  # cosines that differ by less are of rows that are the same, summed in another order

Facts = dict[str, Any]  # what a step measured


def measure(home: Home) -> Iterator[Row | str]:
    for number in home.sizes:
        yield from _rows(number, _measured(home, number))


def _rows(number: int, found: Facts) -> Iterator[Row | str]:
    yield f"  {number} reports: {found['made']}"
    for name, unit in (("passages", ""), ("sentences", ""), ("figures", "")):
        yield Row(f"{number}: {name}", float(found[name]), unit)
    yield Row(f"{number}: build, a report", found["build"] / number, "s")
    yield Row(f"{number}: peak memory of the build", found["build mib"], "MiB")
    for backend in ("faiss", "milvus-lite"):
        asked = found.get(backend)
        if asked is None:
            continue
        yield Row(f"{number}, {backend}: opened", asked["open"], "s")
        yield Row(f"{number}, {backend}: first question", asked["warm"], "s")
        yield Row(f"{number}, {backend}: memory", asked["mib"], "MiB")
        over = ACROSS_SLOWEST if number == ACROSS else None
        yield Row(f"{number}, {backend}: ask, over all reports, p95", asked["over p95"], "ms", most=over)
        for how in ("named", "unnamed"):
            most = SLOWEST if number == LARGEST else None
            yield Row(f"{number}, {backend}: ask, place {how}, p50", asked[f"{how} p50"], "ms")
            yield Row(f"{number}, {backend}: ask, place {how}, p95", asked[f"{how} p95"], "ms", most=most)
    for table, share in found["recall"].items():
        yield Row(f"{number}: {table}, recall@{NEAREST} of the graph", share, "", least=FOUND)


def _measured(home: Home, number: int) -> Facts:
    folder = home.folder / "scale" / f"index-{number}"
    folder.parent.mkdir(parents=True, exist_ok=True)

    def kept(step: str, measured: Callable[[], Facts]) -> Facts:
        file = folder.with_name(f"{number}-{step}.json")
        if not file.is_file():
            file.write_text(json.dumps(measured()), encoding="utf-8")
        return dict(json.loads(file.read_text(encoding="utf-8")))

    found = kept("build", lambda: _built(folder, number) if number <= WHOLE else _copied(folder, number))
    found |= kept("index", lambda: _looked_at(folder, home.questions))
    found["faiss"] = kept("faiss", lambda: _asked(home, folder, {}))
    if number <= MILVUS:
        found["milvus-lite"] = kept("milvus-lite", lambda: _on_milvus(home, folder))
    return found


def _looked_at(folder: Path, questions: list[str]) -> Facts:
    index = load(folder)
    recalls = _recalls(index.backend, questions) if isinstance(index.backend, LocalBackend) else {}
    rows = {"passages": len(index.corpus.passages), "sentences": len(index.sentences), "figures": len(index.figures)}
    return {**rows, "recall": recalls}


def _on_milvus(home: Home, folder: Path) -> Facts:
    lite = folder.with_name(f"{folder.name}.db")
    shutil.rmtree(lite, ignore_errors=True)
    _command(home, "migrate", str(folder), str(lite))
    found = _asked(home, folder, {"WENBAO_MILVUS_URI": str(lite)})
    shutil.rmtree(lite)
    return found


def _built(folder: Path, number: int) -> Facts:
    texts = folder.with_name(f"reports-{number}")
    write_texts(texts, number)
    shutil.rmtree(folder, ignore_errors=True)
    run = spawn([sys.executable, "-m", "search.commands.cli", "build", "--index", str(folder), str(texts)])
    made = "the whole pipeline; past the real ones copies with other places, years and numbers"
    return {"made": made, "build": run.seconds, "build mib": run.mib}


def _copied(folder: Path, number: int) -> Facts:
    base = folder.with_name(f"index-{WHOLE}")
    shutil.rmtree(folder, ignore_errors=True)
    if not (base / "manifest.json").is_file():
        _built(base, WHOLE)
    run = spawn([sys.executable, "-m", "bench.scale", str(base), str(folder), str(number)])
    only = ", their paragraphs only" if number >= PARAGRAPHS_FROM else ""
    made = f"records repeated with made-up places, vectors moved{only}; the build is from records on, nothing is embedded"
    return {"made": made, "build": run.seconds, "build mib": run.mib}


def _asked(home: Home, folder: Path, environment: dict[str, str]) -> Facts:
    questions = home.folder / "scale" / "questions.json"
    questions.write_text(json.dumps(home.questions), encoding="utf-8")
    command = [sys.executable, "-m", "bench.asked", str(folder), str(questions)]
    return dict(json.loads(_run(home, command, environment)))


def _command(home: Home, *arguments: str) -> None:
    _run(home, [sys.executable, "-m", "search.commands.cli", *arguments], {})


def _run(home: Home, command: list[str], environment: dict[str, str]) -> str:
    known = {**os.environ, "WENBAO_HOME": str(home.folder), "PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(command, env=known, stdout=subprocess.PIPE, text=True, check=True).stdout


def _recalls(backend: LocalBackend, questions: list[str]) -> dict[str, float]:
    """For each table that is searched by its graph the share of the nearest rows that it finds."""
    graphs = {table: backend.dense[table] for table in TABLES if backend.dense[table].how == "hnsw"}
    asked = open_encoder().encode_query(questions) if graphs else np.empty((0, 0), dtype=np.float32)
    return {table: recall(index, asked) for table, index in graphs.items()}


def recall(index: DenseIndex, asked: Vectors) -> float:
    """The share of the rows that a search finds which are as near to the question as the NEAREST rows found by comparing all.

    Of equal rows, as of one sentence in two reports, any counts: what is compared are cosines, not which row of two was found.
    """
    best = np.empty((len(asked), 0), dtype=np.float32)
    for start in range(0, len(index), BLOCK):
        some = asked @ index.vectors(start, min(start + BLOCK, len(index))).T
        best = -np.sort(-np.hstack([best, some]), axis=1)[:, :NEAREST]
    found = [
        sum(cosine >= least - EQUAL for cosine in index.nearest(vector, NEAREST).values())
        for vector, least in zip(asked, best[:, -1].tolist(), strict=True)
    ]
    return float(sum(found) / best.size)


def main(base: str, folder: str, number: str) -> None:
    """The build of the copies, in a process of its own."""
    publish(Path(folder), copies(load(Path(base)), int(number), paragraphs_only=int(number) >= PARAGRAPHS_FROM))


if __name__ == "__main__":
    main(*sys.argv[1:])
