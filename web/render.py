"""What the page shows for each thing the engine returns: pure functions, records → escaped HTML."""

from __future__ import annotations

from urllib.parse import urlencode

from index.records import Corpus, Report
from search.results import AskResult, PassageResult, SearchResult
from web.answer import card
from web.places import CHINESE, DOT, Words, link, marked, when
from web.tags import Html, el, join


def asked(result: AskResult, words: Words, *, several: bool = False) -> Html:
    """The answer and the passages below it. `data-say` is read out, `data-url` goes into the address."""
    answer = result.answer
    if answer.stated:
        said = words["said_stated"].format(text=answer.text)
    else:
        said = words["said_absent"].format(reason=words["related" if answer.reason == "related" else "absent"])
    title = words["passages" if answer.stated else "nearest"]
    body = [card(result, words), _passages(result.passages, title, words)]
    return _result(body, said, {"q": result.question}, several)


def searched(result: SearchResult, words: Words, *, several: bool = False) -> Html:
    count = len(result.passages)
    said = words["said_passages"].format(count=count) if count else words["found_none"]
    body = el("p", said, class_="intro")
    if count:
        body = _passages(result.passages, words["found"].format(count=count), words)
    return _result([body], said, {"q": result.query, "mode": result.mode}, several)


def trouble(message: str) -> Html:
    """A failure, as one quiet line."""
    return el("p", message, class_="trouble", data_say=message)


def intro(corpus: Corpus, words: Words) -> Html:
    """What stands in the answer's place before any question."""
    paragraphs = sum(len(report.paragraphs) for report in corpus.reports)
    figures = sum(len(report.figures) for report in corpus.reports)
    text = words["intro" if len(corpus.reports) == 1 else "intro_many"]
    line = text.format(paragraphs=paragraphs, figures=figures)
    return el("section", el("h2", heading(corpus, words)), el("p", line), class_="intro")


def header(corpus: Corpus, words: Words) -> Html:
    given = date(corpus.reports[0], words) if len(corpus.reports) == 1 else ""
    title = DOT.join(filter(None, (heading(corpus, words), given)))
    theme = el("button", words["dark"], type="button", class_="theme", data_other=words["light"])
    other = el("a", words["other_language"], href=words["other_language_link"], class_="language")
    nav = el("nav", other, theme, aria_label=words["settings"])
    brand = el("h1", words["brand"], class_="brand")
    shown = [brand, el("span", title, class_="title"), nav]
    return el("header", *shown, data_lang=words["lang"], data_title=words["page_title"], data_full=words["full_report"])


def heading(corpus: Corpus, words: Words) -> str:
    if len(corpus.reports) == 1:
        return corpus.reports[0].title
    return words["reports"].format(count=len(corpus.reports))


def date(report: Report, words: Words) -> str:
    """2007年1月19日, from the report's ISO date; empty where it has none."""
    if not report.date:
        return ""
    year, month, day = report.date.split("-")
    return words["date"].format(year=year, month=int(month), day=int(day))


def _result(body: list[Html], said: str, address: dict[str, str], several: bool) -> Html:
    return el(
        "section",
        join(body),
        class_="result several" if several else "result",
        data_say=said,
        data_url=urlencode(address),
    )


def _passages(passages: tuple[PassageResult, ...], title: str, words: Words) -> Html:
    if not passages:
        return Html()
    kinds = {mark.kind for passage in passages for mark in passage.marks}
    legend = [
        el("span", el("mark", words[f"legend_{kind}"], class_=kind)) for kind in ("figure", "term") if kind in kinds
    ]
    head = el("div", el("h2", title), el("p", join(legend), class_="legend"), class_="passages-head")
    return join([head, el("ol", join([_passage(passage, words) for passage in passages]), class_="passages")])


def _passage(passage: PassageResult, words: Words) -> Html:
    """A passage; the link is for the keyboard, a click anywhere on it does the same."""
    figures = [(passage.start + m.start, passage.start + m.end) for m in passage.marks if m.kind == "figure"]
    shown_year = passage.year and any(passage.year in heading for heading in passage.section[-1:])
    period = when(None if shown_year else passage.year, passage.status, words)
    where = [el("b", str(passage.rank)), " ", link(passage, figures, words), DOT + period if period else ""]
    crumb = el("div", *where, class_="crumb")
    text = el("p", marked(passage.text, passage.marks), lang=CHINESE)
    return el("li", crumb, text, class_="passage")
