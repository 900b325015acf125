"""The other way round: which measure has this number, which exceed that bound."""

from __future__ import annotations

import re

from index.records import Figure
from search.answer import compose
from search.conditions import Condition, conditions_in
from search.periods import fits_period
from search.places import figure_result
from search.question import Question
from search.results import Answer, Item
from search.view import View

WHICH = re.compile(r"哪一?[个项种类样家级门条座所]|哪些|什么(?:指标|行业|产业|领域)|有哪|哪几|which")
DENIED = re.compile(r"(?:(?<!有)没有?(?!有)[^,，。?]{0,4}|[未不](?:曾|会)?(?:掉|跌|降)到)$")
SHOWN = 5  # measures named in the text; all of them are in the items


def lookup_answer(view: View, question: Question, report_row: int, allowed: frozenset[int] | None) -> Answer | None:
    """The measures whose figure is the number given, or lies beyond it; None where the question asks nothing of the kind."""
    if question.firm or not question.numbers or not WHICH.search(question.matched):
        return None
    bounds = [*conditions_in(question.matched, question.numbers)]
    said = bounds[0][1] if bounds else question.numbers[-1].span
    if DENIED.search(question.matched[: said.start]):  # 没掉到三成以下 is no bound that figures lie beyond
        return None
    if not bounds and not _is_value(question):
        return None
    here = _figures(view, report_row, allowed)
    conditions = [condition for condition, _ in bounds]
    figures = [figure for figure in here if _matches(question, conditions, figure)]
    # 达到51% is a bound, and as often the very number of one: that is named first
    figures.sort(key=lambda figure: all(figure.value not in (bound.least, bound.most) for bound in conditions))
    return _listed(view, report_row, figures) if figures else None


def _is_value(question: Question) -> bool:
    """Whether the number is what a measure comes to (增长了51%的), and not how many are spoken of (尿毒症等8类大病)."""
    return re.match(r"的是|$|[?。]", question.matched[question.numbers[-1].span.end :]) is not None


def _figures(view: View, report_row: int, allowed: frozenset[int] | None) -> list[Figure]:
    """The figures of a report that stand in the allowed passages, in text order."""
    rows = view.rows[report_row].figures
    return [view.figure(row) for row in rows if allowed is None or view.passage_of_figure(row) in allowed]


def _matches(question: Question, conditions: list[Condition], figure: Figure) -> bool:
    asked = question.numbers[-1]
    units = {condition.unit for condition in conditions} or {asked.unit}
    if figure.role != "value" or figure.unit is None or units != {figure.unit}:
        return False
    unsaid = figure.period is not None and "-" in figure.period  # of several years: the question may name one of them
    if not fits_period(figure, question.periods) and not unsaid:
        return False
    if re.search(r"增长|增幅|增速|上升|提高|grew|grow|rose", question.matched) and not (
        figure.kind in ("growth", "points") and figure.direction == "up"
    ):
        return False
    if re.search(r"下降|减少|降低|降幅|fell", question.matched) and figure.direction != "down":
        return False
    high = figure.value if figure.value_to is None else figure.value_to
    if conditions:
        return all(condition.holds(figure.value, high) for condition in conditions)
    return figure.value == asked.value


def _listed(view: View, report_row: int, figures: list[Figure]) -> Answer:
    report, matched = view.corpus.reports[report_row], view.texts[report_row]
    items = tuple(
        Item(
            f"{figure.indicator}：{compose.hedged(matched, report, figure)}", compose.cite(matched, report, [figure])[0]
        )
        for figure in figures
    )
    if len(figures) == 1:
        text = f"{figures[0].indicator}（{compose.hedged(matched, report, figures[0])}）。"
    else:
        names = "、".join(dict.fromkeys(figure.indicator for figure in figures[:SHOWN]))
        text = f"{names}{'等' if len(figures) > SHOWN else ''}。"
    return Answer(
        text=text,
        stated=True,
        reason=None,
        confidence=0.85,
        items=items if len(figures) > 1 else (),
        figures=tuple(figure_result(report, figure) for figure in figures),
        citations=tuple(dict.fromkeys(item.citation for item in items)),
    )
