"""The same asked in other words, as people speak: put to a small report made for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search import Engine

TEXT = """甲省2026年政府工作报告
一、2025年工作回顾
地区生产总值增长5.3%。
我省健儿在国际国内大赛喜摘奖牌111枚。
乙城白云机场三期建成投用，全省机场旅客吞吐量达1.8亿人次。
70万企业退休职工平均养老金每月提高了155元。
“十四五”时期职业伤害保障试点累计覆盖696万名新业态劳动者。
森林覆盖率由2020年的21.6%提高到25.2%。
2003年国有工业企业利润增长45.2%。
二、“十五五”时期主要目标
全社会研发经费投入年均增长7%左右。
三、2026年工作安排
困难儿童补贴、残疾人护理补贴标准分别从每月209元、280元提高到217元、290元。
农牧区免费学前教育生均标准从380元提高至1000元。
"""


@pytest.fixture(scope="module")
def made(engine_of: Callable[[str], Engine]) -> Engine:
    return engine_of(TEXT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("去年甲省GDP跑出了多快的速度？", "5.3%"),
        ("运动员去年在国内外大赛上拿了多少块奖牌？", "111枚"),
        ("退休的人养老金平均每个月多拿多少？", "155元"),
        ("到去年为止，职业伤害保障试点覆盖了多少骑手？", "696万名"),
        ("2020年到2025年森林覆盖率前后各是多少？", "21.6%，25.2%"),
        ("零三年国有工业企业利润涨了百分之几？", "45.2%"),
        ("03年国有工业企业利润涨了百分之几？", "45.2%"),
        ("往后五年研发经费平均每年要涨多少？", "7%"),
        ("残疾人的护理补贴，一个月要提到多少钱？", "290元"),
        ("困难儿童补贴要提到多少钱？", "217元"),
        ("农牧区免费学前教育的标准，原来是多少，要提到多少？", "380元，1000元（2026年计划）"),
    ],
)
def test_what_is_said(made: Engine, question: str, says: str) -> None:
    text = made.ask(question).answer.text
    assert text.startswith(says), text


def test_a_total_is_not_given_for_a_part(made: Engine) -> None:
    assert made.ask("全省机场旅客吞吐量去年多少？").answer.text.startswith("1.8亿人次")
    assert not made.ask("白云机场去年旅客吞吐量多少？").answer.figures
