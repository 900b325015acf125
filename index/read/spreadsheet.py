"""What tables hold: a report a row, in a column that says so (全文, content …), as CSV has it; or a sheet's titles, tables and notes."""

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import count, groupby

from index.errors import ReadError
from index.lexicon import load
from index.read.formats import MOST_CHARACTERS, Extracted, Line, Slot
from index.read.plain import decode
from index.records import Unread

DELIMITERS = ",;\t|"
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+|年.*)?")  # a year that a spreadsheet took for a measure is 2026.0
SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # of a number format: for positive numbers, negative ones, zero, words
PIECE = re.compile(
    r'"(?P<said>[^"]*)"|\\(?P<sign>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<digits>General|[#0?][#0?,]*(?:\.[#0?]*)?,*)|(?P<other>.)"
)
RICH = re.compile(r"\[[<>=]|[Ee/!@]")  # conditions, powers, fractions, a point put in by hand: such a number is written out instead
MOST_DIGITS = 10  # what a sheet shows of a number without a format, beside its point
BREAK = re.compile(r"\\r\\n|_x000D_\n?|\r\n?")  # as other programs write them into a cell: as four characters, escaped
UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
MARKED = re.compile(r"[（(]?(?:注|备注|说明|附注|(?:数据|资料)?来源)\s*\d*[:：]|附?表\s*[\d一二三四五六七八九十]")  # no row of a table
UNIT = re.compile(r"[（(]?\w{0,4}单位\s*[:：]")  # a caption, also where the table's number or its author stands beside it
Place = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Columns:
    """The column that holds the texts, and of each field of the masthead the columns that hold it, in the order in which they are taken."""

    full: str
    fields: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet shows: by row and column the words of its cells ("" for what is left out), and where its merged cells end."""

    title: str
    hidden: set[int]  # rows
    ends: dict[Place, Place]
    cells: dict[int, dict[int, str]]
    unread: list[Unread]

    def end(self, row: int, column: int) -> Place:
        return self.ends.get((row, column), (row, column))


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    csv.field_size_limit(MOST_CHARACTERS)
    text = decode(data, name)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        rows = [*csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise ReadError(f"{name}：表格读不通（{error}）；请另存为 CSV") from None
    columns = columns_of(rows[0] if rows else ())
    if columns is None:
        named = "、".join(load("columns")["text"][1:4])
        raise ReadError(f"{name}：没有放全文的列；请把那一列的标题写成 全文（或 {named}、content …）")
    return reports(enumerate(rows, start=1), columns, name, Counter(), is_file=True)


def columns_of(header: Iterable[object]) -> Columns | None:
    """What the columns so called hold; None where none holds the full text."""
    columns = {column.strip().lower(): column for column in header if isinstance(column, str)}
    words = load("columns")
    full = next((columns[word] for word in words["text"] if word in columns), None)
    fields = {field: [columns[word] for word in named if word in columns] for field, named in words["masthead"].items()}
    return None if full is None else Columns(full, fields)


def reports(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Columns, name: str, taken: Counter[str], *, is_file: bool
) -> list[Extracted | ReadError]:
    """A report for each numbered row; `taken` counts the keys of the file, `is_file` says whether the texts stand in it as they are."""
    return [_report(row, number, columns, name, taken, is_file) for number, row in rows]


def _report(row: Mapping[str, str], number: int, columns: Columns, name: str, taken: Counter[str], is_file: bool) -> Extracted | ReadError:
    """A row; its key is its place and year, which outlive a row put in above, else its number."""
    said = {field: [_value(field, row.get(column)) for column in named] for field, named in columns.fields.items()}
    given = {field: next(filter(None, values)) for field, values in said.items() if any(values)}
    is_named = {"place", "year_planned"} <= given.keys()
    key = given["place"] + given["year_planned"] if is_named else str(number)
    taken[key] += 1
    if taken[key] > 1:
        key = f"{key}_{taken[key]}"
    text = (row.get(columns.full) or "").replace("\r\n", "\n")
    if not text.strip():
        return ReadError(f"{name}：第 {number} 行没有全文")
    return Extracted(text, given=given, key=key, is_file=is_file)


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


def head_of(sheet: Sheet) -> int | None:
    """The row that says which column holds the full text: the first, but for titles above it."""
    for row, cells in sheet.cells.items():
        if columns_of(cells.values()):
            return row
        if len(cells) > 1:
            break
    return None


def sheet_reports(sheets: list[Sheet], name: str) -> list[Extracted | ReadError]:
    """The reports of all sheets, and what stands in the place of those that have none."""
    found, taken = list[Extracted | ReadError](), Counter[str]()
    for sheet in sheets:
        head = head_of(sheet)
        where = name if len(sheets) == 1 else f"{name}：工作表 {sheet.title}"
        columns = columns_of(sheet.cells[head].values()) if head else None
        if head is None or columns is None:
            found.append(ReadError(f"{where}：没有放全文的列"))
            continue
        found += reports(_rows(sheet, head), columns, where, taken, is_file=False) or [ReadError(f"{where}：没有一行报告")]
    return found


def _rows(sheet: Sheet, head: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the head; what is merged over several holds for each."""
    names, held = sheet.cells[head], dict[int, tuple[int, str]]()
    for row, cells in sheet.cells.items():
        if row > head:
            held |= {column: (sheet.end(row, column)[0], words) for column, words in cells.items()}
            yield row, {name: held[column][1] for column, name in names.items() if column in held and held[column][0] >= row}


