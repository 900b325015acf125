"""Years, ranges and plans as reports write them."""

from __future__ import annotations

import pytest

from index.figures.named import named_periods
from index.periods import arabic, find_period, five_year_plan, within
from index.records import Span


def last_named(text: str, year_reported: str | None) -> str | None:
    """The last period that is said of what stands there, not only compared with."""
    named = [n.period for n in named_periods(text, Span(0, len(text)), year_reported) if n.sort in ("year", "span", "against", "bare")]
    return named[-1] if named else None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2006年,全市", "2006"),
        ("二〇〇六年全市", "2006"),
        ("二○○六年全市", "2006"),
        ("2021-2025年", "2021-2025"),
        ("2003年至2005年", "2003-2005"),
        ("到2010年", "2010"),
        ("去年,全市", "2006"),
        ("上年完成", "2006"),
        ("今年新增", "2007"),
        ("明年新增", "2008"),
        ("2006年完成,2007年计划", "2007"),  # the last one named is the nearest to the number
        ("“十五”期间", "2001-2005"),
        ("“十四五”时期", "2021-2025"),
        ("五年来,全市", "2002-2006"),
        ("过去三年", "2004-2006"),
        ("未来五年", "2007-2011"),
        ("增长16.5%", None),
        ("投资2006万元", None),
        ("比去年增加", None),  # what it is compared with is not its period
        ("是2002年的2.2倍", None),
        ("实施“十一五”规划", None),  # a plan's name
        ("连续五年增长", None),  # how long, not when
        ("14年来最高", None),
        ("增速为1985年以来最高", None),  # what it is measured by
        ("2300元(2010年不变价)", None),
        ("面向2030年的科技创新项目", None),  # what it is for
        ("实现2035年远景目标", None),
        ("1985年以来新建", "1985"),
    ],
)
def test_named_periods(text: str, period: str | None) -> None:
    assert last_named(text, "2006") == period


def test_relative_words_need_the_year_reported_on() -> None:
    assert last_named("去年完成", None) is None
    assert last_named("2005年完成", None) == "2005"


@pytest.mark.parametrize(
    ("heading", "period"), [("2006年工作回顾", "2006"), ("2021-2025年", "2021-2025"), ("“十四五”时期成就", "2021-2025"), ("工作回顾", None)]
)
def test_find_period(heading: str, period: str | None) -> None:
    assert find_period(heading) == period


@pytest.mark.parametrize(
    ("ordinal", "years"), [("三", (1966, 1970)), ("十", (2001, 2005)), ("十一", (2006, 2010)), ("十五", (2026, 2030)), ("百", None)]
)
def test_five_year_plans(ordinal: str, years: tuple[int, int] | None) -> None:
    assert five_year_plan(ordinal) == years


@pytest.mark.parametrize(
    ("year", "period", "expected"),
    [
        ("2006", "2006", True),
        ("2006", "2007", False),
        ("2006", None, False),
        ("2001", "2001-2005", True),
        ("2005", "2001-2005", True),
        ("2006", "2001-2005", False),
        ("2001-2005", "2001-2005", True),
    ],
)
def test_within(year: str, period: str | None, expected: bool) -> None:
    assert within(year, period) is expected


def test_arabic() -> None:
    assert [arabic(year) for year in ("二〇〇七", "二○○七", "二零零七", "2007")] == ["2007"] * 4
