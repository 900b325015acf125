"""The answer card: what was asked for, large; what it is quoted from, with its marks; where that stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from search.results import Answer, AnswerRow, AskResult, Citation, Computed, FigureResult, Mark, PassageResult, Reason, not_stated
from web.cite import CHINESE, downloads, link, marked, menu, status_class, when
from web.gloss import gloss, gloss_difference
from web.strings import Words, told
from web.tags import Html, el, join

UNSURE = 0.5  # confidence: below it the answer is as likely wrong as right, and says so
LEAD = 8  # characters that may stand before the figure of an answer that opens with one: 超过, 控制在
ASIDE = re.compile(r"（([^（）]{1,12})）")
PERIOD = re.compile(r"[\d—–\-]*年?(?:计划|目标)?")  # an aside that the tag of the period says already
ENDS = "，。；：、 "
UNNAMED = [not_stated(reason).text for reason in get_args(Reason)]  # refusals for which the page has its own words


@dataclass(frozen=True, slots=True)
class Headline:
    """An answer that opens with a figure, cut up: 超过 · 3000家 · 以上 · (预计) · 增长16.5%."""

    before: str
    figure: FigureResult
    after: str
    hedges: tuple[str, ...]
    rest: str


def card(result: AskResult, words: Words) -> Html:
    answer = result.answer
    if not answer.stated:
        return _refusal(result, words)
    compared = _compared(answer) if len(answer.rows) < 3 else []
    headline = None if compared or answer.items or len(answer.rows) > 1 else _headline(answer)
    if compared:
        body = _comparison(result, compared, words)
    elif headline:
        tags = _tags(headline.figure, headline.hedges, words)
        body = join([_opening(headline), _gloss(gloss(headline.figure), words), tags, quotes(result, words)])
    else:
        body = _sentence(result, words)
    parts = [_understood(result, words), taken(answer, words), body, _table(answer, words), _items(answer, words)]
    parts.append(_computed(answer, compared, words))
    parts += [_alternatives(answer, words), downloads(result, words)]
    unsure = el("p", words["unsure"], class_="unsure") if answer.confidence < UNSURE else ""
    return el("article", join(parts), unsure, class_="answer", aria_label=words["answer"])


def _understood(result: AskResult, words: Words) -> Html:
    """What was answered, where it is not what was typed: a follow-up filled in, a misspelling mended."""
    if result.understood.strip() == result.question.strip():
        return Html()
    return el("p", words["understood"].format(question=result.understood), class_="understood")


def taken(answer: Answer, words: Words) -> Html:
    """How the question was taken, in one line."""
    if answer.plan is None:
        return Html()
    return el("p", words["taken"], el("span", answer.plan.text, lang=CHINESE), class_="taken")


def _table(answer: Answer, words: Words) -> Html:
    """The rows of an answer of several figures, each with its place; one that the report does not give says so."""
    if len(answer.rows) < 2:
        return Html()
    lines = [_line(answer, row, words) for row in answer.rows]
    return el("table", el("tbody", join(lines)), class_="rows")


def _line(answer: Answer, row: AnswerRow, words: Words) -> Html:
    label = el("th", row.label, scope="row", lang=CHINESE)
    if row.figure is None or row.citation is None:
        return el("tr", label, el("td", words["not_given"], colspan="3"))
    period = when(row.year, row.status, words)
    place = link(row.citation, ranges(answer, row.citation), words)
    return el("tr", label, el("td", el("mark", row.text, class_="figure")), el("td", period), el("td", place))


def _refusal(result: AskResult, words: Words) -> Html:
    answer = result.answer
    title = el("p", words["absent_title"], class_="sentence")
    said = el("p", reason(answer, words), class_="reason")
    parts = [_understood(result, words), taken(answer, words), title, said, _alternatives(answer, words)]
    parts.append(downloads(result, words))
    return el("article", join(parts), class_="answer refused", aria_label=words["answer"])


def reason(answer: Answer, words: Words) -> str:
    """Why there is no answer: a place or year that no report is of is named."""
    if answer.text in UNNAMED:
        return words["related" if answer.reason == "related" else "absent"]
    return told(answer.text, words)


def _headline(answer: Answer) -> Headline | None:
    """None where the answer does not open with its first figure."""
    if not answer.figures:
        return None
    figure = answer.figures[0]
    at = answer.text.find(figure.text)
    if not 0 <= at <= LEAD:
        return None
    rest = answer.text[at + len(figure.text) :]
    bound = next((word for word in (figure.modifier or "").split() if rest.startswith(word)), "")
    rest = rest[len(bound) :]
    hedges = []
    while aside := ASIDE.match(rest):
        if not PERIOD.fullmatch(aside[1]):
            hedges.append(aside[1])
        rest = rest[aside.end() :]
    return Headline(answer.text[:at], figure, bound, tuple(hedges), rest.strip(ENDS))


def _opening(headline: Headline) -> Html:
    figure = el("mark", headline.figure.text, class_="figure")
    rest = el("small", headline.rest) if headline.rest else ""
    return el("p", headline.before, figure, headline.after, rest, class_="big")


def _gloss(said: str | None, words: Words) -> Html:
    """For readers of English, beside the quoted Chinese."""
    return el("p", said, class_="gloss") if said and words.language == "en" else Html()


def _tags(figure: FigureResult, hedges: Iterable[str], words: Words) -> Html:
    period = when(figure.period, figure.status, words)
    tags = [el("span", period, class_=status_class(figure.status))] if period else []
    tags += [el("span", hedge, class_="tag hedge") for hedge in hedges]
    return el("p", join(tags), class_="tags") if tags else Html()


def _compared(answer: Answer) -> list[tuple[FigureResult, Citation]]:
    """The figures that are set against each other, each with its quote; empty where there are not two."""
    pairs = [(figure, quote) for figure in answer.figures for quote in answer.citations if within(figure, quote)]
    differ = len({(figure.report_id, figure.period, figure.status) for figure, _ in pairs}) > 1
    return pairs if differ and len(answer.citations) > 1 and not answer.items else []


def _comparison(result: AskResult, pairs: list[tuple[FigureResult, Citation]], words: Words) -> Html:
    computed = _first_said(result.answer)
    blocks = [_difference(computed), _gloss(gloss_difference(computed), words)] if computed else []
    for number, quote in enumerate(result.answer.citations):
        own = [_large(figure, words) for figure, of in pairs if of is quote]
        head = el("div", join(own), class_="compared") if own else Html()
        blocks.append(el("div", head, quote_block(result, quote, words, first=number == 0), class_="side"))
    return join(blocks)


def _first_said(answer: Answer) -> Computed | None:
    """The difference, where it is what was asked for and so comes first."""
    return answer.computed if answer.computed and answer.text.startswith(answer.computed.text) else None


def _large(figure: FigureResult, words: Words) -> Html:
    number = el("p", el("mark", figure.text, class_="figure"), class_="big")
    return join([number, _gloss(gloss(figure), words), _tags(figure, _hedges(figure), words)])


def _hedges(figure: FigureResult) -> list[str]:
    """What stands with a figure outside its own text."""
    return [word for word in (figure.modifier or "").split() if word not in figure.text]


def _difference(computed: Computed) -> Html:
    """增加5.1亿美元 large, its operands small: not marked as a figure, for the report does not have it."""
    text, _, operands = computed.text.partition("（")
    return el("p", text, el("small", operands.rstrip("）")) if operands else "", class_="big")


def _computed(answer: Answer, compared: list[tuple[FigureResult, Citation]], words: Words) -> Html:
    if answer.computed is None or (_first_said(answer) and compared):
        return Html()
    return join([el("p", el("b", answer.computed.text), class_="computed"), _gloss(gloss_difference(answer.computed), words)])


def _sentence(result: AskResult, words: Words) -> Html:
    """A sentence at reading size; where it is the whole quote, with the quote's marks, and said once."""
    answer = result.answer
    same = [quote for quote in answer.citations if quote.quote.strip(ENDS) == answer.text.strip(ENDS)]
    if not same:
        return join([el("p", answer.text, class_="sentence"), quotes(result, words)])
    said = el("blockquote", marked(same[0].quote, quote_marks(result, same[0])), class_="sentence", lang=CHINESE)
    others = [quote_block(result, quote, words, first=False) for quote in answer.citations if quote is not same[0]]
    return join([said, _period(result, same[0], words), row(result, same[0], words, first=True), *others])


