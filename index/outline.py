"""str → Report: title, speaker, date; sections → paragraphs → sentences, each with its Span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import masthead
from index.lexicon import load
from index.periods import YEAR, arabic, find_period
from index.read import Source
from index.records import Paragraph, Report, Section, Span, Status
from index.text import normal

LONGEST_HEADING = 60  # characters; a longer line that begins like a heading is a paragraph
LONGEST_PLAIN_HEADING = 24  # one without a number is only told by its shortness
PART, SUBSECTION, ITEM = 1, 2, 3
NUMBER = "[一二三四五六七八九十]{1,3}"
STYLES = (
    (PART, re.compile(rf"(?:第{NUMBER}部分|{NUMBER}、)")),
    (SUBSECTION, re.compile(rf"\({NUMBER}\)")),
    (ITEM, re.compile(r"(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\))")),
)
SENTENCE_END = re.compile(r"[。!?;]+[”’』」)]*")
# A line of a file, or a piece of one: some reports are a single line whose paragraphs are parted by full-width spaces.
PIECE = re.compile(r"[^\n]+")
INDENT = re.compile(r"[\u3000]{2,}")


@dataclass(frozen=True, slots=True)
class _Block:
    """A trimmed, non-empty line or piece of a line."""

    span: Span
    line: int


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    span: Span
    run_in: bool  # its first sentence heads a line that goes on as a paragraph


def outline(source: Source) -> Report:
    """Outline a report. Never fails: a text without headings is one run of paragraphs outside any section."""
    text, matched = source.text, normal(source.text)
    blocks = list(_blocks(text))
    head = masthead.read(text, matched, source.id)
    sections, paragraphs = _Walk(text, matched, head).run(blocks)
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


def _blocks(text: str) -> Iterator[_Block]:
    line, counted = 1, 0
    for row in PIECE.finditer(text):
        line += text.count("\n", counted, row.start())
        counted = row.start()
        start = row.start()
        for gap in [*INDENT.finditer(text, row.start(), row.end()), None]:
            end = gap.start() if gap else row.end()
            piece = _trim(text, start, end)
            if piece:
                yield _Block(piece, line)
            start = gap.end() if gap else end


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


class _Walk:
    """Goes through the blocks once and keeps the path of open headings."""

    def __init__(self, text: str, matched: str, head: masthead.Masthead) -> None:
        self.text, self.matched, self.head = text, matched, head
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.open: list[tuple[int, int]] = []  # (level, position in sections), outermost first
        self.counts: dict[int | None, int] = {}

    def run(self, blocks: list[_Block]) -> tuple[list[Section], list[Paragraph]]:
        for block in blocks:
            body = self._without_title(block)
            if body is None:
                continue
            heading = _heading(self.matched, body.span)
            if heading:
                self._enter(heading)
            if heading is None or heading.run_in:
                if heading is None and self._closes_part(body.span):
                    del self.open[1:]
                self._add(body)
        return self.sections, self.paragraphs

    def _without_title(self, block: _Block) -> _Block | None:
        """The block, less the title; what follows the title in the same line is a paragraph of its own."""
        title = self.head.title_span
        if title is None or not block.span.contains(title):
            return block
        rest = _trim(self.text, title.end, block.span.end)
        return _Block(rest, block.line) if rest else None

    def _enter(self, heading: _Heading) -> None:
        while self.open and self.open[-1][0] >= heading.level:
            self.open.pop()
        outer = [self.sections[position] for _, position in self.open]
        title = heading.span.of(self.text)
        year, status = self._inner(outer[-1], heading) if outer else self._part(heading.span.of(self.matched))
        path = (*(outer[-1].path if outer else ()), title)
        self.open.append((heading.level, len(self.sections)))
        self.sections.append(Section(path, heading.span, year, status))

    def _inner(self, outer: Section, heading: _Heading) -> tuple[str | None, Status | None]:
        """A subsection is for the years of its part, unless it names a plan of its own (“十四五”时期)."""
        named = find_period(heading.span.of(self.matched), None)
        return (named if named and "-" in named else outer.year), outer.status

    def _part(self, title: str) -> tuple[str | None, Status | None]:
        """Year and status of a part: as its heading says, else as the part before it."""
        years = [arabic(year) for year in YEAR.findall(title)]
        status = _status(title, years, self.head.year_planned)
        before = next((section for section in reversed(self.sections) if len(section.path) == 1), None)
        if status is None and before is not None:
            return before.year, before.status
        plan = find_period(title, None)
        if not years and plan:
            return plan, status
        if years:
            return (max if status == "target" else min)(years[:2]), status
        if status is None:
            return None, None
        return (self.head.year_reported if status == "actual" else self.head.year_planned), status

    def _closes_part(self, span: Span) -> bool:
        if len(self.open) < 2:
            return False
        words = load("outline")["closing"]
        text = span.of(self.matched)
        if any(text.startswith(opening) for opening in words["opens"]):
            return True
        first = text[: max(60, text.find("。") + 1)]
        return any(word in first for word in words["topics"]) and any(word in first for word in words["stance"])

    def _add(self, block: _Block) -> None:
        section = self.open[-1][1] if self.open else None
        self.counts[section] = self.counts.get(section, 0) + 1
        sentences = split_sentences(self.matched, block.span)
        number = len(self.paragraphs) + 1
        self.paragraphs.append(
            Paragraph(number, self.counts[section], section, block.line, block.line, block.span, sentences)
        )


def _heading(matched: str, span: Span) -> _Heading | None:
    text = span.of(matched)
    for level, style in STYLES:
        match = style.match(text)
        if not match:
            continue
        if len(text) <= LONGEST_HEADING and not re.search(r"[。;!?].", text):
            return _Heading(level, span, run_in=False)
        first = re.match(r"[^。;!?]{2,60}。", text)
        if level <= SUBSECTION and first:
            return _Heading(level, Span(span.start, span.start + first.end() - 1), run_in=True)
    return None


def _status(title: str, years: list[str], planned: str | None) -> Status | None:
    words = load("outline")["status"]
    if any(word in title for word in words["actual"]):
        return "actual"
    if any(word in title for word in words["target"]) or (planned and years == [planned]):
        return "target"
    return None
