"""The build of seeds/, in a fresh process: from nothing, and with dictionary and weights in place."""

from __future__ import annotations

from collections.abc import Iterator

from bench.home import Home
from bench.table import Row

TITLE = "wenbao build of seeds/ by stage"
FROM_NOTHING, REBUILT = 30, 20  # seconds


def measure(home: Home) -> Iterator[Row | str]:
    yield from _stages("from nothing", home.first_build, FROM_NOTHING)
    yield from _stages("rebuilt", home.build(), REBUILT)


def _stages(name: str, report: dict[str, dict[str, float]], most: float) -> Iterator[Row]:
    seconds = report["seconds"]
    yield from (Row(f"{name}: {stage}", value, "s") for stage, value in seconds.items() if stage != "all")
    yield Row(f"{name}: all", seconds["all"], "s", most=most)
