"""The vocabulary of the project: what every stage takes and returns. Frozen, so a record can be shared and hashed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

Kind = Literal["amount", "count", "growth", "share", "rate", "points", "multiple", "rank", "duration", "date"]
SAID_FIRST = re.compile("[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}，")
COUNTED: tuple[Kind, ...] = ("amount", "count")  # a number of something, not what it is to another
Role = Literal["value", "threshold", "base"]
Direction = Literal["up", "down"]
Status = Literal["actual", "target"]
Genre = Literal["work_report", "communique", "budget", "plan", "news", "other"]
Progress = Callable[[str, int, int], None]  # told of a stage how much is done, and of how much


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in the report's text: `text[start:end]` is what it names."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `path` holds the headings from the outermost to this one.

    `year` and `status` are those of the part (the outermost section): what 2006 reached, what 2007 plans.
    """

    path: tuple[str, ...]
    span: Span  # the heading's own text
    year: str | None
    status: Status | None
    run_in: bool = False  # it is the first sentence of a paragraph

    @property
    def heading(self) -> str:
        """The innermost heading that adds something to its paragraph: 一是……。 that runs in is the paragraph's own first sentence."""
        return self.path[-2] if self.run_in and len(self.path) > 1 and SAID_FIRST.match(self.path[-1]) else self.path[-1]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One body paragraph. `number` counts those of the report, `number_in_section` those below their innermost heading."""

    number: int
    number_in_section: int
    section: int | None  # position in Report.sections; None outside any heading
    line: int
    line_end: int
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report, as contract.md defines its fields. `span` covers number and unit as written."""

    text: str
    span: Span
    value: Decimal  # in the base unit: 2482.5亿元 is 248250000000 元
    value_to: Decimal | None  # the upper end of a range
    unit: str | None  # None for a measure without one (收入倍差 1.81)
    kind: Kind
    role: Role
    direction: Direction | None
    modifier: str | None
    indicator: str
    of: str | None
    period: str | None
    status: Status | None
    paragraph: int  # Paragraph.number
    clause: Span  # the words between two commas in which it stands
    sentence: Span
    unit_written: str | None = None  # as it stands in the text, or for a table's cell in head or caption: 亿元
    doubtful: bool = False  # of a scan: a character of it was recognised without certainty


class Measured(Protocol):
    """A figure, or what is told of one."""

    @property
    def text(self) -> str: ...
    @property
    def unit_written(self) -> str | None: ...
    @property
    def direction(self) -> Direction | None: ...


def measured(figure: Measured) -> str:
    """Number and unit as written; of a table's cell the unit that its head gives, and no sign, as its fall is said in words."""
    if not figure.unit_written or figure.unit_written in figure.text:
        return figure.text
    return (figure.text.lstrip("-−–") if figure.direction == "down" else figure.text) + figure.unit_written


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: where its words stand, the row and column in which it begins (from 0), how many of each it covers."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the text, a line a row. The first `heads` rows and the first `stubs` columns name what the others hold."""

    title: str
    unit: str | None  # as its caption writes it: 万元
    rows: int
    columns: int
    heads: int
    stubs: int
    line: int
    cells: tuple[Cell, ...]  # those that are not empty, in text order
    totals: tuple[int, ...] = ()  # the rows that sum up others


@dataclass(frozen=True, slots=True)
class Term:
    """What a glossary or a footnote explains."""

    span: Span
    definition: Span
    paragraph: int  # Paragraph.number


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line of a scan stands on its page, and which of its characters were recognised without certainty."""

    span: Span
    page: int  # from 1
    edges: tuple[float, ...]  # left, lower, right, upper in points from the page's lower left corner
    doubtful: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What a file holds and the report does not, and why, both in a few words for people."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report read and outlined. `sections` and `paragraphs` are in text order."""

    id: str
    title: str
    title_span: Span | None
    place: str | None
    date: str | None  # ISO: 2007-01-19
    speaker: str | None
    office: str | None  # the speaker's: 市长
    year_reported: str | None
    year_planned: str | None
    text: str
    sha256: str  # of the file's bytes, and of its corrections' where it has any
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    figures: tuple[Figure, ...] = ()
    source: str | None = None  # the address of the official text: https://…
    genre: Genre = "work_report"
    year_last: str | None = None  # of a plan; its first is year_planned
    origins: tuple[tuple[str, str], ...] = ()  # of title, place, date and year: text, metadata, columns, file name or provenance
    tables: tuple[Table, ...] = ()
    terms: tuple[Term, ...] = ()
    unread: tuple[Unread, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def year(self) -> str | None:
        """Its own year: the one a communiqué describes, a plan's first, else the one planned."""
        return self.year_planned or self.year_reported

    def section_of(self, paragraph: Paragraph) -> Section | None:
        return None if paragraph.section is None else self.sections[paragraph.section]

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph with this 1-based number; IndexError where there is none."""
        if number < 1:
            raise IndexError(number)
        return self.paragraphs[number - 1]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is ranked: a paragraph, or a run of its sentences, of at most MAX_CHARACTERS."""

    report: int  # position in Corpus.reports
    paragraph: int  # Paragraph.number
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that is known of the reports, before vectors and words: the ids of both are positions in here."""

    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]

    def text_of(self, passage: Passage) -> str:
        return passage.span.of(self.reports[passage.report].text)

    def paragraph_of(self, passage: Passage) -> Paragraph:
        return self.reports[passage.report].paragraph(passage.paragraph)

    def section_of(self, passage: Passage) -> Section | None:
        return self.reports[passage.report].section_of(self.paragraph_of(passage))
