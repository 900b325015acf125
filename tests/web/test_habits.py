"""Habits: history, examples, keys, input methods, citing, errors in words, paper."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, ask, compose, highlighted, ready, settled, turn, unfold

GRANTED = {"permissions": ["clipboard-read", "clipboard-write"]}


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def copied(page: Page, form: str) -> str:
    """What a form of the citation menu puts into the clipboard; the menu says for a while that it has."""
    menu = page.locator(".answer .cite").first
    page.evaluate("navigator.clipboard.writeText('')")
    menu.locator("summary").click()
    menu.get_by_role("button", name=form).click()
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_have_text("已复制")
    expect(menu.locator("summary")).to_be_focused()
    return clipboard(page)


def test_questions_are_remembered_by_the_browser_and_can_be_cleared(visit: Visit, address: str) -> None:
    page = visit(address)
    for question in (GDP, "地铁", GDP):
        ask(page, question)
        expect(page).to_have_title(f"{question} · 问报：政府工作报告问答")
    page.goto(address)
    ready(page)
    page.click("[popovertarget=past]")
    expect(page.locator("#past li")).to_have_text([GDP, "地铁"])
    page.locator("#past a", has_text="地铁").click()
    expect(page.locator("#past")).to_be_hidden()
    expect(page.locator(BOX)).to_have_value("地铁")
    expect(page.locator(".answer")).to_contain_text("地铁")
    page.click("[popovertarget=past]")
    page.click("#past .clear")
    expect(page.locator("#past li")).to_have_count(0)
    page.reload()
    ready(page)
    expect(page.locator("#past li")).to_have_count(0)


def test_two_tabs_have_one_history_and_neither_overwrites_the_others(visit: Visit, address: str) -> None:
    one = visit(address)
    two = one.context.new_page()
    two.goto(address)
    ready(two)
    for page, question in ((one, GDP), (two, "地铁"), (one, "今年新增就业的目标")):
        ask(page, question)
        expect(page).to_have_title(f"{question} · 问报：政府工作报告问答")
    for page in (one, two):
        page.click("[popovertarget=past]")
        expect(page.locator("#past li")).to_have_text(["今年新增就业的目标", "地铁", GDP])
    two.click("#past .clear")
    expect(one.locator("#past li")).to_have_count(0)


@pytest.mark.parametrize(("locale", "name"), [("zh-CN", "问报：政府工作报告问答"), ("en-GB", "Wenbao: ask a government work report")])
def test_a_tab_is_named_by_what_is_asked_in_it(visit: Visit, address: str, locale: str, name: str) -> None:
    page = visit(address, locale=locale)
    expect(page).to_have_title(name)
    ask(page, GDP)
    expect(page).to_have_title(f"{GDP} · {name}")
    ask(page, "地铁")
    expect(page).to_have_title(f"地铁 · {name}")
    turn(page, "report")
    expect(page).to_have_title(name)
    page.go_back()
    expect(page).to_have_title(f"地铁 · {name}")
    page.go_back()
    expect(page).to_have_title(f"{GDP} · {name}")
    expect(visit(f"{address}/?q={quote('增长')}&mode=keyword", locale=locale)).to_have_title(f"增长 · {name}")


def test_each_of_many_questions_is_answered_and_stands_in_the_address(visit: Visit, address: str) -> None:
    page = visit(address)
    for question, number in ((GDP, "2482.5亿元"), ("今年新增就业的目标", "15万人")) * 8:
        ask(page, question)
        expect(page.locator(".answer .big mark").first).to_have_text(number)
        page.wait_for_url(lambda url, q=question: quote(q, safe="") in url, timeout=5000)  # type: ignore[misc]


def test_an_example_is_asked_at_once(visit: Visit, address: str) -> None:
    page = visit(address)
    example = page.locator("#try a").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".answer .big mark").first).to_be_visible()
    expect(page.locator(BOX)).to_have_value(text)
    expect(page.locator("#try")).to_be_hidden()
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
    links = page.locator("#answer a.place:visible")
    expect(links).to_have_count(1)  # the passages are folded
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.locator("#answer .fold > summary").press("Enter")
    expect(links).to_have_count(11)
    page.focus(BOX)
    for at in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        expect(links.nth(at)).to_be_focused()
    for at in (1, 0):
        page.keyboard.press("ArrowUp")
        expect(links.nth(at)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#p-6")).to_be_focused()


@pytest.mark.parametrize(("menu", "item"), [(".answer .cite", "button"), (".acts .get", "a")])
def test_escape_closes_a_menu_and_leaves_one_where_it_was_opened(visit: Visit, address: str, menu: str, item: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    opener, inside = page.locator(f"{menu} summary"), page.locator(f"{menu} {item}").first
    for focused in (inside, page.locator(BOX), opener):
        opener.press("Enter")
        expect(inside).to_be_visible()
        focused.focus()
        page.keyboard.press("Escape")
        expect(inside).to_be_hidden()
        expect(opener).to_be_focused()
    opener.press("Enter")
    page.click("header .title")
    expect(inside).to_be_hidden()


def test_a_question_that_cannot_be_asked_is_a_quiet_line(visit: Visit, address: str) -> None:
    page = visit(address)
    ask(page, " ")
    line = page.locator("#answer .trouble")
    expect(line).to_be_visible()
    ask(page, "字" * 2001)
    expect(line).to_contain_text("2000")
    assert "Traceback" not in page.content()
    expect(page.locator(".toast-wrap")).to_be_empty()
    expect(page.locator("#answer .again")).to_have_count(0)  # asking the same again would not help


def test_a_passage_is_copied_in_each_form(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", **GRANTED)
    quoted = "预计全市地区生产总值实现2482.5亿元，增长16.5%"
    place = "一、2006年政府工作回顾 · 第2段"
    assert copied(page, "纯文本") == f"“{quoted}”（《沈阳市2007年政府工作报告》，{place}）"
    assert copied(page, "Markdown") == f"> {quoted}\n>\n> —— 《沈阳市2007年政府工作报告》，{place}"
    reference = "李英杰. 沈阳市2007年政府工作报告[R]. 沈阳: [出版者不详], 2007: 一、2006年政府工作回顾, 第2段."
    assert copied(page, "GB/T 7714") == f"“{quoted}”\n{reference}"


def test_an_answer_is_copied_as_a_sentence_and_then_as_a_link_that_brings_it_back(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", **GRANTED)
    sentence = page.locator(".acts button").nth(0)
    expect(sentence).to_have_text("复制成一句")
    sentence.click()
    expect(sentence).to_have_text("已复制，再按一次复制链接")
    expect(page.locator("#said [role=status]")).to_have_text("已复制，再按一次复制链接")
    assert clipboard(page) == "据《沈阳市2007年政府工作报告》，2006年预计全市地区生产总值实现2482.5亿元，增长16.5%。"
    sentence.click()
    expect(sentence).to_have_text("已复制")
    link = clipboard(page)
    page.locator(".acts").get_by_role("button", name="链接", exact=True).click()
    expect(page.locator(".acts").get_by_role("button", name="已复制")).to_have_count(2)
    assert clipboard(page) == link
    again = visit(link)
    expect(again.locator(".answer .big mark")).to_have_text("2482.5亿元")
    settled(again, "#p-6")
    assert highlighted(again)[0] == "2482.5亿元"


WAITED = """() => { window.waited = 0;
  let asked = 0;
  addEventListener('keydown', (event) => { if (event.key === 'Enter') asked = performance.now(); }, true);
  new MutationObserver(() => {
    if (asked && !window.waited && document.querySelector('#answer.waits')) window.waited = performance.now() - asked;
  }).observe(document.querySelector('#answer'), { attributes: true }); }"""


def test_a_wait_shows_only_after_a_moment(visit: Visit, address: str) -> None:
    page = visit(address)
    page.evaluate(WAITED)
    ask(page, GDP)
    expect(page.locator(".answer .big")).to_be_visible()
    assert not 0 < page.evaluate("window.waited") < 300, "nothing is shown of a wait that is none"
    expect(page.locator("#answer")).not_to_have_class("waits")
    held: list[Route] = []
    page.route("**/component_server/", lambda route: held.append(route))
    page.evaluate("window.waited = 0")
    ask(page, "今年新增就业的目标")
    expect(page.locator("#answer")).to_have_class("waits")
    assert page.evaluate("window.waited") >= 300
    expect(page.locator(".answer .big")).to_contain_text("2482.5亿元")  # nothing moves until there is another
    held[0].continue_()
    expect(page.locator(".answer .big")).to_contain_text("15万人")
    expect(page.locator("#answer")).not_to_have_class("waits")


def test_on_paper_there_is_the_answer_and_nothing_to_press(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    page.emulate_media(media="print")
    expect(page.locator(".answer .big")).to_be_visible()
    expect(page.locator(".fold")).to_be_hidden()  # what is folded on the page is on no paper
    page.emulate_media(media="screen")
    unfold(page)
    page.emulate_media(media="print")
    expect(page.locator(".passage p").first).to_be_visible()
    expect(page.locator("button:visible")).to_have_text(["时间 2006年", "操作 查数值"])  # how the question was taken
    for gone in ("#tabs [role=tab]", "#side", "header nav", ".answer .row button", "#follow"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
    report = visit(f"{address}/?view=report", color_scheme="dark")
    report.emulate_media(media="print")
    expect(report.locator("#p-6")).to_be_visible()
    for gone in (".outline", "#find", "header nav"):
        expect(report.locator(gone)).to_be_hidden()
    expect(report.locator("#p-6")).to_have_css("color", "rgb(0, 0, 0)")
