"""A question put to one report: by words first, and by its vector where they are not sure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from search import question as questions
from search.answer import answer
from search.found import Found
from search.gather import gather
from search.question import Question
from search.rank import Hit, Weights
from search.respell import respell
from search.results import Answer, not_held
from search.route import Encode
from search.select import Filters, scope_of
from search.timer import Timer
from search.view import View
from search.which import Choice


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
    """A question as one report was asked it, what was found there and the answer."""

    report: int
    question: Question
    found: Found
    answer: Answer


def ask(asking: Asking, text: str, choice: Choice) -> Reply:
    """The answer of the report chosen; where it says nothing, the figure of the first of the others that gives one."""
    first = _put(asking, text, choice.report, choice.missing)
    if first.answer.figures or (first.answer.stated and not first.question.wanted):
        return first
    others = (_put(asking, text, report, None) for report in choice.others)
    return next((reply for reply in others if reply.answer.figures), first)


def read(view: View, text: str, report: int) -> Question:
    """A question as one put to a report, in the report's spelling. Raises QuestionError."""
    question = questions.parse(text, view.corpus.reports[report])
    spelled = respell(view, question, report)
    question = question if spelled is None else questions.parse(spelled, view.corpus.reports[report])
    # who gave a report says which one is asked, also where its own text does not name them
    return replace(question, terms=tuple(term for term in question.terms if term.text not in view.directory.speakers))


def _put(asking: Asking, text: str, report: int, missing: str | None) -> Reply:
    view, timer = asking.view, asking.timer
    question = read(view, text, report)
    scope = scope_of(view, asking.filters, report)
    timer.lap("encode")
    found = gather(view, question, report, None, scope, asking.weights, asking.depth)
    timer.lap("rank")
    result = _answer(view, question, report, missing, found)
    # A figure that words are sure of needs no vector. For anything else meaning is asked too, and where words find too few passages.
    by_meaning = len(result.figures) < max(1, len(question.wanted)) or len(found.hits) < asking.k
    if by_meaning:
        timer.lap("answer")
        vector = asking.encode(question.meant)
        timer.lap("encode")
        found = gather(view, question, report, vector, scope, asking.weights, asking.depth, before=found)
        timer.lap("rank")
    if asking.reread:
        found = replace(found, hits=asking.reread(question, found.hits, timer), reranked=by_meaning)
    if by_meaning:
        result = _answer(view, question, report, missing, found)
    timer.lap("answer")
    return Reply(report, question, found, result)


def _answer(view: View, question: Question, report: int, missing: str | None, found: Found) -> Answer:
    return not_held(missing) if missing else answer(view, question, report, found)
