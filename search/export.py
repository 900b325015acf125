"""A table as text or a file: a name and what writes it. `--format` takes its choices from FORMATS, the page its downloads."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Cell = str | int | float | Decimal | Sequence[str] | None
Lines = Sequence[Sequence[Cell]]
NUMBER = (int, float, Decimal)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a text that opens so is run as a formula by spreadsheets


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold every field, for programs; `lines`, where there are any, what a person reads of them, below `headings`."""

    json: Any  # as contract.md has it
    fields: Sequence[str]
    rows: Lines
    headings: Sequence[str] = ()
    lines: Lines = ()
    none: str = ""  # said on a terminal in place of a table without rows
    listing: str | None = None  # what a command prints where no format is asked for, if not the table


def as_table(table: Table) -> str:
    """Columns for a terminal."""
    return columns(_read(table)) if table.rows else table.none


def columns(lines: Sequence[Sequence[str]]) -> str:
    """Lines of as many cells each, under one another."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    padded = (zip(line, widths, strict=True) for line in lines)
    return "\n".join("  ".join(cell + " " * (w - _width(cell)) for cell, w in line).rstrip() for line in padded)


def as_json(table: Table) -> str:
    return json.dumps(table.json, ensure_ascii=False)


def as_csv(table: Table) -> str:
    """Every field; no text is a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_safe, row) for row in (table.fields, *table.rows))
    return out.getvalue().rstrip("\n")


def as_tsv(table: Table) -> str:
    """Every field, for a spreadsheet's clipboard: a tab or a line break in a cell would part it."""
    return "\n".join("\t".join(" ".join(_text(cell).split()) for cell in line) for line in (table.fields, *table.rows))


def as_markdown(table: Table) -> str:
    """A table of GitHub's Markdown: `|` parts cells there, and a line break ends the row."""
    marks = str.maketrans({"\\": r"\\", "|": r"\|", "\r": None, "\n": "<br>"})
    headings, *lines = ([cell.translate(marks) for cell in line] for line in _read(table))
    return "\n".join(f"| {' | '.join(line)} |" for line in (headings, ["---"] * len(headings), *lines))


def as_xlsx(table: Table) -> bytes:
    """Every field, numbers as numbers; no text is a formula."""
    from openpyxl import Workbook  # a quarter of a second, which only a workbook is worth
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in (table.fields, *table.rows):
        sheet.append(
            [c if isinstance(c, NUMBER) and not isinstance(c, bool) else _safe(ILLEGAL_CHARACTERS_RE.sub("", _text(c))) for c in row]
        )
    book.save(out)
    return out.getvalue()


def _read(table: Table) -> list[list[str]]:
    """What a person reads, its headings first."""
    lines = (table.headings, *table.lines) if table.headings else (table.fields, *table.rows)
    return [[*map(_text, line)] for line in lines]


def _safe(cell: Cell) -> str:
    text = _text(cell)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(cell, NUMBER) else text


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else ""
    if cell is None or isinstance(cell, str | int | float):
        return "" if cell is None else str(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else " / ".join(cell)


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


FORMATS: Mapping[str, Callable[[Table], str | bytes]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "xlsx": as_xlsx,
}
