"""The compare view: an indicator over reports, chosen by place and year, each number followed to its sentence."""

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
CHOICE = "#places label"
SPANS = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.left, box.right].map((x) => Math.round(x * 10) / 10);
})"""


def table(page: Page) -> list[list[str]]:
    """The cells of each row, without line breaks."""
    rows = page.locator(".sides-table tbody tr").all()
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
    expect(page.locator(".sides-table")).to_be_visible()
    assert table(page) == [
        ["丙区 2013", "18.5% 2012年", "20% 2013年", "—", ""],
        ["丙区 2014", "10.1% 2013年", "11%左右 2014年", "20% 2013年", "低9.9个百分点（10.1 − 20）"],
        ["丁省 2014", "下降1.2% 2013年", "5%以上 2014年", "—", ""],
    ]
    page.wait_for_url(lambda url: "view=compare" in url and "kind=growth" in url)
    expect(page.locator("#said")).to_contain_text("3 份报告")


def test_a_number_leads_to_its_sentence_and_back(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.locator(".sides-table a", has_text="下降1.2%").click()
    expect(page.locator("#report .full h2").first).to_have_text("丁省2014年政府工作报告")
    settled(page, "#report .here")
    assert highlighted(page) == ["1.2%"]
    page.go_back()
    expect(page.locator(".sides-table")).to_be_visible()


def test_places_years_and_indicator_stand_in_the_address(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#places summary")
    page.check("#places input[value=丙区]")
    page.wait_for_url(lambda url: quote("丙区") in url)
    assert [row[0] for row in table(page)] == ["丙区 2013", "丙区 2014"]
    expect(page.locator("#places input[value=丙区]")).to_be_focused()
    page.check("#places input[value=丁省]")  # it stays open for another
    page.wait_for_url(lambda url: quote("丙区、丁省") in url)
    page.uncheck("#places input[value=丁省]")
    page.wait_for_url(lambda url: quote("丁省") not in url)
    page.keyboard.press("Escape")
    expect(page.locator("#places")).not_to_have_attribute("open", "")
    page.select_option("#compare-controls select[name=year]", "2014")
    page.wait_for_url(lambda url: "year=2014" in url)
    assert [row[0] for row in table(page)] == ["丙区 2014"]
    again = visit(page.url)
    assert table(again) == table(page)
    expect(again.locator("#places summary")).to_have_text("丙区")
    expect(again.locator("#places input:checked")).to_have_count(1)
    again.fill("#indicator", "粮食产量")
    again.keyboard.press("Enter")
    expect(again.locator("#compared")).to_contain_text("都没有给出")
    again.wait_for_url(lambda url: quote("粮食产量") in url)


def test_the_indicators_are_a_list_that_narrows_as_one_types(visit: Visit, country: str) -> None:
    """The browser's own list, which narrows by itself: of every indicator offered, as it is chosen."""
    page = visit(f"{country}/{GROWTH}")
    expect(page.locator("#indicator")).to_have_value("地区生产总值 · 增长")
    options: list[str] = page.evaluate("[...document.querySelector('#indicator').list.options].map((one) => one.value)")
    assert sorted(options) == ["地区生产总值 · 增长", GRAIN]
    page.fill("#indicator", GRAIN)  # as the browser does when one of its list is taken
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: quote("粮食产量") in url and "kind=amount" in url)
    expect(page.locator(".sides-table tbody tr")).to_have_count(len(NAMES))
    expect(page.locator(".sides-table tbody tr").first).to_contain_text("10万吨")
    expect(page.locator("#indicator")).to_have_value(GRAIN)
    expect(page.locator("#indicator")).to_be_focused()


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
    expect(page.locator(".sides-table tbody tr")).to_have_count(1)
    expect(page.locator("#places summary")).to_have_text("癸县")


def test_few_places_have_no_box(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#places summary")
    expect(page.locator(f"{CHOICE}:visible")).to_have_text(["丙区", "丁省"])
    expect(page.locator("#places input[type=search]")).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_bars_begin_on_one_line(visit: Visit, collection: str, size: tuple[int, int]) -> None:
    """Rising ones begin where a fall ends; each is as long as its number."""
    page = visit(f"{collection}/{GROWTH}", size)
    bars = spans(page, ".sides-chart dd .bar")
    assert len(bars) == 6
    assert len(set(bars)) == 1, "the space for each is the same"
    drawn = spans(page, ".sides-chart dd rect")
    values = [18.5, 20, 10.1, 11, -1.2, 5]
    zero = drawn[0][0]
    for (left, right), value in zip(drawn, values, strict=True):
        assert abs((right if value < 0 else left) - zero) <= 2, "a line of one pixel is around a bar"
        assert abs((right - left) / (drawn[1][1] - drawn[1][0]) - abs(value) / 20) < 0.04
    assert all(bars[0][0] - 1 <= left and right <= bars[0][1] + 1 for left, right in drawn)


def test_the_files_hold_what_is_shown(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}&place={quote('丙区')}")
    lines = list(csv.DictReader(io.StringIO(download(page, "下载 CSV").decode("utf-8-sig"))))
    names = ("地方", "年份", "上年完成 · 数值", "上年完成 · 单位", "当年计划 · 原文写法", "当年计划 · 原句")
    assert [tuple(line[name] for name in names) for line in lines] == [
        ("丙区", "2013", "18.5", "%", "20%", "地区生产总值增长20%。"),
        ("丙区", "2014", "10.1", "%", "11%左右", "地区生产总值增长11%左右。"),
    ]
    rows = json.loads(download(page, "下载 JSON"))
    assert rows[1]["difference"]["text"] == "低9.9个百分点（10.1 − 20）"
    sheet = load_workbook(io.BytesIO(download(page, "下载 Excel")), read_only=True).worksheets[0]
    heads, *body = sheet.iter_rows(values_only=True)
    assert [*heads] == [*lines[0]]
    assert [dict(zip(heads, row, strict=True))["上年完成 · 数值"] for row in body] == [18.5, 10.1]


@pytest.mark.parametrize(("language", "link", "first"), [("zh", "下载 CSV", "指标"), ("en", "Save CSV", "Indicator")])
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
    assert page.locator(".sides-table thead th").all_inner_texts()[:3] == ["Report", "Reached last year", "Planned"]
    assert table(page)[1][-1] == "9.9 percentage points less (10.1 − 20)"
    expect(page.locator("#indicator")).to_have_value("地区生产总值 · growth")
    page.fill("#indicator", "地区生产总值")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "kind=" not in url)
    expect(page.locator(".sides-table tbody tr")).to_have_count(3)
