"""The library view: which reports there are, which are missing between them, what could not be read; found by typing."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from index.records import Genre, Report
from tests.web.conftest import Visit
from tests.web.reader import DESK, PHONE, turn
from tests.web.samples import report
from web.address import Wanted
from web.strings import words
from web.tags import Html
from web.views.library import MOST, shown

SAY = words("zh")


def given(place: str, year: int, genre: Genre = "work_report") -> Report:
    return replace(report("一\n"), id=f"{place}{year}{genre}", title=f"{place}{year}", place=place, year_planned=str(year), genre=genre)


def view(*reports: Report, q: str = "") -> Html:
    return shown(Wanted("library", q), reports, [], SAY)


def lines(html: Html) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [[re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_places_by_years_with_their_kinds_and_what_is_missing_between() -> None:
    html = view(
        given("沈阳市", 2007), given("沈阳市", 2010), given("浙江省", 2025), given("浙江省", 2026), given("浙江省", 2026, "budget"),
        given("江苏省", 2025), given("江苏省", 2026), given("广东省", 2026),
    )  # fmt: skip
    assert "<h2>8 份报告，4 个地方，缺 3 处</h2>" in html  # 沈阳 2008 and 2009, 广东 2025, which most provinces have
    assert '<p class="counted">政府工作报告（7）、预算报告（1）</p>' in html
    assert lines(html) == [
        ["地方", "2007", "2008—2009", "2010", "2025", "2026", "份数"],
        ["省、自治区、直辖市"],
        ["江苏省", "", "", "", "报告", "报告", "2"],
        ["浙江省", "", "", "", "报告", "报告预算", "3"],
        ["广东省", "", "", "", "缺", "报告", "1"],
        ["辽宁"],
        ["沈阳市", "报告", "缺", "报告", "", "", "2"],
    ]


@pytest.mark.parametrize(
    ("q", "places"),
    [
        ("浙江", ["浙江省", "杭州市"]),
        ("2024", ["杭州市"]),
        ("预算", ["浙江省"]),
        ("缺", ["杭州市"]),
        ("浙江 预算", ["浙江省"]),
        ("没有", []),
    ],
)
def test_what_is_typed_is_looked_for_in_place_province_year_and_kind(q: str, places: list[str]) -> None:
    reports = [given("浙江省", 2026, "budget"), given("杭州市", 2022), given("杭州市", 2024), given("西藏自治区", 2026)]
    assert [line[0] for line in lines(view(*reports, q=q)) if line[-1].isdigit()] == places


def test_of_very_many_a_province_is_a_line_that_leads_to_its_places() -> None:
    counties = [given(f"河北省甲{number}县", 2026) for number in range(MOST + 5)]
    html = view(given("浙江省", 2026), *counties)
    assert [line[0] for line in lines(html)[1:]] == ["浙江省"]
    assert f'<a href="?view=library&amp;q={quote("河北")}">河北：{MOST + 5} 个地方，{MOST + 5} 份报告</a>' in html
    narrowed = view(given("浙江省", 2026), *counties, q="河北")
    assert len(lines(narrowed)) == MOST + 1
    assert f"只列前 {MOST} 个地方" in narrowed


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_report_is_opened_from_the_library(visit: Visit, collection: str, size: tuple[int, int]) -> None:
    page = visit(collection, size)
    turn(page, "library")
    page.wait_for_url("**view=library**")
    expect(page.locator(".library h2")).to_have_text("3 份报告，2 个地方，缺 0 处")
    expect(page.locator("#said")).to_contain_text("3 份报告，2 个地方")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.locator(".held a[title^=丁省]").press("Enter")
    expect(page.locator("#report .full h2").first).to_have_text("丁省2014年政府工作报告")
    page.wait_for_url("**view=report&report=d2014")
    page.go_back()
    expect(page.locator(".library")).to_be_visible()


def found(page: Page) -> list[str]:
    return page.locator(".held tbody [scope=row]").all_inner_texts()


def test_it_narrows_as_one_types_and_stands_in_the_address(visit: Visit, country: str) -> None:
    page = visit(f"{country}/?view=library")
    assert len(found(page)) == 10
    page.locator("#holdings input").press_sequentially("县")
    expect(page.locator(".held tbody [scope=row]")).to_have_text(["壬县", "癸县"])
    expect(page.locator("#holdings input")).to_be_focused()
    page.wait_for_url(lambda url: quote("县") in url)
    again = visit(page.url)
    assert found(again) == ["壬县", "癸县"]
    expect(again.locator("#holdings input")).to_have_value("县")


def test_what_could_not_be_read_is_told_with_its_reason(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?view=library")
    page.click(".left .unread summary >> nth=0")
    expect(page.locator(".left")).to_contain_text("scan.pdf：没有文字层")
    page.click(".left .unread summary >> nth=1")
    expect(page.locator(".left .unread").nth(1).locator("li")).to_have_count(1)


def test_one_report_has_a_library_too(visit: Visit, address: str) -> None:
    page = visit(address)
    turn(page, "library")
    expect(page.locator(".held tbody tr")).to_have_count(1)
