"""For each number that a question asks for the figure that is likely enough, none given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index.records import Figure
from search.answer.chance import CLOSE, Pick, picks, rounded
from search.found import Found
from search.question import Question
from search.view import View

# Chances (0..1) from which a figure is given: below, saying that the report does not say is right more often. What words alone say must
# be surer: where it is not, the vector is asked too.
ENOUGH, SURE = 0.5, 0.65
LIKELIEST = 0.6  # of one that words do not put first: on all of tests/data 3 more right and none wrong; from 0.5, 5 right and 2 wrong


def figures_chosen(view: View, question: Question, report_row: int, found: Found) -> list[Pick]:
    """For each number asked for the best figure, in the order of asking; where one is left over, what the others say first may leave
    it one: 来多少游客、挣多少旅游钱, of which the first may be any number.
    """
    order = range(len(question.wanted))
    chosen = _in_turn(view, question, report_row, found, order)
    if 0 < len(chosen) < len(order):
        turned = _in_turn(view, question, report_row, found, order[::-1])
        chosen = turned if len(turned) > len(chosen) else chosen
    return _by_their_parts(view, question, [chosen[number] for number in order if number in chosen])


def _by_their_parts(view: View, question: Question, chosen: list[Pick]) -> list[Pick]:
    """Two numbers of a kind, each where the words of the part that asks for it are: 全部企业是多少，单看国有的又是多少."""
    if len(chosen) != 2 or len(question.wanted) != 2 or not _of_a_kind(*(view.figure(p.candidate.row) for p in chosen)):
        return chosen
    parts = [wanted.part for wanted in question.wanted]

    def own(number: int, pick: Pick) -> int:
        terms = (term for term in question.terms if term.text in parts[number] and term.text not in parts[1 - number])
        indicator = view.indicators[pick.candidate.row]
        return sum(any(name in indicator for name in term.names) for term in terms)

    straight, crossed = own(0, chosen[0]) + own(1, chosen[1]), own(0, chosen[1]) + own(1, chosen[0])
    return chosen[::-1] if crossed > straight else chosen


def _of_a_kind(one: Figure, other: Figure) -> bool:
    return (one.kind, one.unit) == (other.kind, other.unit)


def _in_turn(view: View, question: Question, report_row: int, found: Found, order: Iterable[int]) -> dict[int, Pick]:
    """By the position of each number asked for its figure, none given twice; the later ones rather from where the first stands."""
    chosen: dict[int, Pick] = {}
    for number in order:
        best_first = picks(view, question, report_row, found, number)
        fitting = likely(view, question, found, best_first)
        if chosen:
            taken = {pick.candidate.row for pick in chosen.values()}
            first = next(iter(chosen.values()))
            fitting = [pick for pick in fitting if pick.candidate.row not in taken] or _beside(
                view, question, report_row, first, number, best_first
            )
            where = view.passage_of_figure(first.candidate.row)
            fitting = [pick for pick in fitting if view.passage_of_figure(pick.candidate.row) == where] or fitting
        if fitting:
            chosen[number] = fitting[0]
    return chosen


def _beside(
    view: View, question: Question, report_row: int, first: Pick, number: int, best_first: list[Pick]
) -> list[Pick]:
    """Figures in the sentence of the first one, in a clause that has a word of the part that asks: 13.07万户，46万群众.

    A part without such a word (花了多少钱, 又添了多少) asks for the only other one that goes with the first.
    """
    part, own = question.wanted[number].part, view.figure(first.candidate.row)
    words = [name for term in question.terms if term.text in part and len(term.text) > 1 for name in term.names]
    others = [pick for pick in best_first if pick.candidate.row != first.candidate.row]
    unit = question.wanted[number].unit
    if unit is not None:  # 来了多少人，收入有多少: the only number of people in the sentence of what came in
        alike = [pick for pick in others if view.figure(pick.candidate.row).sentence == own.sentence]
        if len(alike) == 1 and view.figure(alike[0].candidate.row).unit != own.unit:
            return alike
    if not words:
        there = [pick for pick in others if _goes_with(view.figure(pick.candidate.row), own)]
        return there if len(there) == 1 else []
    return [
        pick
        for pick in others
        if (figure := view.figure(pick.candidate.row)).sentence == own.sentence
        and any(word in _own_words(figure, own, view.texts[report_row]) for word in words)
    ]


def _own_words(figure: Figure, first: Figure, matched: str) -> str:
    """The clause of a figure; where the first one stands in it too, in the same unit, only what stands between the two."""
    if figure.clause != first.clause or figure.unit != first.unit:
        return figure.clause.of(matched)
    return matched[first.span.end : figure.span.start] or matched[figure.span.end : first.span.start]


def _goes_with(other: Figure, first: Figure) -> bool:
    """Whether a number says more of what the first says: in its clause in another unit (投资…新建…), or of its measure (比上年增加…)."""
    same = other.sentence == first.sentence and other.indicator == first.indicator
    return same or (other.clause == first.clause and other.unit != first.unit)


def likely(view: View, question: Question, found: Found, best_first: list[Pick]) -> list[Pick]:
    """Those that are likely enough, best first.

    Where the best by words is not, only one that meaning makes likelier than that: 规模以上工业增加值 is not answered by that of the
    counties. Where the report has none of the question's words (English ones that the lexicon does not know) the likeliest must be surer.
    """
    named = any(pick.candidate.coverage for pick in best_first)
    bound = ENOUGH if found.alike and named else SURE
    if not named:
        best_first = sorted(best_first, key=lambda pick: -pick.chance)
    if best_first and best_first[0].chance < bound:
        likeliest = max(best_first, key=lambda pick: pick.chance)
        alone = bool(found.alike) and named and len(question.wanted) == 1
        return [likeliest] if alone and likeliest.chance >= LIKELIEST else []
    enough = _exact_first(view, [pick for pick in best_first if pick.chance >= bound])
    return enough if question.periods else _reached_first(view, enough)


def _exact_first(view: View, picked: list[Pick]) -> list[Pick]:
    """首次突破2万元、达到20793元: of one value in one sentence the exact number goes before the bound it passed."""
    if not picked or view.figure(picked[0].candidate.row).modifier is None:
        return picked
    bound = view.figure(picked[0].candidate.row)

    def exact(pick: Pick) -> bool:
        figure = view.figure(pick.candidate.row)
        same = (figure.sentence, figure.indicator, figure.period) == (bound.sentence, bound.indicator, bound.period)
        return same and figure.modifier is None and rounded(figure, bound)

    return _preferred(picked, exact)


def _reached_first(view: View, picked: list[Pick]) -> list[Pick]:
    """Where no period is asked for, what was reached goes before the plan for the same measure."""
    if not picked or view.figure(picked[0].candidate.row).status != "target":
        return picked
    plan, coverage = view.figure(picked[0].candidate.row), picked[0].candidate.coverage

    def reached(pick: Pick) -> bool:
        figure = view.figure(pick.candidate.row)
        same = (figure.kind, figure.unit) == (plan.kind, plan.unit) and pick.candidate.coverage >= CLOSE * coverage
        return figure.status == "actual" and same

    return _preferred(picked, reached)


def _preferred(picked: list[Pick], better: Callable[[Pick], bool]) -> list[Pick]:
    """The first that is better than the first of all goes before it."""
    found = next((pick for pick in picked[1:] if better(pick)), None)
    return picked if found is None else [found, *(pick for pick in picked if pick is not found)]
