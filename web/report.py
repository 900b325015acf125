"""The whole report: headings, and numbered paragraphs that links lead to (`#p-6`)."""

from __future__ import annotations

from index.records import Paragraph, Report, Section
from web.places import CHINESE
from web.tags import Html, el, join


def full(report: Report) -> Html:
    """A paragraph's text is the report's, character for character: offsets from `data-start` find any range of it."""
    headed = {section.span: section for section in report.sections}
    blocks: list[tuple[int, Html]] = []
    for paragraph in report.paragraphs:
        lead = next((section for span, section in headed.items() if paragraph.span.contains(span)), None)
        if lead:
            del headed[lead.span]
        blocks.append((paragraph.span.start, _paragraph(report, paragraph, lead)))
    blocks += [(section.span.start, _heading(section)) for section in headed.values()]
    body = [block for _, block in sorted(blocks, key=lambda block: block[0])]
    return el("article", el("h2", report.title), join(body), class_="full", lang=CHINESE, data_report=report.id)


def _heading(section: Section) -> Html:
    return el(f"h{min(len(section.path) + 2, 6)}", section.path[-1])


def _paragraph(report: Report, paragraph: Paragraph, lead: Section | None) -> Html:
    """`lead` is a heading that the paragraph runs on from: its words are the paragraph's first."""
    text = paragraph.span.of(report.text)
    cut = lead.span.end - paragraph.span.start if lead else 0
    head = el("strong", text[:cut]) if lead else ""
    return el(
        "p",
        head,
        text[cut:],
        id=f"p-{paragraph.number}",
        tabindex="-1",
        data_n=paragraph.number_in_section,
        data_start=paragraph.span.start,
    )
