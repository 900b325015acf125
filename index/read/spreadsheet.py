"""What tables hold: a report a row, in a column that says so (全文, content …), as CSV has it; or a sheet's titles, tables and notes."""

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import accumulate, count, groupby, pairwise

from index.errors import ReadError
from index.lexicon import load
from index.read.decoded import decode
from index.read.formats import MOST_CHARACTERS, Extracted, Line, Slot

NAMES = "正文、报告全文、content …"  # of a column that holds the text, as people are told
DELIMITERS = ",;\t|"
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(0?[1-9]|1[0-2])\s*[-/.月]\s*([12]\d|3[01]|0?[1-9])(?!\d)")
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+|年.*)?")  # a year that a spreadsheet took for a measure is 2026.0
LOOSE = frozenset({"内容", "文本", "text", "content", "body", "report", "document"})  # in a sheet of tasks too
LEAST_TEXT = 100  # characters: what a column so called has in some cell where it holds reports
UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
MARKED = re.compile(r"[（(]?(?:注|备注|说明|附注|(?:数据|资料)?来源)\s*\d*[:：]|附?表\s*[\d一二三四五六七八九十]")  # no row of a table
UNIT = re.compile(r"[（(]?\w{0,4}单位\s*[:：]")  # a caption, also where the table's number or its author stands beside it
VALUE = re.compile(r"[-−]?[\d,]+(?:\.\d+)?%?")
Columns = dict[str, list[str]]  # of "text", the full text, and each field of the masthead: those that hold it, as they are taken
Rows = dict[int, list[Slot]]  # a sheet's cells with words, by their rows; "" stands for a value that is an error


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    csv.field_size_limit(MOST_CHARACTERS)
    text = decode(data, name)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    try:
        rows = [*csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise ReadError(f"{name}：表格读不通（{error}）；请另存为 CSV") from None
    columns = _columns(rows[0] if rows else ())
    if not columns["text"]:
        raise ReadError(f"{name}：没有放全文的列；请把那一列的标题写成 全文（或 {NAMES}）")
    found = _reports(dict(enumerate(rows, start=1)), columns, name, Counter())
    return [replace(one, is_file=True) if isinstance(one, Extracted) else one for one in found]


def _columns(header: Iterable[object]) -> Columns:
    columns = {column.strip().lower(): column for column in header if isinstance(column, str)}
    fields = {"text": load("columns")["text"], **load("columns")["masthead"]}
    return {field: [columns[word] for word in named if word in columns] for field, named in fields.items()}


def _reports(rows: Mapping[int, Mapping[str, str]], columns: Columns, name: str, taken: Counter[str]) -> Iterator[Extracted | ReadError]:
    """A report for each numbered row; its key is its place and year, which outlive a row put in above, else its number."""
    for number, row in rows.items():
        said = {field: [_value(field, row.get(column)) for column in named] for field, named in columns.items() if field != "text"}
        given = {field: next(filter(None, values)) for field, values in said.items() if any(values)}
        key = given["place"] + given["year_planned"] if {"place", "year_planned"} <= given.keys() else str(number)
        taken[key] += 1
        text = unescape(row.get(columns["text"][0]) or "")
        if text.strip():
            yield Extracted(text, given=given, key=key if taken[key] == 1 else f"{key}_{taken[key]}")
        else:
            yield ReadError(f"{name}：第 {number} 行没有全文")


def _value(field: str, written: str | None) -> str:
    """A cell as the masthead wants it; "" for what it cannot use."""
    text = " ".join((written or "").split())
    if field == "year_planned":
        return YEAR.sub(r"\1", text) if YEAR.fullmatch(text) else ""
    if field == "date":
        day = DATE.match(text)
        return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}" if day else ""
    return text


