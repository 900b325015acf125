"""What a browser loads: how much and how often before the page is ready, and habits that style and script keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.web.reader import GDP, ready

MOST_BYTES, MOST_REQUESTS = 100_000, 55  # of the HTML before it is compressed; until the page is ready. A bare Gradio page makes 40
ASSETS = {one.name: one.read_text(encoding="utf-8") for one in (files("web") / "assets").iterdir()}
REASON = re.compile(r"!important[^\n]*/\*[^*\n]{8,}\*/\s*$")  # on the same line, in words


@pytest.mark.parametrize("place", ["", f"?q={quote(GDP)}", "?view=figures"])
def test_the_first_load_is_small(browser: Browser, address: str, place: str) -> None:
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        document = page.goto(f"{address}/{place}")
        ready(page)
        assert document is not None
        assert 1_000 < len(document.body()) < MOST_BYTES
        assert 3 < len(asked) <= MOST_REQUESTS, asked


def lines(ending: str) -> Iterator[tuple[str, str]]:
    for name, text in ASSETS.items():
        if name.endswith(ending):
            yield from ((f"{name}:{number}", line) for number, line in enumerate(text.split("\n"), start=1))


def test_style_overrules_nothing_by_force_without_a_reason() -> None:
    found = [*lines(".css")]
    assert len(found) > 100
    assert [where for where, line in found if "!important" in line and not REASON.search(line)] == []


@pytest.mark.parametrize("habit", [r"\bfetch\s*=[^=>]", r"\bsetInterval\b", r"\bXMLHttpRequest\b"])
def test_script_neither_takes_over_what_others_use_nor_polls(habit: str) -> None:
    found = [*lines(".js")]
    assert len(found) > 100
    assert [where for where, line in found if re.search(habit, line)] == []


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("a { color: red !important; }", False),
        ("a { color: red !important; } /* */", False),
        ("a { color: red !important; } /* Gradio sets it on the element itself */", True),
    ],
)
def test_a_reason_is_words_on_the_same_line(line: str, fine: bool) -> None:
    assert bool(REASON.search(line)) == fine
