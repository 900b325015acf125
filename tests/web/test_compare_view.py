"""The compare view: an indicator over reports, chosen by place and year, each number followed to its sentence."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.reader import highlighted, settled, turn

GROWTH = f"?view=compare&q={quote('地区生产总值')}&kind=growth"


def table(page: Page) -> list[list[str]]:
    """The cells of each row, without line breaks."""
    rows = page.locator(".sides tbody tr").all()
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def test_one_report_has_nothing_beside_it(visit: Visit, address: str) -> None:
    expect(visit(address).locator("#tab-compare-button")).to_have_count(0)


def test_what_most_reports_give_is_shown_first(visit: Visit, collection: str) -> None:
    page = visit(collection)
    turn(page, "compare")
    expect(page.locator(".sides")).to_be_visible()
    assert table(page) == [
        ["丙区 2013", "18.5% 2012年", "20% 2013年", "—", ""],
        ["丙区 2014", "10.1% 2013年", "11%左右 2014年", "20% 2013年", "低9.9个百分点（10.1 − 20）"],
        ["丁省 2014", "下降1.2% 2013年", "5%以上 2014年", "—", ""],
    ]
    page.wait_for_url(lambda url: "view=compare" in url and "kind=growth" in url)
    expect(page.locator("#said")).to_contain_text("3 份报告")


def test_a_number_leads_to_its_sentence_and_back(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.locator(".sides a", has_text="下降1.2%").click()
    expect(page.locator("#report .full h2").first).to_have_text("丁省2014年政府工作报告")
    settled(page, "#report .here")
    assert highlighted(page) == ["1.2%"]
    page.go_back()
    expect(page.locator(".sides")).to_be_visible()


def test_places_years_and_indicator_stand_in_the_address(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}")
    page.click("#places input")
    page.get_by_role("option", name="丙区").click()
    page.wait_for_url(lambda url: quote("丙区") in url)
    assert [row[0] for row in table(page)] == ["丙区 2013", "丙区 2014"]
    page.keyboard.press("Escape")
    page.click("#tab-compare input[aria-label^='年份']")
    page.get_by_role("option", name="2014").click()
    page.wait_for_url(lambda url: "year=2014" in url)
    assert [row[0] for row in table(page)] == ["丙区 2014"]
    again = visit(page.url)
    assert table(again) == table(page)
    expect(again.locator("#places .token")).to_have_text("丙区")
    again.fill("#indicator input", "粮食产量")
    again.keyboard.press("Enter")
    expect(again.locator("#compared")).to_contain_text("都没有给出")


def test_the_files_hold_what_is_shown(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}&place={quote('丙区')}")
    with page.expect_download() as saved:
        page.click("#compare-csv")
    lines = list(csv.DictReader(io.StringIO(saved.value.path().read_bytes().decode("utf-8-sig"))))
    assert [(line["place"], line["reached_value"], line["planned"]) for line in lines] == [
        ("丙区", "18.5", "20%"),
        ("丙区", "10.1", "11%左右"),
    ]
    with page.expect_download() as saved:
        page.click("#compare-json")
    rows = json.loads(saved.value.path().read_bytes())
    assert rows[1]["difference"]["text"] == "低9.9个百分点（10.1 − 20）"


def test_in_english(visit: Visit, collection: str) -> None:
    page = visit(f"{collection}/{GROWTH}&lang=en")
    expect(page.locator("#tab-compare-button")).to_have_text("Compare")
    assert page.locator(".sides thead th").all_inner_texts()[:3] == ["Report", "Reached last year", "Planned"]
    assert table(page)[1][-1] == "9.9 percentage points less (10.1 − 20)"
