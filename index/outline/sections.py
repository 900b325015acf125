"""str → Report: title, speaker, date; sections → paragraphs → sentences, each with its Span."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.lexicon import load
from index.outline import masthead, parts, portal
from index.outline.headings import (
    DIVISION,
    FIRST_SUBSECTION,
    LEAD,
    PART,
    SENTENCE_CLOSE,
    SUBSECTION,
    Around,
    Heading,
    find_heading,
    marked_heading,
)
from index.outline.masthead import corrected
from index.read.sources import Source
from index.records import Paragraph, Report, Section, Span
from index.text import normal

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


SENTENCE_END = re.compile(r"[。!?;]+[”’』」)]*")
ADDRESS = re.compile(r"各位代表|^同志们")


def outline(source: Source, given: dict[str, Any] | None = None) -> Report:
    """Outline a report; `given` corrects its masthead. Never fails: a text without headings is one run of paragraphs."""
    text, matched = source.text, normal(source.text)
    blocks = list(whole(blocks_of(text), matched))
    head = corrected(masthead.filled(masthead.read(text, matched, source.id), source.given), given or {})
    sections, paragraphs = _Walk(text, matched, head, _marked(source.headings, text, head)).run(blocks)
    return Report(
        id=source.id,
        title=head.title,
        title_span=head.title_span,
        place=head.place,
        date=head.date,
        speaker=head.speaker,
        office=head.office,
        year_reported=head.year_reported,
        year_planned=head.year_planned,
        text=text,
        sha256=source.sha256,
        sections=tuple(sections),
        paragraphs=tuple(paragraphs),
        source=head.source,
    )


def split_sentences(matched: str, span: Span) -> tuple[Span, ...]:
    """The sentences of a span of the normal form; what ends them (。！？；) belongs to them."""
    sentences, start = [], span.start
    for match in SENTENCE_END.finditer(matched, span.start, span.end):
        if match.end() > start:
            sentences.append(Span(start, match.end()))
        start = match.end()
        while start < span.end and matched[start].isspace():
            start += 1
    if start < span.end:
        sentences.append(Span(start, span.end))
    return tuple(sentences)


def _marked(headings: Mapping[int, int], text: str, head: masthead.Masthead) -> dict[int, int]:
    """The lines that the file's format marks as headings, with their depth: 0 is the outermost below the title."""
    titled = text.count("\n", 0, head.title_span.start) + 1 if head.title_span else 0
    below = {line: depth for line, depth in headings.items() if line != titled}
    return {line: depth - min(below.values()) for line, depth in below.items()}


class _Walk:
    """Goes through the blocks once and keeps the path of open headings."""

    def __init__(self, text: str, matched: str, head: masthead.Masthead, marked: dict[int, int]) -> None:
        self.text, self.matched, self.head, self.marked = text, matched, head, marked
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.open: list[tuple[int, int]] = []  # (level, position in sections), outermost first
        self.counts: dict[int | None, int] = {}
        self.first_level = PART
        self.speaks = ADDRESS.search(matched) is not None
        self.addressed = False  # 各位代表 is said: what stands above it is masthead, and no heading

    def run(self, blocks: list[Block]) -> tuple[list[Section], list[Paragraph]]:
        bodies = [body for block in blocks if (body := self._without_title(block)) is not None]
        for position, body in enumerate(bodies):
            heading = find_heading(self.matched, body.span, self._around(bodies, position)) or self._marked(body)
            if heading and self._is_repeated(heading):
                continue
            if heading:
                self._enter(heading)
            if heading is None or heading.run_in:
                if heading is None and self._closes_part(body.span):
                    del self.open[1:]
                self._add(body)
        return parts.settled(self.sections, self.head), self.paragraphs

    def _around(self, bodies: list[Block], position: int) -> Around:
        before = bodies[position - 1].span.of(self.matched) if position else ""
        following = bodies[position + 1].span.of(self.matched) if position + 1 < len(bodies) else ""
        self.addressed = self.addressed or ADDRESS.search(before) is not None
        closed = self.addressed and (SENTENCE_CLOSE.search(before) is not None or self._ends_in_heading(bodies, position))
        return Around(closed, following, first=not self.sections or self._is_under_division())

    def _marked(self, block: Block) -> Heading | None:
        """A heading without a number that the file's format marks as one; above the address stands the masthead."""
        above = self.speaks and not self.addressed
        if block.line not in self.marked or above or portal.is_closing(block.span.of(self.matched)):
            return None
        return marked_heading(block.span, self.marked[block.line])

    def _ends_in_heading(self, bodies: list[Block], position: int) -> bool:
        return bool(self.sections) and self.sections[-1].span == bodies[position - 1].span

    def _is_under_division(self) -> bool:
        """Whether the report's first heading is a plain one: then the others of its like are its equals."""
        return len(self.sections[0].path) == 1 and self.first_level == DIVISION

    def _is_repeated(self, heading: Heading) -> bool:
        """A heading said twice, as where a page of the source ends, is one."""
        last = self.sections[-1] if self.sections else None
        same = last is not None and last.span.of(self.text) == heading.span.of(self.text)
        return same and self.counts.get(len(self.sections) - 1, 0) == 0

    def _without_title(self, block: Block) -> Block | None:
        """The block, less the title; what follows the title in the same line is a paragraph of its own."""
        title = self.head.title_span
        if title is None or not block.span.contains(title):
            return block
        rest = trim(self.text, title.end, block.span.end)
        return Block(rest, block.line) if rest else None

    def _enter(self, heading: Heading) -> None:
        if not self.sections:
            self.first_level = heading.level
        while self.open and self.open[-1][0] >= (PART if self._begins_again(heading) else heading.level):
            self.open.pop()
        outer = [self.sections[position] for _, position in self.open]
        title = re.sub(r"(?<=[、(（)）])\s*\n\s*|(?<=[(（])\s+", "", heading.span.of(self.text)).replace("\n", " ")
        named = heading.span.of(self.matched)
        before = [section for section in self.sections if len(section.path) == 1]
        year, status = parts.inner(outer[-1], named, self.head) if outer else parts.part(named, before, self.head)
        path = (*(outer[-1].path if outer else ()), title)
        self.open.append((heading.level, len(self.sections)))
        self.sections.append(Section(path, heading.span, year, status))

    def _begins_again(self, heading: Heading) -> bool:
        """（一） in a part that has had its subsections: the heading of the next part is missing in the text."""
        if heading.level != SUBSECTION or not FIRST_SUBSECTION.match(heading.span.of(self.matched)):
            return False
        part = next((position for level, position in self.open if level == PART), None)
        return part is not None and any(re.match(r"[(（]", section.path[-1]) for section in self.sections[part + 1 :])

    def _closes_part(self, span: Span) -> bool:
        if len(self.open) < 2:
            return False
        words = load("outline")["closing"]
        text = span.of(self.matched)
        if any(text.startswith(opening) for opening in words["opens"]):
            return True
        first = text[: max(60, text.find("。") + 1)]
        return any(word in first for word in words["topics"]) and any(word in first for word in words["stance"])

    def _add(self, block: Block) -> None:
        section = self.open[-1][1] if self.open else None
        self.counts[section] = self.counts.get(section, 0) + 1
        sentences = split_sentences(self.matched, block.span)
        number = len(self.paragraphs) + 1
        last = block.line + block.span.of(self.text).count("\n")
        self.paragraphs.append(Paragraph(number, self.counts[section], section, block.line, last, block.span, sentences))
