"""Where something stands, as contract.md's objects: citations, figures and passages with their headings and offsets."""

from __future__ import annotations

from typing import Any

from index.records import Figure, Paragraph, Report, Span
from search.rank import Hit
from search.results import Answer, Citation, FigureResult, Mark, PassageResult
from search.select import report_by_id
from search.view import View


def citation(report: Report, paragraph: Paragraph, span: Span) -> Citation:
    """The quote of a span, with its place."""
    section = report.section_of(paragraph)
    return Citation(
        report_id=report.id,
        report=report.title,
        section=section.path if section else (),
        paragraph=paragraph.number,
        paragraph_in_section=paragraph.number_in_section,
        line=paragraph.line,
        line_end=paragraph.line_end,
        quote=span.of(report.text),
        start=span.start,
        end=span.end,
    )


def figure_result(report: Report, figure: Figure) -> FigureResult:
    paragraph = report.paragraph(figure.paragraph)
    section = report.section_of(paragraph)
    return FigureResult(
        text=figure.text,
        value=figure.value,
        value_to=figure.value_to,
        unit=figure.unit,
        kind=figure.kind,
        role=figure.role,
        direction=figure.direction,
        modifier=figure.modifier,
        indicator=figure.indicator,
        of=figure.of,
        period=figure.period,
        status=figure.status,
        report_id=report.id,
        section=section.path if section else (),
        paragraph=paragraph.number,
        line=paragraph.line,
        start=figure.span.start,
        end=figure.span.end,
    )


def passage_result(view: View, hit: Hit, rank: int, found: tuple[Mark, ...]) -> PassageResult:
    passage = view.corpus.passages[hit.passage]
    report = view.corpus.reports[passage.report]
    paragraph = report.paragraph(passage.paragraph)
    return PassageResult(
        rank=rank,
        score=round(hit.score, 4),
        **stands(report, paragraph, passage.span),
        marks=found,
    )


def stands(report: Report, paragraph: Paragraph, span: Span) -> dict[str, Any]:
    """What is said of a passage, or of a whole paragraph, but for what a search says of it: its text and where that stands."""
    section = report.section_of(paragraph)
    return {
        "report_id": report.id,
        "report": report.title,
        "section": section.path if section else (),
        "paragraph": paragraph.number,
        "paragraph_in_section": paragraph.number_in_section,
        "line": paragraph.line,
        "line_end": paragraph.line_end,
        "start": span.start,
        "end": span.end,
        "year": section.year if section else None,
        "status": section.status if section else None,
        "text": span.of(report.text),
    }


def cited_first(view: View, hits: list[Hit], answer: Answer) -> list[Hit]:
    """The passage that is quoted goes before the others: it is what the reader wants to check."""
    if not answer.citations:
        return hits
    quote = answer.citations[0]
    ranked = {hit.passage: hit for hit in hits}
    best = hits[0].score if hits else 1.0
    row = next((row for row in ranked if _holds(view, row, quote)), None)
    if row is None:
        own_rows = view.rows[report_by_id(view.corpus.reports, quote.report_id)].passages
        row = next((row for row in own_rows if _holds(view, row, quote)), None)
    if row is None:  # a portal's line, of which no passage is made
        return hits
    own = ranked.get(row, Hit(row, best, {}))
    return [Hit(row, max(own.score, best), own.parts), *(hit for hit in hits if hit.passage != row)]


def _holds(view: View, row: int, quote: Citation) -> bool:
    passage = view.corpus.passages[row]
    begins = passage.span.start <= quote.start < passage.span.end
    return begins and view.corpus.reports[passage.report].id == quote.report_id
