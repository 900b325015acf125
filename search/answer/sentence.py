"""The one sentence that answers where no figure is asked for."""

from __future__ import annotations

import re

from search.answer import compose
from search.answer.saying import best_saying
from search.found import Found
from search.places import citation
from search.question import Question
from search.results import Answer
from search.view import View

# What answers 什么时候: a sentence that names no time does not.
DATED = re.compile(r"年|月|日|季度|天|小时|时候|近期|目前|现在|期间")
ENOUGH = 0.2  # chance (0..1) from which a sentence is given: below it more of them are wrong than lost


def sentence_answer(view: View, question: Question, report_row: int, found: Found) -> Answer | None:
    """The sentence that says most of what is asked, with its place; None where it hardly answers."""
    saying = best_saying(view, question, report_row, found)
    if saying is None or saying.chance < ENOUGH:
        return None
    report, matched = view.corpus.reports[report_row], view.texts[report_row]
    span = compose.fitting(matched, saying.span, question)
    if "when" in question.asks and not DATED.search(span.of(matched)):
        return None
    paragraph = report.paragraph(view.corpus.passages[saying.passage].paragraph)
    return Answer(
        text=span.of(report.text),
        stated=True,
        reason=None,
        confidence=round(saying.chance, 2),
        citations=(citation(report, paragraph, span),),
    )
