"""The properties of every result, on the development questions and on questions made of their words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from index.records import Report
from search import Engine
from search.results import AskResult
from tests.search.properties import PROPERTIES, Property, all_citations

WORDS = [
    "固定资产投资",
    "地铁",
    "GDP",
    "财政收入",
    "城建投资",
    "实际利用外资",
    "农民",
    "奶",
    "蛋",
    "产量",
    "就业",
    "失业率",
    "市长",
    "项目",
    "1012公里",
    "第一",
    "結婚",
    "１６％",
    "30%",
    "500万元以上",
    "2006年",
    "2007年",
    "2004年",
    "去年",
    "今年",
    "“十五”",
    "增长",
    "超过",
    "占",
    "比",
    "和",
    "分别",
    "差",
    "目标",
    "计划",
    "的",
    "翻",
    "倍",
    "连续几年",
    "长春",
    "北京",
    "？",
    "，",
    "多少",
    "是多少",
    "几",
    "多少家",
    "多少亿元",
    "排第几",
    "哪些",
    "为什么",
    "怎么",
    "谁",
    "什么时候",
    "GDP",
    "growth",
]
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map("".join)
FILTERS = st.sampled_from([{}, {}, {"status": "actual"}, {"status": "target"}, {"year": "2006"}, {"section": "城市"}, {"year": "2010"}])


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_on_the_development_questions(results: list[AskResult], report: Report, holds: Property) -> None:
    for result in results:
        holds(result, report)


def test_the_development_questions_show_what_is_checked(results: list[AskResult]) -> None:
    """The properties would hold for nothing at all: here is what they are checked on."""
    assert sum(result.answer.computed is not None for result in results) >= 1
    assert sum(len(all_citations(result)) for result in results) > 60
    assert sum(len(result.passages) for result in results) > 600
    kinds = [mark.kind for result in results for passage in result.passages for mark in passage.marks]
    assert kinds.count("figure") > 50
    assert kinds.count("term") > 300


def test_on_any_question(engine: Engine, report: Report) -> None:
    @given(question=QUESTIONS, filters=FILTERS)
    @settings(max_examples=200)
    def holds_for(question: str, filters: dict[str, Any]) -> None:
        try:
            result = engine.ask(question, **filters)
        except QuestionError:
            assert not any(character.isalnum() for character in question)
            return
        for holds in PROPERTIES:
            holds(result, report)
        keeps_to(filters, result, report)

    holds_for()


def keeps_to(filters: dict[str, Any], result: AskResult, report: Report) -> None:
    """What is cited and what is listed stands in the part that a filter leaves."""
    paragraphs = [place.paragraph for place in all_citations(result)] + [p.paragraph for p in result.passages]
    for section in (report.section_of(report.paragraph(number)) for number in paragraphs):
        assert section is not None or not filters
        if section is not None:
            assert section.status == filters.get("status", section.status)
            assert section.year == filters.get("year", section.year)
            assert any(filters.get("section", "") in heading for heading in section.path)
