"""Which module reads which suffix, and what each hands on. Asking a question loads none of them, a build only those it needs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module

from index.errors import ReadError
from index.records import Box, Cell, Progress, Span, Unread

MOST_CHARACTERS = 4_000_000  # the longest report known has under 40,000; what unpacks to more is not a report


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a table's row as its file gives it: its words, the column in which it begins, how many columns and rows it covers."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a file, or a row of a table.

    `depth` is its depth as a heading where the format marks it as one (1 is the outermost, 0 none). `row` holds the cells of a row;
    `table` numbers the tables of a file from 1, so that rows of two tables that follow each other are told apart. A row in which every
    cell is covered by one above has no line. `note` is the mark of a footnote (1, ①) where the line is its text.
    """

    text: str
    depth: int = 0
    row: tuple[Slot, ...] = ()
    table: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """One report as its file gives it.

    `headings` maps a line of the text (1-based) to its depth where the format marks it as a heading (1 is the outermost).
    `tables` holds the cells of each table, `notes` the lines that are footnotes with their marks. `given` holds fields of the masthead
    that stand beside the text, and `origin` where: in a table's columns, in the file's metadata. `unread` is what was left out, and why.
    `key` tells apart the reports of one file.
    """

    text: str
    headings: Mapping[int, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    is_file: bool = False  # the text is the file itself, as decoded: nothing may be left out of it
    tables: tuple[tuple[Cell, ...], ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    origin: str = "columns"
    boxes: tuple[Box, ...] = ()


SPACE = re.compile(r"\s+")
BETWEEN_CELLS = "\t"


def of_lines(lines: Iterable[Line], *, given: Mapping[str, str] | None = None, unread: Sequence[Unread] = ()) -> Extracted:
    """Lines → a text with a line for each that is not empty; of a row its cells, parted by tabs. `given` is the file's metadata."""
    text, offset = list[str](), 0
    headings, notes, tables = dict[int, int](), dict[int, str](), dict[int, list[Cell]]()
    rows: Counter[int] = Counter()
    for line in lines:
        slots = [replace(slot, text=SPACE.sub(" ", slot.text).strip()) for slot in line.row]
        words = BETWEEN_CELLS.join(slot.text for slot in slots if slot.text) if line.row else line.text.strip()
        start = offset
        for slot in slots:
            if slot.text:
                place = Span(start, start + len(slot.text))
                tables.setdefault(line.table, []).append(Cell(place, rows[line.table], slot.column, slot.rows, slot.columns))
                start = place.end + len(BETWEEN_CELLS)
        rows[line.table] += bool(line.row)
        if not words:
            continue
        text.append(f"{words}\n")
        offset += len(words) + 1
        if line.depth:
            headings[len(text)] = line.depth
        if line.note:
            notes[len(text)] = line.note
    found = tuple(map(tuple, tables.values()))
    return Extracted("".join(text), headings, given or {}, "", False, found, notes, tuple(unread), "metadata")


MODULES = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".pdf": "paged.pdf",
    ".csv": "spreadsheet",
    ".xlsx": "workbook",
}
SUFFIXES = tuple(MODULES)
EMPTY = "里面没有文字"


def extract(data: bytes, suffix: str, name: str, progress: Progress = lambda *_: None) -> list[Extracted | ReadError]:
    """The reports of a file, in its order: of a table a row each, else one. A row that cannot be read stands as its error.

    `progress` is told of the pages of a scan, which take seconds each.

    Raises ReadError, in one line that begins with `name`, for a file that cannot be read.
    """
    module = import_module(f"index.read.{MODULES[suffix]}")
    read = partial(module.extract, progress=progress) if suffix == ".pdf" else module.extract
    found: list[Extracted | ReadError] = read(data, name)
    return [one if isinstance(one, ReadError) else _checked(one, name) for one in found]


def _checked(one: Extracted, name: str) -> Extracted | ReadError:
    where = f"{name}：{one.key}：" if one.key else f"{name}："
    if not one.text.strip():
        return ReadError(f"{where}{EMPTY}")
    if len(one.text) > MOST_CHARACTERS:
        return ReadError(f"{where}有 {len(one.text)} 个字，超过 {MOST_CHARACTERS} 的上限，不像一份报告")
    return one
