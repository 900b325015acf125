"""Workbooks by openpyxl: a report a row where a column holds the full text, else one document of the sheets' tables."""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from math import prod
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from index.errors import ReadError
from index.read.formats import Extracted, of_lines
from index.read.spreadsheet import Place, Sheet, head_of, runs, sheet_lines, sheet_reports, shown
from index.records import Unread

ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: a workbook behind a password, or an old .xls under a new name
MOST_BYTES = 64_000_000  # unpacked; zipfile itself reads no more than a file's directory says
MOST_CELLS = 500_000  # openpyxl makes an object of each, also of those that a merged one or a link covers
CELL = re.compile(rb'<(?:\w+:)?c[\s/>]|<(?:\w+:)?(?:mergeCell|hyperlink)\s(?:[^>]*\s)?ref="([A-Z]+\d+:[A-Z]+\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
TITLED = re.compile("报告|公报|计划|规划|纲要|草案|预算")
LONGEST = 32_767  # what a cell holds: programs cut longer texts without a word
LAST = 16_384  # the last column that there can be
TOO_MUCH = 1e300  # what no sheet can hold
FEW = 5  # cells named of those left out for one reason
# A Chinese Excel numbers these formats and does not say what they are: without them a day is 45000.
BUILTIN_FORMATS.update(dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月") | dict.fromkeys((28, 29, 31, 51, 53, 54, 58), "yyyy年m月d日"))


def extract(data: bytes, name: str) -> list[Extracted | ReadError]:
    book, formulas = _opened(data, name)
    unread = [Unread(f"工作表 {one.title}", "图表没有读") for one in book.chartsheets]
    sheets = list[Sheet]()
    for one in book.worksheets:
        sheet = _sheet(one, formulas[one.title])
        is_shown = one.sheet_state == "visible"
        unread += sheet.unread if is_shown else [Unread(f"工作表 {one.title}", "隐藏的工作表没有读")] * bool(sheet.cells or sheet.unread)
        sheets += [sheet] * (is_shown and bool(sheet.cells))
    if any(map(head_of, sheets)):
        return sheet_reports(sheets, name) + [ReadError(f"{name}：{one.where}：{one.why}") for one in unread]
    title = str(book.properties.title or "")
    return [of_lines(sheet_lines(sheets), given={"title": title} if TITLED.search(title) else {}, unread=unread)]


def _opened(data: bytes, name: str) -> tuple[Any, Any]:
    """The workbook with what its formulas came to, and with the formulas."""
    if data.startswith(ENCRYPTED):
        raise ReadError(f"{name}：有密码保护，或是旧的 .xls 格式；请在 Excel 里另存为没有密码的 .xlsx")
    try:
        has_formulas = _has_formulas(data, name)
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that it passes over
            values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(data), keep_links=False) if has_formulas else values
    except ReadError:
        raise
    except Exception:  # openpyxl checks little: what is wrong with a file comes up as whatever it ran into
        raise ReadError(f"{name}：不是完好的 Excel 工作簿；请在 Excel 里打开后另存为 .xlsx") from None
    return values, formulas


def _has_formulas(data: bytes, name: str) -> bool:
    """Raises ReadError for a workbook that would take too much memory, before openpyxl makes its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            raise ReadError(f"{name}：解压后有 {size} 字节，超过 {MOST_BYTES} 的上限，不像一份报告")
        parts = [*map(archive.read, archive.namelist())]
    cells = sum(prod(CellRange(one[1].decode()).size.values()) if one[1] else 1 for part in parts for one in CELL.finditer(part))
    if cells > MOST_CELLS:
        raise ReadError(f"{name}：有 {cells} 个单元格，超过 {MOST_CELLS} 的上限，不像一份报告")
    return any(map(FORMULA.search, parts))


def _sheet(sheet: Any, formulas: Any) -> Sheet:
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {number for one in sheet.column_dimensions.values() if one.hidden for number in range(one.min, min(one.max, LAST) + 1)}
    places, ends = _merged(sheet, rows, columns)
    found, gone_rows, gone_columns = defaultdict[int, dict[int, str]](dict), set[int](), set[int]()
    faults = defaultdict[str, list[str]](list)
    for place, cell in sorted(sheet._cells.items(), key=lambda one: places.get(one[0], one[0])):
        row, column = places.get(place, place)
        words, why = _words(cell, formulas._cells[place])
        if not words.strip() and not why:
            continue
        if row in rows:
            gone_rows.add(row)
        elif column in columns:
            gone_columns.add(column)
        else:
            found[row][column] = words
            if why:
                faults[why].append(cell.coordinate)
    return Sheet(sheet.title, rows, ends, found, _unread(sheet, gone_rows, gone_columns, faults))


def _merged(sheet: Any, rows: set[int], columns: set[int]) -> tuple[dict[Place, Place], dict[Place, Place]]:
    """Where merged cells are seen to begin, the first of their rows and columns being hidden or not, and from there where they end."""
    begins, ends = dict[Place, Place](), dict[Place, Place]()
    for one in sheet.merged_cells.ranges:
        row = next((number for number in range(one.min_row, one.max_row + 1) if number not in rows), one.min_row)
        column = next((number for number in range(one.min_col, one.max_col + 1) if number not in columns), one.min_col)
        begins[one.min_row, one.min_col] = row, column
        ends[row, column] = one.max_row, one.max_col
    return begins, ends


def _words(cell: Any, formula: Any) -> tuple[str, str]:
    """What a cell shows, and why that is not all of it, "" where it is."""
    value = cell.value
    if value is None:  # a formula that came to no words is a text without them
        return "", "公式没有算出的值" if formula.data_type == "f" and cell.data_type != "str" else ""
    if cell.data_type == "e" or (isinstance(value, int | float) and not abs(value) < TOO_MUCH):
        return "", f"错误的值 {str(value)[:20]}"
    words = shown(value, cell.number_format)
    if words.startswith("=DISPIMG("):  # WPS keeps a picture in a cell as this
        return "", "图片没有读"
    return words, f"满 {LONGEST} 字，一格只放得下这么多，后面的可能没有存下" if len(str(value)) >= LONGEST else ""


def _unread(sheet: Any, rows: set[int], columns: set[int], faults: dict[str, list[str]]) -> list[Unread]:
    found = [(f"，第 {runs(rows, str)} 行", "隐藏的行没有读")] * bool(rows)
    found += [(f"，第 {runs(columns, get_column_letter)} 列", "隐藏的列没有读")] * bool(columns)
    found += [("，" + "、".join(cells[:FEW]) + f" 等 {len(cells)} 格" * (len(cells) > FEW), why) for why, cells in faults.items()]
    found += [("", f"{len(drawn)} 幅{kind}没有读") for kind, drawn in (("图表", sheet._charts), ("图片", sheet._images)) if drawn]
    return [Unread(f"工作表 {sheet.title}{where}", why) for where, why in found]
