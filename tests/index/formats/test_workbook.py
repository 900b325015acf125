"""Workbooks: a report a row, or sheets of tables as they are shown; what is left out is listed, and what is no workbook refused."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from index import paths
from index.errors import ReadError
from index.read import workbook
from index.read.formats import Extracted, extract
from index.records import Cell, Unread
from tests.index.formats import writers

BODY = "各位代表：\n地区生产总值增长9%。"
TABLE: list[Any] = [["指标", "2024年", "2025年"], ["生产总值", 100, 109], ["财政收入", 10, 11]]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(*sheets: tuple[str, list[Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def read(book: Workbook) -> list[Extracted | ReadError]:
    return extract(saved(book), ".xlsx", "file")


def one(book: Workbook) -> Extracted:
    (found,) = read(book)
    assert isinstance(found, Extracted)
    return found


def lines(book: Workbook) -> list[str]:
    return one(book).text.splitlines()


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook in which openpyxl would not have written the part like this."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            made.writestr(name, change(whole.read(name).decode()) if name == part else whole.read(name))
    return out.getvalue()


def table(found: Extracted, number: int) -> list[tuple[str, int, int, int, int]]:
    cells: tuple[Cell, ...] = found.tables[number]
    return [(cell.span.of(found.text), cell.row, cell.column, cell.rows, cell.columns) for cell in cells]


def test_a_report_a_row() -> None:
    """Below a title and an empty row; years that were taken for numbers, days, three kinds of line ends."""
    rows: list[Any] = [["各县政府工作报告汇编"], [], ["地区", "年份", "日期", "报告全文"]]
    rows += [
        ["甲县", 2026.0, datetime(2026, 1, 9), BODY],
        ["乙县", "2025年", "2025.2.3", "一、回顾\\r\\n增长9%。_x000D_\n二、任务\r\n增长8%。"],
    ]
    rows += [["丙县", 2024, None, " "], ["甲县", 2026, None, "增长7%。"]]
    first, second, none, again = read(filled(("汇编", rows)))
    assert isinstance(first, Extracted)
    assert isinstance(second, Extracted)
    assert isinstance(again, Extracted)
    assert (first.key, first.text, first.is_file, first.origin) == ("甲县2026", BODY, False, "columns")
    assert first.given == {"place": "甲县", "year_planned": "2026", "date": "2026-01-09"}
    assert second.text == "一、回顾\n增长9%。\n二、任务\n增长8%。"
    assert second.given["date"] == "2025-02-03"
    assert str(none) == "file：第 6 行没有全文"
    assert again.key == "甲县2026_2"


def test_reports_on_two_sheets_and_one_without() -> None:
    """The rows are numbered as the sheet numbers them; a sheet without texts is not passed over in silence."""
    found = read(
        filled(("冀", [["全文"], [BODY]]), ("晋", [["正文", "题目"], ["增长8%。", "报告"], [None, "空"]]), ("说明", TABLE), ("空", []))
    )
    told = [f"{item.key} {item.text}" if isinstance(item, Extracted) else str(item) for item in found]
    assert told == [f"2 {BODY}", "2_2 增长8%。", "file：工作表 晋：第 3 行没有全文", "file：工作表 说明：没有放全文的列"]


def test_what_is_merged_over_rows_holds_for_each() -> None:
    book = filled(("汇编", [["地区", "年份", "全文"], ["甲县", 2025, BODY], [None, 2026, "增长8%。"], [None, 2027, "增长7%。"]]))
    book["汇编"].merge_cells("A2:A3")
    assert [item.key for item in read(book) if isinstance(item, Extracted)] == ["甲县2025", "甲县2026", "4"]


def test_a_list_says_what_it_leaves_out() -> None:
    book = filled(("汇编", [["全文", "年份"], [BODY, 2025], ["增长8%。", 2026], ["增长7%。", "#REF!"]]), ("底稿", TABLE))
    book["汇编"].row_dimensions[3].hidden = True
    book["底稿"].sheet_state = "hidden"
    told = (Unread("工作表 汇编", "没有读：隐藏的第 3 行、错误的值 B4"), Unread("工作表 底稿", "没有读：隐藏的工作表"))
    assert [(item.key, item.unread) for item in read(book) if isinstance(item, Extracted)] == [("2", told), ("4", told)]


@pytest.mark.parametrize("name", ["内容", "文本", "Text", "content", "body", "report", "document"])
def test_a_loose_name_needs_a_long_cell(name: str) -> None:
    """A table of tasks with a column so called is no list of reports; one with a name that says more is, however short."""
    rows: list[Any] = [["序号", name], [1, "新建学校"], [2, "修复公路" * 24 + "共三条"]]
    assert [len(cells) for cells in one(filled(("任务", rows))).tables] == [6]
    rows[2][1] += "。"
    assert [item.text for item in read(filled(("任务", rows))) if isinstance(item, Extracted)] == ["新建学校", rows[2][1]]
    rows[0][1], rows[2][1] = "正文", "短。"
    assert len(read(filled(("任务", rows)))) == 2


def test_a_head_without_rows_is_refused() -> None:
    (error,) = read(filled(("汇编", [["地区", "全文"]])))
    assert isinstance(error, ReadError)
    assert "没有一行报告" in str(error)


def test_titles_tables_and_notes() -> None:
    """The first is parted from the second by an empty row, the second from the third by a title over the full width."""
    rows = [
        ["表一 主要指标"],
        ["附件", None, "单位：亿元"],
        *TABLE,
        ["为快报数。\n按现价计算。"],
        [],
        ["收入", 1, 2],
        ["支出", 3, 4],
        ["三、其他"],
        ["债务", 5, 6],
    ]
    book = filled(("Sheet1", rows))
    book["Sheet1"].merge_cells("A1:C1")
    book["Sheet1"].merge_cells("A10:C10")
    found = one(book)
    texts = [
        "表一 主要指标",
        "附件",
        "单位：亿元",
        "指标\t2024年\t2025年",
        "生产总值\t100\t109",
        "财政收入\t10\t11",
        "为快报数。",
        "按现价计算。",
    ]
    assert found.text.splitlines() == [*texts, "收入\t1\t2", "支出\t3\t4", "三、其他", "债务\t5\t6"]
    assert [len(cells) for cells in found.tables] == [9, 6, 3]
    assert table(found, 0)[:4] == [("指标", 0, 0, 1, 1), ("2024年", 0, 1, 1, 1), ("2025年", 0, 2, 1, 1), ("生产总值", 1, 0, 1, 1)]
    assert found.headings == {}


def test_a_lone_cell_within_a_table_is_its_row() -> None:
    """A group of rows has a name and no numbers; only what is marked as a note or as the next table's title parts them."""
    found = one(filled(("Sheet", [*TABLE, ["其中："], ["税收", 8, 9], ["表2 支出"], *TABLE])))
    assert [len(cells) for cells in found.tables] == [13, 9]
    assert ("其中：", 3, 0, 1, 1) in table(found, 0)


