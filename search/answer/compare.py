"""Figures side by side: one for each of two periods, or of several subjects, with their difference where it is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from index.records import Figure
from index.retrieve.rows import Where
from search.answer import compose
from search.find.candidates import Candidate, candidates, is_of, same_measure
from search.find.gather import Found
from search.library.filters import Scope
from search.library.view import Asked
from search.match.chance import likely, picks
from search.match.fits import agrees, in_role, is_change, measures_it
from search.plan.question import Question
from search.results import Answer, Computed, figure_result
from search.written import HIGHER, RISEN, difference

ENOUGH = 0.35  # share (0..1) of the question's words by each figure: as in figure.py for the first passage
# Where words do not tell: the chance (0..1) of the likelier of the two, and of the other, which is of the same measure.
LIKELY, OTHER = 0.5, 0.2
NAMED = 0.4  # share of the question's words by each of two figures whose indicators differ; else their chances decide
SAME_MEASURE = 0.3  # and of one measure
OTHER_UNIT = 0.3  # two figures compared are rather of one unit
FIRST = 12  # of each side, best first, that are paired


def find_pair(asked: Asked, found: Found) -> list[Candidate]:
    """For each of two periods the figure asked for, both of one unit; of two indicators only where both are named well."""
    question, wanted, matched = asked.question, asked.question.wanted[0], asked.matched
    kinds = wanted.kinds
    if "difference" in question.asks:  # 多多少 asks for no growth rate: the difference of two levels answers it
        percent = wanted.unit in ("%", "个百分点")
        kinds = frozenset(("growth", "rate", "share")) if percent else frozenset(("amount", "count", "rate", "share"))
    sides = [
        [
            one
            for one in found.candidates
            if (one.figure.kind in kinds or (kinds == wanted.kinds and one.fits[0]))
            and agrees(question, wanted, one.figure, matched)
            and measures_it(question, one.figure, matched)
            and is_of(asked, one.figure, own.periods)
            and (wanted.unit is None or same_measure(one.figure.unit, wanted.unit))
            and one.coverage >= ENOUGH
            and _may_be_taken(question, one.figure, matched)
            and in_role(own, one.figure)
        ][:FIRST]
        for own in _each(question)
    ]
    pairs = [
        (first.score + second.score - OTHER_UNIT * (one.unit != other.unit) + SAME_MEASURE * same, [first, second])
        for first in sides[0]
        for second in sides[1]
        if (one := first.figure).kind == (other := second.figure).kind
        and first.row != second.row
        and ((same := one.indicator == other.indicator) or min(first.coverage, second.coverage) >= NAMED)
        and (one.unit == other.unit or (one.unit and other.unit and same_measure(one.unit, other.unit)))
        and _go_together(question, one, other)
    ]
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else []


def likely_pair(asked: Asked, found: Found) -> list[Candidate]:
    """The same by the figures' chances, where the words of the question are not the report's."""
    question = asked.question
    sides = [
        [
            pick
            for pick in picks(replace(asked, question=own), found, 0)
            if is_of(asked, pick.figure, own.periods) and _may_be_taken(question, pick.figure, asked.matched)
        ]
        for own in _each(question)
    ]
    pairs = [
        (first.chance + second.chance, [first.candidate, second.candidate])
        for first in sides[0]
        for second in sides[1]
        if (one := first.figure).kind == (other := second.figure).kind
        and one.unit == other.unit
        and one.span != other.span
        and _go_together(question, one, other)
        and max(first.chance, second.chance) >= LIKELY
        and (min(first.chance, second.chance) >= OTHER or one.indicator == other.indicator)
    ]
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else []


def _may_be_taken(question: Question, figure: Figure, matched: str) -> bool:
    """Whether a figure may be one side of what is asked: of a difference no side is itself a change."""
    return "difference" not in question.asks or not is_change(figure, matched)


def _go_together(question: Question, one: Figure, other: Figure) -> bool:
    """Whether two figures may be set side by side: for a difference most of what the shorter indicator names stands in the longer."""
    if "difference" not in question.asks:
        return True
    first, second = one.indicator.replace(" ", ""), other.indicator.replace(" ", "")
    if first.endswith(second) or second.endswith(first):
        return True
    shorter, longer = sorted((one.indicator.split(" ")[-1], other.indicator.split(" ")[-1]), key=len)
    match = SequenceMatcher(None, shorter, longer, autojunk=False).find_longest_match()
    return 2 * match.size > len(shorter)


def _each(question: Question) -> list[Question]:
    """The question put for each of its periods: of one of them no difference is asked."""
    asks = question.asks - {"difference"}
    return [replace(question, periods=(period,), asks=asks) for period in question.periods]


def comparison(asked: Asked, pair: Sequence[Candidate]) -> Answer:
    earlier, later = sorted(range(2), key=lambda side: asked.question.periods[side].year or "")
    computed = difference(pair[later].figure, pair[earlier].figure, RISEN)
    text = compose.comparison_text(asked, [candidate.figure for candidate in pair], computed)
    return _side_by_side(asked, pair, text, computed)


def several(asked: Asked, subjects: Sequence[Question], found: Found) -> Answer | None:
    """One figure for each subject, with the difference where that is asked for; None where one of them is missing."""
    within = Scope(Where(asked.row), frozenset(asked.view.passage_of_figure(one.row) for one in found.candidates))
    chosen: list[Candidate] = []
    for subject in subjects:
        own, taken = replace(asked, question=subject), {candidate.row for candidate in chosen}
        others = [one for one in candidates(asked.view, subject, within) if one.row not in taken]
        there = replace(found, candidates=others, known=own.known)
        picked = likely(own, there, picks(own, there, 0))
        if not picked:
            return None
        chosen.append(picked[0].candidate)
    figures = [candidate.figure for candidate in chosen]
    dated = subjects[0].periods != subjects[1].periods
    asks_difference = "difference" in asked.question.asks and len(figures) == 2
    computed = difference(figures[0], figures[1], RISEN if dated else HIGHER) if asks_difference else None
    if computed:
        text = f"{computed.text}。"
    elif dated:
        text = compose.comparison_text(asked, figures, None)
    else:
        text = compose.figures_text(asked, figures, None)
    return _side_by_side(asked, chosen, text, computed)


def _side_by_side(asked: Asked, chosen: Sequence[Candidate], text: str, computed: Computed | None) -> Answer:
    figures = [candidate.figure for candidate in chosen]
    return Answer(
        text=text,
        confidence=round(min(0.95, 0.3 + 0.6 * min(candidate.coverage for candidate in chosen)), 2),
        computed=computed,
        figures=tuple(figure_result(asked.report, figure) for figure in figures),
        citations=compose.cite(asked, figures),
    )
