"""How questions are read: kinds and unit of each number asked for, periods, the words of the subject."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from index.records import Report
from search.plan.question import LONGEST, Question, check_question, parse

DATA = Path(__file__).parents[1] / "data"


def cases() -> list[Any]:
    lines = (DATA / "cases/question.txt").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(*(cell.strip() for cell in line.split("|")), id=f"line {number}")
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    ]


def listed(cell: str, mark: str) -> list[str]:
    return [] if cell == "–" else [part.strip() for part in cell.split(mark)]


@pytest.mark.parametrize(("text", "kinds", "units", "when", "words"), cases())
def test_a_question(report: Report, text: str, kinds: str, units: str, when: str, words: str) -> None:
    question = parse(text, report)
    for expected, wanted in zip_longest(listed(kinds, ";"), question.wanted):
        assert {kind for kind in expected.split() if kind[0] != "!"} <= wanted.kinds
        assert not {kind[1:] for kind in expected.split() if kind[0] == "!"} & wanted.kinds
    assert [wanted.unit or "–" for wanted in question.wanted] == (units.split("; ") if question.wanted else [])
    assert [_shown(period.year, period.status) for period in question.periods] == listed(when, ",")
    assert set(words.split()) <= {term.text for term in question.terms}


def _shown(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def test_other_names_of_an_indicator_come_along(report: Report) -> None:
    (term,) = parse("GDP是多少？", report).terms
    assert {"地区生产总值", "gdp", "生产总值"} <= set(term.names)


def test_years_that_only_the_report_knows(report: Report) -> None:
    assert parse("去年财政收入多少？", report).periods == parse("2006年财政收入多少？", report).periods
    assert parse("今年财政收入多少？", report).periods == parse("2007年财政收入多少？", report).periods


@pytest.mark.parametrize(
    ("text", "places"),
    [("长春市的地区生产总值是多少？", ("长春",)), ("沈阳市的地区生产总值是多少？", ()), ("辽阳和长春的地铁", ("辽阳", "长春"))],
)
def test_places_that_are_not_the_reports_own(report: Report, text: str, places: tuple[str, ...]) -> None:
    assert set(parse(text, report).places) == set(places)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("投资500万元以上项目有多少个？", ["5000000 元"]),
        ("哪些指标增长超过30%？", ["30 %"]),
        ("1012公里", ["1012 公里"]),
        ("地区生产总值是多少？", []),
        ("实际利用外资多少亿美元？", []),  # 亿美元 is the unit asked in, not a number given
        ("粮食产量是几百万吨？", []),
    ],
)
def test_figures_that_a_question_gives(report: Report, text: str, numbers: list[str]) -> None:
    assert [f"{number.value:f} {number.unit}" for number in parse(text, report).numbers] == numbers


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000", "？？？", "……", "\u200b\ufeff", "👍"])
def test_an_empty_question(report: Report, text: str) -> None:
    with pytest.raises(QuestionError, match="空"):
        parse(text, report)


@pytest.mark.parametrize("question", [None, 7, b"GDP", ["GDP"], {"question": "GDP"}])
def test_a_question_of_another_type(question: object) -> None:
    with pytest.raises(QuestionError):
        check_question(question)


def test_the_longest_question(report: Report) -> None:
    assert LONGEST == 2000
    assert isinstance(parse("增" * LONGEST, report), Question)
    with pytest.raises(QuestionError, match=str(LONGEST)):
        parse("增" * (LONGEST + 1), report)


def test_any_text_is_read_or_refused(report: Report) -> None:
    @given(st.text(st.characters(), max_size=80))
    def is_read_or_refused(text: str) -> None:
        try:
            question = parse(text, report)
        except QuestionError as error:
            assert "\n" not in str(error)  # noqa: PT017
            return
        assert question.text == text

    is_read_or_refused()


def test_everyday_words_are_looked_for_as_reports_write_them(report: Report) -> None:
    terms = {term.text: term.names for term in parse("打工的人看病怎么办？", report).terms}
    assert {"农民工", "打工"} <= set(terms["打工"])
    assert {"医疗", "看病"} <= set(terms["看病"])


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("沈阳市2007年政府工作报告里，工业利税增长了多少？", []),
        ("沈阳2007年报告中汽车产量是多少？", []),
        ("2007年政府工作报告里，去年和今年各转移多少人？", ["2006", "2007"]),
        ("2007年汽车产量是多少？", ["2007"]),
    ],
)
def test_the_year_of_the_report_is_not_the_year_asked_about(report: Report, question: str, years: list[str]) -> None:
    found = {period.year for period in parse(question, report).periods}
    assert found - {None} == set(years)
