"""A reader's own report on the page: asked like any other, by this reader alone, for this visit; what is none is refused in a line."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, DESK, PHONE, ask, serious, turn

MINE = (
    "戊市2020年政府工作报告\n一、2019年工作回顾\n地区生产总值实现321.5亿元，增长7.3%。新建学校12所。\n"
    "二、2020年工作安排\n地区生产总值增长8%左右。\n"
)
SEEN = """() => { window.seen = []; setInterval(() => {
  const bar = document.querySelector('#own-line .progress-bar'), text = document.querySelector('#own-line .progress-level-inner');
  if (bar && text) window.seen.push([text.textContent, parseFloat(bar.style.width)]); }, 20); }"""
READ = 180_000  # ms: the model that reads is opened first


def bring(page: Page, text: str | bytes, name: str = "mine.txt") -> None:
    data = text.encode() if isinstance(text, str) else text
    page.set_input_files("#own-file input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    expect(page.locator("#own-line p")).to_be_visible(timeout=READ)


def left_behind(text: str) -> list[Path]:
    """The files that hold this text among all that pages were given; those of other tests come and go meanwhile."""
    found = []
    for folder, _, names in os.walk(os.environ.get("GRADIO_TEMP_DIR", "/tmp/gradio")):
        for file in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):
                found += [file] * (file.read_bytes() == text.encode())
    return found


def test_it_is_asked_searched_tabled_and_read(visit: Visit, collection: str) -> None:
    mine = f"{MINE}我们共同努力。\n"  # known from what other tests bring at the same time
    page = visit(collection)
    turn(page, "figures")
    expect(page.locator("#table")).to_contain_text("18.5%")
    turn(page, "ask")
    bring(page, mine)
    expect(page.locator("#own-line")).to_contain_text("戊市2020年政府工作报告")
    expect(page.locator("#report .full h2").first).to_have_text("戊市2020年政府工作报告")
    expect(page.locator("#try button").first).to_have_text("地区生产总值是多少？")
    ask(page, "2019年地区生产总值是多少？")
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    turn(page, "figures")
    expect(page.locator("#count")).to_contain_text("3 行")
    expect(page.locator("#table")).to_contain_text("321.5")
    turn(page, "search")
    page.fill(BOX, "学校")
    expect(page.locator("#results .passage").first).to_contain_text("12所")
    assert left_behind(mine) == [], "the file is gone once it is read"


def test_while_it_is_read_a_bar_goes_on_and_says_what_is_done(visit: Visit, collection: str) -> None:
    page = visit(collection)
    page.evaluate(SEEN)
    bring(page, MINE + "".join(f"第{number}项工作扎实推进，成效明显，群众满意。\n" for number in range(200)))
    seen = page.evaluate("window.seen")
    said, widths = [text for text, _ in seen], [width for _, width in seen]
    assert [one for one in said if "在理解每一句" in one]
    assert widths == sorted(widths)
    assert len(set(widths)) > 2


def test_another_reader_does_not_see_it(visit: Visit, collection: str) -> None:
    mine, other = visit(collection), visit(collection)
    bring(mine, MINE)
    report = mine.locator("#report .full").get_attribute("data-report")
    ask(other, "戊市2019年地区生产总值是多少？")
    expect(other.locator("#answer [data-say]")).not_to_contain_text("321.5")
    expect(other.locator("#own-line p")).to_have_count(0)
    other.evaluate("(report) => document.dispatchEvent(new CustomEvent('wenbao:open', {detail: {report}}))", report)
    expect(other.locator("#report .full h2").first).not_to_have_text("戊市2020年政府工作报告")


def test_it_can_be_put_away(visit: Visit, collection: str) -> None:
    page = visit(collection)
    bring(page, MINE)
    page.click("#own-drop")
    expect(page.locator("#report .full h2").first).to_have_text("丙区2013年政府工作报告")
    expect(page.locator("#own")).to_be_hidden()
    ask(page, "丙区2013年地区生产总值增长多少？")
    expect(page.locator(".answer")).to_contain_text("10.1%")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.txt", "锛屾槸鐨勬湰骞村害锛岄摱琛".encode() * 50, "x.txt：是乱码"),
        ("x.txt", b"", "x.txt：文件是空的"),
        ("x.txt", b"\0\1\2", "x.txt：含有空字节"),
        ("x.txt", ("甲市2011年政府工作报告\n" + "字" * 200_001).encode(), "最多 200000"),
    ],
)
def test_what_is_no_report_is_refused(visit: Visit, collection: str, name: str, data: bytes, said: str) -> None:
    page = visit(collection, PHONE)
    bring(page, data, name)
    expect(page.locator("#own-line .trouble")).to_contain_text(said)
    assert "/tmp" not in page.inner_text("#own-line")
    expect(page.locator("#own-drop")).to_be_hidden()


def test_for_everyone_whether_it_was_taken_or_not(visit: Visit, collection: str) -> None:
    page = visit(collection)
    for data, name, said in (("", "x.txt", "文件是空的"), (MINE, "mine.txt", "戊市2020年")):
        bring(page, data, name)
        expect(page.locator("#own-line")).to_contain_text(said, timeout=READ)
        for theme in ("dark", "light"):
            page.click("button.theme")
            for width, height in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(200)
                assert serious(page) == [], (name, theme, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
