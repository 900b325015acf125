"""Which of the numbers around it a question means: put to a small report made for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search import Engine

TEXT = """甲市2026年政府工作报告
一、2025年工作回顾
“十四五”时期，有效期内高新技术企业达7800家，累计新增就业120万人。
农村居民人均可支配收入首次突破2万元、达到20793元。
中职学校由71所优化整合为47所。
城乡居民基础养老金最低标准从每月70元提高到88元。
进出口总额居全国位次由上年居第五位上升到第四位。
三十万手工业者组织在四千八百多个生产合作社中。
全年粮食总产量达到46947万吨，增产3877万吨。
投资1100万元新建污水管线2847米。
机场增至28座。
人均预期寿命达到79.4岁，60岁以上人口已达250万人。
新增发电装机容量5055万千瓦。
与乙省协作建成产业园12个。
二、2026年工作安排
有效期内高新技术企业达8200家。
全社会研发投入强度3.42%左右。
居民消费价格涨幅2%左右。
今年拟发行建设债券1100亿元，比上年减少300亿元。
"""


@pytest.fixture(scope="module")
def made(engine_of: Callable[[str], Engine]) -> Engine:
    return engine_of(TEXT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("高新技术企业现在有多少家，今年想增加到多少家？", "7800家（2021-2025年），8200家（2026年计划）"),
        ("农村居民人均可支配收入达到了多少元？", "达到20793元"),  # the number, not the bound it passed
        ("中职学校从多少所并成了多少所？", "71所，47所"),
        ("基础养老金最低标准每月从多少涨到多少？", "70元，88元"),
        ("进出口总额在全国上升到第几位？", "第四位"),
        ("有多少手工业者加入了合作社？", "三十万手工业者"),
        ("粮食比前一年多收了多少万吨？", "3877万吨"),
        ("新建的污水管线有多少米，花了多少钱？", "2847米，1100万元"),
        ("现在有多少个机场？", "28座"),
        ("60岁以上的人口有多少？", "250万"),
        ("新添的发电装机是多少千瓦？", "5055万千瓦"),
        ("今年的研发投入强度目标定到多高？", "3.42%"),
        ("今年打算发多少建设债券，比上年少发多少？", "1100亿元，300亿元"),
    ],
)
def test_what_is_said(made: Engine, question: str, says: str) -> None:
    text = made.ask(question).answer.text
    assert text.removeprefix("达到").startswith(says.removeprefix("达到")), text


@pytest.mark.parametrize(
    "question",
    [
        "2025年新增就业多少人？",  # what came in over five years is not one year's
        "新房均价一平米多少元？",
        "物价去年涨了多少？",  # only the plan says
    ],
)
def test_what_is_not_said(made: Engine, question: str) -> None:
    answer = made.ask(question).answer
    assert not answer.figures, answer.text


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("人均预期受命是多少岁", "人均预期寿命是多少岁"),  # a word that every reader knows, which belongs elsewhere
        ("基础养老金从多少涨到了多少", None),
        ("登记在册的市场主体有多少", None),
    ],
)
def test_spelling(made: Engine, question: str, spelt: str | None) -> None:
    assert made.view.read(question, 0).text == (spelt or question)


def test_a_report_named_is_no_report_given(engine: Engine) -> None:
    assert not engine.ask("沈阳市2007年政府工作报告里，副市长是谁？").answer.stated
    assert "李英杰" in engine.ask("2007年的政府工作报告是谁作的？").answer.text
