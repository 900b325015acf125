"""Several reports in one index: which one is asked, searched, tabled and shown."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, PHONE, ready, turn

FIRST, SECOND = "甲市2011年政府工作报告", "乙市2012年政府工作报告"


IN = "#search-controls select[name=report]"


def offered(page: Page) -> list[str]:
    return page.locator(f"{IN} option").all_inner_texts()


def test_a_search_is_over_all_reports_or_in_one(visit: Visit, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('地区生产总值')}&mode=keyword")
    titles = page.locator("#results .passage .place")
    expect(titles).to_have_count(2)
    assert offered(page) == ["报告：不限", f"{FIRST}（1）", f"{SECOND}（1）"]
    page.focus(IN)
    page.select_option(IN, label=f"{SECOND}（1）")
    expect(titles).to_have_count(1)
    expect(titles).to_have_attribute("data-title", SECOND)
    page.wait_for_url("**report=second**")
    assert f"{FIRST}（1）" in offered(page), "still of the search over all"
    expect(page.locator(IN)).to_be_focused()
    again = visit(page.url)
    expect(again.locator(f"{IN} option:checked")).to_have_text(f"{SECOND}（1）")
    expect(again.locator("#results .passage")).to_have_count(1)
    again.select_option(IN, label="报告：不限")
    expect(again.locator("#results .passage")).to_have_count(2)


def test_an_answer_is_restricted_by_its_address_says_so_and_can_be_freed(visit: Visit, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('地区生产总值是多少')}&report=second&status=actual")
    expect(page.locator("#answer .only")).to_have_text(f"只看：{SECOND} · 已完成 不限")
    expect(page.locator(".answer .big mark")).to_have_text("𠮷777亿元".removeprefix("𠮷"))
    assert "report=second" in page.url
    page.click("#answer .only a")
    expect(page.locator("#answer .only")).to_have_count(0)
    page.wait_for_url(lambda url: "report=" not in url and "status=" not in url)
    wrong = visit(f"{difficult}/?q={quote('地区生产总值是多少')}&year=1990")
    expect(wrong.locator("#answer .only")).to_have_text("只看：1990年 不限")
    expect(wrong.locator(".answer.refused")).to_be_visible()


def test_the_questions_to_begin_with_are_about_the_report_that_is_shown(visit: Visit, difficult: str) -> None:
    page = visit(difficult)
    first = page.locator("#try a").first
    expect(first).to_have_text(f"{FIRST}承认哪些不足")
    page.select_option("#which", label=SECOND)
    expect(first).to_have_text(f"{SECOND}承认哪些不足")
    expect(page.locator("#report h2")).to_have_text(SECOND)
    first.click()
    expect(page.locator(BOX)).to_have_value(f"{SECOND}承认哪些不足")
    expect(page.locator("#answer .result")).to_be_visible()


def test_the_table_is_of_the_report_chosen_above_it(visit: Visit, difficult: str) -> None:
    page = visit(difficult, PHONE)
    turn(page, "figures")
    expect(page.locator("#table tbody tr").first).to_contain_text("100")
    page.select_option("#which", label=SECOND)
    expect(page.locator("#table tbody tr").first).to_contain_text("777")
    page.wait_for_url("**report=second**")
    expect(visit(page.url, PHONE).locator("#table tbody tr").first).to_contain_text("777")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_report_that_is_read_stands_in_the_address(visit: Visit, difficult: str) -> None:
    page = visit(difficult)
    turn(page, "report")
    page.wait_for_url("**view=report**")
    page.select_option("#which", label=SECOND)
    expect(page.locator("#report h2")).to_have_text(SECOND)
    page.wait_for_url("**view=report&report=second")
    page.reload()
    ready(page)
    expect(page.locator("#report h2")).to_have_text(SECOND)
    expect(page.locator("#which")).to_have_value("second")
    page.go_back()
    expect(page.locator("#report h2")).to_have_text(FIRST)
