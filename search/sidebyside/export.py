"""Rows as a file, by the same names as the figure table's: a table, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from search.export import columns
from search.sidebyside.records import Row, Side

SIDES = ("reached", "planned", "planned_before")
HEADINGS = ("地方", "年份", "上年完成", "当年计划", "上年计划", "完成与计划相差")
NONE = "—"


def as_table(rows: Sequence[Row]) -> str:
    """Columns for a terminal, under the indicator's name."""
    if not rows:
        return "没有这样的指标。"
    cells = [list(HEADINGS), *([row.place or row.report, row.year or "", *_texts(row)] for row in rows)]
    return f"{rows[0].indicator}（{rows[0].kind}）\n{columns(cells)}"


def as_json(rows: Sequence[Row]) -> str:
    """One array."""
    return json.dumps([row.to_dict() for row in rows], ensure_ascii=False)


def as_csv(rows: Sequence[Row], cell: Callable[[str], str] = str) -> str:
    """A line a report; of each side its words, value, unit, period, line and sentence. `cell` makes a text safe for its reader."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*_HEAD, *(name for side in SIDES for name in _side(side, None)), "difference"])
    writer.writeheader()
    for row in rows:
        writer.writerow({key: cell(value) if isinstance(value, str) else value for key, value in _flat(row).items()})
    return out.getvalue().replace("\r\n", "\n").rstrip("\n")


_HEAD = ("indicator", "kind", "place", "year", "report_id", "report")


def _texts(row: Row) -> list[str]:
    sides = [side.text if side else NONE for side in (row.reached, row.planned, row.planned_before)]
    return [*sides, row.difference.text if row.difference else ""]


def _flat(row: Row) -> dict[str, object]:
    flat: dict[str, object] = {name: getattr(row, name) for name in _HEAD}
    for name in SIDES:
        flat |= _side(name, getattr(row, name))
    return {**flat, "difference": row.difference.text if row.difference else None}


def _side(name: str, side: Side | None) -> dict[str, object]:
    figure, cited = (side.figure, side.citation) if side else (None, None)
    return {
        name: side and side.text,
        f"{name}_value": figure and format(figure.value, "f"),
        f"{name}_value_to": figure and figure.value_to and format(figure.value_to, "f"),
        f"{name}_unit": figure and figure.unit,
        f"{name}_direction": figure and figure.direction,
        f"{name}_period": figure and figure.period,
        f"{name}_report_id": cited and cited.report_id,
        f"{name}_line": cited and cited.line,
        f"{name}_quote": cited and cited.quote,
    }


FORMATS: Mapping[str, Callable[[Sequence[Row]], str]] = {"table": as_table, "json": as_json, "csv": as_csv}