def sheet_reports(sheets: Mapping[str, Rows], name: str) -> list[Extracted | ReadError]:
    """The reports of all sheets, and what stands in the place of those of a sheet without them; nothing where no sheet has any."""
    heads = {title: _head(rows) for title, rows in sheets.items()}
    found, taken = list[Extracted | ReadError](), Counter[str]()
    for title, head in heads.items() if any(heads.values()) else ():
        where = name if len(sheets) == 1 else f"{name}：工作表 {title}"
        reports = [*_reports(dict(_below(sheets[title], head[0])), head[1], where, taken)] if head else []
        found += reports or [ReadError(f"{where}：没有一行报告" if head else f"{where}：没有放全文的列")]
    return found


def _head(rows: Rows) -> tuple[int, Columns] | None:
    """The row that says which column holds the full text, the first but for titles above it; and what its columns hold."""
    texts = {slot.column for slots in rows.values() for slot in slots if len(slot.text) >= LEAST_TEXT}
    for row, slots in rows.items():
        columns = _columns(slot.text for slot in slots if slot.column in texts or slot.text.strip().lower() not in LOOSE)
        if columns["text"] or len(slots) > 1:
            return (row, columns) if columns["text"] else None
    return None


def _below(rows: Rows, head: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the head; what is merged over several holds for each."""
    names, held = {slot.column: slot.text for slot in rows[head]}, dict[int, tuple[int, str]]()
    for row, slots in rows.items():
        if row > head:
            held |= {slot.column: (row + slot.rows, slot.text) for slot in slots}
            yield row, {names[column]: text for column, (end, text) in held.items() if column in names and row < end}


def sheet_lines(sheets: Mapping[str, Rows]) -> Iterator[Line]:
    """Each sheet's name, where it says something, its titles, tables and notes."""
    numbers = count(1)
    for title, rows in sheets.items():
        if len(sheets) > 1 and not UNNAMED.fullmatch(title.strip()):
            yield Line(title, depth=1)
        for block in _blocks(rows):
            for is_table, found in groupby(block, _of_tables(block).get):
                if is_table:
                    yield from _table({row: block[row] for row in found}, next(numbers))
                else:
                    yield from (Line(line) for row in found for slot in block[row] for line in slot.text.split("\n"))


def _blocks(rows: Rows) -> list[Rows]:
    """The rows of a sheet, parted where an empty one is between them, unless numbers stand on either side: an empty row in a table."""
    ends = accumulate((max(row + slot.rows for slot in slots) for row, slots in rows.items()), max, initial=0)
    numbers = {row: sum(VALUE.fullmatch(slot.text) is not None for slot in slots) for row, slots in rows.items()}
    before = {row: other for other, row in pairwise(rows)}
    starts = [
        row for row, end in zip(rows, ends, strict=False) if row > end and not (row in before and numbers[row] and numbers[before[row]])
    ]
    return [{row: rows[row] for row in block} for _, block in groupby(rows, lambda row: bisect_right(starts, row))]


def _of_tables(block: Rows) -> dict[int, bool]:
    """Which rows are no titles, captions or notes: of one cell above or below the others, over the full width, or so marked."""
    columns = {slot.column for slots in block.values() for slot in slots}
    last = max((row for row, slots in block.items() if len(slots) > 1), default=0)
    found, is_table = dict[int, bool](), False
    for row, slots in block.items():
        if len(slots) > 1:
            is_table = is_table or len(slots) == len(columns) or not any(UNIT.match(slot.text) for slot in slots)
        else:
            is_full = slots[0].column < max(columns) < slots[0].column + slots[0].columns
            is_table = is_table and row < last and not is_full and not MARKED.match(slots[0].text)
        found[row] = is_table
    return found


def _table(rows: Rows, number: int) -> Iterator[Line]:
    """Rows and columns without words are not counted: a cell merged over them covers only the others."""
    numbers, columns = [*rows], sorted({slot.column for slots in rows.values() for slot in slots})
    for top, (row, slots) in enumerate(rows.items()):
        found = list[Slot]()
        for slot in slots:
            left, right = (bisect_left(columns, edge) for edge in (slot.column, slot.column + slot.columns))
            found.append(Slot(slot.text, left, right - left, bisect_left(numbers, row + slot.rows) - top))
        yield Line("", row=tuple(found), table=number)
