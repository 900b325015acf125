"""Report → Figures: each number of the text as a record with value, unit, indicator, period and status."""

from __future__ import annotations

from index.figures.attribute import Setting, attribute, topic_of
from index.figures.clauses import clauses
from index.figures.recognise import recognise
from index.records import Figure, Report
from index.text import normal

__all__ = ["extract"]


def extract(report: Report) -> tuple[Figure, ...]:
    """All figures of an outlined report, in text order; no two overlap and each span reproduces its text."""
    matched = normal(report.text)
    found: list[Figure] = []
    for paragraph in report.paragraphs:
        setting = Setting(
            report.text, matched, report.year_reported, report.year_planned, paragraph, report.section_of(paragraph)
        )
        topic = ""
        for sentence in paragraph.sentences:
            mentions = recognise(matched, sentence)
            if mentions:
                found += attribute(setting, sentence, mentions, topic)
            first = clauses(matched, sentence)
            topic = topic_of(setting, first[0]) if first else ""
    return tuple(found)