def _period(result: AskResult, quote: Citation, words: Words) -> Html:
    """The year of the part a sentence stands in, and whether that part plans: what it tells of need not be done."""
    for passage in result.passages:
        planned = passage.status if passage.status == "target" else None
        period = when(passage.year, planned, words)
        if period and (passage.report_id, passage.paragraph) == (quote.report_id, quote.paragraph):
            return el("p", el("span", period, class_="tag plan" if planned else "tag past"), class_="tags")
    return Html()


def _items(answer: Answer, words: Words) -> Html:
    found = []
    for group in dict.fromkeys(item.group for item in answer.items):
        members = [item for item in answer.items if item.group == group]
        lines = [el("li", el("span", one.text), link(one.citation, ranges(answer, one.citation), words)) for one in members]
        found += [el("h3", group, lang=CHINESE) if group else Html(), el("ul", join(lines), class_="items")]
    if answer.more:
        found.append(el("p", words["more_points"].format(count=answer.more), class_="more"))
    return join(found)


def _alternatives(answer: Answer, words: Words) -> Html:
    rows = [
        el("li", el("b", other.text), f" {other.difference} ", link(other.citation, (), words, short=True)) for other in answer.alternatives
    ]
    if not rows:
        return Html()
    return el("div", el("h3", words["alternatives"]), el("ul", join(rows)), class_="alternatives")


