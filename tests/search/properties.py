"""What holds for every result, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from index.outline.passages import MAX_CHARACTERS
from index.records import Report, Span
from search.results import AskResult, Citation

NUMBER = re.compile(r"\d+(?:\.\d+)?")
Property = Callable[[AskResult, Report], None]


def all_citations(result: AskResult) -> list[Citation]:
    answer = result.answer
    nested = [*(item.citation for item in answer.items), *(other.citation for other in answer.alternatives)]
    return [*answer.citations, *nested]


def every_number_said_stands_in_a_citation(result: AskResult, report: Report) -> None:
    """But for the years of the figures, what is computed of them, how many there are, and what the question says itself."""
    answer = result.answer
    quotes = [citation.quote for citation in all_citations(result)]
    shown = " ".join([*quotes, answer.computed.text if answer.computed else ""])
    known = {*NUMBER.findall(shown), *(year for figure in answer.figures for year in (figure.period or "").split("-"))}
    known |= {str(count) for count in (len(answer.rows), len(answer.items) + answer.more, answer.coverage and answer.coverage.found)}
    known |= set(NUMBER.findall(result.understood))  # a row is called as the question calls it
    assert set(NUMBER.findall(answer.text)) <= known


def operands_are_cited(result: AskResult, report: Report) -> None:
    if result.answer.computed is not None:
        quotes = " ".join(citation.quote for citation in result.answer.citations)
        assert all(operand in quotes for operand in result.answer.computed.operands)


def every_quote_is_the_reports_text(result: AskResult, report: Report) -> None:
    for citation in all_citations(result):
        assert citation.quote == report.text[citation.start : citation.end] != ""
        paragraph = report.paragraph(citation.paragraph)
        if any(section.span.contains(Span(citation.start, citation.end)) for section in report.sections):  # a heading has a line of its own
            assert citation.line == citation.line_end == report.text.count("\n", 0, citation.start) + 1
            continue
        assert paragraph.span.start <= citation.start < citation.end <= paragraph.span.end
        assert (citation.line, citation.line_end) == (paragraph.line, paragraph.line_end)
        assert citation.paragraph_in_section == paragraph.number_in_section


def stated_and_reason_go_together(result: AskResult, report: Report) -> None:
    answer = result.answer
    assert answer.stated == (answer.reason is None) == bool(answer.citations)
    assert 0 <= answer.confidence <= 1


def an_answer_is_short(result: AskResult, report: Report) -> None:
    assert 0 < len(result.answer.text) <= 200


def no_hedge_is_lost(result: AskResult, report: Report) -> None:
    answer = result.answer
    if answer.computed is None:
        said = " ".join([answer.text, *(item.text for item in answer.items)])
        for figure in answer.figures:
            assert all(word in said for word in (figure.modifier or "").split())


def figures_are_the_stored_ones(result: AskResult, report: Report) -> None:
    stored = {(figure.span.start, figure.span.end, figure.text, figure.value) for figure in report.figures}
    assert {(f.start, f.end, f.text, f.value) for f in result.answer.figures} <= stored


def passages_are_the_reports_text(result: AskResult, report: Report) -> None:
    headings = {section.span.of(report.text) for section in report.sections}
    for passage in result.passages:
        assert passage.text == report.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= MAX_CHARACTERS
        assert passage.text not in headings
        paragraph = report.paragraph(passage.paragraph)
        assert (passage.line, passage.line_end) == (paragraph.line, paragraph.line_end)
        assert passage.paragraph_in_section == paragraph.number_in_section
        assert paragraph.span.start <= passage.start < passage.end <= paragraph.span.end


def best_first_and_none_twice(result: AskResult, report: Report) -> None:
    assert [passage.rank for passage in result.passages] == list(range(1, len(result.passages) + 1))
    scores = [passage.score for passage in result.passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({passage.start for passage in result.passages}) == len(result.passages)


def marks_stand_inside_and_apart(result: AskResult, report: Report) -> None:
    for passage in result.passages:
        assert all(0 <= mark.start < mark.end <= len(passage.text) for mark in passage.marks)
        assert all(one.end <= other.start for one, other in pairwise(passage.marks))


def marked_figures_are_the_stored_ones(result: AskResult, report: Report) -> None:
    stored = {(figure.span.start, figure.span.end) for figure in report.figures}
    for passage in result.passages:
        for mark in passage.marks:
            assert mark.kind == "term" or (passage.start + mark.start, passage.start + mark.end) in stored


PROPERTIES: tuple[Property, ...] = (
    every_number_said_stands_in_a_citation,
    operands_are_cited,
    every_quote_is_the_reports_text,
    stated_and_reason_go_together,
    an_answer_is_short,
    no_hedge_is_lost,
    figures_are_the_stored_ones,
    passages_are_the_reports_text,
    best_first_and_none_twice,
    marks_stand_inside_and_apart,
    marked_figures_are_the_stored_ones,
)
