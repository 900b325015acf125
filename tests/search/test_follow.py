"""Follow-ups: what a question lacks comes from the one before, and a whole question is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import QuestionError
from index.records import Report
from search import Engine
from search.plan.follow import complete

CASES = Path(__file__).parents[1] / "data" / "cases" / "follow.txt"


def test_a_follow_up_is_understood(report: Report) -> None:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines:
        previous, asked, understood = (cell.strip() for cell in line.split("|"))
        assert complete(asked, previous, report) == understood, line


def test_a_follow_up_is_answered(engine: Engine) -> None:
    first = engine.ask("2006年沈阳实际利用外资多少亿美元？")
    assert first.understood == first.question
    export = engine.ask("那出口呢？", previous=first.question)
    assert export.question == "那出口呢？"
    assert export.answer.text.startswith("26.5亿美元")
    planned = engine.ask("今年呢？", previous="城镇登记失业率是多少？")
    assert planned.answer.text.startswith("5%以内")
    assert engine.ask("今年呢？", previous=" ").answer == engine.ask("今年呢？").answer


def test_chains_by_what_was_understood(engine: Engine) -> None:
    result = engine.ask("去年城镇登记失业率是多少？")
    result = engine.ask("今年呢？", previous=result.understood)
    result = engine.ask("去年呢？", previous=result.understood)
    assert result.answer.text.startswith("5.1%")


def test_a_previous_question_that_is_none(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="太长"):
        engine.ask("今年呢？", previous="问" * 3000)
