"""Answers on places and on targets, judged: the right report or none, both names asked back, the reader's result and verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gold.placed import placed
from gold.targets import kept_right
from search import Engine
from search.results import Answer, AskResult

REPORT = "000_4c71d26e9961c37b"


@pytest.fixture(scope="module")
def asked(engine: Engine) -> AskResult:
    return engine.ask("2006年沈阳市地区生产总值是多少？")


def case(*docs: str, figure: str = "2482.5亿元", back: list[str] | None = None) -> dict[str, Any]:
    return {"answer": [{"doc": doc, "figures": [figure]} for doc in docs], "ask_back": back}


def test_the_right_report_with_its_figure_is_right(asked: AskResult) -> None:
    assert placed(case(REPORT), asked) == {"whole": True, "wrong": False}
    assert placed(case(REPORT, figure="1亿元"), asked) == {"whole": False, "wrong": False}


def test_another_report_is_wrong_however_sure(asked: AskResult) -> None:
    unsure = replace(asked, answer=replace(asked.answer, confidence=0.1))
    assert placed(case("other"), unsure) == {"whole": False, "wrong": True}
    assert placed(case(), unsure) == {"whole": False, "wrong": True}


def test_a_refusal_is_right_where_nothing_is_held_and_where_both_twins_are_named(asked: AskResult) -> None:
    back = Answer("有北京市朝阳区和长春市朝阳区，请说明是哪一个。", stated=False, reason="ambiguous", confidence=0.9)
    twins = ["2025年北京市朝阳区政府工作报告", "2025年长春市朝阳区政府工作报告"]
    assert placed(case(), replace(asked, answer=back)) == {"whole": True, "wrong": False}
    assert placed(case(*twins, back=twins), replace(asked, answer=back))["whole"]
    assert not placed(case(*twins, back=[*twins, "2025年沈阳市和平区政府工作报告"]), replace(asked, answer=back))["whole"]


def target(figure: str, hedge: str, verdict: str, result: str | None) -> dict[str, Any]:
    told = None if result is None else {"doc": "2026年南京市政府工作报告", "figure": result, "hedge": "", "quote": result}
    own = {"doc": "2025年南京市政府工作报告", "figure": figure, "hedge": hedge, "quote": f"增长{figure}"}
    return {"place": "南京市", "indicator": "一般公共预算收入", "target": own, "result": told, "verdict": verdict}


@pytest.mark.parametrize(
    ("row", "right"),
    [
        (target("2.5%", "", "over", "3.2%"), True),
        (target("2.5%", "", "over", "3.3%"), False),
        (target("2.5%", "", "missed", "3.2%"), False),
        (target("2.6%", "", "over", "3.2%"), False),  # no such target
        (target("4.9%", "左右", "not_told", None), True),
        (target("3.1%", "左右", "missed", "2.4%"), True),  # of what is about so much the contract wants the distance
        (target("3.1%", "", "missed", "2.4%"), False),
    ],
)
def test_a_target_is_right_with_the_readers_result_and_verdict(library: Engine, row: dict[str, Any], right: bool) -> None:
    ((_, _, found),) = kept_right(library, [row])
    assert found == right
