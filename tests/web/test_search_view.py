"""The search view: modes, filters with their counts, results as one types."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from search import Engine
from tests.web.conftest import Visit
from tests.web.reader import BOX, PHONE, compose, settled, turn


def passages(page: Page) -> int:
    """How many the head says there are."""
    head = page.locator("#results .passages-head h2").inner_text()
    return int("".join(filter(str.isdigit, head)))


def choose(page: Page, name: str, value: str) -> int:
    """Chooses a value of a filter, by the name it is read by; returns the count that stood beside it."""
    filter_ = page.get_by_role("combobox", name=name)
    option = filter_.locator("option", has_text=value)
    count = int("".join(filter(str.isdigit, option.inner_text().partition("（")[2])))
    filter_.select_option(label=option.inner_text())
    return count


def test_results_come_as_one_types_in_the_one_box(visit: Visit, address: str) -> None:
    page = visit(address)
    turn(page, "search")
    page.locator(BOX).press_sequentially("地铁")
    expect(page.locator("#results .passage mark.term").first).to_have_text("地铁")
    page.wait_for_url(lambda url: quote("地铁") in url and "mode=hybrid" in url)
    expect(page.locator(BOX)).to_be_focused()
    page.fill(BOX, "粮食")
    expect(page.locator("#results .passage mark.term").first).to_contain_text("粮食")


def test_what_was_asked_comes_along_to_the_search(visit: Visit, address: str) -> None:
    page = visit(address)
    page.fill(BOX, "地铁")
    turn(page, "search")
    expect(page.locator("#results .passage").first).to_contain_text("地铁")
    expect(page.locator("#question .submit-button")).to_have_text("检索")


def test_each_mode_finds_in_its_own_way(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?q={quote('地铁')}&mode=hybrid")
    for mode, name in (("keyword", "关键词"), ("semantic", "语义")):
        page.locator("#mode label", has_text=name).click()
        page.wait_for_url(lambda url, m=mode: f"mode={m}" in url)  # type: ignore[misc]
        first = engine.search("地铁", mode, 50).passages
        expect(page.locator("#results .passage p").first).to_have_text(first[0].text)
        assert passages(page) == len(first)


def test_a_filter_leaves_as_many_as_its_count_said(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('投资')}&mode=keyword")
    every = passages(page)
    planned = choose(page, "状态", "计划")
    expect(page.locator("#results .passages-head h2")).to_have_text(f"找到 {planned} 段")
    assert 0 < planned < every
    page.wait_for_url(lambda url: "status=target" in url)
    percent = choose(page, "单位", "%")
    expect(page.locator("#results .passages-head h2")).to_have_text(f"找到 {percent} 段")
    page.wait_for_url(lambda url: "unit=" in url)
    again = visit(page.url)
    expect(again.locator("#results .passages-head h2")).to_have_text(f"找到 {percent} 段")
    status = again.get_by_role("combobox", name="状态")
    expect(status).to_have_value("target")
    expect(status.locator("option:checked")).to_have_text(f"计划（{percent}）")
    again.get_by_role("combobox", name="单位").select_option("")
    expect(again.locator("#results .passages-head h2")).to_have_text(f"找到 {planned} 段")


def test_passages_with_figures_and_by_section_and_year(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('地铁')}&mode=keyword")
    label = page.locator("#figures-only").inner_text()
    page.locator("#figures-only input").check()
    expect(page.locator("#results .passages-head h2")).to_have_text(f"找到 {int(''.join(filter(str.isdigit, label)))} 段")
    year = choose(page, "年份", "2006年")
    expect(page.locator("#results .passages-head h2")).to_have_text(f"找到 {year} 段")
    part = choose(page, "部分", "一、2006年政府工作回顾")
    assert part == year


def test_a_passage_leads_to_its_paragraph_and_the_others_unfold(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('发展')}&mode=hybrid")
    expect(page.locator("#results .passage:visible")).to_have_count(10)
    page.click("#results .more summary")
    expect(page.locator("#results .passage:visible")).to_have_count(passages(page))
    number = page.locator("#results a.place").nth(11).get_attribute("href") or ""
    page.locator("#results a.place").nth(11).click()
    settled(page, number)


def test_nothing_found_is_said(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('龘')}&mode=keyword")
    expect(page.locator("#results .intro")).to_contain_text("没有找到")


def test_a_composition_is_searched_for_when_it_is_a_word(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?mode=keyword")
    page.locator("#mode label", has_text="关键词").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    compose(page, BOX, "ditie", "地铁")
    expect(page.locator("#results .passage mark.term").first).to_have_text("地铁")
    assert not [data for data in asked if "ditie" in data]


def test_on_a_phone_nothing_sticks_out(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('增长')}&mode=hybrid", PHONE)
    expect(page.locator("#results .passage").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("#results a.place").first.click()
    expect(page.locator("#tab-report-button")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#report .here")).to_be_visible()
