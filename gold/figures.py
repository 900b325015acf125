"""Figures against those labelled by hand (tests/data/figures/CONVENTIONS.md): recall, precision, the share of each field that is right.

A stretch of a report is labelled whole, so what is found beside the labels is wrong: that gives precision as well as recall.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bench.table import padded
from gold.manifest import DATA, GoldSet, Row
from index.records import Figure, Report

FIELDS = ("value", "value_to", "unit", "kind", "role", "direction", "modifier", "indicator", "of", "period", "status")
NAME_WIDTH, COLUMN = 14, 16  # columns of a terminal
Place = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts over one report. A field's are of the gold figures found; `whole` has all its fields right."""

    gold: int
    found: int
    both: int
    whole: int
    right: dict[str, int]
    wrong: tuple[str, ...]

    @classmethod
    def none(cls) -> Scores:
        """What sums start from."""
        return cls(0, 0, 0, 0, dict.fromkeys(FIELDS, 0), ())

    @property
    def recall(self) -> float:
        return self.both / self.gold

    @property
    def precision(self) -> float:
        return self.both / self.found

    @property
    def all_right(self) -> float:
        """The share of the gold figures that are found with every field right: one that is not found counts as wrong."""
        return self.whole / self.gold

    def share(self, field: str) -> float:
        return self.right[field] / self.both

    def __add__(self, other: Scores) -> Scores:
        right = {field: self.right[field] + other.right[field] for field in FIELDS}
        gold, found, both, whole = (getattr(self, n) + getattr(other, n) for n in ("gold", "found", "both", "whole"))
        return Scores(gold, found, both, whole, right, self.wrong + other.wrong)


def stretches(one: GoldSet) -> dict[str, tuple[list[Row], Row]]:
    """Stem of each report of a set of labelled figures → its gold figures, and the stretch that is labelled."""
    scope = {Path(file).stem: stretch for file, stretch in json.loads((DATA / str(one.scope)).read_text("utf-8")).items()}
    rows = one.rows()
    return {stem: ([row for row in rows if Path(str(row.get("file", stem))).stem == stem], scope[stem]) for stem in one.reports}


def score(report: Report, rows: Sequence[Row], stretch: Row) -> Scores:
    """What was found in the labelled stretch of a report against its gold figures."""
    return _score(*labelled(report, rows, stretch))


def labelled(report: Report, rows: Sequence[Row], stretch: Row) -> tuple[dict[Place, Row], dict[Place, Figure]]:
    """The gold figures and those found, by place: line, text and which of them, or offsets.

    A stretch is `lines` (first and last, both labelled) or `spans`. What stands over a `doubtful` offset (figure or not: people
    differ) is left out.
    """
    if "lines" in stretch:
        lines = {line for low, high in stretch["lines"] for line in range(low, high + 1)}
        figures = [figure for figure in report.figures if report.paragraph(figure.paragraph).line in lines]
        places = _numbered([(report.paragraph(figure.paragraph).line, figure.text) for figure in figures])
        gold = dict(zip(_numbered([(row["line"], row["text"]) for row in rows]), rows, strict=True))
        return gold, dict(zip(places, figures, strict=True))
    wrong = [row["start"] for row in rows if report.text[row["start"] : row["end"]] != row["text"]]
    if wrong:
        raise ValueError(f"{report.id}: gold figures whose text does not stand at {wrong}")
    found: dict[Place, Figure] = {
        (figure.span.start, figure.span.end): figure
        for figure in report.figures
        if any(low <= figure.span.start and figure.span.end <= high for low, high in stretch["spans"])
        and not any(figure.span.start <= offset < figure.span.end for offset in stretch.get("doubtful", ()))
    }
    return {(row["start"], row["end"]): row for row in rows}, found


def _numbered(keys: Iterable[tuple[int, str]]) -> list[Place]:
    """(line, text) as (line, text, which of them): 36% stands twice on line 52."""
    seen: Counter[tuple[int, str]] = Counter()
    found: list[Place] = []
    for key in keys:
        seen[key] += 1
        found.append((*key, seen[key]))
    return found


def _score(gold: dict[Place, Row], found: dict[Place, Figure]) -> Scores:
    both = [(row, found[place]) for place, row in gold.items() if place in found]
    missing = [f"  not found: {row['text']}" for place, row in gold.items() if place not in found]
    extra = [f"  no figure: {figure.text}" for place, figure in found.items() if place not in gold]
    wrong = [
        f"  {row['text']} ({figure.span.start}): {field} is {row[field]}, not {getattr(figure, field)}"
        for row, figure in both
        for field in FIELDS
        if not right(field, row, figure)
    ]
    fields = {field: sum(right(field, row, figure) for row, figure in both) for field in FIELDS}
    whole = sum(all(right(field, row, figure) for field in FIELDS) for row, figure in both)
    return Scores(len(gold), len(found), len(both), whole, fields, (*missing, *extra, *wrong))


def right(field: str, row: Row, figure: Figure) -> bool:
    """Whether a field is as labelled. Of an indicator all the gold's words must be contained; a field not labelled is right."""
    if field not in row:
        return True
    gold, value = row[field], getattr(figure, field)
    if field == "indicator":
        return all(word in value for word in gold.split())
    if field in ("value", "value_to"):
        return bool((None if gold is None else Decimal(gold)) == value)
    return bool(gold == value)


def table(scores: dict[str, Scores]) -> str:
    """A column for each report: counts, recall, precision, every field and all of them."""
    rows = [("gold figures", [str(s.gold) for s in scores.values()])]
    rows += [(name, [f"{getattr(s, name):.3f}" for s in scores.values()]) for name in ("recall", "precision")]
    rows += [(field, [f"{s.share(field):.3f}" for s in scores.values()]) for field in FIELDS]
    rows += [("all fields", [f"{s.all_right:.3f}" for s in scores.values()])]
    head = "  " + padded("", NAME_WIDTH) + "".join(padded(name, COLUMN) for name in scores)
    lines = ["  " + padded(name, NAME_WIDTH) + "".join(padded(cell, COLUMN) for cell in cells) for name, cells in rows]
    return "\n".join([head, *lines])
