"""Question × passages → marks: figures of the kind asked for from their stored offsets, the question's words beside them."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, takewhile

from index import tokens
from index.periods import YEAR
from index.records import Figure, Span
from search.find.candidates import same_measure
from search.find.rank import Hit
from search.library.filters import report_by_id
from search.library.view import View
from search.plan.question import Question
from search.results import Answer, Citation, Mark, PassageResult, stands


def passages(view: View, question: Question, hits: Iterable[Hit]) -> tuple[PassageResult, ...]:
    """The hits as a caller gets them, ranked as they come, with their marks."""
    names, found = _names(question), []
    for rank, hit in enumerate(hits, start=1):
        passage = view.corpus.passages[hit.passage]
        report = view.corpus.reports[passage.report]
        place = stands(report, report.paragraph(passage.paragraph), passage.span)
        marked = _marks(view, question, names, hit.passage)
        found.append(PassageResult(rank=rank, score=round(hit.score, 4), **place, marks=marked))
    return tuple(found)


def _marks(view: View, question: Question, names: list[str], row: int) -> tuple[Mark, ...]:
    base = view.corpus.passages[row].span.start
    figures = [figure.span for figure in _figures(view, row) if _asked(figure, question)]
    found = [Mark(span.start - base, span.end - base, "figure") for span in figures]
    for span in _words(names, view.passage_texts[row]):
        if not any(span.start < mark.end and mark.start < span.end for mark in found):
            found.append(Mark(span.start, span.end, "term"))
    return tuple(sorted(found, key=lambda mark: mark.start))


def asked_for(question: Question, answer: Answer) -> Question:
    """The question with the kinds of figure its answer turned out to be: 是多少 asks for any, until one is found."""
    figures = answer.figures[: len(question.wanted)]
    if not figures or not question.wanted:
        return question
    narrowed = tuple(replace(wanted, kinds=frozenset((figure.kind,))) for wanted, figure in zip(question.wanted, figures, strict=False))
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
        figure.kind in wanted.kinds and (wanted.unit is None or same_measure(figure.unit, wanted.unit)) for wanted in question.wanted
    )


def _names(question: Question) -> list[str]:
    """What is marked of the subject: its words and their other names, longest first, then the parts of its words.

    A character alone is marked only where it is all the subject.
    """
    names = {name for term in question.terms for name in term.names}
    parts = {word for term in question.terms for word in tokens.search_words(term.text) if len(word) > 1}
    years = {match[0] for match in YEAR.finditer(question.matched)}
    telling = {name for name in names | parts if len(name) > 1 or (name and len(names) == 1)}
    return sorted(telling - years, key=lambda name: (-len(name), name))


def _words(names: list[str], text: str) -> list[Span]:
    """Where names stand in a text of normal form; the earlier ones of the list win."""
    found: list[Span] = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            if not any(span.overlaps(other) for other in found):
                found.append(span)
            start = text.find(name, start + 1)
    return found


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
