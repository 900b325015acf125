"""The whole report: its outline, its headings, and numbered paragraphs that links lead to (`#p-6`) with their figures."""

from index.records import Figure, Paragraph, Report, Section
from web.answers.cite import CHINESE, DOT, when
from web.gloss import hedged
from web.strings import Words
from web.tags import Html, el, join


def full(report: Report, words: Words) -> Html:
    """A paragraph's text is the report's, character for character: offsets from `data-start` find any range of it."""
    headed = {section.span: section for section in report.sections}
    names = {section.span: f"s-{number}" for number, section in enumerate(report.sections, start=1)}
    figures: dict[int, list[Figure]] = {}
    for figure in report.figures:
        figures.setdefault(figure.paragraph, []).append(figure)
    blocks: list[tuple[int, Html]] = []
    for paragraph in report.paragraphs:
        lead = next((section for span, section in headed.items() if paragraph.span.contains(span)), None)
        if lead:
            del headed[lead.span]
        name = names[lead.span] if lead else None
        block = _paragraph(report, paragraph, lead, name, figures.get(paragraph.number, []), words)
        blocks.append((paragraph.span.start, block))
    blocks += [(section.span.start, _heading(section, names[section.span])) for section in headed.values()]
    body = [block for _, block in sorted(blocks, key=lambda block: block[0])]
    text = el("article", el("h2", report.title), join(body), class_="full", lang=CHINESE, data_report=report.id)
    return el("div", _outline(report, words), el("div", _official(report, words), text), class_="reading")


def _official(report: Report, words: Words) -> Html:
    """A link to where the report was published, outside its text. Nothing is loaded from there unless it is followed."""
    if not report.source:
        return Html()
    link = el("a", words["official"], href=report.source, rel="noopener noreferrer", target="_blank")
    return el("p", link, class_="official")


def _outline(report: Report, words: Words) -> Html:
    rows = [
        el("li", el("a", section.path[-1], href=f"#s-{number}"), class_=f"level-{min(len(section.path), 3)}")
        for number, section in enumerate(report.sections, start=1)
    ]
    if not rows:
        return Html()
    title = el("summary", words["outline"])
    return el("nav", el("details", title, el("ol", join(rows)), open=True), aria_label=words["outline"], lang=CHINESE, class_="outline")


def _heading(section: Section, name: str) -> Html:
    return el(f"h{min(len(section.path) + 2, 6)}", section.path[-1], id=name, tabindex="-1")


def _paragraph(report: Report, paragraph: Paragraph, lead: Section | None, name: str | None, figures: list[Figure], words: Words) -> Html:
    """`lead` is a heading that the paragraph runs on from: its words are the paragraph's first."""
    start, end = paragraph.span.start, paragraph.span.end
    cut = lead.span.end if lead else start
    head = el("strong", report.text[start:cut], id=name) if lead else ""
    pieces: list[str] = [head]
    at = cut
    for figure in sorted(figures, key=lambda figure: figure.span.start):
        if figure.span.start < at:  # in the heading, or in a figure before: its text is there already
            continue
        pieces += [report.text[at : figure.span.start], _figure(figure, words)]
        at = figure.span.end
    number = paragraph.number_in_section
    body = [*pieces, report.text[at:end]]
    return el("p", *body, id=f"p-{paragraph.number}", tabindex="-1", data_n=number, data_start=start)


def _figure(figure: Figure, words: Words) -> Html:
    """A figure with its hint: by the mouse, and by the keys, which go from one to the next by arrows (page.js)."""
    named = figure.indicator if figure.of is None else words["share_of"].format(indicator=figure.indicator, of=figure.of)
    hint = DOT.join(filter(None, (named, when(figure.period, figure.status, words), hedged(figure.modifier, words.language))))
    label = f"{figure.text}{words['colon']}{hint}"
    return el("span", figure.text, class_="fig", role="note", tabindex="-1", aria_label=label, data_hint=hint)
