"""What tables hold: a report a row, in a column that says so (全文, content …), as CSV has it; or a sheet's titles, tables and notes."""

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import NamedTuple

from index.errors import ReadError
from index.lexicon import load
from index.read.formats import MOST_CHARACTERS, Extracted, Line, Slot
from index.read.plain import decode
from index.records import Unread

DELIMITERS = ",;\t|"
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+|年.*)?")  # a year that a spreadsheet took for a measure is 2026.0
LOOSE = frozenset({"内容", "文本", "text", "content", "body", "report", "document"})  # in a sheet of tasks too
LEAST_TEXT = 100  # characters: what a column so called has in some cell where it holds reports
UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
MARKED = re.compile(r"[（(]?(?:注|备注|说明|附注|(?:数据|资料)?来源)\s*\d*[:：]|附?表\s*[\d一二三四五六七八九十]")  # no row of a table
UNIT = re.compile(r"[（(]?\w{0,4}单位\s*[:：]")  # a caption, also where the table's number or its author stands beside it


@dataclass(frozen=True, slots=True)
class Columns:
    """The column that holds the texts, and of each field of the masthead the columns that hold it, in the order in which they are taken."""

    full: str
    fields: Mapping[str, list[str]]


class Box(NamedTuple):
    """A cell: where it begins, what it says ("" for what is left out), the last row and column that it covers."""

    row: int
    column: int
    words: str
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet shows, by its rows; which of them are hidden, and what is left out of it, in words for people."""

    title: str
    rows: Mapping[int, list[Box]]
    hidden: set[int]
    left_out: list[str]


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    csv.field_size_limit(MOST_CHARACTERS)
    text = decode(data, name)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        rows = [*csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise ReadError(f"{name}：表格读不通（{error}）；请另存为 CSV") from None
    columns = _columns(rows[0] if rows else ())
    if columns is None:
        named = "、".join(load("columns")["text"][1:4])
        raise ReadError(f"{name}：没有放全文的列；请把那一列的标题写成 全文（或 {named}、content …）")
    found = _reports(enumerate(rows, start=1), columns, name, Counter())
    return [replace(one, is_file=True) if isinstance(one, Extracted) else one for one in found]


def _columns(header: Iterable[object]) -> Columns | None:
    """What the columns so called hold; None where none holds the full text."""
    columns = {column.strip().lower(): column for column in header if isinstance(column, str)}
    words = load("columns")
    full = next((columns[word] for word in words["text"] if word in columns), None)
    fields = {field: [columns[word] for word in named if word in columns] for field, named in words["masthead"].items()}
    return None if full is None else Columns(full, fields)


def _reports(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Columns, name: str, taken: Counter[str]
) -> Iterator[Extracted | ReadError]:
    """A report for each numbered row; its key is its place and year, which outlive a row put in above, else its number.

    `taken` counts the keys of the file.
    """
    for number, row in rows:
        said = {field: [_value(field, row.get(column)) for column in named] for field, named in columns.fields.items()}
        given = {field: next(filter(None, values)) for field, values in said.items() if any(values)}
        key = given["place"] + given["year_planned"] if {"place", "year_planned"} <= given.keys() else str(number)
        taken[key] += 1
        text = (row.get(columns.full) or "").replace("\r\n", "\n")
        if text.strip():
            yield Extracted(text, given=given, key=key if taken[key] == 1 else f"{key}_{taken[key]}")
        else:
            yield ReadError(f"{name}：第 {number} 行没有全文")


def _value(field: str, written: str | None) -> str:
    """A cell as the masthead wants it; "" for what it cannot use."""
    text = " ".join((written or "").split())
    if field == "year_planned":
        year = YEAR.fullmatch(text)
        return year[1] if year else ""
    if field == "date":
        day = DATE.match(text)
        return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}" if day and int(day[2]) <= 12 and int(day[3]) <= 31 else ""
    return text


def sheet_reports(sheets: Sequence[Sheet], name: str, unread: Iterable[Unread]) -> list[Extracted | ReadError]:
    """The reports of all sheets, the first with what is unread, and what stands in place of a sheet's; none where no sheet has any."""
    heads = [*map(_head, sheets)]
    if not any(heads):
        return []
    found, taken = list[Extracted | ReadError](), Counter[str]()
    for sheet, head in zip(sheets, heads, strict=True):
        where = name if len(sheets) == 1 else f"{name}：工作表 {sheet.title}"
        if head is None:
            found.append(ReadError(f"{where}：没有放全文的列"))
        else:
            found += [*_reports(_below(sheet, head[0]), head[1], where, taken)] or [ReadError(f"{where}：没有一行报告")]
    first = next((one for one in found if isinstance(one, Extracted)), None)
    return [replace(one, unread=tuple(unread)) if isinstance(one, Extracted) and one is first else one for one in found]