def test_merged_cells_cover_rows_and_columns() -> None:
    """The third column is only there for the merged cells over it, so it is none."""
    book = filled(("Sheet", [["指标", "完成数", None, None], [None, "2024年", None, "2025年"], ["生产总值", 100, None, 109]]))
    for place in ("A1:A2", "B1:D1", "B2:C2", "B3:C3"):
        book.active.merge_cells(place)
    cells = [("指标", 0, 0, 2, 1), ("完成数", 0, 1, 1, 2), ("2024年", 1, 1, 1, 1), ("2025年", 1, 2, 1, 1)]
    assert table(one(book), 0)[:4] == cells


def test_a_row_that_is_covered_from_above_parts_no_table() -> None:
    book = filled(("Sheet", [["指标", "数"], [], ["增速", "9%"]]))
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:B2")
    assert table(one(book), 0) == [("指标", 0, 0, 1, 1), ("数", 0, 1, 1, 1), ("增速", 1, 0, 1, 1), ("9%", 1, 1, 1, 1)]


def test_names_of_sheets_are_headings() -> None:
    found = one(filled(("收入表", TABLE), ("Sheet2", TABLE), ("空表", [])))
    assert found.headings == {1: 1}
    assert found.text.splitlines()[0] == "收入表"
    assert len(found.tables) == 2
    assert lines(filled(("收入表", TABLE), ("空表", [])))[0] == "指标\t2024年\t2025年"


