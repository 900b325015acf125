"""Habits: history, examples, keys, input methods, citing, errors in words, paper."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from app import launch
from bench.served import free_port
from search import Engine
from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, ask, compose

GRANTED = {"permissions": ["clipboard-read", "clipboard-write"]}


def copied(page: Page, form: str) -> str:
    page.locator(".answer .cite summary").first.click()
    page.locator(".answer .cite").first.get_by_role("button", name=form).click()
    expect(page.locator(".answer .cite summary").first).to_have_text("已复制")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_questions_are_remembered_by_the_browser_and_can_be_cleared(visit: Visit, address: str) -> None:
    page = visit(address)
    for question in (GDP, "地铁", GDP):
        ask(page, question)
        expect(page.locator(".answer")).to_be_visible()
        page.wait_for_url(lambda url, q=question: quote(q, safe="") in url)  # type: ignore[misc]
        page.wait_for_load_state("networkidle")
    page.goto(address)
    page.wait_for_function("window.wenbao?.isReady")
    page.click("[popovertarget=past]")
    expect(page.locator("#past li")).to_have_text([GDP, "地铁"])
    page.locator("#past a", has_text="地铁").click()
    expect(page.locator(BOX)).to_have_value("地铁")
    expect(page.locator(".answer")).to_contain_text("地铁")
    page.click("[popovertarget=past]")
    page.click("#past .clear")
    expect(page.locator("#past li")).to_have_count(0)
    page.reload()
    page.wait_for_function("window.wenbao?.isReady")
    expect(page.locator("#past li")).to_have_count(0)


def test_each_of_many_questions_is_answered_and_stands_in_the_address(visit: Visit, address: str) -> None:
    page = visit(address)
    for question, number in ((GDP, "2482.5亿元"), ("今年新增就业的目标", "15万人")) * 8:
        ask(page, question)
        expect(page.locator(".answer .big mark").first).to_have_text(number)
        page.wait_for_url(lambda url, q=question: quote(q, safe="") in url, timeout=5000)  # type: ignore[misc]


def test_an_example_is_asked_at_once(visit: Visit, address: str) -> None:
    page = visit(address)
    example = page.locator("#try button").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".answer .big mark").first).to_be_visible()
    expect(page.locator(BOX)).to_have_value(text)
    page.wait_for_url(lambda url: quote(text, safe="") in url, timeout=5000)


def test_the_enter_that_ends_a_composition_does_not_ask(visit: Visit, address: str) -> None:
    page = visit(address)
    compose(page, BOX, "ditie", "地铁")
    page.wait_for_timeout(600)
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value("地铁")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("地铁")


def test_slash_arrows_and_enter(visit: Visit, address: str) -> None:
    page = visit(address)
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type(GDP)
    page.keyboard.press("Enter")
    expect(page.locator(".passage a.place").first).to_be_visible()
    links = page.locator(".passages a.place")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#p-6")).to_be_focused()


def test_a_question_that_cannot_be_asked_is_a_quiet_line(visit: Visit, address: str) -> None:
    page = visit(address)
    ask(page, " ")
    line = page.locator("#answer .trouble")
    expect(line).to_be_visible()
    ask(page, "字" * 2001)
    expect(line).to_contain_text("2000")
    assert "Traceback" not in page.content()
    expect(page.locator(".toast-wrap")).to_be_empty()


@pytest.mark.parametrize(
    ("locale", "line"), [("zh-CN", "现在提问的人很多，请过几秒再试。"), ("en-GB", "Please try again in a few seconds.")]
)
def test_a_full_queue_is_a_line_in_the_pages_language(visit: Visit, engine: Engine, locale: str, line: str) -> None:
    server = launch(engine, port=(port := free_port()), block=False)
    try:
        page = visit(f"http://127.0.0.1:{port}", locale=locale)
        server.blocks._queue.max_size = 0
        ask(page, GDP)
        expect(page.locator(".toast-wrap")).to_contain_text(line)
        expect(page.locator(".toast-wrap")).not_to_contain_text("application")
        expect(page.locator("#said [role=status]")).to_contain_text(line)
    finally:
        server.close()


def test_a_passage_is_copied_in_each_form(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", **GRANTED)
    quoted = "预计全市地区生产总值实现2482.5亿元，增长16.5%"
    place = "一、2006年政府工作回顾 · 第2段"
    assert copied(page, "纯文本") == f"“{quoted}”（《沈阳市2007年政府工作报告》，{place}）"
    page.wait_for_timeout(1600)
    assert copied(page, "Markdown") == f"> {quoted}\n>\n> —— 《沈阳市2007年政府工作报告》，{place}"
    page.wait_for_timeout(1600)
    reference = "李英杰. 沈阳市2007年政府工作报告[R]. 沈阳: [出版者不详], 2007: 一、2006年政府工作回顾, 第2段."
    assert copied(page, "GB/T 7714") == f"“{quoted}”\n{reference}"
    page.locator(".answer").get_by_role("button", name="链接").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("#p-6")
    assert quote(GDP, safe="") in link


WAITED = """() => { window.waited = 0;
  let asked = 0;
  addEventListener('keydown', (event) => { if (event.key === 'Enter') asked = performance.now(); }, true);
  const look = () => {
    const line = document.querySelector('#answer > .minimal:not(.hide)');
    if (asked && line && line.getBoundingClientRect().width > 1) return void (window.waited = performance.now() - asked);
    requestAnimationFrame(look);
  };
  look(); }"""

SLOWED = """() => { const fetched = window.fetch;
  window.fetch = async (...asked) => {
    if (String(asked[0]?.url ?? asked[0]).includes('/queue/join')) await new Promise((done) => setTimeout(done, 900));
    return fetched(...asked);
  }; }"""


def test_a_wait_shows_only_after_a_moment(visit: Visit, address: str) -> None:
    page = visit(address)
    page.evaluate(WAITED)
    ask(page, GDP)
    expect(page.locator(".answer .big")).to_be_visible()
    assert not 0 < page.evaluate("window.waited") < 300, "nothing is shown of a wait that is none"
    page.evaluate(WAITED)
    page.evaluate(SLOWED)
    ask(page, "今年新增就业的目标")
    page.wait_for_function("window.waited", timeout=5000)
    assert page.evaluate("window.waited") >= 300
    expect(page.locator(".answer .big")).to_contain_text("15万人")


def test_on_paper_there_is_the_answer_and_nothing_to_press(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    page.emulate_media(media="print")
    expect(page.locator(".answer .big")).to_be_visible()
    expect(page.locator(".passage p").first).to_be_visible()
    for gone in ("#tabs [role=tab]", "#side", "header nav", ".answer .row button", "#follow"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    report = visit(f"{address}/?view=report", color_scheme="dark")
    report.emulate_media(media="print")
    expect(report.locator("#p-6")).to_be_visible()
    for gone in (".outline", "#find", "header nav"):
        expect(report.locator(gone)).to_be_hidden()
    expect(report.locator("#p-6")).to_have_css("color", "rgb(0, 0, 0)")