def _head(sheet: Sheet) -> tuple[int, Columns] | None:
    """The row that says which column holds the full text, the first but for titles above it; and what its columns hold."""
    texts = {box.column for boxes in sheet.rows.values() for box in boxes if len(box.words) >= LEAST_TEXT}
    for row, boxes in sheet.rows.items():
        columns = _columns(box.words for box in boxes if box.column in texts or box.words.strip().lower() not in LOOSE)
        if columns or len(boxes) > 1:
            return (row, columns) if columns else None
    return None


def _below(sheet: Sheet, head: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the head; what is merged over several holds for each."""
    names, held = {box.column: box.words for box in sheet.rows[head]}, dict[int, Box]()
    for row, boxes in sheet.rows.items():
        if row > head:
            held |= {box.column: box for box in boxes}
            yield row, {name: held[column].words for column, name in names.items() if column in held and held[column].bottom >= row}


def sheet_lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Each sheet's name, where it says something, its titles, tables and notes."""
    numbers = count(1)
    for sheet in sheets:
        if len(sheets) > 1 and not UNNAMED.fullmatch(sheet.title.strip()):
            yield Line(sheet.title, depth=1)
        for block in _blocks(sheet):
            for is_table, rows in groupby(block, _of_tables(sheet, block).__contains__):
                if is_table:
                    yield from _table(sheet, [*rows], next(numbers))
                else:
                    yield from (Line(line) for row in rows for box in sheet.rows[row] for line in box.words.split("\n"))


def _blocks(sheet: Sheet) -> list[list[int]]:
    """The rows of a sheet, parted where an empty one is seen between them."""
    blocks, end = list[list[int]](), 0
    for row, boxes in sheet.rows.items():
        if not blocks or any(between not in sheet.hidden for between in range(end + 1, row)):
            blocks.append([])
        blocks[-1].append(row)
        end = max(end, *(box.bottom for box in boxes))
    return blocks


def _of_tables(sheet: Sheet, block: list[int]) -> set[int]:
    """The rows that are no titles, captions or notes: of one cell above or below the others, over the full width, or so marked."""
    columns = {box.column for row in block for box in sheet.rows[row]}
    last = max((row for row in block if len(sheet.rows[row]) > 1), default=0)
    found, is_above = set[int](), True
    for row in block:
        first, *others = sheet.rows[row]
        if others:
            is_above = is_above and len(others) + 1 < len(columns) and any(UNIT.match(box.words) for box in (first, *others))
        else:
            is_full = first.column < max(columns) <= first.right
            is_above = is_above or row > last or is_full or bool(MARKED.match(first.words))
        if not is_above:
            found.add(row)
    return found


def _table(sheet: Sheet, rows: list[int], number: int) -> Iterator[Line]:
    """Rows and columns without words are not counted: a cell merged over them covers only the others."""
    columns = sorted({box.column for row in rows for box in sheet.rows[row]})
    for top, row in enumerate(rows):
        slots = list[Slot]()
        for box in sheet.rows[row]:
            left = bisect_left(columns, box.column)
            slots.append(Slot(box.words, left, bisect_right(columns, box.right) - left, bisect_right(rows, box.bottom) - top))
        yield Line("", row=tuple(slots), table=number)
