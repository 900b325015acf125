"""What is marked in a passage: the figures of the kind asked for, and the words of the question."""

from __future__ import annotations

import pytest

from search import Engine
from search.results import PassageResult


def marked(passage: PassageResult) -> list[tuple[str, str]]:
    return [(passage.text[mark.start : mark.end], mark.kind) for mark in passage.marks]


@pytest.mark.parametrize(
    ("question", "line", "expected"),
    [
        ("2006年沈阳市地区生产总值是多少？", 8, [("地区生产总值", "term"), ("2482.5亿元", "figure")]),
        ("2006年GDP是多少？", 8, [("地区生产总值", "term"), ("2482.5亿元", "figure")]),
        ("固定资产投资增长多少？", 9, [("全社会固定资产投资", "term"), ("31.3%", "figure")]),
        ("地铁", 47, [("地铁", "term")]),
        ("1012公里", 35, [("1012公里", "figure")]),
    ],
)
def test_what_is_marked(engine: Engine, question: str, line: int, expected: list[tuple[str, str]]) -> None:
    found = next(passage for passage in engine.ask(question).passages if passage.line == line)
    marks = marked(found)
    assert [mark for mark in marks if mark in expected] == expected
    assert {mark for mark in marks if mark[1] == "figure"} == {mark for mark in expected if mark[1] == "figure"}


def test_a_search_that_asks_for_no_number_marks_none(engine: Engine) -> None:
    for query in ("地铁", "棚户区 改造", "困难和问题"):
        for passage in engine.search(query).passages:
            assert {mark.kind for mark in passage.marks} <= {"term"}


def test_words_of_the_query_are_marked(engine: Engine) -> None:
    passages = engine.search("污水处理", "keyword", 5).passages
    assert passages
    assert any("污水处理" in text for passage in passages for text, _ in marked(passage))
