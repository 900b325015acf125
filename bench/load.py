"""Readers at the public server, on loopback: many of them, for long, and ten times too many.

A reader asks as a program does: one call to an endpoint, and the stream that brings the answer. Questions are the development ones,
mixed with searches of every mode. The server is `wenbao serve --public` in a process of its own, with no limit by client, as all
readers here have one address.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles

import httpx

from bench.home import Home
from bench.served import Served, served
from bench.table import Row

TITLE = "readers on loopback, 1 to 3 s between questions"
SEED = 2007
READERS, SECONDS = 50, 120.0
THINKING = (1.0, 3.0)  # seconds
P95, GROWTH = 1000, 5  # ms, %
REQUESTS, AT_ONCE, WARM_UP = 20_000, 8, 2_500
TOO_MANY, FLOOD_SECONDS, CALM_SECONDS = 10 * READERS, 30.0, 5.0
MODES = ("hybrid", "keyword", "semantic")
ASKED = 0.6  # the share of questions; the rest are searches


@dataclass(slots=True)
class Tally:
    """What readers met: milliseconds of each answer, the status of each refusal, what else went wrong."""

    ms: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def percentile(self, of: int) -> float | None:
        return quantiles(self.ms, n=100)[of - 1] if len(self.ms) > 1 else None


def measure(home: Home) -> Iterator[Row | str]:
    with served(home.index) as server:
        yield from asyncio.run(_readers(server, home.questions))
        yield from asyncio.run(_memory(server, home.questions))
        yield from asyncio.run(_flood(server, home.questions))


@asynccontextmanager
async def client(server: Served) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=server.url, timeout=30, limits=limits) as opened:
        yield opened


async def ask(reader: httpx.AsyncClient, questions: list[str], choose: random.Random, tally: Tally) -> None:
    """One question or search, to its answer."""
    question = choose.choice(questions)
    if choose.random() < ASKED:
        name, data = "ask", [question, None, None, None, None, 10, None]
    else:
        name, data = "search", [question, choose.choice(MODES), None, None, None, None, 10]
    start = time.perf_counter()
    try:
        begun = await reader.post(f"/gradio_api/call/{name}", json={"data": data})
        if begun.status_code != 200:
            tally.refused[begun.status_code] += 1
            return
        told = await reader.get(f"/gradio_api/call/{name}/{begun.json()['event_id']}")
        if told.status_code != 200 or "event: complete" not in told.text:
            tally.errors[told.text[:60]] += 1
            return
    except (httpx.HTTPError, json.JSONDecodeError) as error:
        tally.errors[type(error).__name__] += 1
        return
    tally.ms.append((time.perf_counter() - start) * 1000)


async def crowd(server: Served, questions: list[str], readers: int, seconds: float) -> Tally:
    """Readers who think between questions, each at a pace of its own."""
    tally, until = Tally(), time.monotonic() + seconds

    async def read(number: int) -> None:
        choose = random.Random(SEED + number)
        await asyncio.sleep(choose.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            await ask(shared, questions, choose, tally)
            await asyncio.sleep(choose.uniform(*THINKING))

    async with client(server) as shared:
        await asyncio.gather(*(read(number) for number in range(readers)))
    return tally


async def _readers(server: Served, questions: list[str]) -> list[Row]:
    tally = await crowd(server, questions, READERS, SECONDS)
    name = f"{READERS} readers, {SECONDS:.0f} s"
    return [
        Row(f"{name}: answers", len(tally.ms)),
        Row(f"{name}: refusals and errors", _wrong(tally), most=0, note=_said(tally)),
        Row(f"{name}: median", tally.percentile(50), "ms"),
        Row(f"{name}: p95", tally.percentile(95), "ms", most=P95),
    ]


async def _memory(server: Served, questions: list[str]) -> list[Row]:
    await _many(server, questions, WARM_UP)
    before = server.mib()
    tally = await _many(server, questions, REQUESTS)
    after = server.mib()
    name = f"{REQUESTS:,} requests, {AT_ONCE} at once"
    return [
        Row(f"{name}: refusals and errors", _wrong(tally), most=0, note=_said(tally)),
        Row(f"{name}: memory after a warm-up", before, "MiB"),
        Row(f"{name}: growth", 100 * (after - before) / before, "%", most=GROWTH),
    ]


async def _many(server: Served, questions: list[str], requests: int) -> Tally:
    """Requests without a pause."""
    tally, left = Tally(), iter(range(requests))

    async def worker(number: int) -> None:
        choose = random.Random(SEED + number)
        for _ in left:
            await ask(shared, questions, choose, tally)

    async with client(server) as shared:
        await asyncio.gather(*(worker(number) for number in range(AT_ONCE)))
    return tally


async def _flood(server: Served, questions: list[str]) -> list[Row]:
    tally = await crowd(server, questions, TOO_MANY, FLOOD_SECONDS)
    alive = server.alive()
    await asyncio.sleep(CALM_SECONDS)
    calm = await _many(server, questions, 50)
    name = f"{TOO_MANY} readers, {FLOOD_SECONDS:.0f} s"
    refused = tally.refused.pop(503, 0)
    return [
        Row(f"{name}: answers", len(tally.ms)),
        Row(f"{name}: refused by 503", refused),
        Row(f"{name}: other refusals and errors", _wrong(tally), most=0, note=_said(tally)),
        Row("the server lives", float(alive), least=1),
        Row(f"{CALM_SECONDS:.0f} s later: refusals and errors of 50", _wrong(calm), most=0, note=_said(calm)),
        Row(f"{CALM_SECONDS:.0f} s later: p95", calm.percentile(95), "ms", most=P95),
    ]


def _wrong(tally: Tally) -> int:
    return sum(tally.refused.values()) + sum(tally.errors.values())


def _said(tally: Tally) -> str:
    found = {**{str(status): count for status, count in tally.refused.items()}, **tally.errors}
    return ", ".join(f"{count} × {what}" for what, count in found.items())