def sheet_lines(sheets: list[Sheet]) -> Iterator[Line]:
    """Each sheet's name, where it says something, its titles, tables and notes."""
    numbers = count(1)
    for sheet in sheets:
        if len(sheets) > 1 and not UNNAMED.fullmatch(sheet.title.strip()):
            yield Line(sheet.title, depth=1)
        yield from _lines(sheet, numbers)


def _lines(sheet: Sheet, numbers: Iterator[int]) -> Iterator[Line]:
    for block in _blocks(sheet):
        for is_table, rows in groupby(block, _of_tables(sheet, block).__contains__):
            if is_table:
                yield from _table(sheet, [*rows], next(numbers))
            else:
                yield from (Line(line) for row in rows for words in sheet.cells[row].values() for line in words.split("\n"))


def _blocks(sheet: Sheet) -> list[list[int]]:
    """The rows of a sheet, parted where an empty one is seen between them."""
    blocks, end = list[list[int]](), 0
    for row, cells in sheet.cells.items():
        if not blocks or any(between not in sheet.hidden for between in range(end + 1, row)):
            blocks.append([])
        blocks[-1].append(row)
        end = max(end, *(sheet.end(row, column)[0] for column in cells))
    return blocks


def _of_tables(sheet: Sheet, block: list[int]) -> set[int]:
    """The rows that are no titles, captions or notes: of one cell above or below the others, over the full width, or so marked."""
    columns = {column for row in block for column in sheet.cells[row]}
    last = max((row for row in block if len(sheet.cells[row]) > 1), default=0)
    found, is_above = set[int](), True
    for row in block:
        column, words = next(iter(sheet.cells[row].items()))
        if len(sheet.cells[row]) == 1:
            is_full = column < max(columns) <= sheet.end(row, column)[1]
            is_above = is_above or row > last or is_full or bool(MARKED.match(words))
        else:
            has_unit = len(sheet.cells[row]) < len(columns) and any(map(UNIT.match, sheet.cells[row].values()))
            is_above = is_above and has_unit
        if not is_above:
            found.add(row)
    return found


def _table(sheet: Sheet, rows: list[int], number: int) -> Iterator[Line]:
    """Rows and columns without words are not counted: a cell merged over them covers only the others."""
    columns = sorted({column for row in rows for column in sheet.cells[row]})
    for row in rows:
        slots = list[Slot]()
        for column, words in sheet.cells[row].items():
            bottom, right = sheet.end(row, column)
            at = bisect_left(columns, column)
            slots.append(Slot(words, at, bisect_right(columns, right) - at, bisect_right(rows, bottom) - bisect_left(rows, row)))
        yield Line("", row=tuple(slots), table=number)


def runs(numbers: Iterable[int], named: Callable[[int], str]) -> str:
    """3, 4, 5, 9 → 3—5、9."""
    found = [[one for _, one in run] for _, run in groupby(enumerate(sorted(numbers)), key=lambda one: one[1] - one[0])]
    return "、".join("—".join(map(named, dict.fromkeys((run[0], run[-1])))) for run in found)


def shown(value: object, shape: str) -> str:
    """The value of a cell as its sheet shows it under the number format `shape`; line ends as LF, however they came into it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, shape)
    return _day(value, shape) if isinstance(value, date) else BREAK.sub("\n", str(value))


def _number(value: float, shape: str) -> str:
    """A minus that only a colour stands for is written."""
    with localcontext(rounding=ROUND_HALF_UP):
        number = Decimal(format(value, ".15g"))  # all that a sheet keeps: no 3.0000000000000004
        sections = SECTIONS.split(shape)
        place = 1 if number < 0 else 0 if number else 2
        section = sections[place if place < len(sections) else 0]
        pieces = [*PIECE.finditer(section)]
        if sum(bool(piece["digits"]) for piece in pieces) > 1 or any(RICH.match(piece[0]) for piece in pieces):
            return _general(number)
        size = abs(number) * 100 ** sum(piece["other"] == "%" for piece in pieces)
        words = [_digits(size, piece["digits"]) if piece["digits"] else piece[piece.lastgroup or 0] for piece in pieces if piece.lastgroup]
    text = "".join(words).strip()
    return f"-{text}" if number < 0 and text and not re.search("[-(（]", text) else text


def _digits(size: Decimal, shape: str) -> str:
    """#,##0.0 → 1,234.5; a comma at the end stands for a thousand."""
    if shape == "General":
        return _general(size)
    thousands = len(shape) - len(shape.rstrip(","))
    whole, _, decimals = shape.rstrip(",").partition(".")
    text = format(size / 1000**thousands, f"{',' * (',' in whole)}.{len(decimals)}f")
    before, _, after = text.partition(".")
    least = len(decimals.rstrip("#?"))
    after = after[:least] + after[least:].rstrip("0")
    before = "" if before == "0" and "0" not in whole else before.zfill(whole.count("0"))
    return f"{before}.{after}" if after else before


def _general(number: Decimal) -> str:
    digits = format(number, f".{max(0, MOST_DIGITS - len(str(abs(int(number)))))}f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _day(value: date, shape: str) -> str:
    """A date in ISO, with its time where it has one; of a format without a day (yyyy年m月) what that shows."""
    bare = re.sub(r'\[[^\]]*\]|["\\;@]', "", shape).lower()
    if not re.search("d|h|mmm", bare):
        return re.sub("m+", str(value.month), re.sub("y+", str(value.year), bare))
    has_time = isinstance(value, datetime) and (value.hour or value.minute)
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) and has_time else value.isoformat()[:10]