def test_one_column_of_paragraphs_is_text() -> None:
    found = one(filled(("Sheet1", [["甲县2025年政府工作报告"], ["各位代表："], ["增长9%。"]])))
    assert found.text == "甲县2025年政府工作报告\n各位代表：\n增长9%。\n"
    assert found.tables == ()


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (3.0000000000000004, "General", "3"),
        (1 / 3, "General", "0.333333333333333"),
        (2026.0, "General", "2026"),
        (130607, "@", "130607"),
        (2.675, "0.00", "2.68"),  # as written; as a float it is a little less
        (9, "0.0", "9.0"),
        (1234567.8, "#,##0", "1,234,568"),
        (1234.5, "#,##0.00_ ", "1,234.50"),
        (0.0523, "0.0%", "5.2%"),
        (1.09, "0%", "109%"),
        (-0.031, "0.0%", "-3.1%"),
        (-5, "0.00;[Red]0.00", "-5.00"),  # red is all that tells it from 5 on the sheet
        (-12.5, r"#,##0.0_);\(#,##0.0\)", "-12.5"),
        (1234, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.00"),
        (1.5, "0.0#", "1.5"),
        (123_456, '0!.0,"万"', "123456"),  # 12.3万 by a trick: the number itself says the same
        (1e200, "0.00", "1" + "0" * 200 + ".00"),
        (False, "General", "False"),
        (date(2025, 3, 9), 'yyyy"年"m"月"d"日"', "2025-03-09"),
        (datetime(2025, 3, 9, 8, 30), "yyyy-mm-dd h:mm", "2025-03-09 08:30:00"),
    ],
)
def test_numbers_as_they_are_shown(value: object, shape: str, shown: str) -> None:
    book = filled(("Sheet", [["项目", value]]))
    book.active["B1"].number_format = shape
    assert lines(book) == [f"项目\t{shown}"]


def test_values_that_are_none_are_left_out_and_errors_listed() -> None:
    found = one(filled(("收入", [["增速", "=B2/B3", "#DIV/0!"], ["比重", 9, "=1+1"], [*"甲乙丙丁戊己"]])))
    assert found.text.splitlines() == ["增速", "比重\t9", "甲\t乙\t丙\t丁\t戊\t己"]
    assert found.unread == (Unread("工作表 收入", "没有读：错误的值 C1"),)


def test_of_much_that_is_left_out_some_is_named() -> None:
    found = one(filled(("收入", [["增速", "比重"], *[["#N/A", 9]] * (workbook.FEW + 1)])))
    assert found.unread[0].why.endswith("、错误的值 A21 等 21 处")


def test_a_formula_that_came_to_a_value_or_to_no_words_is_read() -> None:
    data = saved(filled(("Sheet", [["增速", "=B2", "=C2"]])))

    def computed(text: str) -> str:
        assert text.count("<v></v>") + text.count("<v />") + text.count("<v/>") == 2
        marked = text.replace("<v />", "<v></v>").replace("<v/>", "<v></v>").replace('<c r="C1"', '<c r="C1" t="str"')
        return marked.replace("<v></v>", "<v>9.5</v>", 1)

    (found,) = extract(edited(data, "xl/worksheets/sheet1.xml", computed), ".xlsx", "file")
    assert isinstance(found, Extracted)
    assert (found.text, found.unread) == ("增速\t9.5\n", ())


def test_hidden_rows_columns_and_sheets_are_left_out_and_listed() -> None:
    book = filled(("收入", [[f"项目{row}", row, row * 2, "末"] for row in range(1, 9)]), ("底稿", TABLE), ("空", []))
    for row in (5, 6, 8):
        book["收入"].row_dimensions[row].hidden = True
    book["收入"].column_dimensions.group("B", "C", hidden=True)
    book["底稿"].sheet_state = "veryHidden"
    book["空"].sheet_state = "hidden"
    found = one(book)
    assert found.text.splitlines() == [f"项目{row}\t末" for row in (1, 2, 3, 4, 7)]
    assert len(found.tables) == 1
    assert found.unread == (
        Unread("工作表 收入", "没有读：隐藏的 B 列、隐藏的 C 列、隐藏的第 5 行、隐藏的第 6 行、隐藏的第 8 行"),
        Unread("工作表 底稿", "没有读：隐藏的工作表"),
    )


