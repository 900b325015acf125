"""Passages and what is marked in them, on all development questions and on some of other kinds."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.passages import MAX_CHARACTERS
from index.records import Report
from search import Engine
from search.results import AskResult, PassageResult


@pytest.fixture(scope="module")
def passages(results: list[AskResult]) -> list[PassageResult]:
    return [passage for result in results for passage in result.passages]


def test_passages_are_the_reports_text(passages: list[PassageResult], report: Report) -> None:
    assert len(passages) > 600
    headings = {section.span.of(report.text) for section in report.sections}
    for passage in passages:
        assert passage.text == report.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= MAX_CHARACTERS
        assert passage.text not in headings
        paragraph = report.paragraph(passage.paragraph)
        assert (passage.line, passage.line_end) == (paragraph.line, paragraph.line_end)
        assert passage.paragraph_in_section == paragraph.number_in_section
        assert paragraph.span.start <= passage.start < passage.end <= paragraph.span.end


def test_best_first_and_none_twice(results: list[AskResult]) -> None:
    for result in results:
        assert [passage.rank for passage in result.passages] == list(range(1, len(result.passages) + 1))
        scores = [passage.score for passage in result.passages]
        assert scores == sorted(scores, reverse=True), result.question
        assert all(0 <= score <= 1 for score in scores)
        assert len({passage.start for passage in result.passages}) == len(result.passages)


def test_marks_stand_inside_and_apart(passages: list[PassageResult]) -> None:
    assert sum(len(passage.marks) for passage in passages) > 500
    for passage in passages:
        for mark in passage.marks:
            assert 0 <= mark.start < mark.end <= len(passage.text)
        for one, other in pairwise(passage.marks):
            assert one.end <= other.start


def test_marked_figures_are_the_stored_ones(passages: list[PassageResult], report: Report) -> None:
    stored = {(figure.span.start, figure.span.end) for figure in report.figures}
    marked = {
        (passage.start + mark.start, passage.start + mark.end)
        for passage in passages
        for mark in passage.marks
        if mark.kind == "figure"
    }
    assert len(marked) > 50
    assert marked <= stored


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
