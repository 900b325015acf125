"""What an index holds: its reports in short, and their paragraphs."""

from dataclasses import dataclass

from index.errors import NotFound
from index.records import Paragraph, Report, Status
from search.results import Record, stands


@dataclass(frozen=True, slots=True)
class ParagraphResult(Record):
    """A passage's place and text without what a search says of it."""

    report_id: str
    report: str
    section: tuple[str, ...]
    paragraph: int
    paragraph_in_section: int
    line: int
    line_end: int
    start: int
    end: int
    year: str | None
    status: Status | None
    text: str


@dataclass(frozen=True, slots=True)
class ReportResult(Record):
    """A report in short: what it calls itself, and how much there is of it."""

    report_id: str
    title: str
    place: str | None
    year: str | None  # the one it plans for
    date: str | None
    paragraphs: int
    figures: int


def report_result(report: Report) -> ReportResult:
    counts = len(report.paragraphs), len(report.figures)
    return ReportResult(report.id, report.title, report.place, report.year, report.date, *counts)


def paragraph_result(report: Report, number: int) -> ParagraphResult:
    """Raises NotFound."""
    try:
        found: Paragraph = report.paragraph(number)
    except (IndexError, TypeError):
        raise NotFound(f"《{report.title}》没有第 {number} 段（共 {len(report.paragraphs)} 段）") from None
    return ParagraphResult(**stands(report, found, found.span))