def test_a_merged_cell_is_seen_beside_its_hidden_column() -> None:
    book = filled(("Sheet", [["主要", "指标", None], ["生产总值", 1, 2]]))
    book.active.merge_cells("B1:C1")
    book.active.column_dimensions["B"].hidden = True
    found = one(book)
    assert table(found, 0) == [("主要", 0, 0, 1, 1), ("指标", 0, 1, 1, 1), ("生产总值", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]
    assert found.unread == (Unread("工作表 Sheet", "没有读：隐藏的 B 列"),)


def test_charts_and_pictures_are_listed(tmp_path: Path) -> None:
    book = filled(("收入", TABLE), ("图", []))
    chart = BarChart()
    chart.add_data(Reference(book["收入"], min_col=2, min_row=1, max_row=3))
    book["收入"].add_chart(chart, "E1")
    Picture.new("RGB", (9, 9)).save(tmp_path / "a.png")
    book["图"].add_image(Image(tmp_path / "a.png"), "A1")
    book.create_chartsheet("图表页").add_chart(BarChart())
    told = {Unread("工作表 收入", "没有读：1 幅图表"), Unread("工作表 图", "没有读：1 幅图片"), Unread("工作表 图表页", "图表没有读")}
    assert set(one(book).unread) == told


@pytest.mark.parametrize(("title", "given"), [("甲市2025年预算草案", {"title": "甲市2025年预算草案"}), ("工作簿1", {}), (None, {})])
def test_the_title_among_the_properties(title: str | None, given: dict[str, str]) -> None:
    book = filled(("Sheet", TABLE))
    book.properties.title = title
    found = one(book)
    assert (found.given, found.origin) == (given, "metadata")


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def merged(place: str) -> bytes:
    book = filled(("Sheet", [["甲", "乙"], ["丙", "丁"]]))
    book.active.merge_cells("A1:B1")
    return edited(saved(book), "xl/worksheets/sheet1.xml", lambda text: text.replace('"A1:B1"', f'"{place}"'))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "behind a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
    "cut": (lambda: saved(filled(("Sheet", TABLE)))[:3000], "不是完好的 Excel"),
    "no zip": (lambda: "指标,2025年\n".encode(), "不是完好的 Excel"),
    "a Word file": (lambda: writers.word([BODY]), "不是完好的 Excel"),
    "broken inside": (
        lambda: edited(saved(filled(("Sheet", TABLE))), "xl/worksheets/sheet1.xml", lambda text: text[:200]),
        "不是完好的 Excel",
    ),
    "unpacks to too much": (lambda: packed(a=bytes(workbook.MOST_BYTES + 1)), "解压"),
    "too many cells": (lambda: packed(a=b"<c/>" * (workbook.MOST_CELLS + 1)), "500001 个单元格"),
    "merged without end": (lambda: merged("A1:XFD1048576"), "个单元格"),
    "nothing in it": (lambda: saved(filled(("Sheet", []))), "没有文字"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refused_in_one_line(fault: str) -> None:
    data, said = REFUSED[fault]
    try:
        (error,) = extract(data(), ".xlsx", "file")
    except ReadError as raised:
        error = raised
    assert isinstance(error, ReadError)
    assert str(error).startswith("file：")
    assert said in str(error)
    assert "\n" not in str(error)


def test_cells_far_apart_take_no_time() -> None:
    """Two cells span seventeen thousand million empty ones."""
    book = filled(("Sheet", [["甲"]]))
    book.active.cell(1_048_576, 16_384, "乙")
    assert lines(book) == ["甲", "乙"]


def test_what_openpyxl_passes_over_is_not_said(recwarn: pytest.WarningsRecorder) -> None:
    data = edited(saved(filled(("Sheet", TABLE))), "xl/worksheets/sheet1.xml", _extended)
    assert len(extract(data, ".xlsx", "file")) == 1
    assert [*recwarn] == []


def _extended(text: str) -> str:
    return text.replace("</worksheet>", '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>')


def test_asking_loads_no_openpyxl() -> None:
    code = "import sys, search.engine, index.read.formats; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=paths.PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
