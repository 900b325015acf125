"""What is read of documents as people have them does not fall below what was reached."""

from __future__ import annotations

import json

import pytest

from gold.reading import COLUMNS, SETS, judged, means, readings
from index.collect import read_reports
from index.records import Report

# What `python -m gold.reading` printed when it was last accepted, rounded down.
LEVELS = {
    "reports2": dict.fromkeys(COLUMNS, 1.0) | {"headings": 0.98, "subheadings": 0.80, "facts-": 0.99, "facts": 0.92},
    "made": dict.fromkeys(COLUMNS, 1.0) | {"joined": 0.96, "absent": 0.97, "facts-": 0.98, "facts": 0.95},
    "made_2": dict.fromkeys(COLUMNS, 1.0)
    | {"date": 0.92, "subheadings": 0.70, "heads": 0.86, "absent": 0.94, "facts-": 0.99, "facts": 0.93, "cells": 0.95},
    "found": dict.fromkeys(COLUMNS, 1.0)
    | {"subheadings": 0.60, "heads": 0.72, "absent": 0.98, "facts-": 0.96, "facts": 0.83, "cells": 0.33},
}


@pytest.mark.parametrize("name", SETS)
def test_the_level_holds(name: str) -> None:
    if not SETS[name][0].is_file():
        pytest.skip("the documents beside the project are not there")
    rows = [row for _, row in readings(name)]
    found = means(rows)
    assert len(rows) >= 11
    assert {column: share for column, share in found.items() if share < LEVELS[name][column]} == {}


def test_what_is_read_wrong_counts() -> None:
    """A reading of another document finds nothing of it."""
    file, folder = SETS["made"]
    one, *others = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    (report,) = read_reports(folder / one["doc"])
    assert isinstance(report, Report)
    assert means([judged(one, report)])["facts"] > 0.8
    wrong = means([judged(other, report) for other in others if other["kind"] != "work report" and "#" not in other["doc"]])
    assert max(wrong["title"], wrong["headings"], wrong["facts"], wrong["cells"], wrong["end"]) == 0
