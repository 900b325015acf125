"""The one sentence that answers where no figure is asked for."""

from __future__ import annotations

from index.records import Report
from search.answer import compose
from search.found import Found
from search.places import citation
from search.question import Question
from search.results import Answer
from search.view import View


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
    paragraph = report.paragraph(passage.paragraph)
    return Answer(
        text=span.of(report.text),
        stated=True,
        reason=None,
        confidence=round(min(0.9, 0.4 + 0.5 * found.hits[0].score), 2),
        citations=(citation(report, paragraph, span),),
    )
