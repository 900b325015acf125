"""Question × what was found → Answer: the figure asked for, two of them side by side, the sentence, or "not stated".

An answer is composed of quoted pieces. Nothing is said that the report does not say, but for a difference of two cited figures.
"""

from __future__ import annotations

from search.answer.figure import figure_answer
from search.answer.items import list_answer
from search.answer.lookup import lookup_answer
from search.answer.masthead import masthead_answer
from search.answer.refuse import how_absent, refused
from search.answer.sentence import sentence_answer
from search.found import Found
from search.question import Question
from search.results import Answer, not_stated
from search.view import View

__all__ = ["answer"]


def answer(view: View, question: Question, report_row: int, found: Found) -> Answer:
    """The answer to a question put to one report. Never fails: what cannot be answered is not stated."""
    report = view.corpus.reports[report_row]
    head = masthead_answer(question, report)
    if head:
        return head if _allowed(view, report_row, found, head) else not_stated("related")
    refusal = refused(view, question, report_row)
    if refusal:
        return not_stated(refusal)
    turned = lookup_answer(view, question, report_row, found.allowed)
    if turned:
        return turned
    listed = None if question.firm else list_answer(view, question, report_row, found)
    if listed:
        return listed
    if question.wanted:
        return figure_answer(view, question, report_row, found)
    return sentence_answer(view, question, report_row, found) or not_stated(how_absent(view, question, report_row))


def _allowed(view: View, report_row: int, found: Found, said: Answer) -> bool:
    """Whether a filter leaves every paragraph that an answer cites."""
    if found.allowed is None:
        return True
    left = {view.corpus.passages[row].paragraph for row in found.allowed}
    return all(citation.paragraph in left for citation in said.citations)
