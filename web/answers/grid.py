"""Tables of a report: one whole, a paragraph a row; or, where a row is quoted, that row below the heads of its columns."""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from index.records import Cell, Paragraph, Report, Span, Table
from search.results import Citation, Mark, PassageResult
from web.answers.cite import CHINESE, DOT, marked
from web.strings import Words
from web.tags import Attribute, Html, el, join

WIDEST = 60  # columns: a wider one stays lines of text
BEFORE = 200  # characters before a table in which its name may stand already
NUMBER = re.compile(r"[\s\d.,，．%％‰+\-−–—…()（）\[\]]+")
Rows = Mapping[int, Paragraph | None]  # the rows to be drawn, each with the paragraph whose anchor it has
Write = Callable[[Span], str]  # a cell's words, with what is marked in them


def tables_of(report: Report) -> list[tuple[Table, dict[int, Paragraph]]]:
    """The tables, each with the paragraph of every row; but those with a heading in them, or too wide."""
    starts = [paragraph.span.start for paragraph in report.paragraphs]
    found = []
    for table in (one for one in report.tables if one.cells and one.columns <= WIDEST):
        owners = [(cell, report.paragraphs[bisect_right(starts, cell.span.start) - 1]) for cell in table.cells]
        rows = {cell.row: owner for cell, owner in owners}
        apart = len({owner.number for owner in rows.values()}) == len(rows)
        whole = apart and all(owner.span.contains(cell.span) and rows[cell.row] is owner for cell, owner in owners)
        headed = any(owners[0][1].span.start <= one.span.start < owners[-1][1].span.end for one in report.sections)
        if whole and not headed:
            found.append((table, rows))
    return found


def sheet(report: Report, table: Table, rows: Mapping[int, Paragraph], write: Write, words: Words) -> Html:
    """The whole table. Its name is only heard where it stands in the text above it."""
    before = "".join(report.text[: table.cells[0].span.start][-BEFORE:].split())
    named = all("".join(part.split()) in before for part in (table.title, table.unit) if part)
    return _drawn(report, table, table.cells, {row: rows.get(row) for row in range(table.rows)}, write, words, named=named)


def quoted(where: Citation | PassageResult, marks: Sequence[Mark], words: Words) -> Html:
    """What is quoted, with its marks."""
    return row_of(where, marks, words) or marked(where.quote if isinstance(where, Citation) else where.text, marks)


def row_of(where: Citation | PassageResult, marks: Sequence[Mark], words: Words) -> Html | None:
    """The row of a table that is quoted, with what covers it from above; None where it is none."""
    report, span = words.source(where.report_id).report, Span(where.start, where.end)
    for table in report.tables if report else ():
        held = {cell.row for cell in table.cells if cell.span.overlaps(span)}
        if report and len(held) == 1 and table.columns <= WIDEST:
            absolute = [replace(mark, start=mark.start + span.start, end=mark.end + span.start) for mark in marks]
            return _quoted(report, table, held.pop(), absolute, words)
    return None


def _quoted(report: Report, table: Table, row: int, marks: Sequence[Mark], words: Words) -> Html:
    def write(cell: Span) -> Html:
        inside = [replace(one, start=max(one.start - cell.start, 0), end=min(one.end, cell.end) - cell.start) for one in marks]
        return marked(cell.of(report.text), [one for one in inside if one.start < one.end])

    beside = [cell for cell in table.cells if max(cell.row, table.heads) <= row < cell.row + cell.rows]
    cells = [cell for cell in table.cells if cell.row < table.heads]
    cells += [replace(cell, row=row, rows=1) for cell in sorted(beside, key=lambda cell: cell.column)]
    return _drawn(report, table, cells, dict.fromkeys((*range(table.heads), row)), write, words)


def _drawn(report: Report, table: Table, cells: Sequence[Cell], rows: Rows, write: Write, words: Words, *, named: bool = False) -> Html:
    """In a box that scrolls sideways by itself. Numbers stand at the right, and the heads of their columns."""
    body = [cell for cell in cells if cell.row >= table.heads and cell.column >= table.stubs]
    right = {cell for cell in body if NUMBER.fullmatch(cell.span.of(report.text))}
    columns = {cell.column for cell in right}
    right |= {cell for cell in cells if cell.row < table.heads and cell.columns == 1 and cell.column in columns}
    covered = [0] * table.columns
    drawn = [_row(table, [cell for cell in cells if cell.row == row], row, rows[row], covered, write, right) for row in rows]
    unit = words["table_unit"].format(unit=table.unit) if table.unit else ""
    said = DOT.join(filter(None, (table.title, unit)))
    caption = el("caption", said, class_="sr" if named else None) if said else ""
    head = el("thead", join(drawn[: table.heads])) if table.heads else ""
    shown = el("table", caption, head, el("tbody", join(drawn[table.heads :])))
    return el("div", shown, class_="sheet", tabindex="0", role="group", aria_label=said or words["table"], lang=CHINESE)


def _row(
    table: Table, cells: list[Cell], row: int, owner: Paragraph | None, covered: list[int], write: Write, right: Container[Cell]
) -> Html:
    """A row, its empty cells too; `covered` has for each column the first row that no cell above reaches into.

    Of a whole table it has the anchor of its paragraph, and between cells a tab for each letter of the text: so offsets count on.
    """
    pieces, column, end, last = list[str](), 0, 0, table.heads if row < table.heads else table.rows
    for cell in cells:
        pieces += [el("td") for at in range(column, cell.column) if covered[at] <= row]
        pieces.append("\t" * (cell.span.start - end if owner else 1) if end else "")
        column, end, below = min(cell.column + cell.columns, table.columns), cell.span.end, min(row + cell.rows, last)
        covered[cell.column : column] = [below] * (column - cell.column)
        pieces.append(_cell(cell, table, write(cell.span), below - row, "num" if cell in right else None))
    pieces += [el("td") for at in range(column, table.columns) if covered[at] <= row]
    if owner is None:
        return el("tr", *pieces)
    return el("tr", *pieces, id=f"p-{owner.number}", tabindex="-1", data_n=owner.number_in_section, data_start=owner.span.start)


def _cell(cell: Cell, table: Table, written: str, rows: int, side: str | None) -> Html:
    wide, high = cell.columns > 1, rows > 1
    spans: dict[str, Attribute] = {"class_": side, "colspan": cell.columns if wide else None, "rowspan": rows if high else None}
    if cell.row < table.heads:
        return el("th", written, scope="colgroup" if wide else "col", **spans)
    if cell.column < table.stubs:
        return el("th", written, scope="rowgroup" if high else "row", **spans)
    return el("td", written, **spans)
