"""Tables → Figures: each cell that is a number, measured by the heads of its row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.figures import numerals
from index.figures.recognise import recognise
from index.figures.units import kind_of, read_unit
from index.lexicon.compiled import pattern_of
from index.outline.grids import NUMBER
from index.periods import find_period
from index.records import Cell, Figure, Kind, Paragraph, Report, Span, Status, Table
from index.text import joined, normal

SHORT = 16  # characters of a cell that is a number with what belongs to it: 6%左右, 增长5.5%以上
BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
NONE = re.compile(r"[-—–－/…\s]*")
SERIAL = re.compile(r"序号|编号|代码|行次")
IN_COLUMN = re.compile(r"(?:计量)?单位")


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with what covers each of its places."""

    report: Report
    matched: str
    table: Table
    covered: Mapping[tuple[int, int], Cell]

    def words(self, cell: Cell) -> str:
        return joined(cell.span.of(self.report.text))

    def plain(self, cell: Cell) -> str:
        return "".join(cell.span.of(self.matched).split())

    def above(self, cell: Cell) -> list[Cell]:
        """The heads of its column, from the top."""
        found = [self.covered.get((row, cell.column)) for row in range(self.table.heads)]
        return [head for head in dict.fromkeys(found) if head is not None]

    def left(self, cell: Cell) -> list[Cell]:
        """What names its row: the words to the left, up to another number."""
        found: list[Cell] = []
        for column in range(cell.column - 1, -1, -1):
            other = self.covered.get((cell.row, column))
            if other is None or other in found:
                continue
            if NUMBER.fullmatch(self.plain(other)) or NONE.fullmatch(self.plain(other)):
                if found:
                    break
                continue
            found.insert(0, other)
        return found


def cell_figures(report: Report, matched: str, table: Table, whole: tuple[str | None, Status | None]) -> Iterator[Figure]:
    """The figures of a table, row by row. `whole` is what the text around it is about, where its heads do not say."""
    covered = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    grid = _Grid(report, matched, table, covered)
    rows = {cell.row: cell.span.start for cell in reversed(table.cells)}
    paragraphs = {paragraph.span.start: paragraph for paragraph in report.paragraphs}
    for cell in table.cells:
        paragraph = paragraphs.get(rows[cell.row])
        if cell.row >= table.heads and paragraph is not None and not SERIAL.search("".join(map(grid.plain, grid.above(cell)))):
            yield from _figure(grid, cell, paragraph, whole)


def _figure(grid: _Grid, cell: Cell, paragraph: Paragraph, whole: tuple[str | None, Status | None]) -> Iterator[Figure]:
    number = _number(grid, cell)
    names = [other for other in grid.left(cell) if not IN_COLUMN.fullmatch("".join(map(grid.plain, grid.above(other))))]
    heads = grid.above(cell)
    if number is None or not (names or heads):
        return
    span, value, value_to, own = number
    unit = own or _unit(grid, cell, names, heads)
    base, times = (read_unit(normal(unit)) if unit else None) or (unit, Decimal(1))
    column = "".join(map(grid.plain, heads))
    period, status = _when(grid, column, names, whole)
    kind = _kind(column, base)
    fall = kind == "growth" and value < 0
    sentence = next((one for one in paragraph.sentences if one.contains(cell.span)), paragraph.span)
    yield Figure(
        text=span.of(grid.report.text),
        span=span,
        value=(abs(value) if fall else value * times).normalize(),
        value_to=None if value_to is None else (value_to * times).normalize(),
        unit=base,
        kind=kind,
        role="value",
        direction=("down" if fall else "up") if kind == "growth" else None,
        modifier=_modifier(grid, cell, span),
        indicator=_indicator(grid, names, heads),
        of=None,
        period=period,
        status=status,
        paragraph=paragraph.number,
        clause=cell.span,
        sentence=sentence,
        unit_written=unit,
    )


