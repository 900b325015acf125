"""Markdown by markdown-it: what is written, without its marks; a line of the source stays a line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.read.formats import Extracted, of_lines
from index.read.html import lines_of
from index.read.plain import decode

FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
BREAKS = ("softbreak", "hardbreak")  # Chinese needs no space at a line's end, so no writer breaks lines in a paragraph


def extract(data: bytes, name: str) -> list[Extracted]:
    text = decode(data, name)
    matter = FRONT_MATTER.match(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text[matter.end() :] if matter else text)
    return [of_lines([*_lines(tokens)])]


def _lines(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    item, cells = "", list[str]()
    for before, token in pairwise([Token("start", "", 0), *tokens]):
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else ""  # 1. is the report's own number
        elif token.type == "inline" and before.tag in ("td", "th"):
            cells.append(_plain(token))
        elif token.type == "inline":
            depth = int(before.tag[1:]) if before.type == "heading_open" else 0
            yield from ((line, depth) for line in f"{item}{_plain(token)}".split("\n"))
            item = ""
        elif token.type == "tr_close":
            yield " ".join(cells), 0
            cells.clear()
        else:
            yield from _block(token)


def _block(token: Token) -> Iterator[tuple[str, int]]:
    if token.type == "html_block":
        yield from lines_of(token.content)
    elif token.type in ("fence", "code_block"):  # four spaces before a paragraph make it “code”
        yield from ((line, 0) for line in token.content.split("\n"))


def _plain(token: Token) -> str:
    """The words of a line without emphasis, links and pictures."""
    return "".join(
        "\n" if part.type in BREAKS or part.content.lower().startswith("<br") else part.content
        for part in token.children or ()
        if part.type in (*BREAKS, "text", "code_inline", "text_special") or part.content.lower().startswith("<br")
    )
