"""Where something stands, as contract.md's objects: citations, figures and passages with their headings and offsets."""

from __future__ import annotations

from index.records import Figure, Paragraph, Report, Span
from search.rank import Hit
from search.results import Citation, FigureResult, Mark, PassageResult
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
    section = report.section_of(paragraph)
    return PassageResult(
        rank=rank,
        score=round(hit.score, 4),
        report_id=report.id,
        report=report.title,
        section=section.path if section else (),
        paragraph=paragraph.number,
        paragraph_in_section=paragraph.number_in_section,
        line=paragraph.line,
        line_end=paragraph.line_end,
        start=passage.span.start,
        end=passage.span.end,
        year=section.year if section else None,
        status=section.status if section else None,
        text=passage.span.of(report.text),
        marks=found,
    )
