"""Mutated reports through parser and figures: no exception but our own, and every invariant holds.

Each case has its own seed, so a failure says how to see it again: the budget only sets how many are tried.
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import replace

from index.errors import ReadError
from index.figures import extract
from index.outline.sections import outline
from index.read.decoded import decode
from index.read.sources import Source
from index.records import Report
from tests.conftest import SEED
from tests.fuzz.mutate import garbled, mutated
from tests.invariants import check_report

SECONDS = float(os.environ.get("FUZZ_SECONDS", "8"))
LINES = 12  # of the report, beside its head: a case takes some hundredths of a second
LEAST = 20  # cases, however slow the machine


def excerpt(choose: random.Random) -> str:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    start = choose.randrange(4, len(lines))
    return "\n".join([*lines[:4], *lines[start : start + LINES]])


def read(data: bytes) -> Report | None:
    """The report, whole; None where it is refused in one line."""
    try:
        report = outline(Source("fuzz", decode(data, "fuzz.txt"), ""))
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return None
    return replace(report, figures=extract.extract(report))


def test_mutated_reports() -> None:
    until, number, refused = time.monotonic() + SECONDS, 0, 0
    while number < LEAST or time.monotonic() < until:
        choose = random.Random(number)
        data = mutated(excerpt(choose), choose).encode("utf-8", "surrogatepass")
        if number % 4 == 3:
            data = garbled(data, choose)
        try:
            report = read(data)
            if report is not None:
                check_report(report)
        except Exception as error:
            raise AssertionError(f"case {number}: {data.decode('utf-8', 'replace')[:400]!r}") from error
        refused += report is None
        number += 1
    assert refused < number / 2
