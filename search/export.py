"""The figure table as a file: a name and what writes it. `wenbao figures --format` takes its choices from this table."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]  # FigureResult.to_dict() of each figure

STATUS = {"actual": "已完成", "target": "计划"}
COLUMNS = ("indicator", "text", "modifier", "kind", "period", "status", "line")
HEADINGS = ("指标", "数值", "限定", "种类", "时期", "状态", "行")


def as_table(rows: Rows) -> str:
    """Columns for a terminal."""
    cells = [list(HEADINGS)]
    cells += [[str(STATUS.get(row[c], row[c]) if row[c] is not None else "") for c in COLUMNS] for row in rows]
    return columns(cells) if rows else "没有这样的指标。"


def columns(lines: Sequence[Sequence[str]]) -> str:
    """Lines of as many cells each, under one another."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    padded = (zip(line, widths, strict=True) for line in lines)
    return "\n".join("  ".join(cell + " " * (w - _width(cell)) for cell, w in line).rstrip() for line in padded)


def as_json(rows: Rows) -> str:
    """One array."""
    return json.dumps(rows, ensure_ascii=False)


def as_csv(rows: Rows) -> str:
    """Every field, the headings joined by " / "."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "section": " / ".join(row["section"])} for row in rows)
    return out.getvalue().rstrip("\n")


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


FORMATS: Mapping[str, Callable[[Rows], str]] = {"table": as_table, "json": as_json, "csv": as_csv}
