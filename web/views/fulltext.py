"""The whole report: its outline, its headings, and numbered paragraphs that links lead to (`#p-6`) with their figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from index.records import Figure, Paragraph, Report, Section, Span
from index.text import joined
from web.answers.cite import CHINESE, DOT, flowing, when
from web.answers.grid import sheet, tables_of
from web.gloss import hedged
from web.strings import Words
from web.tags import Html, el, join
from web.views.frame import date

Marked = tuple[Span, Html]  # words of the text, and how they are shown


def full(report: Report, words: Words) -> Html:
    """A paragraph's text is the report's, character for character: offsets from `data-start` find any range of it."""
    headed = {section.span: section for section in report.sections}
    names = {section.span: f"s-{number}" for number, section in enumerate(report.sections, start=1)}
    tables = tables_of(report)
    rows = {paragraph.number for _, lines in tables for paragraph in lines.values()}
    marked = defaultdict[int, list[Marked]](list)
    for number, one in (*((figure.paragraph, (figure.span, _figure(figure, words))) for figure in report.figures), *_terms(report, rows)):
        marked[number].append(one)
    blocks: list[tuple[int, Html]] = []
    for table, lines in tables:
        held = [one for paragraph in lines.values() for one in marked[paragraph.number]]
        blocks.append((table.cells[0].span.start, sheet(report, table, lines, partial(_shown, report.text, held), words)))
    for paragraph in (one for one in report.paragraphs if one.number not in rows):
        lead = next((section for span, section in headed.items() if paragraph.span.contains(span)), None)
        if lead:
            del headed[lead.span]
        block = _paragraph(report, paragraph, lead, names[lead.span] if lead else None, marked[paragraph.number])
        blocks.append((paragraph.span.start, block))
    blocks += [(section.span.start, _heading(section, names[section.span])) for section in headed.values()]
    body = [block for _, block in sorted(blocks, key=lambda block: block[0])]
    text = el("article", el("h2", report.title), join(body), class_="full", lang=CHINESE, data_report=report.id)
    about = [_facts(report, words), _official(report, words), _unread(report, words)]
    return el("div", _outline(report, words), el("div", *about, text, *_meanings(report, words)), class_="reading")


def _facts(report: Report, words: Words) -> Html:
    """What kind of document it is, of which place and time, and where each is read."""
    year = words["year"].format(year=report.year) if report.year else ""
    told = {"place": report.place or "", "year": year, "date": date(report, words)}
    facts = [words[f"genre_{report.genre}"]]
    for name, value in told.items():
        origin = dict(report.origins).get(name, "").replace(" ", "_")
        shown = el("span", value, lang=CHINESE if name == "place" else None)
        facts += [DOT, shown, el("small", words.table.get(f"origin_{origin}", ""))] if value else []
    return el("p", *facts, class_="facts")


def _unread(report: Report, words: Words) -> Html:
    if not report.unread:
        return Html()
    rows = [el("li", el("b", one.where), f" {one.why}") for one in report.unread]
    return el("details", el("summary", words["unread"].format(count=len(rows))), el("ul", join(rows), lang=CHINESE), class_="unread")


def _meanings(report: Report, words: Words) -> Iterator[Html]:
    """What each term means, in a box that opens beside it, and the way to where the report says so."""
    for number, term in enumerate(report.terms, start=1):
        word, said = term.span.of(report.text), joined(term.definition.of(report.text))
        marks = f"{term.definition.start}-{term.definition.end}"
        where = el("a", words["term_place"], href=f"#p-{term.paragraph}", data_report=report.id, data_marks=marks, lang=words["lang"])
        yield el(
            "div", el("b", word), f" {said} ", where, id=f"term-{number}", popover="auto", role="dialog", aria_label=word, lang=CHINESE
        )


def _terms(report: Report, rows: Collection[int]) -> Iterator[tuple[int, Marked]]:
    """Each term where a paragraph first has it, but for those that explain one and the rows of tables."""
    apart = {*rows, *(term.paragraph for term in report.terms)}
    names = {term.span.of(report.text): f"term-{number}" for number, term in enumerate(report.terms, start=1)}
    for paragraph in (one for one in report.paragraphs if one.number not in apart):
        for word, name in names.items():
            at = report.text.find(word, paragraph.span.start, paragraph.span.end) if len(word) > 1 else -1
            if at >= 0:
                shown = el("span", word, class_="defined", role="button", tabindex="0", aria_haspopup="dialog", aria_controls=name)
                yield paragraph.number, (Span(at, at + len(word)), shown)


def _shown(text: str, marked: Iterable[Marked], span: Span) -> Html:
    """A range of the text with what is marked in it; of two that overlap the first."""
    pieces, at = list[str](), span.start
    for one, shown in sorted(marked, key=lambda one: (one[0].start, -one[0].end)):
        if at <= one.start and one.end <= span.end:
            pieces += [flowing(text[at : one.start]), shown]
            at = one.end
    return join([*pieces, flowing(text[at : span.end])])


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


def _paragraph(report: Report, paragraph: Paragraph, lead: Section | None, name: str | None, marked: Iterable[Marked]) -> Html:
    """`lead` is a heading that the paragraph runs on from: its words are the paragraph's first."""
    start, end = paragraph.span.start, paragraph.span.end
    cut = lead.span.end if lead else start
    head = el("strong", report.text[start:cut], id=name) if lead else ""
    number, body = paragraph.number_in_section, _shown(report.text, marked, Span(cut, end))
    return el("p", head, body, id=f"p-{paragraph.number}", tabindex="-1", data_n=number, data_start=start)


def _figure(figure: Figure, words: Words) -> Html:
    """A figure with its hint: by the mouse, and by the keys, which go from one to the next by arrows (page.js)."""
    named = figure.indicator if figure.of is None else words["share_of"].format(indicator=figure.indicator, of=figure.of)
    style, doubt = ("fig doubtful", words["doubtful"]) if figure.doubtful else ("fig", "")
    said = (named, when(figure.period, figure.status, words), hedged(figure.modifier, words.language), doubt)
    hint = DOT.join(filter(None, said))
    label = f"{figure.text}{words['colon']}{hint}"
    return el("span", figure.text, class_=style, role="note", tabindex="-1", aria_label=label, data_hint=hint)
