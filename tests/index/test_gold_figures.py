"""Figures against the gold sets, labelled by hand for whole stretches of eight reports (tests/data/figures/CONVENTIONS.md).

The floors are what was reached, so that nothing is lost unnoticed.
`python -m bench figures` prints every field, `python -m bench.figures` every miss.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.gold import FIELDS, Scores, read_rows, read_scope, score_lines, score_spans
from index.build import read_reports
from index.records import Report
from tests.conftest import SEED

SEED_KEY = f"seeds/{SEED.name}"
SETS = ("zhejiang_national2006_hailar2016", "shaanxi_jiangsu_national2008_hailar2013")
# Recall, precision, all fields right.
FLOORS = {
    SEED_KEY: (1.0, 1.0, 1.0),
    "province_2026_浙江省.txt": (1.0, 1.0, 1.0),
    "national_2006.txt": (1.0, 1.0, 1.0),
    "gb18030/2016.txt": (1.0, 1.0, 0.985),
    "province_2026_陕西省.txt": (0.987, 1.0, 0.987),
    "province_2026_江苏省.txt": (1.0, 0.974, 1.0),
    "national_2008.txt": (1.0, 1.0, 0.972),
    "gb18030/2013.txt": (1.0, 0.987, 0.963),
}


def scope_of(name: str) -> dict[str, dict[str, list[Any]]]:
    return read_scope(f"{name}.scope.json")


def check(name: str, scores: Scores) -> None:
    print(name, scores.all_right, *scores.wrong, sep="\n")
    reached = (scores.recall, scores.precision, scores.all_right)
    assert all(share >= floor for share, floor in zip(reached, FLOORS[name], strict=True)), (reached, FLOORS[name])


def test_the_real_report(report: Report) -> None:
    check(SEED_KEY, score_lines(report, read_rows("shenyang.jsonl"), scope_of(SETS[0])[SEED_KEY]["lines"]))


@pytest.mark.parametrize(
    ("gold", "name"),
    [(gold, name) for gold in SETS for name in scope_of(gold) if name != SEED_KEY],
)
def test_another_report(shared: Path, gold: str, name: str) -> None:
    rows = [row for row in read_rows(f"{gold}.jsonl") if row["file"] == name]
    (report,) = read_reports([shared / "reports" / name])
    check(name, score_spans(report, rows, scope_of(gold)[name]))


def test_the_gold_sets_are_whole() -> None:
    """Every gold figure stands inside its scope, none is given twice, and each has every field."""
    assert len(read_rows("shenyang.jsonl")) == 147
    for gold, count in zip(SETS, (313, 311), strict=True):
        rows = read_rows(f"{gold}.jsonl")
        assert len({(row["file"], row["start"], row["end"]) for row in rows}) == len(rows) == count
        for row in rows:
            assert set(FIELDS) < row.keys()
            assert any(low <= row["start"] < row["end"] <= high for low, high in scope_of(gold)[row["file"]]["spans"])
