"""What stands on the pages of a PDF: tables with and without lines, over two pages, columns, letter-spaced lines, what is not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from fpdf import FPDF

from index.errors import ReadError
from index.read.formats import Extracted
from index.read.paged import scans
from index.read.paged.pdf import extract, written
from index.read.paged.pdf_tables import Line, Word
from index.records import Unread
from tests.index.formats.writers import FONT

SENTENCE = "全市经济平稳运行，地区生产总值增长百分之六，城乡居民收入继续增加，就业形势总体稳定，各项事业取得新的进展。"


class Pages(FPDF):  # type: ignore[misc]
    def __init__(self, size: float = 12) -> None:
        super().__init__()
        for style in ("", "B"):
            self.add_font("noto", style, FONT)
        self.set_font("noto", size=size)
        self.add_page()

    def paragraph(self, text: str = SENTENCE * 2) -> None:
        self.multi_cell(0, 8, f"　　{text}", new_x="LMARGIN", new_y="NEXT")

    def place(self, *words: tuple[float, float, str]) -> None:
        """Words by their places, in millimetres from the left and upper edge."""
        for x, y, text in words:
            self.text(x, y, text)

    def gapped(self, rows: Iterable[Sequence[str]], widths: Sequence[float] = (70, 40, 40)) -> None:
        """Rows of which only the places of their words tell that they make a table."""
        for row in rows:
            for width, text in zip(widths, row, strict=True):
                self.cell(width, 10, text)
            self.ln(10)

    def read(self) -> Extracted:
        (found,) = extract(bytes(self.output()), "a.pdf")
        return found


def tables(found: Extracted) -> list[list[list[object]]]:
    """The cells of each row: their words, with (column, columns, rows) where a cell covers more than one."""
    shown = []
    for table in found.tables:
        rows: dict[int, list[object]] = {}
        for cell in table:
            words = cell.span.of(found.text)
            is_one = cell.rows == cell.columns == 1
            rows.setdefault(cell.row, []).append(words if is_one else (words, cell.column, cell.columns, cell.rows))
        shown.append([*rows.values()])
    return shown


def test_a_ruled_table_stands_in_its_place_with_merged_heads_and_broken_cells() -> None:
    page = Pages()
    page.paragraph()
    page.cell(0, 8, "表1　2025年主要指标", align="C", new_x="LMARGIN", new_y="NEXT")
    page.cell(0, 8, "单位：亿元", align="R", new_x="LMARGIN", new_y="NEXT")
    with page.table(text_align="C", col_widths=(60, 40, 40, 40), num_heading_rows=2) as table:
        head = table.row()
        head.cell("项 目", rowspan=2)
        head.cell("绝对额", colspan=2)
        head.cell("比上年增长（%）", rowspan=2)
        for row in (
            ["2024年", "2025年"],
            ["地区生产总值", "100.5", "110.2", "6.1"],
            ["其中：农林牧渔服务业及其他各业的增加值合计", "10", "", "-3.0"],
        ):
            table.row(row)
    page.paragraph()
    found = page.read()
    assert tables(found) == [
        [
            [("项目", 0, 1, 2), ("绝对额", 1, 2, 1), ("比上年增长（%）", 3, 1, 2)],
            ["2024年", "2025年"],
            ["地区生产总值", "100.5", "110.2", "6.1"],
            ["其中：农林牧渔服务业及其他各业的增加值合计", "10", "-3.0"],
        ]
    ]
    assert [cell.column for cell in found.tables[0]][3:5] == [1, 2]
    assert [line[:9] for line in found.text.splitlines()[:4]] == [SENTENCE[:9], "表1 2025年主", "单位：亿元", "项目\t绝对额\t比上"]
    assert found.text.splitlines()[-1] == SENTENCE * 2


def test_numbers_that_no_line_parts_are_never_one() -> None:
    """As yearbooks have them: open at the sides, and no line below each row."""
    page = Pages(10)
    for y in (20, 30, 70):
        page.line(20, y, 190, y)
    for x in (60, 110, 150):
        page.line(x, 20, x, 70)
    page.place((25, 26, "地区"), (65, 26, "指标"), (115, 26, "2024年"), (155, 26, "2025年"), (25, 50, "全市"))
    for row in range(4):
        page.place((65, 38 + 9 * row, f"产值{row}"), (115, 38 + 9 * row, f"{row}1"), (155, 38 + 9 * row, f"{row}.5"))
    (shown,) = tables(page.read())
    assert shown == [["地区", "指标", "2024年", "2025年"], ["全市", "产值0产值1产值2产值3", "01 11 21 31", "0.5 1.5 2.5 3.5"]]


def test_a_table_without_lines() -> None:
    """A line of text with wide blanks above it is none of its heads; 其中： parts it not."""
    page = Pages()
    page.paragraph()
    page.gapped([("各县区情况不同，", "见下面", "的表。"), ("指标", "2024年", "2025年"), ("地区生产总值", "100.5", "110.2")])
    page.gapped([("一、工业", "", ""), ("其中：", "", ""), ("规模以上", "40.1", "—")])
    page.paragraph()
    found = page.read()
    assert tables(found) == [
        [["指标", "2024年", "2025年"], ["地区生产总值", "100.5", "110.2"], ["一、工业"], ["其中："], ["规模以上", "40.1", "—"]]
    ]
    assert found.text.splitlines()[1] == "各县区情况不同， 见下面 的表。"
    assert found.text.splitlines()[0] == found.text.splitlines()[-1] == SENTENCE * 2


def test_heads_over_two_lines_and_across_columns_without_lines() -> None:
    page = Pages(10)
    page.place((20, 44, "指标"), (100, 40, "完成数"), (150, 40, "比上年"), (95, 48, "2024年"), (114, 48, "2025年"), (150, 48, "增长"))
    page.place((20, 60, "地区生产总值"), (97, 60, "10.5"), (116, 60, "11.2"), (152, 60, "6.1"))
    page.place((20, 71, "其中：农林牧渔"), (20, 77, "服务业增加值"), (97, 74, "3.5"), (116, 74, "3.2"), (152, 74, "-6.1"))
    page.place((20, 88, "居民收入"), (97, 88, "5"), (116, 88, "6"), (152, 88, "7"))
    assert tables(page.read()) == [
        [
            ["指标", ("完成数", 1, 2, 1), "比上年"],
            ["2024年", "2025年", "增长"],
            ["地区生产总值", "10.5", "11.2", "6.1"],
            ["其中：农林牧渔服务业增加值", "3.5", "3.2", "-6.1"],
            ["居民收入", "5", "6", "7"],
        ]
    ]


def test_numbers_of_two_rows_are_never_one() -> None:
    page = Pages(10)
    page.place((20, 20, "指标"), (90, 20, "2024年"), (130, 20, "2025年"), (20, 34, "规模以上工业"), (90, 34, "1"), (130, 34, "2"))
    page.place((20, 38, "企业利润总额"), (20, 42, "居民人均收入"), (90, 42, "3"), (130, 42, "4"))
    assert tables(page.read()) == [[["指标", "2024年", "2025年"], ["规模以上工业企业利润总额", "1", "2"], ["居民人均收入", "3", "4"]]]


def test_heads_on_top_of_each_page_are_no_running_heads() -> None:
    page = Pages()
    for number in range(3):
        page.gapped([["指标", "2024年", "2025年"], *([f"第{number}{row}号产品", f"{row}", f"{number}.{row}"] for row in "123")])
        page.add_page()
    (shown,) = tables(page.read())
    assert shown[0] == ["指标", "2024年", "2025年"]
    assert len(shown) == 10


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table_over_two_pages_is_one(*, is_ruled: bool) -> None:
    rows = [[f"第{number}号产品", f"{number * 3}", f"{number}.5"] for number in range(40)]
    page = Pages()
    page.paragraph()
    if is_ruled:
        with page.table(text_align="C") as table:  # repeats its heads
            for row in [["指标", "2024年", "2025年"], *rows]:
                table.row(row)
    else:
        page.gapped([["指标", "2024年", "2025年"], *rows])
    page.paragraph("表后的一段。")
    found = page.read()
    assert page.page_no() == 2
    assert tables(found) == [[["指标", "2024年", "2025年"], *rows]]
    assert found.text.endswith("\n表后的一段。\n")


def test_a_table_with_other_columns_or_after_a_text_is_another() -> None:
    page = Pages()
    heads = ["指标", "2024年", "2025年"]
    page.paragraph()
    page.gapped([heads, ["粮食", "1", "2"], ["油料", "3", "4"]])
    page.add_page()
    page.cell(0, 10, "续表", align="R", new_x="LMARGIN", new_y="NEXT")
    page.gapped([heads, ["蔬菜", "5", "6"], ["水果", "7", "8"]])
    page.add_page()
    page.paragraph("全市的区。")
    page.gapped([["地区", "数", "序"], ["东区", "9", "1"], ["西区", "10", "2"]], (80, 40, 40))
    page.paragraph("各区的数。")
    page.add_page()
    page.gapped([["地区", "数", "序"], ["南区", "11", "3"], ["北区", "12", "4"]], (80, 40, 40))
    found = page.read()
    assert [len(table) for table in tables(found)] == [5, 3, 3]
    assert "续表" not in found.text


def test_what_looks_like_a_table_and_is_text() -> None:
    page = Pages()
    page.cell(0, 8, "目 录", align="C", new_x="LMARGIN", new_y="NEXT")
    page.gapped([("第一章 总则", "1"), ("第二章 目标", "3"), ("第三章 任务", "12")], (150, 20))
    page.paragraph()
    page.gapped([("甲市人民政府", "2025年1月9日"), ("主任：张三", "副主任：李四")], (100, 60))
    page.multi_cell(0, 8, SENTENCE, border=1)  # a frame
    page.add_page()
    for step in range(6):  # a chart
        page.line(30, 50 + 10 * step, 180, 50 + 10 * step)
        page.rect(35 + 18 * step, 100 - 5 * step, 8, 5 * step, style="FD")
        page.line(35 + 18 * step, 50, 35 + 18 * step, 100)
        page.place((32, 51 + 10 * step, str(100 - 20 * step)), (35 + 18 * step, 106, f"{2020 + step}年"))
    page.place((38, 98, "5"), (56, 98, "7"))
    page.place(
        (20, 150, "甲"), (100, 150, "11"), (115, 150, "22"), (150, 150, "3"), (20, 160, "乙"), (100, 160, "1234567890123"), (150, 160, "4")
    )
    found = page.read()
    assert found.tables == ()
    assert found.text.splitlines()[:4] == ["目录", "第一章 总则 1", "第二章 目标 3", "第三章 任务 12"]
    assert "甲市人民政府 2025年1月9日" in found.text.splitlines()


@pytest.mark.parametrize("by_lines", [True, False])
def test_columns_are_read_one_after_the_other(*, by_lines: bool) -> None:
    page = Pages(10)
    page.place((60, 20, "甲市国民经济和社会发展统计公报"))
    left = [f"左{number:02}" + SENTENCE[:18] for number in range(15)]
    right = [line.replace("左", "右") for line in left]
    placed = [
        [(15.0, 40.0 + 7 * row, text) for row, text in enumerate(left)],
        [(110.0, 40.0 + 7 * row, text) for row, text in enumerate(right)],
    ]
    page.place(*(word for pair in zip(*placed, strict=True) for word in pair) if by_lines else [*placed[1], *placed[0]])
    assert page.read().text == f"甲市国民经济和社会发展统计公报\n{''.join(left + right)}\n"


def test_letter_by_letter() -> None:
    page = Pages()
    page.place((60, 200, "市 长 张 三"), (60, 208, "二〇二五年一月"), (60, 216, "甲市"))
    page.add_page()
    page.place((10, 20, "　　" + SENTENCE[:38]), (10, 28, "民营经济"), (10, 36, "增 加 值 增 长 4 . 5 % ， 占 G D P 比 重 为 6 4 % 。"))
    found = page.read().text.splitlines()
    assert found[0] == "市长张三"
    assert any("增加值增长4.5%，占GDP比重为64%。" in line for line in found)


def test_numbers_broken_by_a_line() -> None:
    """Digits that are set apart stay so until the text is read: closed up here, 2 3 0 0 would be 23 0 0."""
    page = Pages()
    page.place((20, 20, "城市居民人均可支配收入达到11651"), (10, 28, ".4元，增长15.4%。"))
    page.place((20, 50, "经过努力，全市有效灌溉的面积在当年就一共达到了很多很多的 2"), (10, 58, "3 0 0 万亩。"))
    assert page.read().text.splitlines()[0].endswith("达到11651.4元，增长15.4%。")
    assert "的 2 3 0 0 万亩。" in page.read().text


def test_a_date_at_the_right_ends_its_page() -> None:
    lines = [
        Line(700, 12, (Word("各位代表：", 50, 110),)),
        Line(680, 12, (Word("回顾过去的一年，" * 5, 74, 500),)),
        Line(660, 12, (Word("甲市人民政府2025年1月9日", 300, 500),)),
    ]
    assert len(written([lines, [Line(700, 12, (Word("附件：各县区的任务", 50, 160),))]])) == 4


def test_feet_and_heads_are_left_out() -> None:
    page = Pages()
    for number, foot in enumerate(
        ("?1994-2016 China Academic Journal Electronic Publishing House. http://www.cnki.net", "第2页 共3页", "— 3 —")
    ):
        page.place(
            (20, 20, "甲市公报" if number % 2 else "统计局编"), (20, 40, f"第{number}页的正文在这里写着，一共有三页之多，各不相同。")
        )
        page.place((20, 50, "这里是下一段" * 6), (20, 60, f"还有{number}段"), (20, 280, foot))
        page.add_page()
    assert not [line for line in page.read().text.splitlines() if "1994" in line or "共3页" in line or "— 3 —" in line]


def test_what_is_not_read_is_told() -> None:
    from PIL import Image

    picture = Image.new("RGB", (60, 60), "red")
    page = Pages()
    page.paragraph("第一页。" + SENTENCE)
    page.image(picture, x=20, y=120, w=100)
    page.image(picture, x=20, y=250, w=10)  # a mark
    page.add_page()
    page.image(picture, x=0, y=0, w=210, h=297)
    page.add_page()  # blank
    page.add_page()
    page.image(picture, x=0, y=0, w=210, h=297)  # a ground
    page.paragraph("第四页。" + SENTENCE * 5)
    page.set_title("Microsoft Word - 甲市2025年政府工作报告.docx")
    found = page.read()
    assert found.unread == (Unread("第 2 页", "没有文字层，像是扫描或图片"), Unread("图片 1 处", "图里的文字没有读"))
    assert found.given == {"title": "甲市2025年政府工作报告"}


def test_a_layer_of_other_letters_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    page = Pages()
    page.paragraph("αβγδε жзийк" * 40)
    with pytest.raises(ReadError, match="文字层是乱码"):
        page.read()
