"""What an answer is shown with: the reader's language and address, and the report it is quoted from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.records import Figure, Report
from search.beside import growth_with, reached
from search.printed import figures_in
from search.results import Answer, AskResult, Citation, FigureResult, Finding, Mark, PassageResult
from web.address import Wanted
from web.answers.cite import Range
from web.strings import Words

UNSURE = 0.5  # chance (0..1) below which an answer or a plan is as likely wrong as right, and the page says so


@dataclass(frozen=True, slots=True)
class Context:
    """`report` is the one that was asked, None where none was; `reports` are those that may be chosen, each with its title."""

    words: Words
    wanted: Wanted = field(default_factory=Wanted)
    report: Report | None = None
    findings: Sequence[Finding] = ()  # of the report: its targets beside results among them
    reports: Sequence[tuple[str, str]] = ()  # title, id
    several: bool = False

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """The figures of a range of the report's text."""
        found = self.report.figures if self.report else ()
        return [figure for figure in found if start <= figure.span.start and figure.span.end <= end]

    def growth_with(self, figure: FigureResult) -> str:
        """增长16.5%, where the sentence gives it with a level."""
        growth = growth_with(self.report, figure) if self.report else None
        return f"增长{growth.span.of(self.report.text)}" if self.report and growth else ""

    def beside(self, figure: FigureResult) -> tuple[FigureResult, Citation] | None:
        """What was reached of a target."""
        return reached(self.report, figure, self.findings) if self.report else None


def ranges(answer: Answer, quote: Citation) -> list[Range]:
    """Where the answer's figures stand in a quote, as ranges of the report's text."""
    return [(figure.start, figure.end) for figure in figures_in(answer, quote)]


def quote_marks(result: AskResult, quote: Citation) -> list[Mark]:
    """The answer's figures, and the question's words as the passages have them, counted from the quote's start."""
    figures = ranges(result.answer, quote)
    terms = [pair for passage in result.passages for pair in terms_of(passage) if passage.report_id == quote.report_id]
    marks = [Mark(start - quote.start, end - quote.start, "figure") for start, end in dict.fromkeys(figures)]
    for start, end in dict.fromkeys(terms):
        mark = Mark(start - quote.start, end - quote.start, "term")
        inside = quote.start <= start and end <= quote.end
        if inside and not any(mark.start < other.end and other.start < mark.end for other in marks):
            marks.append(mark)
    return marks


def terms_of(passage: PassageResult) -> list[Range]:
    """The question's words in a passage, as ranges of the report's text."""
    return [(passage.start + mark.start, passage.start + mark.end) for mark in passage.marks if mark.kind == "term"]
