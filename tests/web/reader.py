"""What a reader does on the page and sees of it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GDP = "2006年沈阳市地区生产总值是多少？"
BOX = "#question textarea"
DESK, PHONE = (1280, 860), (390, 844)


def ask(page: Page, question: str) -> None:
    page.fill(BOX, question)
    page.press(BOX, "Enter")


def ready(page: Page) -> None:
    """Waits until the page has shown what its address asks for."""
    page.wait_for_function("document.documentElement.lang !== '' && window.wenbao?.isReady")


def unfold(page: Page) -> None:
    """Opens the passages that are folded below an answer."""
    page.click("#answer .fold > summary")


def turn(page: Page, view: str) -> None:
    """Opens a view by its tab."""
    page.click(f"#tab-{view}-button")


def inside(page: Page, selector: str) -> bool:
    """Whether an element is wholly in the window, and in the report column where it is part of that."""
    script = """(selector) => {
      const element = document.querySelector(selector);
      if (!element) return false;
      const box = element.getBoundingClientRect();
      const column = element.closest('#side');
      const frame = column && getComputedStyle(column).overflowY === 'auto' ? column.getBoundingClientRect() : null;
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


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds on the page of level serious or critical: the rule, and where it is broken."""
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


def highlighted(page: Page, name: str = "cited") -> list[str]:
    """The texts of the ranges that the browser marks under a name."""
    found: Any = page.evaluate("(name) => [...(CSS.highlights.get(name) ?? [])].map(String)", name)
    return list(found)


def compose(page: Page, selector: str, letters: str, word: str) -> None:
    """Types a word through an input method: the letters, the Enter that takes the word, and its late Enter in Safari."""
    page.focus(selector)
    keys = page.context.new_cdp_session(page)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    keys.send("Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)})
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    keys.send("Input.insertText", {"text": word})
    page.dispatch_event(selector, "compositionend")  # Safari: first the end, then the Enter
    page.keyboard.press("Enter")
