"""Figures against the gold sets, labelled by hand for whole stretches of four reports (tests/data/GOLD.md).

A stretch is labelled whole, so what is found beside the labels is wrong: that gives precision as well as recall. The floors for the real
report are the goal; those for the others are what was reached, so that nothing is lost unnoticed. The tables show with `pytest -s`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.records import Figure, Report
from tests.conftest import SEED

DATA = Path(__file__).parents[1] / "data"
SEED_KEY = f"seeds/{SEED.name}"
FIELDS = ("value", "value_to", "unit", "kind", "role", "direction", "modifier", "indicator", "of", "period", "status")
Place = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares (0..1). A field's is of the figures found."""

    recall: float
    precision: float
    fields: dict[str, float]
    wrong: tuple[str, ...]

    def table(self, name: str) -> str:
        rows = [f"{name}: recall {self.recall:.3f}, precision {self.precision:.3f}"]
        return "\n".join([*rows, *(f"  {field:<10}{share:.3f}" for field, share in self.fields.items()), *self.wrong])


FLOORS = {
    SEED_KEY: (0.95, 0.95),
    "province_2026_浙江省.txt": (0.983, 0.983),
    "national_2006.txt": (1.0, 1.0),
    "gb18030/2016.txt": (1.0, 0.985),
}
ALL = dict.fromkeys(FIELDS, 1.0)
FIELD_FLOORS = {
    SEED_KEY: ALL | {"indicator": 0.93, "period": 0.98},
    "province_2026_浙江省.txt": ALL | {"modifier": 0.97, "indicator": 0.889, "of": 0.99, "period": 0.677},
    "national_2006.txt": ALL | {"indicator": 0.91, "of": 0.98, "period": 0.877, "status": 0.877},
    "gb18030/2016.txt": ALL | {"kind": 0.99, "indicator": 0.94, "period": 0.911},
}


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def scope_of(name: str) -> list[list[int]]:
    scope = json.loads((DATA / "gold_figures_scope.json").read_text(encoding="utf-8"))[name]
    ranges: list[list[int]] = scope.get("spans") or scope["lines"]
    return ranges


def numbered(keys: list[tuple[int, str]]) -> list[Place]:
    """(line, text) as (line, text's number on that line, which of them): 36% stands twice on line 52."""
    seen: Counter[tuple[int, str]] = Counter()
    found: list[Place] = []
    for key in keys:
        seen[key] += 1
        found.append((*key, seen[key]))
    return found


def same(field: str, gold: Any, found: Figure) -> bool:
    value = getattr(found, field)
    if field == "indicator":
        return all(word in value for word in gold.split())
    if field in ("value", "value_to"):
        return bool((None if gold is None else Decimal(gold)) == value)
    return bool(gold == value)


def score(gold: dict[Place, dict[str, Any]], found: dict[Place, Figure]) -> Scores:
    both = [(gold[place], found[place]) for place in gold if place in found]
    wrong = [
        f"    {row['text']}: {field} is {row[field]}, not {getattr(figure, field)}"
        for field in FIELDS
        for row, figure in both
        if not same(field, row[field], figure)
    ]
    missing = [f"    not found: {row['text']}" for place, row in gold.items() if place not in found]
    extra = [f"    no figure: {figure.text}" for place, figure in found.items() if place not in gold]
    fields = {field: sum(same(field, row[field], figure) for row, figure in both) / len(both) for field in FIELDS}
    return Scores(len(both) / len(gold), len(both) / len(found), fields, (*missing, *extra, *wrong))


def shenyang(report: Report) -> Scores:
    """Gold figures of the real report are placed by line and text."""
    rows = lines_of("gold_figures_shenyang.jsonl")
    lines = {line for low, high in scope_of(SEED_KEY) for line in range(low, high + 1)}
    figures = [figure for figure in report.figures if report.paragraph(figure.paragraph).line in lines]
    places = numbered([(report.paragraph(figure.paragraph).line, figure.text) for figure in figures])
    gold = dict(zip(numbered([(row["line"], row["text"]) for row in rows]), rows, strict=True))
    return score(gold, dict(zip(places, figures, strict=True)))


def other(name: str, report: Report) -> Scores:
    """Those of the others by their offsets."""
    rows = [row for row in lines_of("gold_figures_others.jsonl") if row["file"] == name]
    assert all(report.text[row["start"] : row["end"]] == row["text"] for row in rows)
    found: dict[Place, Figure] = {
        (figure.span.start, figure.span.end): figure
        for figure in report.figures
        if any(low <= figure.span.start and figure.span.end <= high for low, high in scope_of(name))
    }
    return score({(row["start"], row["end"]): row for row in rows}, found)


def check(name: str, scores: Scores) -> None:
    print(scores.table(name))
    recall, precision = FLOORS[name]
    assert scores.recall >= recall
    assert scores.precision >= precision
    below = {field: share for field, share in scores.fields.items() if share < FIELD_FLOORS[name][field]}
    assert below == {}


def test_the_real_report(report: Report) -> None:
    check(SEED_KEY, shenyang(report))


@pytest.mark.parametrize("name", [name for name in FLOORS if name != SEED_KEY])
def test_another_report(other_reports: dict[str, Report], name: str) -> None:
    check(name, other(name, other_reports[name]))


def test_the_gold_set_is_whole() -> None:
    """Every gold figure stands inside its scope, and none is given twice."""
    assert len(lines_of("gold_figures_shenyang.jsonl")) == 147
    others = lines_of("gold_figures_others.jsonl")
    assert len({(row["file"], row["start"], row["end"]) for row in others}) == len(others) == 313
    for row in others:
        assert any(low <= row["start"] < row["end"] <= high for low, high in scope_of(row["file"]))
