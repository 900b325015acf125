"""The report view: outline, hints of figures, find in text."""

from __future__ import annotations

from playwright.sync_api import expect

from index.records import Report
from tests.web.conftest import Visit
from tests.web.reader import PHONE, highlighted, settled, turn


def test_the_outline_leads_to_each_part(visit: Visit, address: str, report: Report) -> None:
    page = visit(f"{address}/?view=report")
    links = page.locator(".outline a")
    expect(links).to_have_text([section.path[-1] for section in report.sections])
    links.nth(9).click()
    settled(page, "#s-10")
    page.wait_for_url("**#s-10")


def test_every_figure_has_its_hint_by_mouse_and_by_keys(visit: Visit, address: str, report: Report) -> None:
    page = visit(f"{address}/?view=report")
    expect(page.locator("#report .fig")).to_have_count(len(report.figures))
    figure = page.locator("#p-6 .fig").first
    figure.hover()
    expect(page.locator("#hint")).to_have_text("全市地区生产总值 · 2006年 · 已完成 · 预计")
    page.mouse.move(0, 0)
    figure.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#p-6 .fig").nth(1)).to_be_focused()
    expect(page.locator("#hint")).to_have_text("全市地区生产总值 · 2006年 · 已完成")
    assert page.get_by_role("note", name="16.5%：全市地区生产总值 · 2006年 · 已完成", exact=True).count() == 1
    expect(page.locator("#report .fig[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#hint")).to_be_hidden()


def test_words_are_found_in_the_text_and_stepped_through(visit: Visit, address: str, report: Report) -> None:
    page = visit(f"{address}/?view=report")
    count = report.text.count("地铁")
    page.fill("#find input", "地铁")
    page.wait_for_function(f"document.querySelector('#find').dataset.count === '1 / {count}'")
    assert highlighted(page, "found") == ["地铁"] * count
    page.press("#find input", "Enter")
    page.wait_for_function(f"document.querySelector('#find').dataset.count === '2 / {count}'")
    page.fill("#find input", "增长16.5%")  # across the edge of a figure
    page.wait_for_function("document.querySelector('#find').dataset.count === '1 / 1'")
    assert highlighted(page, "current") == ["增长16.5%"]
    settled(page, "#p-6")
    page.fill("#find input", "")
    page.wait_for_function("document.querySelector('#find').dataset.count === ''")
    assert highlighted(page, "found") == []


def test_on_a_phone_the_outline_folds(visit: Visit, address: str) -> None:
    page = visit(address, PHONE)
    turn(page, "report")
    expect(page.locator(".outline summary")).to_be_visible()
    expect(page.locator(".outline a").first).to_be_hidden()
    page.click(".outline summary")
    page.locator(".outline a").nth(3).click()
    settled(page, "#s-4")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
