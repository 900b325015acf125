"""Workbooks by openpyxl: a report a row where a column holds the full text, else one document of the sheets' tables."""

import io
import re
import warnings
import zipfile
from collections.abc import Collection
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import groupby
from math import prod
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from index.errors import ReadError
from index.read.formats import Extracted, of_lines
from index.read.spreadsheet import Box, Sheet, sheet_lines, sheet_reports
from index.records import Unread

ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: a workbook behind a password, or an old .xls under a new name
MOST_BYTES = 64_000_000  # unpacked; zipfile itself reads no more than a file's directory says
MOST_CELLS = 500_000  # openpyxl makes an object of each, also of those that a merged one or a link covers
CELL = re.compile(rb'<(?:\w+:)?c[\s/>]|<(?:\w+:)?(?:mergeCell|hyperlink)\s(?:[^>]*\s)?ref="([A-Z]+\d+:[A-Z]+\d+)"')
TITLED = re.compile("报告|公报|计划|规划|纲要|草案|预算")
LAST = 16_384  # the last column that there can be
FEW = 5  # places named of those left out for one reason
BREAK = re.compile(r"\\r\\n|_x000D_\n?|\r\n?")  # as other programs write them into a cell: as four characters, escaped
FIXED = re.compile(r"(?<![\d.#?+])([#,]*)0(?:\.(0+))?(?![\d.#?,!/E])")  # of a number format: 0, 0.00, #,##0.0


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    book = _opened(data, name)
    unread = [Unread(f"工作表 {one.title}", "图表没有读") for one in book.chartsheets]
    sheets = list[Sheet]()
    for one in book.worksheets:
        if one.sheet_state == "visible":
            sheets.append(_sheet(one))
            left_out = sheets[-1].left_out
        else:
            left_out = ["隐藏的工作表"] * bool(one._cells)
        unread += [Unread(f"工作表 {one.title}", "没有读：" + "；".join(left_out))] * bool(left_out)
    sheets = [sheet for sheet in sheets if sheet.rows]
    title = str(book.properties.title or "")
    given = {"title": title} if TITLED.search(title) else {}
    return sheet_reports(sheets, name, unread) or [of_lines(sheet_lines(sheets), given=given, unread=unread)]


def _opened(data: bytes, name: str) -> Any:
    if data.startswith(ENCRYPTED):
        raise ReadError(f"{name}：有密码保护，或是旧的 .xls 格式；请在 Excel 里另存为没有密码的 .xlsx")
    try:
        _check_size(data, name)
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that it passes over
            return load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except ReadError:
        raise
    except Exception:  # openpyxl checks little: what is wrong with a file comes up as whatever it ran into
        raise ReadError(f"{name}：不是完好的 Excel 工作簿；请在 Excel 里打开后另存为 .xlsx") from None


def _check_size(data: bytes, name: str) -> None:
    """Raises ReadError for a workbook that would take too much memory, before openpyxl makes its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            raise ReadError(f"{name}：解压后有 {size} 字节，超过 {MOST_BYTES} 的上限，不像一份报告")
        found = [one[1] for part in archive.namelist() for one in CELL.finditer(archive.read(part))]
    cells = sum(prod(CellRange(area.decode()).size.values()) if area else 1 for area in found)
    if cells > MOST_CELLS:
        raise ReadError(f"{name}：有 {cells} 个单元格，超过 {MOST_CELLS} 的上限，不像一份报告")


def _sheet(sheet: Any) -> Sheet:
    """A merged cell is seen where the first of its rows and columns is that are not hidden."""
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {number for one in sheet.column_dimensions.values() if one.hidden for number in range(one.min, min(one.max, LAST) + 1)}
    ends = {(one.min_row, one.min_col): (one.max_row, one.max_col) for one in sheet.merged_cells.ranges}
    boxes, hidden_rows, hidden_columns, faults = list[Box](), set[int](), set[int](), list[str]()
    for place, cell in sheet._cells.items():
        words = "" if cell.value is None else shown(cell.value, cell.number_format)
        if not words.strip():
            continue
        end = ends.get(place, place)
        row, column = (next((one for one in range(place[i], end[i] + 1) if one not in (rows, columns)[i]), 0) for i in (0, 1))
        if not row:
            hidden_rows.add(place[0])
        elif not column:
            hidden_columns.add(place[1])
        else:
            faults += [cell.coordinate] * (cell.data_type == "e")
            boxes.append(Box(row, column, "" if cell.data_type == "e" else words, *end))
    named = [("隐藏的行", sorted(hidden_rows)), ("隐藏的列", [*map(get_column_letter, sorted(hidden_columns))]), ("错误的值", faults)]
    left_out = [f"{kind} {_listed(places)}" for kind, places in named if places]
    left_out += [f"{len(drawn)} 幅{kind}" for kind, drawn in (("图表", sheet._charts), ("图片", sheet._images)) if drawn]
    return Sheet(sheet.title, {row: [*found] for row, found in groupby(sorted(boxes), lambda box: box.row)}, rows, left_out)


def _listed(places: Collection[object]) -> str:
    named = [*map(str, places)]
    return "、".join(named[:FEW]) + f" 等 {len(named)} 处" * (len(named) > FEW)


def shown(value: object, shape: str) -> str:
    """The value of a cell as its sheet shows it, but for words and colours in its format; line ends as LF, dates in ISO."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return BREAK.sub("\n", str(value))
    shape = shape.partition(";")[0]
    fixed = FIXED.search(shape)
    is_percent = "%" in shape
    with localcontext(prec=15, rounding=ROUND_HALF_UP):  # all that a sheet keeps: no 3.0000000000000004
        number = Decimal(str(value)) * (100 if is_percent else 1)
        text = format(number, f"{',' * (',' in fixed[1])}.{len(fixed[2] or '')}f") if fixed else format(number.normalize(), "f")
    return text + "%" * is_percent
