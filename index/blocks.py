"""str → blocks: the lines of a text, or pieces of one, of which each becomes a heading or a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.headings import LEAD
from index.records import Span

# A line of a file, or a piece of one: some reports are a single line whose paragraphs are parted by full-width spaces.
PIECE = re.compile(r"[^\n]+")
INDENT = re.compile(r"[\u3000]{2,}")


@dataclass(frozen=True, slots=True)
class Block:
    """A trimmed, non-empty line or piece of a line."""

    span: Span
    line: int


def blocks_of(text: str) -> Iterator[Block]:
    line, counted = 1, 0
    for row in PIECE.finditer(text):
        line += text.count("\n", counted, row.start())
        counted = row.start()
        start = row.start()
        for gap in [*INDENT.finditer(text, row.start(), row.end()), None]:
            end = gap.start() if gap else row.end()
            piece = trim(text, start, end)
            if piece:
                yield Block(piece, line)
            start = gap.end() if gap else end


def whole(blocks: Iterator[Block], matched: str) -> Iterator[Block]:
    """The blocks, those that are only the beginning of a heading joined to what follows: （ ⏎ 三）改革……"""
    lead: Block | None = None
    for block in blocks:
        if lead:
            block = Block(Span(lead.span.start, block.span.end), lead.line)
        lead = block if LEAD.fullmatch(block.span.of(matched)) else None
        if lead is None:
            yield block
    if lead:
        yield lead


def trim(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
