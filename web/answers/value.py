"""One figure, large, with what it is quoted from; a sentence; what is not said, or not surely."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from index.records import measured
from search.results import Alternative, Answer, AskResult, Citation, FigureResult, Mark, PassageResult, Reason, not_stated
from web.answers.cite import CHINESE, EXPECTED, Range, link, menu, status_class, tag, when
from web.answers.context import Context, quote_marks, ranges, terms_of
from web.answers.grid import quoted
from web.gloss import gloss, hedged
from web.strings import Words, told
from web.tags import Html, el, join

LEAD = 8  # characters that may stand before the figure of an answer that opens with one: 超过, 控制在
ASIDE = re.compile(r"（([^（）]{1,12})）")
PERIOD = re.compile(r"[\d—–\-]*年?(?:计划|目标)?")  # an aside that the tag of the period says already
DATED = re.compile(r"(.+)（([\d—–-]+)年(计划)?）")  # a reading with its time: 35.5亿美元（2007年计划）
ENDS = "，。；：、 "
UNNAMED = [not_stated(reason).text for reason in get_args(Reason)]  # refusals for which the page has its own words
DIGITS = re.compile(r"[^（）]*\d[^（）]*")
SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")


@dataclass(frozen=True, slots=True)
class Headline:
    """An answer that opens with a figure, cut up: 超过 · 3000家 · 以上 · (预计) · 增长16.5%."""

    before: str
    figure: FigureResult
    said: str  # number and unit
    after: str
    hedges: tuple[str, ...]
    rest: str


def value(result: AskResult, context: Context) -> Html | None:
    """The card of an answer that opens with its first figure; None where it does not."""
    headline, words = _headline(result.answer), context.words
    if headline is None:
        return None
    said = join([_opening(headline), glossed(result.answer.figures, words), _tags(headline.figure, headline.hedges, words)])
    return join([said, quotes(result, context)])


def _headline(answer: Answer) -> Headline | None:
    if not answer.figures:
        return None
    figure = answer.figures[0]
    said = next((one for one in (measured(figure), figure.text) if one in answer.text), figure.text)
    at = answer.text.find(said)
    if not 0 <= at <= LEAD:
        return None
    rest = answer.text[at + len(said) :]
    bound = next((word for word in (figure.modifier or "").split() if rest.startswith(word)), "")
    rest = rest[len(bound) :]
    hedges = []
    while aside := ASIDE.match(rest):
        if not PERIOD.fullmatch(aside[1]):
            hedges.append(aside[1])
        rest = rest[aside.end() :]
    return Headline(answer.text[:at], figure, said, bound, tuple(hedges), rest.strip(ENDS))


def _opening(headline: Headline) -> Html:
    figure = el("mark", headline.said, class_="figure")
    rest = el("small", headline.rest) if headline.rest else ""
    return el("p", headline.before, figure, headline.after, rest, class_="big", lang=CHINESE)


def glossed(figures: Iterable[FigureResult], words: Words, *, timed: bool = True) -> Html:
    """For readers of English, beside the quoted Chinese: the figure, and the growth that goes with it."""
    said = [gloss(figure, timed=timed) for figure in figures] if words.language == "en" else []
    return el("p", "; ".join(filter(None, said)), class_="gloss") if any(said) else Html()


def _tags(figure: FigureResult, hedges: Iterable[str], words: Words) -> Html:
    shown = [tag(figure, words)]
    expected = figure.status == "actual" and EXPECTED in (figure.modifier or "")
    said = [hedged(hedge, words.language) for hedge in hedges if not (expected and hedge == EXPECTED)]
    shown += [el("span", hedge, class_="tag hedge", lang=None if hedge.isascii() else CHINESE) for hedge in said]
    return el("p", join(shown), class_="tags") if any(shown) else Html()


def sentence(result: AskResult, context: Context) -> Html:
    """A sentence at reading size; where it is the whole quote, with the quote's marks, and said once."""
    answer, words = result.answer, context.words
    same = [quote for quote in answer.citations if quote.quote.strip(ENDS) == answer.text.strip(ENDS)]
    if not same:
        return join([el("p", answer.text, class_="sentence", lang=CHINESE), quotes(result, context)])
    said = el("blockquote", quoted(same[0], quote_marks(result, same[0]), words), class_="sentence", lang=CHINESE)
    others = [quote_block(result, quote, words) for quote in answer.citations if quote is not same[0]]
    return join([said, _period(result, same[0], words), row(result, same[0], words), *others])


