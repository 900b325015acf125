"""CSV: a report a row, in a column that says so (全文, content …), with the columns of its masthead."""

import csv
import io
import re
from collections import Counter

from index.errors import ReadError
from index.lexicon import load
from index.read.formats import MOST_CHARACTERS, Extracted
from index.read.plain import decode

DELIMITERS = ",;\t|"
DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0|年.*)?")  # a year that a spreadsheet took for a measure is 2026.0


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    csv.field_size_limit(MOST_CHARACTERS)
    text = decode(data, name)
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        rows = [*csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise ReadError(f"{name}：表格读不通（{error}）；请另存为 CSV") from None
    columns = {column.strip().lower(): column for column in (rows[0] if rows else {}) if isinstance(column, str)}
    words = load("columns")
    full = next((columns[word] for word in words["text"] if word in columns), None)
    if full is None:
        raise ReadError(f"{name}：没有放全文的列；请把那一列的标题写成 全文（或 {'、'.join(words['text'][1:4])}、content …）")
    fields = {field: [columns[word] for word in named if word in columns] for field, named in words["masthead"].items()}
    taken: Counter[str] = Counter()
    return [_report(row, number, full, fields, taken, name) for number, row in enumerate(rows, start=1)]


def _report(
    row: dict[str, str], number: int, full: str, fields: dict[str, list[str]], taken: Counter[str], name: str
) -> Extracted | ReadError:
    """A row; its key is its place and year, which outlive a row put in above, else its number."""
    said = {field: [_value(field, row.get(column)) for column in named] for field, named in fields.items()}
    given = {field: next(filter(None, values)) for field, values in said.items() if any(values)}
    is_named = {"place", "year_planned"} <= given.keys()
    key = given["place"] + given["year_planned"] if is_named else str(number)
    taken[key] += 1
    if taken[key] > 1:
        key = f"{key}_{taken[key]}"
    text = (row.get(full) or "").replace("\r\n", "\n")
    if not text.strip():
        return ReadError(f"{name}：第 {number} 行没有全文")
    return Extracted(text, given=given, key=key, is_file=True)


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
