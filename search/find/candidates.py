"""Question × figure records → candidates: how far each figure is the one asked for.

Quantity search keeps its own index of (description, quantity) pairs and fuses it with text search (arXiv 2407.10283, 2507.08322).
A description has levels: the indicator's own words, then the clause, the sentence, the paragraph with its headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.figures.units import kind_of
from index.lexicon import load
from index.records import COUNTED, Figure, Kind, Report
from index.text import normal
from search.periods import fits_period, is_of
from search.question import Question, Term, Wanted
from search.select import EVERYWHERE, Scope
from search.view import View
from search.words import by_words, found_in, specific

# How much a word of the question counts where it stands: the nearer the number, the surer it is meant.
INDICATOR, CLAUSE, SENTENCE, PARAGRAPH, HEADING = 1.0, 0.9, 0.7, 0.5, 0.4
# 个 counts anything; asked in one of these, a report may give it in 个.
GENERIC, THINGS = "个", frozenset(("家", "项", "座", "处", "所", "条", "件", "种", "类", "支", "片"))
# A verb of change right before a number, or with only what is counted between; 提高到 says where it ends.
CHANGE = re.compile(r"(?:增加|提高|减少|下降|降低|上涨)(?!到|至)(?:了?[约近超]?过?|[^\d,，、到至]{2,10})$")
CANDIDATES = 120  # figures taken from the figure index; a report has about 250
# What sets candidates of the same words apart.
THRESHOLD = 0.5  # 投资10亿元以上的项目: the count beside that bound, not beside another
# 是多少 without more asks for a level, and for what was reached.
LEVELS: frozenset[Kind] = frozenset(("amount", "count", "rate"))
LEVEL, REACHED = 0.15, 0.1
SPECIFIC = 0.25  # the indicator holds little that was not asked for (全社会固定资产投资, not 工业固定资产投资)
INHERITED = 0.2  # a figure over five years, taken for the last of them, goes behind that year's own
KIND, UNIT, PERIOD, ROLE = 0.5, 0.25, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure and how well it fits. `coverage` is the share of the question's words found, each by where it stands."""

    row: int
    score: float
    coverage: float
    fits: tuple[bool, ...]  # for each number asked for: whether kind and unit answer it
    period_fits: bool
    bound: int  # 1 where it stands beside the bound that the question gives, -1 where it stands beside another
    specific: float  # the share of the indicator's characters that the question names


def candidates(view: View, question: Question, scope: Scope = EVERYWHERE, near: Sequence[int] = ()) -> list[Candidate]:
    """The figures that may be meant, best first: those that share words with the question, and those `near` to it in meaning."""
    if not question.terms and not question.numbers:
        return []
    allowed = scope.passages
    by_word = by_words(view.index.backend, "figures", question, CANDIDATES, scope.where)
    rows = dict.fromkeys([*by_word, *near])
    found = [
        _candidate(view, question, row) for row in rows if allowed is None or view.passage_of_figure(row) in allowed
    ]
    kept = (candidate for candidate in found if candidate.coverage > 0 or candidate.row in near)
    return sorted(kept, key=lambda c: (-c.score, c.row))


def _candidate(view: View, question: Question, row: int) -> Candidate:
    figure = view.figure(row)
    report = view.index.figures[row][0]
    levels = _levels(view, row, figure)
    weights = [view.weight(term, report) for term in question.terms]
    found = [_best(term, levels) for term in question.terms]
    total = sum(weights)
    coverage = sum(w * f for w, f in zip(weights, found, strict=True)) / total if total else 0.0
    exact = any(wanted.unit is not None and figure.unit == wanted.unit for wanted in question.wanted)
    fits = tuple(_answers(view, figure, report, wanted) for wanted in question.wanted)
    end = reached_from(view.corpus.reports[report], figure) if question.before and figure.role == "base" else None
    period_fits = is_of(view, figure, report, question.periods) or (
        end is not None and fits_period(end, question.periods)
    )
    likely = any(figure.unit in wanted.likely_units for wanted in question.wanted)
    named = specific(question, view.indicators[row])
    bound = _bound(view, question, row, figure)
    score = (
        coverage
        + SPECIFIC * named * coverage
        + KIND * any(fits)
        + UNIT * (likely or exact)
        + LEVEL * (figure.kind in LEVELS and any(wanted.kinds > LEVELS for wanted in question.wanted))
        + REACHED * (not question.periods and figure.status == "actual")
        + THRESHOLD * bound
        + PERIOD * (period_fits if question.periods else 0)
        - INHERITED * (period_fits and not fits_period(figure, question.periods))
        - ROLE * (figure.role != ("base" if question.before else "value"))
    )
    return Candidate(row, score, coverage, fits, period_fits, bound, named)


