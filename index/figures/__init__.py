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
        for span in paragraph.sentences:
            mentions = recognise(matched, span)
            if mentions:
                found += attribute(setting, span, mentions, topic)
            sentence = draft_sentence(setting, span, mentions)
            topic = topic_of(sentence, sentence.clauses[0]) if sentence.clauses else ""
    return tuple(found)
