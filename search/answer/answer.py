"""A question put to one report: what was found is gathered once, by words, and deepened by its vector where words are not sure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.answer.direct import how_absent, lookup_answer, masthead_answer, refused
from search.answer.figure import figure_answer, sentence_answer
from search.answer.lists import list_answer
from search.find.gather import Encode, Found, deepen, gather
from search.find.rank import Hit, Weights
from search.library.filters import Filters, scope_of
from search.library.view import Asked, View
from search.library.which import Choice
from search.plan.question import Question
from search.results import Answer, Timer, not_held, not_stated


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions are put with. `k` passages are shown, `depth` ranked; `reread` gives hits their order by a cross encoder."""

    view: View
    weights: Weights
    filters: Filters
    encode: Encode
    k: int
    depth: int
    reread: Callable[[Question, list[Hit], Timer], list[Hit]] | None
    timer: Timer


@dataclass(frozen=True, slots=True)
class Reply:
    """What one report was asked, what was found there and the answer."""

    asked: Asked
    found: Found
    answer: Answer


def ask(asking: Asking, text: str, choice: Choice) -> Reply:
    """The answer of the report chosen; where it says nothing, the figure of the first of the others that gives one."""
    first = _put(asking, text, choice.report, choice.missing)
    if first.answer.figures or (first.answer.stated and not first.asked.question.wanted):
        return first
    others = (_put(asking, text, report, None) for report in choice.others)
    return next((reply for reply in others if reply.answer.figures), first)


def _put(asking: Asking, text: str, report: int, missing: str | None) -> Reply:
    timer = asking.timer
    asked = Asked(asking.view, asking.view.read(text, report), report)
    scope = scope_of(asking.view, asking.filters, report)
    timer.lap("encode")
    found = gather(asked, scope, asking.weights, asking.depth)
    timer.lap("rank")
    said = not_held(missing) if missing else _told(asked, found)
    by_words = said or _figures(asked, found)
    # A figure that words are sure of needs no vector. For anything else meaning is asked too, and where words find too few passages.
    sure = by_words is not None and len(by_words.figures) >= max(1, len(asked.question.wanted))
    settled = by_words if sure and len(found.hits) >= asking.k else None
    if settled is None:
        timer.lap("answer")
        vector = asking.encode(asked.question.meant)
        timer.lap("encode")
        found = deepen(asked, found, vector, asking.weights, asking.depth)
        timer.lap("rank")
    if asking.reread:
        found = replace(found, hits=asking.reread(asked.question, found.hits, timer), reranked=settled is None)
    answer = settled or said or _found(asked, found)
    timer.lap("answer")
    return Reply(asked, found, answer)


def _told(asked: Asked, found: Found) -> Answer | None:
    """What needs no search: the masthead, a refusal, the measure of a number. None where the question is on something else."""
    head = masthead_answer(asked.question, asked.report)
    if head:
        return head if _allowed(found, asked.view, head) else not_stated("related")
    refusal = refused(asked)
    return not_stated(refusal) if refusal else lookup_answer(asked, found.allowed)


def _allowed(found: Found, view: View, said: Answer) -> bool:
    """Whether a filter leaves every paragraph that an answer cites."""
    if found.allowed is None:
        return True
    left = {view.corpus.passages[row].paragraph for row in found.allowed}
    return all(citation.paragraph in left for citation in said.citations)


def _figures(asked: Asked, found: Found) -> Answer | None:
    """The figures asked for, where neither a list nor a sentence is."""
    if not asked.question.wanted or (not asked.question.firm and list_answer(asked, found)):
        return None
    return figure_answer(asked, found)


def _found(asked: Asked, found: Found) -> Answer:
    """The answer by all that was found. Never fails: what cannot be answered is not stated."""
    listed = None if asked.question.firm else list_answer(asked, found)
    if listed:
        return listed
    if asked.question.wanted:
        return figure_answer(asked, found)
    return sentence_answer(asked, found) or not_stated(how_absent(asked))
