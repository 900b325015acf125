"""str → Report: title, speaker, date; sections → paragraphs → sentences, each with its Span."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.lexicon import load
from index.outline import masthead, parts, portal
from index.outline.glossary import is_glossary, is_note, terms_of
from index.outline.grids import row_spans, tables_of
from index.outline.headings import (
    DIVISION,
    FIRST_SUBSECTION,
    PART,
    SENTENCE_CLOSE,
    SUBSECTION,
    Around,
    Heading,
    find_heading,
    marked_heading,
)
from index.outline.masthead import Masthead
from index.read.sources import Source
from index.records import Paragraph, Report, Section, Span
from index.text import normal

LINE = re.compile(r"[^\n]+")
SAID = re.compile("。$")  # where nobody is addressed the text begins with its first paragraph
LONGEST_CELL = 40  # characters; a longer one says something


@dataclass(frozen=True, slots=True)
class Block:
    """A trimmed, non-empty line."""

    span: Span
    line: int


def blocks_of(text: str) -> Iterator[Block]:
    line, counted = 1, 0
    for row in LINE.finditer(text):
        line += text.count("\n", counted, row.start())
        counted = row.start()
        piece = trim(text, row.start(), row.end())
        if piece:
            yield Block(piece, line)


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
    return outlined(source, masthead.corrected(masthead.read_source(source), given or {}))


def outlined(source: Source, head: Masthead) -> Report:
    """The outline of a report whose masthead is read."""
    text, matched = source.text, normal(source.text)
    blocks = list(blocks_of(text))
    tables = tables_of(source, matched)
    rows = {span.start for span in row_spans(tables)} | {cells[0].span.start for cells in source.tables if cells}
    sections, paragraphs = _Walk(text, matched, head, _marked(source.headings, text, head), rows).run(blocks)
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
        genre=head.genre,
        year_last=head.year_last,
        origins=head.origins,
        tables=tables,
        terms=terms_of(matched, sections, paragraphs, source.notes),
        unread=source.unread,
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


def _marked(headings: Mapping[int, int], text: str, head: Masthead) -> dict[int, int]:
    """The lines that the file's format marks as headings, with their depth: 0 is the outermost below the title."""
    titled = text.count("\n", 0, head.title_span.start) + 1 if head.title_span else 0
    below = {line: depth for line, depth in headings.items() if line != titled}
    return {line: depth - min(below.values()) for line, depth in below.items()}


class _Walk:
    """Goes through the blocks once and keeps the path of open headings."""

    def __init__(self, text: str, matched: str, head: Masthead, marked: dict[int, int], rows: Collection[int]) -> None:
        self.text, self.matched, self.head, self.marked, self.rows = text, matched, head, marked, rows
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.open: list[tuple[int, int]] = []  # (level, position in sections), outermost first
        self.counts: dict[int | None, int] = {}
        self.first_level = PART
        self.speaks = ADDRESS.search(matched) is not None
        self.noted = False  # below 注：
        self.addressed = False  # 各位代表 is said: what stands above it is masthead, and no heading

    def run(self, blocks: list[Block]) -> tuple[list[Section], list[Paragraph]]:
        bodies = [body for block in blocks if (body := self._without_title(block)) is not None]
        for position, body in enumerate(bodies):
            heading = self._heading(bodies, position)
            if heading and self._is_repeated(heading):
                continue
            if heading:
                self._enter(heading)
            if heading is None or heading.run_in:
                if heading is None and self._closes_part(body.span):
                    del self.open[1:]
                self._add(body)
        return parts.settled(self.sections, self.head), self.paragraphs

    def _heading(self, bodies: list[Block], position: int) -> Heading | None:
        """Rows of a table are none, nor are the numbers of a glossary."""
        body = bodies[position]
        around = self._around(bodies, position)
        is_other = body.span.start in self.rows or portal.is_closing(body.span.of(self.matched))
        heading = None if is_other else find_heading(self.matched, body.span, around) or self._marked(body)
        explained = self.noted or (bool(self.open) and is_glossary(self.sections[self.open[-1][1]].span.of(self.matched)))
        heading = None if heading and explained and heading.level > PART and not heading.span.of(self.matched).endswith(":") else heading
        self.noted = is_note(body.span.of(self.matched)) or (self.noted and heading is None)
        return heading

    def _around(self, bodies: list[Block], position: int) -> Around:
        before = bodies[position - 1].span.of(self.matched) if position else ""
        following = bodies[position + 1].span.of(self.matched) if position + 1 < len(bodies) else ""
        self.addressed = self.addressed or (ADDRESS if self.speaks else SAID).search(before) is not None
        closed = self.addressed and (SENTENCE_CLOSE.search(before) is not None or self._ends_in_heading(bodies, position))
        closed = closed or self._opens(bodies[position].span.of(self.matched))
        return Around(closed, before, following, first=not self.sections or self._is_under_division())

    def _opens(self, text: str) -> bool:
        """Whether a line may be the first heading of a text in which nobody is addressed: it says what follows is about."""
        said = any(word in text for words in load("outline")["status"].values() for word in words)
        return said and not self.speaks and not self.sections

    def _marked(self, block: Block) -> Heading | None:
        """A heading without a number that the file's format marks as one; above the address stands the masthead."""
        above = self.speaks and not self.addressed
        if block.line not in self.marked or above:
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
        title = heading.span.of(self.text)
        named = heading.span.of(self.matched)
        before = [section for section in self.sections if len(section.path) == 1]
        year, status = parts.inner(outer[-1], named, self.head) if outer else parts.part(named, before, self.head)
        path = (*(outer[-1].path if outer else ()), title)
        self.open.append((heading.level, len(self.sections)))
        self.sections.append(Section(path, heading.span, year, status, heading.run_in))

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

    def _sentences(self, span: Span) -> tuple[Span, ...]:
        """Of a table's row it is one, unless its cells hold whole sentences: then each cell has its own."""
        if span.start not in self.rows:
            return split_sentences(self.matched, span)
        cells = [Span(span.start + cell.start(), span.start + cell.end()) for cell in re.finditer(r"[^\t]+", span.of(self.text))]
        if all(cell.end - cell.start <= LONGEST_CELL for cell in cells):
            return (span,)
        return tuple(sentence for cell in cells for sentence in split_sentences(self.matched, cell))

    def _add(self, block: Block) -> None:
        section = self.open[-1][1] if self.open else None
        self.counts[section] = self.counts.get(section, 0) + 1
        sentences = self._sentences(block.span)
        number = len(self.paragraphs) + 1
        last = block.line + block.span.of(self.text).count("\n")
        self.paragraphs.append(Paragraph(number, self.counts[section], section, block.line, last, block.span, sentences))
