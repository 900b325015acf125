"""Refusals in English: every line that a reader of the page can be told has its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from index.paths import PROJECT
from index.read.paged.pdf import REASONS
from search.results import not_held
from web.own import GONE, OTHERS
from web.strings import in_english, told, words

SAYING = [file for file in sorted(PROJECT.glob("index/read/*.py")) if file.name != "corrections.py"]
SAYING += [PROJECT / name for name in ("index/collect.py", "web/own.py", "search/brought.py", "search/plan/question.py")]
SAYING += [PROJECT / "search" / "library" / name for name in ("filters.py", "side_by_side.py")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def raised() -> Iterator[str]:
    """The line of each `raise …Error("…")`, with 7 for what changes."""
    for file in SAYING:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                line = _line(node.exc.args[0])
                if CHINESE.search(line):
                    yield line


def _line(said: ast.expr) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    parts = said.values if isinstance(said, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)


@pytest.mark.parametrize("line", [*raised(), *(f"x.pdf：{reason}" for reason in REASONS.values()), not_held("大连").text, GONE, OTHERS])
def test_a_line_that_readers_are_told_has_its_english(line: str) -> None:
    english = in_english(line)
    assert english is not None
    assert not CHINESE.search(
        english.replace("全文", "").replace("地区生产总值是多少？", "").replace("地区生产总值", "").replace("大连", "")
    )


def test_it_says_what_the_line_says() -> None:
    english = words("en")
    assert told("x.txt：文件有 6000000 字节，最多 5000000", english) == "x.txt: 6000000 bytes, at most 5000000."
    assert told("x.txt：文件是空的", words("zh")) == "x.txt：文件是空的"
    assert told("没有人说过的话", english) == "没有人说过的话"
