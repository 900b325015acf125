"""`ask` beside the encoder alone and beside txtai, each question in turn; then keyword search."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles

from bench.home import Home
from bench.peer import NoPeer, Peer
from bench.table import Row
from index.encode.encoder import open_encoder
from search import open_engine

TITLE = "the 69 development questions, five rounds, in one process; each question goes to all in turn"
ROUNDS = 5
RATIO, KEYWORD = 1.4, 2.0
Call = Callable[[str], object]


def measure(home: Home) -> Iterator[Row | str]:
    engine, encoder = open_engine(home.index), open_encoder()
    calls: dict[str, Call] = {
        "encoder": lambda question: encoder.encode_query([question]),
        "ask": engine.ask,
        "keyword search": lambda question: engine.search(question, "keyword"),
    }
    try:
        peer = Peer(engine.corpus, encoder)
        calls |= {"txtai, vectors": peer.vectors, "txtai, hybrid": peer.hybrid}
    except NoPeer as error:
        yield f"  {error}"
    times = take_turns(calls, home.questions, ROUNDS)
    for name, taken in times.items():
        yield Row(f"{name}, p50", median(taken), "ms", most=KEYWORD if name == "keyword search" else None)
        yield Row(f"{name}, p95", quantiles(taken, n=20)[-1], "ms")
    p50 = {name: median(taken) for name, taken in times.items()}
    yield Row("ask p50 / encoder p50", p50["ask"] / p50["encoder"], "×", most=RATIO)
    for name in calls.keys() & {"txtai, vectors", "txtai, hybrid"}:
        yield Row(f"ask p50 / {name} p50", p50["ask"] / p50[name], "×", most=1)


def take_turns(calls: dict[str, Call], questions: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each call on each question, once around unmeasured; what disturbs the machine disturbs all alike."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds + 1):
        for question in questions:
            for name, call in calls.items():
                start = time.perf_counter()
                call(question)
                if number:
                    times[name].append((time.perf_counter() - start) * 1000)
    return times
