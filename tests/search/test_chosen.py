"""A question taken as its reader chooses: by form, by what is computed, by time; what is no choice is refused."""

from __future__ import annotations

import pytest

from index.errors import UsageError
from search import Engine
from search.answer.compose import readings
from search.library.view import Asked
from search.plan.plans import Chosen
from search.plan.when import Period

LESS = "2007年GDP增长目标比2006年实际低多少"


@pytest.mark.parametrize(
    ("chosen", "form", "said"),
    [
        (Chosen(), "arithmetic", "减少1.5个百分点（15 − 16.5）。"),
        (Chosen("compare"), "compare", "2007年目标更低：15%"),
        (Chosen("arithmetic", "difference"), "arithmetic", "减少1.5个百分点"),
        (Chosen("arithmetic", "ratio"), "arithmetic", "1.1倍（16.5 ÷ 15）"),
        (Chosen("arithmetic", "growth"), "arithmetic", "相差1.5个百分点"),  # of two percentages there is no per cent
        (Chosen("arithmetic", "share"), "arithmetic", "相差1.5个百分点"),
    ],
)
def test_two_figures_are_set_side_by_side_as_chosen(engine: Engine, chosen: Chosen, form: str, said: str) -> None:
    answer = engine.ask(LESS, chosen=chosen).answer
    assert (answer.form, answer.stated) == (form, True)
    assert answer.text.startswith(said)
    assert [figure.text for figure in answer.figures] == ["15%", "16.5%"]


def test_a_computed_answer_has_both_its_rows_and_what_to_mind(engine: Engine) -> None:
    answer = engine.ask(LESS).answer
    assert [(row.text, row.year, row.status) for row in answer.rows] == [("15%", "2007", "target"), ("16.5%（预计）", "2006", "actual")]
    assert answer.computed is not None
    assert (answer.computed.operand_rows, answer.computed.comparable, answer.computed.why) == ((0, 1), False, "目标与完成")


def test_operands_are_told_by_their_rows(engine: Engine) -> None:
    """The rows stand as they are asked for, the difference is of the later less the earlier."""
    answer = engine.ask("外资去年今年各多少").answer
    assert answer.computed is not None
    assert [row.text for row in answer.rows] == ["30.4亿美元", "35.5亿美元"]
    assert [answer.rows[at].text for at in answer.computed.operand_rows] == list(answer.computed.operands) == ["35.5亿美元", "30.4亿美元"]


@pytest.mark.parametrize(("year", "status", "group"), [("2006", "actual", "2006年已完成"), ("2007", "target", "2007年计划")])
def test_points_of_the_time_that_is_chosen(engine: Engine, year: str, status: str, group: str) -> None:
    answer = engine.ask("农业这一块总结一下", chosen=Chosen(periods=(Period(year, status),))).answer  # type: ignore[arg-type]
    assert answer.items
    assert {item.group for item in answer.items} == {group}


def test_no_time_is_a_choice_too(engine: Engine) -> None:
    question = "2007年农业这一块总结一下"
    assert {item.group for item in engine.ask(question).answer.items} == {"2007年计划"}
    assert len({item.group for item in engine.ask(question, chosen=Chosen(periods=())).answer.items}) == 2


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="没有这种问法：essay"):
        Chosen("essay")


def test_the_plan_says_its_subject_in_the_questions_words(engine: Engine) -> None:
    plans = [engine.ask(question).answer.plan for question in ("2007年主要预期目标有哪些", "农业这一块总结一下", LESS)]
    assert [(plan.subject, plan.when) for plan in plans if plan] == [
        ("主要预期目标", "2007年目标"),
        ("农业", ""),
        ("gdp增长", "2007年目标、2006年"),
    ]


def test_a_row_without_a_figure_quotes_what_is_said_of_it(engine: Engine) -> None:
    row = engine.ask("去年农民人均纯收入、房价、社会消费品零售总额各是多少").answer.rows[1]
    assert (row.label, row.stated, row.reason, row.figure) == ("房价", False, "related", None)
    assert row.citation is not None
    assert "房价" in row.citation.quote


def test_a_reading_that_fell_says_so(engine: Engine) -> None:
    fell = next(figure for figure in engine.corpus.reports[0].figures if figure.kind == "growth" and figure.direction == "down")
    view = engine.view
    (reading,) = readings(Asked(view, view.read("污染物排放", 0), 0), [fell])
    assert reading.text.startswith(f"下降{fell.span.of(engine.corpus.reports[0].text)}")
