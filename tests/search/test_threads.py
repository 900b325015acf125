"""Sixteen threads asking different questions get what one thread gets."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from search import open_engine
from search.evaluate.exam import read_gold
from tests.search.conftest import QUESTIONS

THREADS = 16
MODES = ("ask", "hybrid", "keyword", "semantic")


def test_sixteen_threads_get_what_one_gets(index_folder: Path) -> None:
    """Two engines, each opened anew: the many find nothing prepared, and meet at every cache."""
    jobs = [(question.question, mode) for question in read_gold(QUESTIONS) for mode in MODES]
    random.Random(2007).shuffle(jobs)
    alone, shared = open_engine(index_folder), open_engine(index_folder)

    def run(engine: Any, job: tuple[str, str]) -> dict[str, Any]:
        question, mode = job
        found = engine.ask(question) if mode == "ask" else engine.search(question, mode)
        return {key: value for key, value in found.to_dict().items() if key != "ms"}

    with ThreadPoolExecutor(THREADS) as pool:
        many = [*pool.map(lambda job: run(shared, job), jobs)]
    assert many == [run(alone, job) for job in jobs]
    assert len(jobs) == 69 * len(MODES)
