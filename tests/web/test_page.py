"""The page in a real browser: asked, followed, searched, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.samples import HOSTILE

GDP = "2006年沈阳市地区生产总值是多少？"
BOX, QUERY = "#question textarea", "#query textarea"
DESK, PHONE = (1280, 860), (390, 844)
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens pages that fail the test when their script does, or when they ask another host for anything."""
    troubles: list[str] = []
    contexts = []

    def opened(address: str, size: tuple[int, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("request", lambda request: troubles.extend(_foreign(request.url)))
        page.goto(address)
        page.wait_for_function("document.documentElement.lang !== ''  && document.querySelector('#said') !== null")
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def _foreign(url: str) -> list[str]:
    parts = urlsplit(url)
    return [url] if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1" else []


def ask(page: Page, question: str) -> None:
    page.fill(BOX, question)
    page.press(BOX, "Enter")


def inside(page: Page, selector: str) -> bool:
    """Whether an element is wholly in the window, and in the report column where it is part of that."""
    script = """(selector) => {
      const element = document.querySelector(selector), box = element.getBoundingClientRect();
      const column = element.closest('#side');
      const frame = getComputedStyle(column || element).overflowY === 'auto' ? column.getBoundingClientRect() : null;
      const [top, bottom] = [Math.max(0, frame?.top ?? 0), Math.min(innerHeight, frame?.bottom ?? innerHeight)];
      return box.height > 0 && box.top >= top && box.bottom <= bottom;
    }"""
    return bool(page.evaluate(script, selector))


def settled(page: Page, selector: str) -> None:
    """Waits until scrolling has brought an element into sight."""
    page.wait_for_timeout(100)
    for _ in range(40):
        if inside(page, selector):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{selector} is not in sight")


def test_a_question_is_answered_with_its_figure_marked_and_leads_to_the_paragraph(visit: Open, address: str) -> None:
    page = visit(address)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator(".answer .tags")).to_contain_text("预计")
    expect(page.locator(".answer blockquote mark.figure").first).to_have_text("2482.5亿元")
    settled(page, "#p-6")  # the column goes there by itself
    page.evaluate("document.querySelector('#side').scrollTo(0, 0)")
    page.evaluate("scrollTo(0, 600)")  # the column stays in sight however far the answers go
    page.click(".answer a.place")
    settled(page, "#p-6")
    paragraph = page.locator("#p-6")
    expect(paragraph).to_have_class("here")
    expect(paragraph).to_be_focused()
    expect(paragraph.locator("mark").first).to_have_text("2482.5亿元")
    assert page.evaluate("getComputedStyle(document.querySelector('#p-6')).backgroundColor") == "rgb(253, 246, 227)"


def test_a_passage_can_be_clicked_anywhere_and_only_one_paragraph_is_marked(visit: Open, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    page.locator(".passage p").nth(1).click()
    number = page.locator(".passage a.place").nth(1).get_attribute("href") or ""
    settled(page, number)
    expect(page.locator("#report .here")).to_have_count(1)
    expect(page.locator(number)).to_have_class("here")
    whole = page.locator("#p-6").text_content()
    assert whole == "——预计全市地区生产总值实现2482.5亿元，增长16.5%，创14年来最高增幅；"


def test_the_address_holds_the_question_and_brings_it_back(visit: Open, address: str) -> None:
    page = visit(f"{address}/?lang=zh")
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    page.wait_for_url(lambda url: quote(GDP, safe="") in url and "lang=zh" in url)
    again = visit(page.url)
    expect(again.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(again.locator(BOX)).to_have_value(GDP)


def test_a_link_to_a_paragraph_shows_it(visit: Open, address: str) -> None:
    page = visit(f"{address}/?q={quote('地铁')}#p-12")
    settled(page, "#p-12")
    expect(page.locator("#p-12")).to_have_class("here")


def test_search_finds_by_each_mode(visit: Open, address: str) -> None:
    page = visit(address)
    page.fill(BOX, "地铁")
    page.click("#tab-search-button")
    expect(page.locator(QUERY)).to_have_value("地铁")  # what was typed comes along
    page.press(QUERY, "Enter")
    expect(page.locator("#results .passage").first).to_contain_text("地铁")
    for mode in ("关键词", "语义"):
        page.locator("#mode label", has_text=mode).click()
        page.wait_for_url(lambda url, m=mode: {"关键词": "keyword", "语义": "semantic"}[m] in url)  # type: ignore[misc]
        expect(page.locator("#results .passage").first).to_be_visible()
    again = visit(f"{address}/?q={quote('地铁')}&mode=keyword")
    expect(again.locator("#results .passage mark.term", has_text="地铁").first).to_be_visible()
    expect(again.locator(QUERY)).to_have_value("地铁")


def test_an_example_is_asked_at_once(visit: Open, address: str) -> None:
    page = visit(address)
    example = page.locator("#try button").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".answer .big mark").first).to_be_visible()
    expect(page.locator(BOX)).to_have_value(text)


def test_the_enter_that_ends_a_composition_does_not_ask(visit: Open, address: str) -> None:
    page = visit(address)
    page.focus(BOX)
    keys = page.context.new_cdp_session(page)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    keys.send("Input.imeSetComposition", {"text": "ditie", "selectionStart": 5, "selectionEnd": 5})
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    keys.send("Input.insertText", {"text": "地铁"})
    page.dispatch_event(BOX, "compositionend")  # Safari: first the end, then the Enter
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value("地铁")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("地铁")


def test_a_question_that_cannot_be_asked_is_a_quiet_line(visit: Open, address: str) -> None:
    page = visit(address)
    ask(page, " ")
    line = page.locator("#answer .trouble")
    expect(line).to_be_visible()
    ask(page, "字" * 2001)
    expect(line).to_contain_text("2000")
    assert "Traceback" not in page.content()
    expect(page.locator(".toast-wrap")).to_be_empty()


def test_hostile_questions_and_reports_are_only_text(visit: Open, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('甲市地区生产总值' + HOSTILE)}")
    expect(page.locator(BOX)).to_have_value("甲市地区生产总值" + HOSTILE)
    ask(page, "甲市2010年地区生产总值是多少？")
    expect(page.locator(".answer .big mark")).to_have_text("100亿元")
    expect(page.locator("#p-1")).to_contain_text(HOSTILE)
    expect(page.locator(".passage p").first).to_contain_text(HOSTILE)
    assert page.locator("#main img, #main script").count() == 0
    assert page.title() != "hit"


def test_a_passage_of_another_report_opens_that_report(visit: Open, difficult: str) -> None:
    page = visit(difficult)
    expect(page.locator("#report .full")).to_have_attribute("data-report", "hostile")
    ask(page, "2011年乙市地区生产总值是多少？")
    expect(page.locator("#report .full")).to_have_attribute("data-report", "second")
    expect(page.locator("#p-1 mark").first).to_have_text("777亿元")  # counted past signs of two UTF-16 units
    page.click("#which input")
    page.locator("[role=option]").first.click()
    expect(page.locator("#report .full")).to_have_attribute("data-report", "hostile")
    page.click(".answer a.place")
    expect(page.locator("#report .full")).to_have_attribute("data-report", "second")
    expect(page.locator("#p-1")).to_have_class("here")


def test_on_a_phone_the_report_is_behind_its_tab_and_the_answer_where_it_was(visit: Open, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", PHONE)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator("#side")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.evaluate("scrollTo(0, 120)")
    page.click(".answer a.place")
    settled(page, "#p-6")
    expect(page.locator("#p-6 mark").first).to_have_text("2482.5亿元")
    assert inside(page, "#tab-ask-button")
    page.click("#tab-ask-button")
    expect(page.locator(".answer .big mark")).to_be_visible()
    page.wait_for_function("scrollY === 120")


def test_what_a_screen_reader_and_a_keyboard_need(visit: Open, address: str) -> None:
    page = visit(address)
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.get_by_role("textbox", name="问题", exact=True)).to_be_visible()
    page.keyboard.type(GDP)
    page.keyboard.press("Enter")
    expect(page.locator("#said [role=status]")).to_contain_text("2482.5亿元")
    page.locator(".answer a.place").press("Enter")
    expect(page.locator("#p-6")).to_be_focused()
    names = page.evaluate(
        "[...document.querySelectorAll('button')].filter((b) => b.offsetParent).map((b) => b.innerText)"
    )
    assert all(name.strip() for name in names)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_citation_and_a_link_can_be_copied(visit: Open, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制引文").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“预计全市地区生产总值实现2482.5亿元，增长16.5%”（《沈阳市2007年政府工作报告》")
    page.get_by_role("button", name="链接").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#p-6")
    assert quote(GDP, safe="") in link


def test_english_and_dark(visit: Open, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    page.click("a.language")
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
    expect(page.locator(".answer .tags")).to_contain_text("2006 · done")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("button.theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
    page.reload()
    expect(page.locator("button.theme")).to_have_text("Light")
    dusk = visit(address, color_scheme="dark")
    assert dusk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