def reached_from(report: Report, base: Figure) -> Figure | None:
    """Where a change that begins at a base ends: 从0.94万家增加到1.55万家."""
    later = (other for other in report.figures if other.span.start >= base.span.end and other.clause == base.clause)
    end = next(later, None)
    same = end and (end.indicator, end.unit, end.role) == (base.indicator, base.unit, "value")
    return end if same else None


def _answers(view: View, figure: Figure, report: int, wanted: Wanted) -> bool:
    """Whether a figure is of a kind and unit asked for."""
    if wanted.unit is not None:
        if not same_measure(figure.unit, wanted.unit):
            return False
        if figure.kind in COUNTED and not wanted.kinds.isdisjoint(COUNTED):  # 箱 is a count, 标箱 an amount
            return True
    if figure.kind in wanted.kinds:
        return figure.kind not in COUNTED or not wanted.measured or _is_likely(figure, wanted)
    return _changed_amount(view, figure, report, wanted)


def _is_likely(figure: Figure, wanted: Wanted) -> bool:
    """Whether the unit is one that the measure asked for has: no 投资 is given in 个."""
    return any(same_measure(figure.unit, unit) for unit in wanted.likely_units)


def same_measure(unit: str | None, asked: str) -> bool:
    """多少个企业 is answered in 家 as well: 个, 家 and 户 count the same things, 人 and 名 the same people, 元 and 美元 money."""
    if unit == asked or any(unit in group and asked in group for group in load("units")["alike"]["groups"]):
        return True
    return unit is not None and (
        unit.startswith(f"{asked}/")  # 842元/月, 27微克/立方米
        or (asked == GENERIC and kind_of(unit) == "count")
        or (unit == GENERIC and asked in THINGS)
    )


def _bound(view: View, question: Question, row: int, figure: Figure) -> int:
    """1 where the bound nearest to a count in its clause is the one the question gives, -1 where it is another."""
    given = {(number.value, number.unit) for number in question.numbers}
    if not given:
        return 0
    report = view.corpus.reports[view.index.figures[row][0]]
    bounds = [other for other in report.figures if other.role == "threshold" and other.clause == figure.clause]
    if not bounds:
        return 0
    nearest = min(bounds, key=lambda other: abs(other.span.start - figure.span.start))
    return 1 if (nearest.value, nearest.unit) in given else -1


def _levels(view: View, row: int, figure: Figure) -> tuple[tuple[float, str], ...]:
    report = view.index.figures[row][0]
    text = view.texts[report]
    paragraph = view.corpus.reports[report].paragraph(figure.paragraph)
    section = view.corpus.reports[report].section_of(paragraph)
    return (
        (INDICATOR, view.indicators[row].replace(" ", "")),
        (CLAUSE, figure.clause.of(text)),
        (SENTENCE, figure.sentence.of(text)),
        (PARAGRAPH, paragraph.span.of(text)),
        (HEADING, normal(" ".join(section.path)) if section else ""),
    )


def _best(term: Term, levels: tuple[tuple[float, str], ...]) -> float:
    """What the word counts where it counts most; the levels go from what counts most to what counts least."""
    best = 0.0
    for level, text in levels:
        if level <= best:
            break
        best = max(best, level * found_in(term, text))
    return best


def _changed_amount(view: View, figure: Figure, report: int, wanted: Wanted) -> bool:
    """提高了155元 and 减少农村贫困人口1000万 answer 提高多少, 减多少: an amount in a clause that begins with a verb of change."""
    if "growth" not in wanted.kinds or figure.kind not in COUNTED:
        return False
    left = view.texts[report][figure.clause.start : figure.span.start]
    return CHANGE.search(left) is not None
