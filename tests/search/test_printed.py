"""A sentence to print: year, hedge, plan and what is missing are in it, and 今年 is the year it is."""

from __future__ import annotations

import pytest

from search import Engine
from search.commands.tables import answer as answer_table
from search.printed import dated, printed


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("2006年沈阳市地区生产总值是多少？", "2006年预计全市地区生产总值实现2482.5亿元，增长16.5%"),
        ("今年新增就业的目标", "2007年目标：全年新增就业15万人"),
        ("提了几次“创新”", "报告里“创新”出现36次"),
        (
            "去年农民人均纯收入、房价、社会消费品零售总额各是多少",
            "2006年农民人均纯收入达到5712元；2006年社会消费品零售总额实现1048.7亿元；房价没有数字",
        ),
        (
            "城建投资今年计划比去年多多少？",
            "2007年目标：全年城建投资185亿元；2006年全年城建完成投资155亿元；增加30亿元（185 − 155）（计算所得，原文没有）",
        ),
    ],
)
def test_what_is_printed(engine: Engine, question: str, sentence: str) -> None:
    assert printed(engine.ask(question).answer, "2007") == sentence


def test_years_counted_from_the_reports_own_are_named() -> None:
    assert dated("今年要抓好，去年已完成", "2007") == "2007年要抓好，2006年已完成"
    assert dated("今年要抓好", None) == "今年要抓好"


def test_a_fall_is_below_zero_in_the_table_of_an_answer(engine: Engine) -> None:
    table = answer_table(engine.ask("2007年主要预期目标有哪些"), lambda quote: f"https://wenbao#p-{quote.paragraph}")
    rows = {str(row[0]): row for row in table.rows}
    assert rows["全市主要污染物排放总量"][2:4] == ["下降3%", -3]
    assert rows["地区生产总值"][2:4] == ["增长15%", 15]