def _period(result: AskResult, quote: Citation, words: Words) -> Html:
    """The year of the part a sentence stands in, and whether that part plans: what it tells of need not be done."""
    for passage in result.passages:
        planned = passage.status if passage.status == "target" else None
        period = when(passage.year, planned, words)
        if period and (passage.report_id, passage.paragraph) == (quote.report_id, quote.paragraph):
            return el("p", el("span", period, class_="tag plan" if planned else "tag past"), class_="tags")
    return Html()


def quotes(result: AskResult, context: Context) -> Html:
    return join([quote_block(result, quote, context.words) for quote in result.answer.citations])


def quote_block(result: AskResult, quote: Citation, words: Words) -> Html:
    text = quoted(quote, quote_marks(result, quote), words)
    return join([el("blockquote", text, lang=CHINESE), row(result, quote, words)])


def row(result: AskResult, quote: Citation, words: Words) -> Html:
    """Where the quote stands, and the quote to take along."""
    return el("div", link(quote, ranges(result.answer, quote), words), menu(quote.quote, quote, words), class_="row")


def readings(answer: Answer, context: Context) -> Html:
    """What else may have been meant, beside what is given."""
    words = context.words
    rows = [_reading(other, words) for other in answer.alternatives]
    if not rows:
        return Html()
    return el("div", el("h4", words["alternatives"]), el("ul", join(rows)), class_="alternatives")


def _reading(other: Alternative, words: Words) -> Html:
    said = [el("b", other.text, lang=CHINESE), " ", el("span", other.difference, lang=CHINESE), " "]
    return el("li", *said, link(other.citation, _marks(other), words, short=True))


def _marks(other: Alternative) -> list[Range]:
    """Where the number of a reading stands."""
    found = DIGITS.search(other.text)
    at = other.citation.quote.find(found[0]) if found else -1
    return [(other.citation.start + at, other.citation.start + at + len(found[0]))] if found and at >= 0 else []


def _candidate(other: Alternative, words: Words) -> Html:
    """A number with its label, time, sentence and place."""
    dated = DATED.fullmatch(other.text)
    shown = [el("mark", dated[1] if dated else other.text, class_="figure", lang=CHINESE)]
    if dated:
        planned = "target" if dated[3] else None
        shown.append(el("span", when(dated[2], planned, words), class_=status_class(planned)))
    label = el("h4", other.difference.partition("（")[0], lang=CHINESE)
    quote = el("blockquote", quoted(other.citation, (), words), lang=CHINESE)
    return el("li", label, el("p", *shown, class_="val"), quote, el("p", link(other.citation, _marks(other), words), class_="from src"))


def candidates(result: AskResult, context: Context) -> Html:
    """Up to three figures in place of one that is not sure, each with its label and its sentence."""
    words, others = context.words, result.answer.alternatives
    rows = [_candidate(other, words) for other in others]
    head = el("h3", words["unsure_title"].format(count=len(others)))
    return join([head, el("p", words["unsure_lead"], class_="lead"), el("ol", join(rows), class_="candidates")])


def refusal(result: AskResult, context: Context) -> Html:
    """One message; where the text speaks of it without what was asked, that is quoted."""
    answer, words = result.answer, context.words
    if answer.alternatives:
        return candidates(result, context)
    said, head = spoken_of(result), el("p", reason(result, words), class_="sentence")
    if said is None:
        return head
    where = link(said, [(said.start, said.end)], words)
    return join([head, el("blockquote", quoted(said, said.marks, words), lang=CHINESE), el("div", where, class_="row")])


def reason(result: AskResult, words: Words) -> str:
    """Why there is no answer: a place or year that no report is of is named."""
    answer = result.answer
    if answer.text not in UNNAMED:
        return told(answer.text, words)
    return words["absent_title" if answer.reason != "related" else "related" if spoken_of(result) else "related_only"]


def spoken_of(result: AskResult) -> PassageResult | None:
    """The sentence of the first passage that has most of the question's words; None where it has none."""
    for passage in result.passages[:1] if result.answer.reason == "related" else ():
        terms = [Mark(start - passage.start, end - passage.start, "term") for start, end in terms_of(passage)]
        spans = [match.span() for match in SENTENCE.finditer(passage.text)]
        start, end = max(spans, key=lambda span: sum(span[0] <= mark.start < span[1] for mark in terms), default=(0, 0))
        inside = [Mark(mark.start - start, mark.end - start, "term") for mark in terms if start <= mark.start and mark.end <= end]
        if inside:
            at = passage.start
            return replace(passage, text=passage.text[start:end], marks=tuple(inside), start=at + start, end=at + end)
    return None