def _number(grid: _Grid, cell: Cell) -> tuple[Span, Decimal, Decimal | None, str | None] | None:
    """A cell's number: where it stands, its value and upper end, and its unit where the cell says it."""
    text = cell.span.of(grid.matched)
    if match := NUMBER.fullmatch("".join(text.split())):
        sign = -1 if match[0].lstrip("([〔")[:1] in ("-", "−", "–") else 1
        value = numerals.parse(re.sub(r"[^\d.]", "", match[0]))
        end = match[0][-1:] if match[0][-1:] in ("%", "‰") else None
        return None if value is None else (cell.span, sign * value, None, end)
    if len(text) > SHORT or not re.search(r"\d", text):
        return None
    found = recognise(grid.matched, cell.span)
    if len(found) == 1:
        one = found[0]
        return one.span, one.value, one.value_to, one.unit
    bounded = re.fullmatch(r"[≥≤><约超]?\s*=?\s*(\d[\d,.]*)\s*(?:左右|以上|以下|以内)?", text)
    value = numerals.parse(bounded[1]) if bounded else None
    return (
        None
        if bounded is None or value is None
        else (Span(cell.span.start + bounded.start(1), cell.span.start + bounded.end(1)), value, None, None)
    )


def _modifier(grid: _Grid, cell: Cell, span: Span) -> str | None:
    """What stands beside the number in its cell: ≥, 左右."""
    rest = (grid.matched[cell.span.start : span.start], grid.matched[span.end : cell.span.end])
    return " ".join(part for part in map(str.strip, rest) if part) or None


def _unit(grid: _Grid, cell: Cell, names: Sequence[Cell], heads: Sequence[Cell]) -> str | None:
    """As the column's head, a column of units, the row's head or the caption says it; a growth is in per cent."""
    column = "".join(map(grid.plain, heads))
    for head in reversed(heads):
        if found := _bracketed(grid.words(head)):
            return found
    if pattern_of("tables", "percent").search(column):
        return "%"
    beside = [other for other in grid.left(cell) if IN_COLUMN.fullmatch("".join(map(grid.plain, grid.above(other))))]
    if beside:
        return grid.words(beside[-1])
    if found := next((unit for name in reversed(names) if (unit := _bracketed(grid.words(name)))), None):
        return found
    return None if pattern_of("tables", "unitless").search(column) else grid.table.unit or _bracketed(grid.table.title)


def _bracketed(text: str) -> str | None:
    """A unit in brackets: 年末数（万人）."""
    return next((part for part in BRACKETS.findall(text) if read_unit(normal(part.strip()))), None)


def _when(grid: _Grid, column: str, names: Sequence[Cell], whole: tuple[str | None, Status | None]) -> tuple[str | None, Status | None]:
    """Period and status, by the column, else the row, else the title, else the text around."""
    title, rows = normal(grid.table.title), "".join(map(grid.plain, names))
    bare = next((part for part in (column, rows) if re.fullmatch(r"\D*((?:19|20)\d\d)\D*", part)), "")
    year = re.search(r"(?:19|20)\d\d", bare)
    period = find_period(column) or (year[0] if year else None) or find_period(title) or whole[0]
    status: Status | None = whole[1]
    for said in (column, title):
        if pattern_of("tables", "target").search(said):
            status = "target"
            break
        if pattern_of("tables", "actual").search(said):
            status = "actual"
            break
    reported = grid.report.year_reported
    if period and reported and period != whole[0] and status == whole[1]:
        status = "actual" if period[-4:] <= reported else "target"
    return period, status


def _kind(column: str, unit: str | None) -> Kind:
    if unit in ("%", "‰"):
        return (
            "growth"
            if pattern_of("tables", "growth").search(column)
            else "share"
            if pattern_of("tables", "share").search(column)
            else "rate"
        )
    return "rate" if unit is None else kind_of(unit)


def _indicator(grid: _Grid, names: Sequence[Cell], heads: Sequence[Cell]) -> str:
    """The heads of its row, after the row it is a part of where another is called the same, and those of its column."""
    rows = [grid.words(name) for name in names]
    if names and (whole := _part_of(grid, names[0])):
        rows.insert(0, whole)
    columns = [BRACKETS.sub("", grid.words(head)).strip() for head in heads]
    told = [name for name in columns if name and not pattern_of("tables", "plain").fullmatch(normal(name))]
    return " ".join([*rows, *told]) or " ".join(columns)


def _part_of(grid: _Grid, name: Cell) -> str | None:
    """The last row above that is called as no other is, where this one's name stands twice: 旅客运输总量 … 公路 …"""
    first = [cell for cell in grid.table.cells if cell.column == name.column and cell.row >= grid.table.heads]
    called = [grid.plain(cell) for cell in first]
    if called.count(grid.plain(name)) < 2:
        return None
    above = [cell for cell in first if cell.row < name.row and called.count(grid.plain(cell)) == 1]
    return grid.words(above[-1]) if above else None
