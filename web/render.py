"""What the page shows for each thing the engine returns: pure functions, records → escaped HTML."""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Corpus, Report
from search.engine import Engine
from search.find.rank import reads
from search.results import AskResult, FigureResult, Mark, PassageResult, citation
from web.address import MODES, Wanted, address
from web.card import card, reason
from web.cite import CHINESE, DOT, link, marked, menu, when
from web.strings import Words
from web.table import Row
from web.tags import Html, el, join

UNRESTRICTED = Wanted()
SHOWN = 10  # passages in sight; the others unfold
# Least scores of a slight, a fair and a good fit. Of the passages of the 69 development questions (10 each) half reach 0.25 and a
# seventh 0.6; what a reader calls a good fit was not measured.
FITS = (0.0, 0.25, 0.6)


def asked(result: AskResult, words: Words, wanted: Wanted = UNRESTRICTED, *, only: str = "", several: bool = False) -> Html:
    """The answer and the passages below it. `data-say` is read out, `data-url` goes into the address.

    `only` says what the answer is restricted to, where it is; a link beside it asks without.
    """
    answer = result.answer
    said = words["said_absent"].format(reason=reason(answer, words))
    if answer.stated:
        said = words["said_stated"].format(text=answer.text)
    title = words["passages" if answer.stated else "nearest"]
    body = [card(result, words), _passages(result.passages, title, words)]
    if only:
        free = address(Wanted(q=wanted.q, previous=wanted.previous))
        clear = el("a", words["only_clear"], href=f"?{free}")
        body.insert(0, el("p", words["only"].format(what=only), " ", clear, class_="only"))
    return _result(body, said, replace(wanted, q=result.question), several)


def searched(wanted: Wanted, found: Sequence[PassageResult], words: Words, *, several: bool = False) -> Html:
    """The passages that a search and its filters leave; the first SHOWN, the others unfolded."""
    count = len(found)
    said = words["said_passages"].format(count=count) if count else words["found_none"]
    body = el("p", said, class_="intro")
    if count:
        body = _passages(found, words["found"].format(count=count), words, "legend_query")
    return _result([body], said, wanted, several)


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
    past = el("button", words["history"], type="button", popovertarget="past")
    nav = el("nav", past, other, theme, aria_label=words["settings"])
    brand = el("h1", words["brand"], class_="brand")
    shown = [brand, el("span", title, class_="title"), nav]
    return el(
        "header",
        *shown,
        data_lang=words["lang"],
        data_title=words["page_title"],
        data_full=words["full_report"],
        data_ask=words["ask"],
        data_busy=words["busy"],
        data_search=words["tab_search"],
        data_plain=" ".join(mode for mode in MODES if not reads(mode).vectors),
    )


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


def _result(body: list[Html], said: str, wanted: Wanted, several: bool) -> Html:
    return el("section", join(body), class_="result several" if several else "result", data_say=said, data_url=address(wanted))


def _passages(passages: Sequence[PassageResult], title: str, words: Words, term: str = "legend_term") -> Html:
    if not passages:
        return Html()
    kinds = {mark.kind for passage in passages for mark in passage.marks}
    named = {"figure": words["legend_figure"], "term": words[term]}
    legend = [el("span", el("mark", named[kind], class_=kind)) for kind in named if kind in kinds]
    head = el("div", el("h2", title), el("p", join(legend), class_="legend"), class_="passages-head")
    first, rest = passages[:SHOWN], passages[SHOWN:]
    more = words["more"].format(count=len(rest))
    unfolded = el("details", el("summary", more), _list(rest, words), class_="more") if rest else ""
    return join([head, _list(first, words), unfolded])


def _list(passages: Sequence[PassageResult], words: Words) -> Html:
    return el("ol", join([_passage(passage, words) for passage in passages]), class_="passages")


def _passage(passage: PassageResult, words: Words) -> Html:
    """A passage; the link is for the keyboard, a click anywhere on it does the same."""
    figures = [(passage.start + m.start, passage.start + m.end) for m in passage.marks if m.kind == "figure"]
    shown_year = passage.year and any(passage.year in heading for heading in passage.section[-1:])
    period = when(None if shown_year else passage.year, passage.status, words)
    where = [el("b", str(passage.rank)), " ", link(passage, figures, words), DOT + period if period else ""]
    crumb = el("div", el("span", *where, " ", _fit(passage.score, words)), menu(passage.text, passage, words), class_="crumb")
    text = el("p", marked(passage.text, passage.marks), lang=CHINESE)
    return el("li", crumb, text, class_="passage")


def _fit(score: float, words: Words) -> Html:
    """How well a passage fits, in three steps; the score itself is of use to programs only."""
    step = sum(score >= least for least in FITS)
    dots = el("span", "●" * step + "○" * (len(FITS) - step), aria_hidden="true")
    return el("span", dots, " ", words[f"fit_{step}"], class_="fit")


def history(questions: Sequence[str], words: Words) -> Html:
    """The questions asked from this browser, last first: links that ask again."""
    rows = [el("li", el("a", question, href=f"?{address(Wanted(q=question))}", lang=CHINESE)) for question in questions]
    clear = el("button", words["history_clear"], type="button", class_="clear")
    body = join([el("ul", join(rows)), clear]) if rows else el("p", words["history_none"])
    return el("div", el("h2", words["history"]), body, id="past", popover="auto")


def counted(wanted: Wanted, rows: Sequence[Row], shown: int, words: Words, report: str = "") -> Html:
    """How many rows the filters of the figure table leave; `data-url` is the table's address, `data-about` the report it is of."""
    text = words["rows"].format(count=len(rows)) if rows else words["rows_none"]
    if shown < len(rows):
        text += words["rows_shown"].format(shown=shown)
    shape = "counted" if rows else "counted none"
    return el("p", text, class_=shape, data_say=text, data_url=address(wanted), data_about=report)


def picked(figure: FigureResult, engine: Engine, words: Words) -> Html:
    """The sentence of a table row, with its figure marked and its place."""
    report = next(one for one in engine.corpus.reports if one.id == figure.report_id)
    paragraph = report.paragraph(figure.paragraph)
    around = [sentence for sentence in paragraph.sentences if sentence.start <= figure.start < sentence.end]
    quote = citation(report, paragraph, around[0] if around else paragraph.span)
    mark = Mark(figure.start - quote.start, figure.end - quote.start, "figure")
    said = el("blockquote", marked(quote.quote, [mark]), lang=CHINESE)
    row = [link(quote, [(figure.start, figure.end)], words), menu(quote.quote, quote, words)]
    return el("div", said, el("div", *row, class_="row"), class_="answer")
