"""The cells that a reader found → Tables: what heads them, in which unit they are, which rows and columns name the others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.read.sources import Source
from index.records import Cell, Span, Table
from index.text import joined, normal

# All in normal form.
NUMBER = re.compile(r"[(\[〔]?[-+−–]?\d[\d,]*(?:\.\d+)?[)\]〕]?(?:%|‰)?")  # 〔13.5〕 is the sum over a plan's years
YEAR = re.compile(r"(?:19|20)\d\d年?")
UNIT = re.compile(r"单位\s*:\s*([^\s()]+)")
CAPTION = re.compile(r"^附?表\s*[\d一二三四五六七八九十]*(?:[-—.]\d+)?$|单位\s*:|^附?表\s*\d|(?:19|20)\d\d年.*表$")
TOTAL = re.compile(r".*(?:合计|总计|小计)$")
LONGEST_TITLE = 60
ABOVE = 3  # lines above a table among which its title and unit stand
MOST_HEADS = 4


def tables_of(source: Source, matched: str) -> tuple[Table, ...]:
    """The tables of a source; what is stacked in one grid, each with a caption of its own, is parted."""
    return tuple(table for cells in source.tables for block in _blocks(cells, matched) if (table := _table(block, matched, source.text)))


def is_number(text: str) -> bool:
    """Whether a cell, in normal form, is a number and nothing else; a year alone heads a column."""
    return NUMBER.fullmatch(text) is not None


def _rows(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _words(cell: Cell, matched: str) -> str:
    return "".join(cell.span.of(matched).split())


def _is_caption(row: Sequence[Cell], width: int, matched: str) -> bool:
    """A row with one cell that names the table, or covers most of it."""
    if len(row) != 1 or is_number(_words(row[0], matched)):
        return False
    return row[0].columns > max(2, width / 2) or CAPTION.search(_words(row[0], matched)) is not None


def _blocks(cells: Sequence[Cell], matched: str) -> Iterator[dict[int, list[Cell]]]:
    """The rows of each table of a grid: a caption below numbers begins another."""
    width = max((cell.column + cell.columns for cell in cells), default=0)
    block: dict[int, list[Cell]] = {}
    numbers = False
    for number, row in _rows(cells).items():
        if numbers and _is_caption(row, width, matched) and CAPTION.search(_words(row[0], matched)):
            yield block
            block, numbers = {}, False
        block[number] = row
        numbers = numbers or any(is_number(_words(cell, matched)) and not YEAR.fullmatch(_words(cell, matched)) for cell in row)
    if block:
        yield block


def _table(rows: Mapping[int, list[Cell]], matched: str, text: str) -> Table | None:
    width = max(cell.column + cell.columns for row in rows.values() for cell in row)
    captions = [number for number, row in rows.items() if width > 1 and _is_caption(row, width, matched)]
    top = [number for place, number in enumerate(rows) if number in captions and place == captions.index(number)]
    body = {number: row for number, row in rows.items() if number not in top}
    if not body:
        return None
    first = min(body)
    cells = tuple(replace(cell, row=cell.row - first) for row in body.values() for cell in row)
    start = rows[min(rows)][0].span.start
    said = [*_above(text, start), *(joined(cell.span.of(text)) for number in top for cell in rows[number])]
    unit = next((line[slice(*match.span(1))] for line in said if (match := UNIT.search(normal(line)))), None)
    titles = [line for line in said if not UNIT.match(normal(line)) and not CAPTION.fullmatch(normal(line))]
    heads = _heads(cells, matched)
    return Table(
        title=titles[-1] if titles else "",
        unit=unit,
        rows=max(cell.row + cell.rows for cell in cells),
        columns=width,
        heads=heads,
        stubs=_stubs(cells, heads, width, matched),
        line=text.count("\n", 0, start) + 1,
        cells=cells,
        totals=tuple(cell.row for cell in cells if cell.column == 0 and TOTAL.match(_words(cell, matched))),
    )


def _above(text: str, start: int) -> list[str]:
    """The short lines that stand right above a table, the nearest last."""
    lines = [line.strip() for line in text[:start].rstrip("\n").rsplit("\n", ABOVE)[-ABOVE:]]
    found: list[str] = []
    for line in reversed(lines):
        if not line or len(line) > LONGEST_TITLE or line.endswith(("。", "；", "！")) or "\t" in line:
            break
        found.insert(0, line)
    return found


def _heads(cells: Sequence[Cell], matched: str) -> int:
    """How many rows at the top hold no number; a table of words alone has one."""
    numbered = {cell.row for cell in cells if is_number(words := _words(cell, matched)) and not YEAR.fullmatch(words)}
    heads = min(numbered, default=1)
    return heads if heads <= MOST_HEADS else 1


def _stubs(cells: Sequence[Cell], heads: int, width: int, matched: str) -> int:
    """How many columns at the left hold no number below the heads."""
    numbered = {cell.column for cell in cells if cell.row >= heads and is_number(_words(cell, matched))}
    return min(numbered, default=1 if width > 1 else 0)


def row_spans(tables: Sequence[Table]) -> list[Span]:
    """The span of each row."""
    return [Span(row[0].span.start, row[-1].span.end) for table in tables for row in _rows(table.cells).values()]
