"""Every report there is in one index: what its build takes, questions across reports, and what one report's questions lose in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.home import PROJECT, Home
from bench.table import Row
from index import paths
from index.build import assemble, embed, vector_cache
from index.encode.encoder import open_builder, open_encoder
from index.records import Report
from search import Engine, open_engine
from search.evaluate.exam import Gold, evaluate, means_of, read_gold
from search.results import AskResult

TITLE = "all reports beside the project and seeds/, one command"
REPORTS = PROJECT.parent / "shared" / "reports"
DATA = PROJECT / "tests" / "data"
ACROSS = "across/any_report.jsonl"
RIGHT_REPORT, RIGHT_ANSWER = 0.95, 0.85
SETS = ("questions/shenyang_given.jsonl", "questions/hubei_gansu_hailar2017_national2017.jsonl")
METRICS = ("answer", "cite", "refused", "R@1", "R@5", "MRR@10")
Values = dict[str, float]  # of one question
LOST = 1.0  # points, of a hundred


def measure(home: Home) -> Iterator[Row | str]:
    if not REPORTS.is_dir():
        yield f"  {REPORTS} is not there"
        return
    folder = home.folder / "collection"
    done, memory = _built(home, folder)
    for name in ("reports", "paragraphs", "passages", "sentences", "figures"):
        yield Row(name, float(done[name]))
    yield Row("files skipped", float(len(done["skipped"])))
    for stage, seconds in done["seconds"].items():
        yield Row(f"build, {stage}", float(seconds), "s")
    yield Row("peak memory of the build", memory, "MiB")
    engine = open_engine(folder)
    means = means_of(evaluate(engine, read_gold(DATA / ACROSS)))
    yield Row("across: the right report", means["report"], "", least=RIGHT_REPORT)
    yield Row("across: the right answer", means["answer"], "", least=RIGHT_ANSWER)
    for name in SETS:
        yield from losses(engine, name)


def _built(home: Home, folder: Path) -> tuple[dict[str, Any], float]:
    """What `wenbao build` says of itself, in a process of its own, and the most memory that it held, in MiB."""
    command = [sys.executable, "-m", "search.commands.cli", "build", "--json", "--index", str(folder), str(PROJECT / "seeds"), str(REPORTS)]
    environment = {**os.environ, "WENBAO_HOME": str(home.folder), "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, cwd=home.folder, env=environment, stdout=subprocess.PIPE, text=True) as child:
        told = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return json.loads(told), usage.ru_maxrss / 1024


def losses(engine: Engine, name: str) -> Iterator[Row | str]:
    """The questions of a file asked of their report alone, and in the collection: by its id, and by its place and year in words."""
    reports = {report.id: report for report in engine.corpus.reports}
    seed = next(path.stem for path in paths.SEEDS.glob("*.txt"))
    gold = [replace(one, report_id=one.report_id or seed) for one in read_gold(DATA / name)]
    alone, by_id, in_words, same = list[Values](), list[Values](), list[Values](), 0
    for report_id in dict.fromkeys(one.report_id for one in gold):
        report = reports[str(report_id)]
        single, own = _single(report), [one for one in gold if one.report_id == report_id]
        kept = evaluate(single, own)
        named = evaluate(engine, own)
        worded = evaluate(engine, [_worded(one, report) for one in own])
        same += sum(_ranking(a.result) == _ranking(b.result) for a, b in zip(kept, named, strict=True))
        for scores, into in ((kept, alone), (named, by_id), (worded, in_words)):
            into += [score.values for score in scores]
    yield f"  {name}: {len(gold)} questions; same answer and ten passages with the report's id: {same}"
    for metric in METRICS:
        whole = _points(alone, metric)
        yield Row(f"{metric}, the report alone", whole, "points")
        yield Row("  lost in the collection, by its id", whole - _points(by_id, metric), "points", most=LOST)
        yield Row("  lost, place and year put before", whole - _points(in_words, metric), "points", most=LOST)


def _single(report: Report) -> Engine:
    builder = open_builder()
    return Engine(embed(assemble([report]), builder, cache=vector_cache(builder)), open_encoder)


def _worded(gold: Gold, report: Report) -> Gold:
    before = f"{report.place}{report.year_planned}年政府工作报告里，"
    return replace(gold, question=before + gold.question, report_id=None, gold_report=report.id)


def _ranking(result: AskResult) -> tuple[str, list[tuple[int, int]]]:
    return result.answer.text, [(passage.start, passage.end) for passage in result.passages]


def _points(values: Sequence[Values], metric: str) -> float:
    held = [one[metric] for one in values if metric in one]
    return 100 * sum(held) / len(held) if held else 0.0
