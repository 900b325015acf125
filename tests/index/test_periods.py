"""Years, ranges and plans as reports write them."""

from __future__ import annotations

import pytest

from index.periods import arabic, find_period, five_year_plan, within


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
    ],
)
def test_find_period(text: str, period: str | None) -> None:
    assert find_period(text, "2006") == period


def test_relative_words_need_the_year_reported_on() -> None:
    assert find_period("去年完成", None) is None
    assert find_period("2005年完成", None) == "2005"


@pytest.mark.parametrize(
    ("ordinal", "years"),
    [("三", (1966, 1970)), ("十", (2001, 2005)), ("十一", (2006, 2010)), ("十五", (2026, 2030)), ("百", None)],
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
