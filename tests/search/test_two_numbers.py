"""Questions that ask for two numbers, or give one: put to a small report made for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search import Engine

TEXT = """甲市2008年政府工作报告
一、2007年工作回顾
全年旅游接待人数达到446万人次，旅游收入达到46亿元。
为390万65岁以上老年人免费体检。
甲港集装箱吞吐量达到4500万标箱。
外贸进出口在对美贸易下降超3成的情况下增长12%。
生态环境公众满意度从84.7提升至89.6。
全社会研发经费占生产总值比重达到1.49%。
城乡居民收入比缩小至2.21∶1。
全市刑事立案数下降11.2%。
二、2008年工作安排
中央财政赤字预算拟安排1800亿元。
今年用于教育的投入，将由去年的1076亿元增加到1562亿元。
"""


@pytest.fixture(scope="module")
def made(engine_of: Callable[[str], Engine]) -> Engine:
    return engine_of(TEXT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("去年来了多少游客、挣了多少旅游钱？", "446万人次，46亿元"),
        ("老年人多少岁就能免费体检，一共给多少人查了？", "65岁以上，390万"),
        ("甲港一年跑了多少箱？", "4500万标箱"),
        ("公众满意度从多少涨到了多少？", "84.7，89.6"),
        ("今年财政赤字拟安排多少？", "1800亿元"),
        ("用在教育上的投入，去年和今年各是多少？", "1076亿元（2007年），1562亿元（2008年计划）"),
        ("研发经费占生产总值的份额，2007年是多少？", "1.49%"),
        ("城乡收入差距是几比几？", "2.21∶1"),
        ("By what percentage did the number of criminal cases fall?", "11.2%"),
    ],
)
def test_what_is_said(made: Engine, question: str, says: str) -> None:
    text = made.ask(question).answer.text
    assert text.startswith(says), text


def test_what_the_question_gives_is_not_asked_for(made: Engine) -> None:
    assert "3成" not in made.ask("对美贸易掉了三成，外贸总额涨了多少？").answer.text


@pytest.mark.parametrize("question", ["省里怎么看房产", "成立六十周年", "吞吐量在世界上排老几"])
def test_what_asks_is_no_misspelling(made: Engine, question: str) -> None:
    assert made.view.read(question, 0).text == question
