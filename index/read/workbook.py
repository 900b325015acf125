"""Workbooks by openpyxl: a report a row where a column holds the full text, else one document of the sheets' tables."""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import prod
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange

from index.errors import ReadError
from index.read.formats import Extracted, Slot, of_lines
from index.read.spreadsheet import Rows, sheet_lines, sheet_reports
from index.records import Unread

ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: a workbook behind a password, or an old .xls under a new name
MOST_BYTES = 64_000_000  # unpacked; zipfile itself reads no more than a file's directory says
MOST_CELLS = 500_000  # openpyxl makes an object of each, also of those that a merged one or a link covers
CELL = re.compile(rb'<(?:\w+:)?c[\s/>]|<(?:\w+:)?(?:mergeCell|hyperlink)\s(?:[^>]*\s)?ref="([A-Z]+\d+:[A-Z]+\d+)"')
TITLED = re.compile("报告|公报|计划|规划|纲要|草案|预算")
LAST = 16_384  # the last column that there can be
FEW = 20  # places named of those that are left out of a sheet
BREAK = re.compile(r"\\r\\n|_x000D_\n?|\r\n?")  # as other programs write them into a cell: as four characters, escaped
FIXED = re.compile(r"(?<![\d.#?+])([#,]*)0(?:\.(0+))?(?![\d.#?,!/E])")  # of a number format: 0, 0.00, #,##0.0


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    book = _opened(data, name)
    sheets, unread = dict[str, Rows](), [Unread(f"工作表 {one.title}", "图表没有读") for one in book.chartsheets]
    for one in book.worksheets:
        rows, left_out = _shown(one) if one.sheet_state == "visible" else ({}, ["隐藏的工作表"] * bool(one._cells))
        sheets |= {one.title: rows} if rows else {}
        named = "、".join(left_out[:FEW]) + f" 等 {len(left_out)} 处" * (len(left_out) > FEW)
        unread += [Unread(f"工作表 {one.title}", f"没有读：{named}")] if left_out else []
    title = str(book.properties.title or "")
    found = sheet_reports(sheets, name) or [of_lines(sheet_lines(sheets), given={"title": title} if TITLED.search(title) else {})]
    return [replace(one, unread=tuple(unread)) if isinstance(one, Extracted) else one for one in found]


def _opened(data: bytes, name: str) -> Any:
    """Raises ReadError for what is no workbook, and before openpyxl makes its cells for what would take too much memory."""
    if data.startswith(ENCRYPTED):
        raise ReadError(f"{name}：有密码保护，或是旧的 .xls 格式；请在 Excel 里另存为没有密码的 .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > MOST_BYTES:
                raise ReadError(f"{name}：解压后有 {size} 字节，超过 {MOST_BYTES} 的上限，不像一份报告")
            areas = [one[1] for part in archive.namelist() for one in CELL.finditer(archive.read(part))]
        cells = sum(prod(CellRange(area.decode()).size.values()) if area else 1 for area in areas)
        if cells > MOST_CELLS:
            raise ReadError(f"{name}：有 {cells} 个单元格，超过 {MOST_CELLS} 的上限，不像一份报告")
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that it passes over
            return load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except ReadError:
        raise
    except Exception:  # openpyxl checks little: what is wrong with a file comes up as whatever it ran into
        raise ReadError(f"{name}：不是完好的 Excel 工作簿；请在 Excel 里打开后另存为 .xlsx") from None


def _shown(sheet: Any) -> tuple[Rows, list[str]]:
    """What a sheet shows, and what is left out of it; a merged cell begins in the first of its rows and columns that are not hidden."""
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {number for one in sheet.column_dimensions.values() if one.hidden for number in range(one.min, min(one.max, LAST) + 1)}
    ends = {(one.min_row, one.min_col): (one.max_row, one.max_col) for one in sheet.merged_cells.ranges}
    left_out = [f"{len(drawn)} 幅{kind}" for kind, drawn in (("图表", sheet._charts), ("图片", sheet._images)) if drawn]
    found = defaultdict[int, dict[int, Slot]](dict)
    for (top, left), cell in sheet._cells.items():
        words, (bottom, right) = _words(cell), ends.get((top, left), (top, left))
        row = next((one for one in range(top, bottom + 1) if one not in rows), 0)
        column = next((one for one in range(left, right + 1) if one not in columns), 0)
        if words and row and column:
            while bottom + 1 in rows:  # so that hidden rows part no table
                bottom += 1
            left_out += [f"错误的值 {cell.coordinate}"] * (cell.data_type == "e")
            found[row][column] = Slot("" if cell.data_type == "e" else words, column, right - column + 1, bottom - row + 1)
        elif words:
            left_out.append(f"隐藏的 {cell.column_letter} 列" if row else f"隐藏的第 {top} 行")
    return {row: [slots[column] for column in sorted(slots)] for row, slots in sorted(found.items())}, [*dict.fromkeys(left_out)]


def _words(cell: Any) -> str:
    """What a cell shows, but for words and colours in its number format; line ends as LF, dates in ISO."""
    if cell.data_type != "n" or cell.value is None:
        return BREAK.sub("\n", "" if cell.value is None else str(cell.value)).removesuffix(" 00:00:00").strip()
    shape = cell.number_format.partition(";")[0]
    fixed, is_percent = FIXED.search(shape), "%" in shape
    with localcontext(prec=15, rounding=ROUND_HALF_UP):  # all that a sheet keeps: no 3.0000000000000004
        number = Decimal(str(cell.value)) * (100 if is_percent else 1)
        text = format(number, f"{',' * (',' in fixed[1])}.{len(fixed[2] or '')}f") if fixed else format(number.normalize(), "f")
    return text + "%" * is_percent