def quotes(result: AskResult, words: Words) -> Html:
    listed = {item.citation for item in result.answer.items}
    quotes = [quote for quote in result.answer.citations if quote not in listed]
    return join([quote_block(result, quote, words, first=number == 0) for number, quote in enumerate(quotes)])


def quote_block(result: AskResult, quote: Citation, words: Words, *, first: bool) -> Html:
    text = marked(quote.quote, quote_marks(result, quote))
    return join([el("blockquote", text, lang=CHINESE), row(result, quote, words, first=first)])


def row(result: AskResult, quote: Citation, words: Words, *, first: bool) -> Html:
    """Where the quote stands, and what a reader may take along."""
    figures = ranges(result.answer, quote)
    share = el("button", words["copy_link"], type="button", data_share=f"#p-{quote.paragraph}", data_copied=words["copied"])
    cite = menu(quote.quote, quote, words)
    return el("div", link(quote, figures, words), el("span", cite, share if first else ""), class_="row")


def quote_marks(result: AskResult, quote: Citation) -> list[Mark]:
    """The answer's figures, and the question's words as the passages have them, counted from the quote's start."""
    figures = ranges(result.answer, quote)
    terms = [pair for passage in result.passages for pair in _terms(passage) if passage.report_id == quote.report_id]
    marks = [Mark(start - quote.start, end - quote.start, "figure") for start, end in dict.fromkeys(figures)]
    for start, end in dict.fromkeys(terms):
        mark = Mark(start - quote.start, end - quote.start, "term")
        inside = quote.start <= start and end <= quote.end
        if inside and not any(mark.start < other.end and other.start < mark.end for other in marks):
            marks.append(mark)
    return marks


def _terms(passage: PassageResult) -> list[tuple[int, int]]:
    """The question's words in a passage, as ranges of the report's text."""
    return [(passage.start + mark.start, passage.start + mark.end) for mark in passage.marks if mark.kind == "term"]


def ranges(answer: Answer, quote: Citation) -> list[tuple[int, int]]:
    """Where the answer's figures stand in a quote, as ranges of the report's text."""
    return [(figure.start, figure.end) for figure in answer.figures if within(figure, quote)]


def within(figure: FigureResult, quote: Citation) -> bool:
    return figure.report_id == quote.report_id and quote.start <= figure.start and figure.end <= quote.end
