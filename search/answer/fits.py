"""Whether a figure may be the one asked for at all: its kind, unit, period, role, measure and place."""

from __future__ import annotations

import re
from functools import cache

from index.lexicon import load
from index.records import Figure
from search.answer.agree import agrees
from search.answer.measure import measures_it, named_whole, of_the_whole
from search.quantities import Candidate
from search.question import Question
from search.view import View

BOUND_ASKED = re.compile(
    r"(?:超过?|高于|不低于|不少于|达到)(?:多少|几)[^,，。?]{0,6}(?:才|算|以上)|"
    r"(?:多少|几)[^,，。?]{0,4}以上[^,，。?]{0,8}(?:才|算)"
)

AGE = "岁"  # asked for it is as often a bound: 多少岁以上免费体检


def fits(view: View, question: Question, candidate: Candidate, number: int) -> bool:
    """Whether kind, unit, period and place are those asked for, and the figure a value, not a bound or a base."""
    report, figure = view.index.figures[candidate.row][0], view.figure(candidate.row)
    if not (candidate.fits[number] and candidate.period_fits and in_role(question, figure)) or _given(question, figure):
        return False
    if candidate.bound < 0:  # the projects of 5 million are not those of a billion
        return False
    matched = view.texts[report]
    return (
        measures_it(question, figure, matched)
        and agrees(question, question.wanted[number], figure, matched)
        and named_whole(view, question, report, figure)
        and _in_place(view, question, candidate)
    )


def _given(question: Question, figure: Figure) -> bool:
    """Whether the question gives the figure itself, and so asks for another: 对美贸易掉了三成，外贸总额涨了多少."""
    given = {(number.value, number.unit) for number in question.numbers}
    return "yesno" not in question.asks and (figure.value, figure.unit) in given


def in_role(question: Question, figure: Figure) -> bool:
    """A bound, a base or a value, as is asked; the base of a change (从2020年的3.68万亿元) is the value of the year it names."""
    if BOUND_ASKED.search(question.matched):
        return figure.role == "threshold"
    if question.before:
        return figure.role == "base"
    if figure.role == "threshold" and figure.unit == AGE:
        return any(wanted.unit == AGE for wanted in question.wanted)
    dated = figure.period is not None and any(period.year == figure.period for period in question.periods)
    return figure.role == "value" or (figure.role == "base" and dated)


def _in_place(view: View, question: Question, candidate: Candidate) -> bool:
    """A figure of another place than the report's own must stand where that place is named."""
    figure, report = view.figure(candidate.row), view.report_of_figure(candidate.row)
    matched = view.texts[view.index.figures[candidate.row][0]]
    text = figure.clause.of(matched) if of_the_whole(question, figure, matched) else figure.sentence.of(matched)
    section = report.section_of(report.paragraph(figure.paragraph))
    return all(_names(text, place) or (section is not None and place in section.path[-1]) for place in question.places)


def _names(text: str, place: str) -> bool:
    """Whether a text has a place by its name, or among others by its short one: 天津 in 京津冀."""
    short = load("places")["short"].get(place)
    return place in text or (short is not None and any(short in run for run in _short_names().findall(text)))


@cache
def _short_names() -> re.Pattern[str]:
    return re.compile(f"[{''.join(load('places')['short'].values())}]{{2,}}")
