"""A figure as text: what it is found by in words, and what it is found by in meaning.

Quantity search keeps an index of (description, quantity) pairs of its own beside the one of texts (arXiv 2407.10283).
"""

from __future__ import annotations

from index.records import Figure, Report


def in_words(report: Report, figure: Figure) -> str:
    """What it measures, and the sentence it stands in."""
    return f"{figure.indicator} {figure.of or ''} {figure.text} {figure.sentence.of(report.text)}"


def in_meaning(report: Report, matched: str, figure: Figure) -> str:
    """The heading over it, what it measures and in which unit, for when, and its clause: what sets it apart from the others.

    `matched` is the report in normal form. docs/evaluation.md has what less of this, or the whole sentence, was worth.
    """
    section = report.section_of(report.paragraph(figure.paragraph))
    heading = section.path[-1] if section else ""
    whole = f" 占{figure.of}" if figure.of else ""
    when = f"{figure.period or ''}年{'计划' if figure.status == 'target' else ''}"
    return f"{heading} {figure.indicator}{whole} {figure.unit or ''} {when} {figure.clause.of(matched)}"
