"""The compare view: indicators over places and years in one grid, each number followed to its sentence."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.web.conftest import NAMES, Visit
from tests.web.reader import DESK, PHONE, highlighted, settled, turn

GROWTH = f"?view=compare&q={quote('地区生产总值')}&kind=growth"
GRAIN = "粮食产量 · 数额"
FOUR = "丙区 2012年", "丙区 2013年", "丙区 2014年", "丁省 2013年", "丁省 2014年"
CHOICE = "#places label"
SPANS = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.left, box.right].map((x) => Math.round(x * 10) / 10);
})"""


def table(page: Page) -> list[list[str]]:
    """The cells of each row, without line breaks."""
    rows = page.locator(".grid tbody tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def download(page: Page, link: str) -> bytes:
    with page.expect_download() as saved:
        page.click(f"#compare-controls a.file:text-is('{link}')")
    return saved.value.path().read_bytes()


def spans(page: Page, selector: str) -> list[tuple[float, float]]:
    """Where each element begins and ends, in pixels from the left."""
    return [(left, right) for left, right in page.evaluate(SPANS, selector)]


def test_one_report_has_nothing_beside_it(visit: Visit, address: str) -> None:
    expect(visit(address).locator("#tab-compare-button")).to_have_count(0)


def test_what_most_reports_give_is_shown_first(visit: Visit, collection: str) -> None:
    page = visit(collection)
    turn(page, "compare")
    expect(page.locator(".grid")).to_be_visible()
    assert [row[:4] for row in table(page)] == [
        ["丙区 2012年", "未收录", "18.5%", ""],
        ["丙区 2013年", "20%", "10.1%", "低9.9个百分点（10.1 − 20）"],
        ["丙区 2014年", "11%左右", "尚无", ""],
        ["丁省 2013年", "未收录", "下降1.2%", ""],
        ["丁省 2014年", "5%以上", "尚无", ""],
    ]
    expect(page.locator(".states dt")).to_have_text(["未收录", "尚无"])
    page.wait_for_url(lambda url: "view=compare" in url and "kind=growth" in url)
    said = page.locator("#said")
    expect(said).to_contain_text("3 份报告")
    expect(said).to_contain_text("。丙区2013年地区生产总值 · 增长：10.1%。丙区2014年目标地区生产总值 · 增长：11%左右。")


def test_a_number_leads_to_its_sentence_and_back(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.locator(".grid a", has_text="下降1.2%").click()
    expect(page.locator("#report .full h2").first).to_have_text("丁省2014年政府工作报告")
    settled(page, "#report .here")
    assert highlighted(page) == ["1.2%"]
    page.go_back()
    expect(page.locator(".grid")).to_be_visible()


def test_places_years_and_indicator_stand_in_the_address(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#places summary")
    page.check("#places input[value=丙区]")
    page.wait_for_url(lambda url: quote("丙区") in url)
    assert [row[0] for row in table(page)] == ["丙区 2012年", "丙区 2013年", "丙区 2014年"]
    expect(page.locator("#places input[value=丙区]")).to_be_focused()
    page.check("#places input[value=丁省]")  # it stays open for another
    page.wait_for_url(lambda url: quote("丙区、丁省") in url)
    page.uncheck("#places input[value=丁省]")
    page.wait_for_url(lambda url: quote("丁省") not in url)
    page.keyboard.press("Escape")
    expect(page.locator("#places")).not_to_have_attribute("open", "")
    page.select_option("#compare-controls select[name=year]", "2014")
    page.wait_for_url(lambda url: "year=2014" in url)
    assert [row[:3] for row in table(page)] == [["丙区 2014年", "11%左右", "尚无"]]
    again = visit(page.url)
    assert table(again) == table(page)
    expect(again.locator("#places summary")).to_have_text("丙区")
    expect(again.locator("#places input:checked")).to_have_count(1)
    again.click("#indicators summary")
    again.fill("#indicator", "粮食产量")
    again.keyboard.press("Enter")
    again.wait_for_url(lambda url: quote("粮食产量") in url)
    expect(again.locator("#compared")).to_contain_text("没有报告给出，或不能确定：粮食产量")
    expect(again.locator("#indicator")).to_be_focused()


def test_several_indicators_stand_beside_each_other_chosen_in_a_list_that_narrows(visit: Visit, country: str) -> None:
    page = visit(f"{country}/{GROWTH}")
    expect(page.locator("#indicators summary")).to_have_text("地区生产总值 · 增长")
    page.click("#indicators summary")
    labels = page.locator("#indicators label")
    expect(labels).to_have_text(["地区生产总值 · 增长（10）", f"{GRAIN}（10）"])
    page.fill("#indicator", "粮食")
    expect(page.locator("#indicators label:visible")).to_have_text([f"{GRAIN}（10）"])
    page.locator("#indicators label:visible input").check()
    page.wait_for_url(lambda url: quote("地区生产总值、粮食产量") in url and quote("growth、amount") in url)
    expect(page.locator("#indicators")).to_have_attribute("open", "")
    expect(page.locator(".grid tbody tr").first).to_contain_text("10万吨")
    expect(page.locator(".grid thead .of")).to_have_text(["地区生产总值 · 增长"] * 3 + [GRAIN] * 2)
    assert table(visit(page.url)) == table(page)


def test_the_order_is_changed_in_place_and_kept_in_the_address(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#by-2")
    page.wait_for_url("**order=2**")
    assert [row[2] for row in table(page)] == ["18.5%", "10.1%", "下降1.2%", "尚无", "尚无"]
    expect(page.locator("#by-2")).to_be_focused()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("已完成")
    page.keyboard.press("Enter")
    page.wait_for_url("**order=-2**")
    assert [row[2] for row in table(page)][:3] == ["下降1.2%", "10.1%", "18.5%"]
    page.click("#places summary")
    page.check("#places input[value=丙区]")  # the order stays
    page.wait_for_url(lambda url: quote("丙区") in url)
    assert [row[2] for row in table(page)] == ["10.1%", "18.5%", "尚无"]
    page.keyboard.press("Escape")
    page.click("#place")
    page.wait_for_url("**order=place**")
    assert [row[0] for row in table(visit(page.url))] == ["丙区 2012年", "丙区 2013年", "丙区 2014年"]


def test_the_grid_is_turned_round(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    before = table(page)
    page.click("#turn")
    page.wait_for_url("**turn=1**")
    expect(page.locator(".grid thead th")).to_have_count(6)
    assert [row[1:] for row in table(page)[:3]] == [[*column] for column in zip(*(row[1:4] for row in before), strict=True)]
    expect(page.locator("#turn")).to_be_focused()


def test_many_places_narrow_as_one_types(visit: Visit, country: str) -> None:
    page = visit(f"{country}/{GROWTH}")
    page.click("#places summary")
    expect(page.locator(CHOICE)).to_have_text([*NAMES])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.locator("#places input[type=search]")
    box.press_sequentially("县")
    expect(page.locator(f"{CHOICE}:visible")).to_have_text(["壬县", "癸县"])
    last = page.locator(CHOICE, has_text="癸县").bounding_box()
    assert last is not None
    page.mouse.move(last["x"] + 6, last["y"] + last["height"] / 2)
    page.mouse.down()  # leaves the box, which is no choice: nothing may be drawn anew under the pointer
    assert page.evaluate("fetch('ready').then((reply) => reply.ok)"), "and back: what else was asked, was asked before"
    assert [urlsplit(url).path for url in asked] == ["/ready"]
    page.mouse.up()
    page.wait_for_url(lambda url: quote("癸县") in url)
    expect(page.locator(".grid tbody th")).to_have_text(["癸县 2014年", "癸县 2015年"])
    expect(page.locator("#places summary")).to_have_text("癸县")


def test_few_places_have_no_box(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#places summary")
    expect(page.locator(f"{CHOICE}:visible")).to_have_text(["丙区", "丁省"])
    expect(page.locator("#places input[type=search]")).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_what_is_drawn_stands_on_one_scale_and_the_first_column_stays(visit: Visit, collection: str, size: tuple[int, int]) -> None:
    """Each mark as far along as its number, a fall to the left; 以上 is open to the right, 左右 to both sides."""
    page = visit(f"{collection}/{GROWTH}", size)
    assert len(set(spans(page, ".grid .iv"))) == 1, "the space for each is the same"
    (left, right), *_ = spans(page, ".grid .iv")
    marks = [(one[0] + one[1]) / 2 for one in spans(page, ".grid td .tick, .grid td .dot")]
    values = [18.5, 20, 10.1, 11, -1.2, 5]
    scale = (marks[1] - marks[4]) / (values[1] - values[4])
    for mark, value in zip(marks, values, strict=True):
        assert abs(mark - marks[4] - (value - values[4]) * scale) <= 1.5, "a line is two pixels"
        assert left <= mark <= right
    ((about, to),), ((open_from, open_to),) = spans(page, ".grid td .about"), spans(page, ".grid td .open")
    assert about < marks[3] < to
    assert abs((about + to) / 2 - marks[3]) <= 1
    assert abs(open_from - marks[5]) <= 1
    assert open_to > open_from
    first = page.locator(".grid tbody th").first
    start = first.bounding_box()
    page.evaluate("document.querySelector('.wide').scrollLeft = 500")
    assert first.bounding_box() == start
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_files_hold_what_is_shown(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}&place={quote('丙区')}")
    lines = list(csv.DictReader(io.StringIO(download(page, "下载 CSV").decode("utf-8-sig"))))
    names = ("地方", "时期", "状态", "数值", "单位", "原文写法", "原句", "报告", "为什么没有", "完成比计划")
    assert [tuple(line[name] for name in names) for line in lines] == [
        ("丙区", "2012", "", "", "", "", "", "", "未收录", ""),
        ("丙区", "2012", "已完成", "18.5", "%", "18.5%", "地区生产总值增长18.5%。", "丙区2013年政府工作报告", "", ""),
        ("丙区", "2013", "计划", "20", "%", "20%", "地区生产总值增长20%。", "丙区2013年政府工作报告", "", ""),
        (
            "丙区",
            "2013",
            "已完成",
            "10.1",
            "%",
            "10.1%",
            "地区生产总值增长10.1%。",
            "丙区2014年政府工作报告",
            "",
            "低9.9个百分点（10.1 − 20）",
        ),
        ("丙区", "2014", "计划", "11", "%", "11%左右", "地区生产总值增长11%左右。", "丙区2014年政府工作报告", "", ""),
        ("丙区", "2014", "", "", "", "", "", "", "尚无", ""),
    ]
    assert lines[3]["链接"].endswith("/?view=report&report=c2014#p-1")
    rows = json.loads(download(page, "下载 JSON"))
    assert rows[1]["difference"]["text"] == "低9.9个百分点（10.1 − 20）"
    sheet = load_workbook(io.BytesIO(download(page, "下载 Excel")), read_only=True).worksheets[0]
    heads, *body = sheet.iter_rows(values_only=True)
    assert [*heads] == [*lines[0]]
    assert [dict(zip(heads, row, strict=True))["数值"] for row in body] == [None, 18.5, 20, 10.1, 11, None]


def test_the_grid_is_copied_as_a_table_with_quotes_and_links(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".acts button", has_text="表格").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    lines = [line.split("\t") for line in str(page.evaluate("navigator.clipboard.readText()")).split("\n")]
    row = dict(zip(lines[0], lines[4], strict=True))
    assert (row["原句"], row["章节内第几段"]) == ("地区生产总值增长10.1%。", "1")
    assert row["链接"] == f"{collection}/?view=report&report=c2014#p-1"
    expect(visit(row["链接"]).locator("#report .here")).to_contain_text("地区生产总值增长10.1%。")


@pytest.mark.parametrize(("language", "link", "first"), [("zh", "下载 CSV", "项目"), ("en", "Save CSV", "Item")])
def test_headings_of_the_file_are_in_the_language_of_the_page(visit: Visit, collection: str, language: str, link: str, first: str) -> None:
    """Whatever the browser's own is."""
    page = visit(f"{collection}/{GROWTH}&lang={language}", locale="en-US" if language == "zh" else "zh-CN")
    heads = next(csv.reader(io.StringIO(download(page, link).decode("utf-8-sig"))))
    assert heads[0] == first
    assert len(set(heads)) == len(heads)
    assert [bool(re.search("[\u4e00-\u9fff]", head)) for head in heads] == [language == "zh"] * len(heads)


def test_in_english(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}&lang=en")
    expect(page.locator("#tab-compare-button")).to_have_text("Compare")
    assert page.locator(".grid thead th").all_inner_texts()[:3] == ["Place · Year", "planned", "done"]
    assert table(page)[1][3] == "9.9 percentage points less (10.1 − 20)"
    assert table(page)[2][1:3] == ["11%左右 up 11% (about)", "not yet"]
    expect(page.locator("#indicators summary")).to_have_text("地区生产总值 · growth")
