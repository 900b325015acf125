"""Several reports in one index: which one is asked, searched, tabled and shown."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, PHONE, turn

FIRST, SECOND = "甲市2011年政府工作报告", "乙市2012年政府工作报告"


def pick(page: Page, box: str, title: str) -> None:
    page.click(f"{box} input")
    page.get_by_role("option", name=title).click()


def test_a_search_is_over_all_reports_or_in_one(visit: Visit, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('地区生产总值')}&mode=keyword")
    titles = page.locator("#results .passage .place")
    expect(titles).to_have_count(2)
    page.click("#in-report input")
    offered = page.get_by_role("option").all_inner_texts()
    assert [one.strip("✓ \n") for one in offered] == ["报告：不限", f"{FIRST}（1）", f"{SECOND}（1）"]
    page.get_by_role("option", name=SECOND).click()
    expect(titles).to_have_count(1)
    expect(titles).to_have_attribute("data-title", SECOND)
    page.wait_for_url("**report=second**")
    page.click("#in-report input")
    expect(page.get_by_role("option", name=f"{FIRST}（1）")).to_be_visible()  # still of the search over all
    page.keyboard.press("Escape")
    again = visit(page.url)
    expect(again.locator("#in-report input")).to_have_value(f"{SECOND}（1）")
    expect(again.locator("#results .passage")).to_have_count(1)
    pick(again, "#in-report", "报告：不限")
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
    first = page.locator("#try button").first
    expect(first).to_have_text(f"{FIRST}承认哪些不足")
    pick(page, "#which", SECOND)
    expect(first).to_have_text(f"{SECOND}承认哪些不足")
    expect(page.locator("#report h2")).to_have_text(SECOND)
    first.click()
    expect(page.locator(BOX)).to_have_value(f"{SECOND}承认哪些不足")


def test_the_table_is_of_the_report_chosen_above_it(visit: Visit, difficult: str) -> None:
    page = visit(difficult, PHONE)
    turn(page, "figures")
    expect(page.locator("#table .virtual-row").first).to_contain_text("100")
    pick(page, "#which", SECOND)
    expect(page.locator("#table .virtual-row").first).to_contain_text("777")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
