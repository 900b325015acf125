"""The one sentence that answers where no figure is asked for."""

from __future__ import annotations

import re

from index.records import Report
from search.answer import compose
from search.found import Found
from search.places import citation
from search.question import Question
from search.results import Answer
from search.view import View

# What answers 什么时候: a sentence that names no time does not.
DATED = re.compile(r"年|月|日|季度|天|小时|时候|近期|目前|现在|期间")


def sentence_answer(view: View, question: Question, found: Found) -> Answer | None:
    """The sentence of the best passage that says it, with its place."""
    if not found.hits:
        return None
    passage_row = found.hits[0].passage
    passage = view.corpus.passages[passage_row]
    report: Report = view.corpus.reports[passage.report]
    rows = [row for row, (owner, _) in enumerate(view.index.sentences) if owner == passage_row]
    best = max(rows, key=lambda row: found.sentences.get(row, 0.0))
    span = passage.sentences[view.index.sentences[best][1]]
    span = compose.fitting(view.texts[passage.report], span, question)
    if "when" in question.asks and not DATED.search(span.of(view.texts[passage.report])):
        return None
    paragraph = report.paragraph(passage.paragraph)
    return Answer(
        text=span.of(report.text),
        stated=True,
        reason=None,
        confidence=round(min(0.9, 0.4 + 0.5 * found.hits[0].score), 2),
        citations=(citation(report, paragraph, span),),
    )
