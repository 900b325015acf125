"""Two figures side by side, with their difference."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from index.records import Figure
from search.answer import compose
from search.answer.agree import agrees, is_change
from search.answer.chance import picks
from search.answer.fits import in_role
from search.answer.measure import measures_it
from search.found import Found
from search.periods import is_of
from search.places import figure_result
from search.quantities import Candidate, same_measure
from search.question import Question
from search.results import Answer
from search.view import View
from search.written import RISEN, difference

ENOUGH = 0.35  # share (0..1) of the question's words by each figure: as in figure.py for the first passage
# Where words do not tell: the chance (0..1) of the likelier of the two, and of the other, which is of the same measure.
LIKELY, OTHER = 0.5, 0.2
NAMED = 0.4  # share of the question's words by each of two figures whose indicators differ; else their chances decide
SAME_MEASURE = 0.3  # and of one measure
OTHER_UNIT = 0.3  # two figures compared are rather of one unit


def find_pair(view: View, question: Question, report_row: int, candidates: list[Candidate]) -> list[Candidate]:
    """For each of two periods the figure asked for, both of one unit; of two indicators only where both are named well."""
    wanted = question.wanted[0]
    kinds = wanted.kinds
    if "difference" in question.asks:  # 多多少 asks for no growth rate: the difference of two levels answers it
        percent = wanted.unit in ("%", "个百分点")
        kinds = frozenset(("growth", "rate", "share")) if percent else frozenset(("amount", "count", "rate", "share"))
    options = [
        [
            candidate
            for candidate in candidates
            if (view.figure(candidate.row).kind in kinds or (kinds == wanted.kinds and candidate.fits[0]))
            and agrees(question, wanted, view.figure(candidate.row), view.texts[report_row])
            and measures_it(question, view.figure(candidate.row), view.texts[report_row])
            and is_of(view, view.figure(candidate.row), report_row, (period,))
            and (wanted.unit is None or same_measure(view.figure(candidate.row).unit, wanted.unit))
            and candidate.coverage >= ENOUGH
            and _may_be_taken(question, view.figure(candidate.row), view.texts[report_row])
            and in_role(own, view.figure(candidate.row))
        ]
        for period, own in zip(question.periods, _each(question), strict=True)
    ]
    pairs = [
        (
            first.score
            + second.score
            - OTHER_UNIT * (one.unit != other.unit)
            + SAME_MEASURE * (one.indicator == other.indicator),
            [first, second],
        )
        for first in options[0][:12]
        for second in options[1][:12]
        if (one := view.figure(first.row)).kind == (other := view.figure(second.row)).kind
        and first.row != second.row
        and (one.indicator == other.indicator or min(first.coverage, second.coverage) >= NAMED)
        and (one.unit == other.unit or (one.unit and other.unit and same_measure(one.unit, other.unit)))
        and _go_together(question, one, other)
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


def likely_pair(view: View, question: Question, report_row: int, found: Found) -> list[Candidate]:
    """The same by the figures' chances, where the words of the question are not the report's."""
    options = []
    for period, own in zip(question.periods, _each(question), strict=True):
        fitting = picks(view, own, report_row, found, 0)
        options.append(
            [
                pick
                for pick in fitting
                if is_of(view, view.figure(pick.candidate.row), report_row, (period,))
                and _may_be_taken(question, view.figure(pick.candidate.row), view.texts[report_row])
            ]
        )
    pairs = [
        (first.chance + second.chance, [first.candidate, second.candidate])
        for first in options[0]
        for second in options[1]
        if (one := view.figure(first.candidate.row)).kind == (other := view.figure(second.candidate.row)).kind
        and one.unit == other.unit
        and one.span != other.span
        and _go_together(question, one, other)
        and max(first.chance, second.chance) >= LIKELY
        and (min(first.chance, second.chance) >= OTHER or one.indicator == other.indicator)
    ]
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else []


def comparison(view: View, question: Question, report_row: int, pair: list[Candidate]) -> Answer:
    report = view.corpus.reports[report_row]
    figures = [view.figure(candidate.row) for candidate in pair]
    order = sorted(range(2), key=lambda i: question.periods[i].year or "")
    earlier, later = figures[order[0]], figures[order[1]]
    computed = difference(later, earlier, RISEN)
    text = compose.comparison_text(view.texts[report_row], report, figures, question, computed)
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=round(min(0.95, 0.3 + 0.6 * min(candidate.coverage for candidate in pair)), 2),
        computed=computed,
        figures=tuple(figure_result(report, figure) for figure in figures),
        citations=compose.cite(view.texts[report_row], report, figures),
    )
