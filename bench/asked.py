"""python -m bench.asked FOLDER PLACES QUESTIONS: what opening an index and asking takes, in a process of its own; prints JSON.

Each question is asked once with a place of the index and once with none; a few are put to all reports. What the encoder takes is left out
of the times.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from index.encode.encoder import Encoder, open_encoder
from index.encode.pieces import Vectors
from index.location import open_index
from search import Engine
from search.live import warm

OWN = "沈阳市"  # what the development questions call their place
OVER = (  # put to every report at once: targets and results, given, ranked, reckoned with, looked for in the texts
    "各地今年地区生产总值增长目标分别是多少？",
    "哪里的一般公共预算收入增长目标最高？",
    "各地城镇新增就业目标平均是多少？",
    "固定资产投资去年完成得最好的前三名是谁？",
    "各地居民人均可支配收入增长了多少？",
    "哪些地方提到了低空经济？",
    "哪些地方的城镇调查失业率目标在5.5%以下？",
    "所有报告里粮食产量目标一共多少？",
)


class Timed:
    """An encoder, and the milliseconds that it took so far."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.taken = encoder, 0.0
        self.name, self.engine, self.dtype = encoder.name, encoder.engine, encoder.dtype

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        start = time.perf_counter()
        try:
            return self._encoder.encode_query(texts)
        finally:
            self.taken += (time.perf_counter() - start) * 1000

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_document(texts)


def main(folder: str, questions: str) -> None:
    start = time.perf_counter()
    index, encoder = open_index(Path(folder)), Timed(open_encoder())
    opened = time.perf_counter()
    engine = Engine(index, lambda: encoder)
    warm(engine)
    warmed = time.perf_counter()
    drawn, places = random.Random(2007), [report.place for report in index.corpus.reports if report.place]
    times: dict[str, list[float]] = {"named": [], "unnamed": [], "over": []}

    def ask(how: str, asked: str) -> None:
        begun, before = time.perf_counter(), encoder.taken
        engine.ask(asked)
        times[how].append((time.perf_counter() - begun) * 1000 - (encoder.taken - before))

    for question in json.loads(Path(questions).read_text(encoding="utf-8")):
        bare = question.replace(OWN, "").replace(OWN[:-1], "")
        ask("named", f"{drawn.choice(places)}{bare}")
        ask("unnamed", bare)
    for question in OVER:
        engine.ask(question)  # what a report keeps of itself is made by the first question that looks at it
    for question in OVER * 3:
        ask("over", question)
    print(json.dumps({"open": opened - start, "warm": warmed - opened, "mib": _resident(), **_of(times)}))


def _of(times: dict[str, list[float]]) -> dict[str, float]:
    found = {f"{how} p50": median(taken) for how, taken in times.items()}
    return found | {f"{how} p95": quantiles(taken, n=20)[-1] for how, taken in times.items()}


def _resident() -> float:
    """MiB of memory in use, what is mapped and was read among it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


if __name__ == "__main__":
    main(*sys.argv[1:])
