"""A number of the same thing that is not the one asked for is not given: of another measure, whole, base or kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.figures.extract import extract
from index.outline.sections import outline
from index.read.sources import Source
from index.text import normal
from search import Engine
from search.find.candidates import reached_from
from search.match.fits import agrees
from search.plan.question import parse


@pytest.mark.parametrize(
    "question",
    [
        "旅游总收入是多少亿元",  # the 总收入 of an exposition
        "服务业增加值占GDP比重",  # the share of the private economy
        "沈阳有多少家世界500强企业投资",  # projects of 5 million yuan
        "二手房成交面积增长了多少",  # the area of crops
        "去年来了多少外国游客？",  # all visitors, of an exposition or from home and abroad
    ],
)
def test_another_number_is_not_given(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert not answer.figures, answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("去年沈阳引进了多少外资？", "30.4亿美元"),  # 突破30亿美元 is the same number, rounded
        ("全市万元GDP综合能耗降到多少？", "1.09吨标准煤"),  # where it ends, not by how much it falls
        ("去年沈阳接待了多少游客？", "4553万人次"),  # not those of the exposition
        ("世园会接待了多少游客？", "1268万人次"),
        ("民营等非公经济在全市GDP里占几成？", "62%"),
    ],
)
def test_the_number_asked_for_is_given(engine: Engine, question: str, says: str) -> None:
    assert engine.ask(question).answer.text.startswith(says)


def test_the_end_of_a_change_is_that_of_its_own_base() -> None:
    text = "河北省2026年政府工作报告\n一、2025年工作回顾\n高新技术企业从0.94万家增加到1.55万家，专利从3万件减少到2万件。\n"
    report = outline(Source("hebei", text, ""))
    figures = extract(report)
    report = replace(report, figures=figures)
    bases = [figure for figure in figures if figure.role == "base"]
    ends = [reached_from(report, base) for base in bases]
    assert [(base.text, end and end.text) for base, end in zip(bases, ends, strict=True)] == [("0.94万家", "1.55万家"), ("3万件", "2万件")]


@pytest.mark.parametrize(
    ("question", "says"),
    [("农村低保每月提高到多少元？", ["676元"]), ("城镇低保每月提高到多少元？", ["798元"]), ("低保每月提高到多少元？", ["798元", "676元"])],
)
def test_two_numbers_in_one_are_of_towns_and_of_the_country(question: str, says: list[str]) -> None:
    text = "辽宁省2026年政府工作报告\n一、2025年工作回顾\n城乡居民低保月均标准分别提高到798元和676元。\n"
    report = outline(Source("liaoning", text, ""))
    asked = parse(question, report)
    figures = extract(report)
    assert [f.text for f in figures if agrees(asked, asked.wanted[0], f, normal(report.text))] == says
