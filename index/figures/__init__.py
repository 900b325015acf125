"""Report → Figures: each number of the text as a record with value, unit, indicator, period and status."""

from __future__ import annotations

from index.figures.attribute import attribute, draft_sentence
from index.figures.draft import Setting
from index.figures.naming import topic_of
from index.figures.recognise import recognise
from index.figures.stretch import stretches
from index.records import Figure, Report
from index.text import normal

__all__ = ["extract"]


def extract(report: Report) -> tuple[Figure, ...]:
    """All figures of an outlined report, in text order; no two overlap and each span reproduces its text."""
    matched = normal(report.text)
    found: list[Figure] = []
    for paragraph, stretch in zip(report.paragraphs, stretches(report, matched), strict=True):
        setting = Setting(report.text, matched, report.year_reported, report.year_planned, paragraph, stretch)
        topic = ""
        told = [(span, recognise(matched, span)) for span in paragraph.sentences]
        for (span, mentions), (_, after) in zip(told, [*told[1:], (None, [])], strict=True):
            if not mentions and not after:  # no figure, and none in the next sentence that would need a topic
                continue
            sentence = draft_sentence(setting, span, mentions)
            found += attribute(sentence, mentions, topic)
            topic = topic_of(sentence, sentence.clauses[0]) if sentence.clauses else ""
    return tuple(found)
