"""Everyone: axe-core in every view, sizes, zoom, languages, dark, names and the live line."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, PHONE, ask, serious

VIEWS = {  # of which site, and where on it; "empty" has the zone for a report of one's own
    "ask": ("address", f"?q={quote(GDP)}"),
    "points": ("address", f"?q={quote('农业这一块总结一下')}"),
    "table": ("address", f"?q={quote('2007年主要预期目标有哪些')}"),
    "computed": ("address", f"?q={quote('2007年GDP增长目标比2006年实际低多少')}"),
    "enumeration": ("address", f"?q={quote('报告承认了哪些困难和问题')}"),
    "outline": ("address", f"?q={quote('今年重点抓哪几项工作')}"),
    "candidates": ("address", f"?q={quote('哪个指标增长最快')}"),
    "part": ("address", f"?q={quote('去年农民人均纯收入、房价、社会消费品零售总额各是多少')}"),
    "refused": ("address", f"?q={quote('2010年的失业率目标是多少？')}"),
    "search": ("address", f"?q={quote('增长')}&mode=hybrid"),
    "figures": ("address", "?view=figures"),
    "report": ("address", "?view=report#p-6"),
    "empty": ("address", ""),
    "tables": ("sheets", "?view=report#p-8"),
    "a row": ("sheets", f"?q={quote('2023年第一产业增加值绝对数是多少')}"),
    "rows": ("sheets", f"?q={quote('产业')}&mode=keyword"),
    "skipped": ("sheets", ""),
    "compare": ("collection", f"?view=compare&q={quote('地区生产总值')}&kind=growth"),
    "compared in vain": ("collection", f"?view=compare&q={quote('粮食产量')}"),
    "over": ("collection", f"?q={quote('丙区、丁省2014年地区生产总值增长目标')}"),
    "kept": ("collection", f"?q={quote('丙区2013年地区生产总值目标完成了没有')}"),
    "library": ("collection", "?view=library"),
    "library, unread": ("sheets", "?view=library"),
    "several": ("collection", f"?q={quote('地区生产总值')}&mode=keyword"),
}
Theme = Literal["light", "dark"]
UNFOLD = "() => { for (const one of document.querySelectorAll('#main details')) one.open = true; }"  # menus, passages, the rest of lists


@pytest.fixture
def view(request: pytest.FixtureRequest) -> str:
    """The whole address of a view, by its name."""
    site, place = VIEWS[request.param]
    return f"{request.getfixturevalue(site)}/{place}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS, indirect=True)
def test_axe_finds_nothing_serious_on_a_desk_or_a_phone(visit: Visit, view: str, theme: Theme) -> None:
    page = visit(view, color_scheme=theme)
    page.wait_for_selector("#report .full", state="attached")
    assert serious(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_function("matchMedia('(max-width: 860px)').matches")
    assert serious(page) == []
    page.evaluate(UNFOLD)
    assert serious(page) == [], "unfolded"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("view", VIEWS, indirect=True)
def test_nothing_sticks_out_at_any_width(visit: Visit, view: str, locale: str) -> None:
    page = visit(view, (360, 800), locale=locale)
    for width in (320, 360, 640, 1024, 1920):  # 640 is 1280 at a zoom of 200 %
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(UNFOLD)
    for width in (1920, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "unfolded"


def test_the_browsers_language_the_switch_and_the_theme(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", locale="en-GB")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("a.language")
    expect(page.locator("#tab-ask-button")).to_have_text("问答")
    page.click("a.language")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator(".answer .tags")).to_contain_text("2006 · done")
    page.click("button.theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
    page.reload()
    expect(page.locator("button.theme")).to_have_text("Light")
    dusk = visit(address, color_scheme="dark")
    assert dusk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"


# What is quoted from a report, or asked by the reader, stays as it is; all else that is seen or read out is the page's own. A sentence
# of the page may hold a name that is quoted beside it.
QUOTED = "[lang='zh-CN'], .brand, a.language, header .title, .intro h2, .place, #which, #said, [aria-hidden=true]"
NAMING = "caption, .counted, .wide, .chart, #indicator"
CHINESE = rf"""() => {{
  const seen = [], quoted = [...document.querySelectorAll("[lang='zh-CN']")].map((one) => one.textContent).join();
  const unquoted = (text) => text.replace(/[\u4e00-\u9fff\d]+/g, (name) => quoted.includes(name) ? '' : name);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {{
    const element = node.nodeType === 1 ? node : node.parentElement;
    if (element.closest(`script, style, {QUOTED}`) || !element.checkVisibility()) continue;
    const texts = node.nodeType === 3 ? [node.data] : [element.ariaLabel, element.title, element.placeholder];
    for (const text of texts) if (text) seen.push(element.closest('{NAMING}') ? unquoted(text) : text);
  }}
  return seen.filter((text) => /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(text.replace(/e\.g\. \S+$/, '')));
}}"""


@pytest.mark.parametrize("view", VIEWS, indirect=True)
def test_english_is_complete_in_every_view(visit: Visit, view: str) -> None:
    page = visit(view, locale="en-GB")
    page.wait_for_selector("#report .full", state="attached")
    assert page.evaluate(CHINESE) == []
    for chip in page.locator("#answer button.chip").all():  # what else may be meant
        chip.click()
        assert page.evaluate(CHINESE) == []
    page.evaluate(UNFOLD)
    assert page.evaluate(CHINESE) == []


def test_english_says_what_cannot_be_done(visit: Visit, address: str, collection: str) -> None:
    page = visit(address, locale="en-GB")
    ask(page, " ")
    expect(page.locator("#answer .trouble")).to_contain_text("The question is empty")
    page = visit(f"{collection}/?q={quote('大连市2014年地区生产总值增长多少？')}", locale="en-GB")
    expect(page.locator(".answer.refused .sentence")).to_contain_text("There is no report here of 大连")
    page.set_input_files("#own-file input[type=file]", {"name": "x.txt", "mimeType": "text/plain", "buffer": b""})
    expect(page.locator("#own .trouble")).to_have_text("x.txt: the file is empty.")


def test_what_a_screen_reader_and_a_keyboard_need(visit: Visit, address: str) -> None:
    page = visit(address)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="问题", exact=True)).to_be_focused()
    page.fill(BOX, GDP)
    page.keyboard.press("Enter")
    expect(page.locator("#said [role=status]")).to_contain_text("2482.5亿元")
    page.locator(".answer a.place").press("Enter")
    expect(page.locator("#p-6")).to_be_focused()
    page.locator("#tab-ask-button").press("ArrowRight")
    expect(page.get_by_role("tab", name="检索", selected=True)).to_be_focused()
    expect(page.locator("#results .passage").first).to_be_visible()
    status = page.get_by_role("combobox", name="状态：不限")
    status.press("ArrowDown")
    page.wait_for_url("**status=actual**")
    expect(status).to_be_focused()  # though the filters were drawn anew
    expect(status).to_have_value("actual")
    expect(page.locator("#said [role=status]")).to_have_text(page.locator("#results .result").get_attribute("data-say") or "none")
    names = page.evaluate(
        "[...document.querySelectorAll('button')].filter((b) => b.offsetParent).map((b) => b.textContent.trim() || b.ariaLabel || '')"
    )
    assert all(name.strip() for name in names)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
