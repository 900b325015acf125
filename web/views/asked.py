"""The ask view: an answer with the passages folded below it, a failure as one quiet line, what stands there before any question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.records import Corpus
from search.brought import is_own
from search.results import AnswerRow, AskResult
from web.address import Wanted, address
from web.answers.card import card
from web.answers.cite import CHINESE, missing
from web.answers.context import Context
from web.answers.value import reason, spoken_of
from web.strings import Words, told
from web.tags import Html, el, join
from web.views.ranked import legend, rows

SEARCHES = ("statement", "mention")  # answers that are passages themselves: the others are of use beside them


def asked(result: AskResult, context: Context, *, only: str = "", origin: str = "") -> Html:
    """The answer and the passages below it. `only` says what the answer is restricted to, where it is; a link beside it asks without."""
    words, wanted = context.words, replace(context.wanted, q=result.question)
    body = [card(result, replace(context, wanted=wanted), origin), _passages(result, words)]
    if only:
        clear = el("a", words["only_clear"], href=f"?{address(Wanted(q=wanted.q, previous=wanted.previous))}")
        body.insert(0, el("p", words["only"].format(what=only), " ", clear, class_="only"))
    return section(body, spoken(result, words), wanted, context.several)


def spoken(result: AskResult, words: Words) -> str:
    """What a screen reader hears: the count first, then each row as a sentence."""
    answer = result.answer
    if not answer.stated:
        return _spoken_refusal(result, words)
    if answer.items:
        count = words["said_items"].format(count=len(answer.items) + answer.more)
        return words["stop"].join([count, *(item.text.rstrip("。；，") for item in answer.items)])
    if len(answer.rows) > 1:
        first = f"{answer.computed.text}{words['stop']}" if answer.computed else ""
        return first + sentences(words["said_rows"].format(count=len(answer.rows)), answer.rows, words)
    return words["said_stated"].format(text=answer.text)


def sentences(count: str, rows: Sequence[AnswerRow], words: Words) -> str:
    """The count, then each row."""
    told = [(row.text or missing(row, words), words[f"verdict_{row.verdict}"] if row.verdict else "") for row in rows]
    said = [f"{row.label}{words['colon']}{words['comma'].join(filter(None, one))}" for row, one in zip(rows, told, strict=True)]
    return words["stop"].join([count, *said])


def _spoken_refusal(result: AskResult, words: Words) -> str:
    """What is seen: the readings there may be, else why there is no answer and the sentence that speaks of it."""
    others, said = result.answer.alternatives, spoken_of(result)
    if others:
        readings = [f"{other.difference}{words['colon']}{other.text}" for other in others]
        return words["stop"].join([words["unsure_title"].format(count=len(others)), *readings])
    return reason(result, words) + (said.text if said else "")


def _passages(result: AskResult, words: Words) -> Html:
    if not result.passages:
        return Html()
    answer = result.answer
    title = words["passages" if answer.stated else "nearest"]
    summary = el("summary", words["folded"].format(title=title, count=len(result.passages)))
    opened = answer.stated and answer.form in SEARCHES
    listed = rows(result.passages, words, rated=answer.stated)  # how well it fits says nothing where nothing is found
    return el("details", summary, legend(result.passages, words), listed, class_="fold", open=opened)


def section(body: list[Html], said: str, wanted: Wanted, several: bool = False) -> Html:
    """A result: `data-say` is read out, `data-url` goes into the address."""
    return el("section", join(body), class_="result several" if several else "result", data_say=said, data_url=address(wanted))


def trouble(message: str, wanted: Wanted) -> Html:
    """A failure, as one quiet line."""
    return section([el("p", message, class_="trouble")], message, wanted)


def intro(corpus: Corpus, words: Words, skipped: Sequence[Mapping[str, str]] = ()) -> Html:
    """What stands in the answer's place before any question. `skipped` are the files that were given and could not be read."""
    paragraphs = sum(len(report.paragraphs) for report in corpus.reports)
    figures = sum(len(report.figures) for report in corpus.reports)
    text = words["intro" if len(corpus.reports) == 1 else "intro_many"]
    line = text.format(paragraphs=paragraphs, figures=figures)
    return el("section", el("h2", heading(corpus, words)), el("p", line), left_out(skipped, words), class_="intro")


def left_out(skipped: Sequence[Mapping[str, str]], words: Words) -> Html:
    """The files that could not be read, each with its reason."""
    said = [(skip["reason"], told(skip["reason"], words)) for skip in skipped]
    rows = [el("li", line, lang=CHINESE if line == reason else None) for reason, line in said]
    return el("details", el("summary", words["skipped"].format(count=len(rows))), el("ul", join(rows)), class_="unread") if rows else Html()


def heading(corpus: Corpus, words: Words) -> str:
    if len(corpus.reports) == 1:
        return corpus.reports[0].title
    own = sum(is_own(report.id) for report in corpus.reports)
    among = words["own_among"].format(count=own) if own else ""
    return words["reports"].format(count=len(corpus.reports)) + among
