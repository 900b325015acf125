"""Question × passage → marks: figures of the kind asked for from their stored offsets, the question's words beside them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import islice, takewhile

from index import tokens
from index.periods import YEAR
from index.records import Figure, Span
from search.quantities import same_measure
from search.question import Question
from search.results import Answer, Mark
from search.view import View


def marks(view: View, question: Question, row: int) -> tuple[Mark, ...]:
    """The marks of a passage, counted from its start, in order; none overlap, and a figure wins over a word."""
    passage = view.corpus.passages[row]
    figures = [figure.span for figure in _figures(view, row) if _asked(figure, question)]
    words = [span for span in _words(question, view.passage_texts[row]) if span.end > span.start]
    base = passage.span.start
    found = [Mark(span.start - base, span.end - base, "figure") for span in figures]
    for span in words:
        if not any(span.start < mark.end and mark.start < span.end for mark in found):
            found.append(Mark(span.start, span.end, "term"))
    return tuple(sorted(found, key=lambda mark: mark.start))


def asked_for(question: Question, answer: Answer) -> Question:
    """The question with the kinds of figure its answer turned out to be: 是多少 asks for any, until one is found."""
    figures = answer.figures[: len(question.wanted)]
    if not figures or not question.wanted:
        return question
    narrowed = tuple(
        replace(wanted, kinds=frozenset((figure.kind,)))
        for wanted, figure in zip(question.wanted, figures, strict=False)
    )
    return replace(question, wanted=narrowed)


def _figures(view: View, row: int) -> list[Figure]:
    passage = view.corpus.passages[row]
    figures = view.corpus.reports[passage.report].figures  # in text order
    first = bisect_left(figures, passage.span.start, key=lambda figure: figure.span.start)
    return [*takewhile(lambda figure: passage.span.contains(figure.span), islice(figures, first, None))]


def _asked(figure: Figure, question: Question) -> bool:
    """A figure of a kind, and in the unit, that is asked for; or one that the question itself gives."""
    if any(number.value == figure.value and number.unit == figure.unit for number in question.numbers):
        return True
    return any(
        figure.kind in wanted.kinds and (wanted.unit is None or same_measure(figure.unit, wanted.unit))
        for wanted in question.wanted
    )


def _words(question: Question, text: str) -> list[Span]:
    """Where the words of the subject stand in a text of normal form, longest first; where a whole word is not, its parts."""
    names = {name for term in question.terms for name in term.names}
    parts = {word for term in question.terms for word in tokens.search_words(term.text) if len(word) > 1}
    years = {match[0] for match in YEAR.finditer(question.matched)}
    found: list[Span] = []
    for name in sorted((names | parts) - years, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            if not any(span.overlaps(other) for other in found) and (len(name) > 1 or len(names) == 1):
                found.append(span)
            start = text.find(name, start + 1)
    return found
