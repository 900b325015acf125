"""Everyone: axe-core in every view, sizes, zoom, languages, dark, names and the live line."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, DESK, GDP, PHONE

VIEWS = {
    "ask": f"?q={quote(GDP)}",
    "refused": f"?q={quote('2010年的失业率目标是多少？')}",
    "search": f"?q={quote('增长')}&mode=hybrid",
    "figures": "?view=figures",
    "report": "?view=report#p-6",
    "empty": "",
}
Theme = Literal["light", "dark"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_on_a_desk_or_a_phone(visit: Visit, address: str, view: str, theme: Theme) -> None:
    page = visit(f"{address}/{VIEWS[view]}", color_scheme=theme)
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], width


@pytest.mark.parametrize("width", [360, 640, 1024, 1920])  # 640 is 1280 at a zoom of 200 %
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_sticks_out_at_any_width(visit: Visit, address: str, view: str, width: int) -> None:
    page = visit(f"{address}/{VIEWS[view]}", (width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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


def test_english_is_complete_in_every_view(visit: Visit, address: str) -> None:
    for view in VIEWS.values():
        page = visit(f"{address}/{view}", locale="en-GB")
        own = page.evaluate(
            """() => [...document.querySelectorAll('button, label, summary, h2, figcaption, th, .counted, .legend, input, textarea')]
                 .filter((one) => one.offsetParent && !one.closest('[lang="zh-CN"], #try, header'))
                 .map((one) => one.placeholder || one.innerText || '')"""
        )
        words = [text for text in own if any("\u4e00" <= letter <= "\u9fff" for letter in text)]
        assert [text for text in words if "e.g." not in text and "政府工作报告" not in text] == []


def test_what_a_screen_reader_and_a_keyboard_need(visit: Visit, address: str) -> None:
    page = visit(address)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="问题", exact=True)).to_be_focused()
    page.fill(BOX, GDP)
    page.keyboard.press("Enter")
    expect(page.locator("#said [role=status]")).to_contain_text("2482.5亿元")
    page.locator(".answer a.place").press("Enter")
    expect(page.locator("#p-6")).to_be_focused()
    names = page.evaluate(
        "[...document.querySelectorAll('button')].filter((b) => b.offsetParent).map((b) => b.textContent.trim() || b.ariaLabel || '')"
    )
    assert all(name.strip() for name in names)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
