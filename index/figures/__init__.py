"""Report → Figures: each number of the text as a record with value, unit, indicator, period and status."""

from __future__ import annotations

from index.figures.attribute import attribute
from index.figures.clauses import clauses
from index.figures.draft import Setting
from index.figures.naming import topic_of
from index.figures.recognise import recognise
from index.figures.when import range_named
from index.periods import PLAN, five_year_plan
from index.records import Figure, Report, Section
from index.text import normal

LEAD = 24  # characters of a paragraph in which a span of years (五年来, “十四五”时期) is said for all of it

__all__ = ["extract"]


def extract(report: Report) -> tuple[Figure, ...]:
    """All figures of an outlined report, in text order; no two overlap and each span reproduces its text."""
    matched = normal(report.text)
    found: list[Figure] = []
    for paragraph in report.paragraphs:
        lead = paragraph.span.of(matched)[:LEAD]
        setting = Setting(
            text=report.text,
            matched=matched,
            year_reported=report.year_reported,
            year_planned=report.year_planned,
            paragraph=paragraph,
            section=report.section_of(paragraph),
            lead=range_named(lead, report.year_reported) or _programme(lead, report.section_of(paragraph)),
        )
        topic = ""
        for sentence in paragraph.sentences:
            mentions = recognise(matched, sentence)
            if mentions:
                found += attribute(setting, sentence, mentions, topic)
            first = clauses(matched, sentence)
            topic = topic_of(setting, first[0]) if first else ""
    return tuple(found)


def _programme(lead: str, section: Section | None) -> str | None:
    """A paragraph on the programme (《纲要（草案）》) is for the years of the plan that its heading names."""
    if "纲要" not in lead or section is None:
        return None
    named = [PLAN.search(normal(heading)) for heading in reversed(section.path)]
    years = next((five_year_plan(plan[1]) for plan in named if plan), None)
    return f"{years[0]}-{years[1]}" if years else None
