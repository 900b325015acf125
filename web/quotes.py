"""Quotes under an answer: the report's own words with their marks, and where they stand."""

from __future__ import annotations

from search.results import Answer, AskResult, Citation, FigureResult, Mark, PassageResult
from web.cite import menu
from web.places import CHINESE, link, marked
from web.strings import Words
from web.tags import Html, el, join


def quotes(result: AskResult, words: Words) -> Html:
    listed = {item.citation for item in result.answer.items}
    quotes = [quote for quote in result.answer.citations if quote not in listed]
    return join([quote_block(result, quote, words, first=number == 0) for number, quote in enumerate(quotes)])


def quote_block(result: AskResult, quote: Citation, words: Words, *, first: bool) -> Html:
    text = marked(quote.quote, quote_marks(result, quote))
    return join([el("blockquote", text, lang=CHINESE), row(result, quote, words, first=first)])


def row(result: AskResult, quote: Citation, words: Words, *, first: bool) -> Html:
    """Where the quote stands, and what a reader may take along."""
    figures = ranges(result.answer, quote)
    share = el(
        "button", words["copy_link"], type="button", data_share=f"#p-{quote.paragraph}", data_copied=words["copied"]
    )
    cite = menu(quote.quote, quote, words)
    return el("div", link(quote, figures, words), el("span", cite, share if first else ""), class_="row")


def quote_marks(result: AskResult, quote: Citation) -> list[Mark]:
    """The answer's figures, and the question's words as the passages have them, counted from the quote's start."""
    figures = ranges(result.answer, quote)
    terms = [pair for passage in result.passages for pair in _terms(passage) if passage.report_id == quote.report_id]
    marks = [Mark(start - quote.start, end - quote.start, "figure") for start, end in dict.fromkeys(figures)]
    for start, end in dict.fromkeys(terms):
        mark = Mark(start - quote.start, end - quote.start, "term")
        inside = quote.start <= start and end <= quote.end
        if inside and not any(mark.start < other.end and other.start < mark.end for other in marks):
            marks.append(mark)
    return marks


def _terms(passage: PassageResult) -> list[tuple[int, int]]:
    """The question's words in a passage, as ranges of the report's text."""
    return [(passage.start + mark.start, passage.start + mark.end) for mark in passage.marks if mark.kind == "term"]


def ranges(answer: Answer, quote: Citation) -> list[tuple[int, int]]:
    """Where the answer's figures stand in a quote, as ranges of the report's text."""
    return [(figure.start, figure.end) for figure in answer.figures if within(figure, quote)]


def within(figure: FigureResult, quote: Citation) -> bool:
    return figure.report_id == quote.report_id and quote.start <= figure.start and figure.end <= quote.end
