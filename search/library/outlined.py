"""What was read of a report: its headings, paragraphs, terms and tables, where its title and dates come from, and what was left out."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import SAID_FIRST, Genre, Paragraph, Report, Section, Span, Term
from index.text import joined
from search.results import Citation, Record, citation


@dataclass(frozen=True, slots=True)
class HeadResult(Record):
    text: str
    level: int  # 1 is the outermost
    line: int


@dataclass(frozen=True, slots=True)
class BoxResult(Record):
    page: int
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineResult(Record):
    """A paragraph as it reads: where it runs over several lines of its file, without the breaks. 0 is the title, or a heading.

    Of a scan with the boxes of its lines on their pages: edges as left, lower, right, upper in points from the lower left corner.
    """

    paragraph: int
    line: int
    section: tuple[str, ...]
    text: str
    boxes: tuple[BoxResult, ...] = ()


@dataclass(frozen=True, slots=True)
class TermResult(Record):
    term: str
    definition: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class TableResult(Record):
    title: str
    rows: int
    columns: int
    line: int


@dataclass(frozen=True, slots=True)
class UnreadResult(Record):
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class OutlineResult(Record):
    """`origins`: where title, place, date and year come from: text, metadata, columns, file name or provenance."""

    report_id: str
    title: str
    place: str | None
    year: str | None
    date: str | None
    kind: Genre
    speaker: str | None
    source: str | None
    heads: tuple[HeadResult, ...]
    paragraphs: tuple[LineResult, ...]
    terms: tuple[TermResult, ...]
    tables: tuple[TableResult, ...]
    unread: tuple[UnreadResult, ...]
    origins: dict[str, str]
    characters: int
    figures: int  # how many


def outline_result(report: Report) -> OutlineResult:
    ends = [at for at, character in enumerate(report.text) if character == "\n"]
    heads = tuple(HeadResult(_written(report, one), len(one.path), bisect_left(ends, one.span.start) + 1) for one in report.sections)
    lines = (*_alone(report, heads), *(_line(report, paragraph) for paragraph in report.paragraphs))
    paragraphs = tuple(sorted(lines, key=lambda one: one.line))
    tables = tuple(TableResult(table.title, table.rows, table.columns, table.line) for table in report.tables)
    return OutlineResult(
        *(report.id, report.title, report.place, report.year, report.date, report.genre, report.speaker, report.source),
        *(heads, paragraphs, tuple(_term(report, term) for term in report.terms), tables),
        *(tuple(UnreadResult(one.where, one.why) for one in report.unread), dict(report.origins)),
        *(len(report.text), len(report.figures)),
    )


def _written(report: Report, section: Section) -> str:
    """A heading as it is written: one that runs into its paragraph is a sentence with its full stop; a part, or 一是, is none."""
    heading = section.path[-1]
    if len(section.path) == 1 or SAID_FIRST.match(heading):
        return heading.rstrip("。")
    return f"{heading}。" if report.text.startswith("。", section.span.end) else heading


def _alone(report: Report, heads: Sequence[HeadResult]) -> Iterator[LineResult]:
    """The title, and the headings on lines of their own: with them the lines are all that was read."""
    if report.title_span is not None:
        yield LineResult(0, report.text.count("\n", 0, report.title_span.start) + 1, (), joined(report.title_span.of(report.text)))
    for section, head in zip(report.sections, heads, strict=True):
        if not section.run_in:
            yield LineResult(0, head.line, section.path, joined(section.span.of(report.text)))


def _line(report: Report, paragraph: Paragraph) -> LineResult:
    section = report.section_of(paragraph)
    boxes = tuple(BoxResult(box.page, box.edges) for box in report.boxes if paragraph.span.overlaps(box.span))
    return LineResult(paragraph.number, paragraph.line, section.path if section else (), joined(paragraph.span.of(report.text)), boxes)


def _term(report: Report, term: Term) -> TermResult:
    """Quoted with its definition where both stand in one paragraph."""
    paragraph = report.paragraph(term.paragraph)
    both = Span(min(term.span.start, term.definition.start), max(term.span.end, term.definition.end))
    quoted = both if paragraph.span.contains(both) else term.definition
    return TermResult(term.span.of(report.text), joined(term.definition.of(report.text)), citation(report, paragraph, quoted))
