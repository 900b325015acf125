"""Numbers as reports write them → Decimal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures.numerals import chinese, parse

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("2482.5", "2482.5"),
        ("11,651.4", "11651.4"),
        ("0.05", "0.05"),
        ("1.2万", "12000"),
        ("3千", "3000"),
        ("2.5万亿", "2500000000000"),
        ("十", "10"),
        ("十二", "12"),
        ("两", "2"),
        ("二十", "20"),
        ("两千三百", "2300"),
        ("一百零五", "105"),
        ("千", "1000"),
        ("百亿", "10000000000"),
        ("三万五千", "35000"),
    ],
)
def test_values(number: str, value: str) -> None:
    assert parse(number) == Decimal(value)


@pytest.mark.parametrize("number", ["", "甲", "大陆", "两岸", "十一五规划", "半岛", ".", "1.2.3", "一.五"])
def test_what_is_no_number(number: str) -> None:
    assert parse(number) is None


@given(st.integers(1, 99))
def test_chinese_numerals_up_to_a_hundred(number: int) -> None:
    tens, ones = divmod(number, 10)
    written = ("十" if tens == 1 else f"{DIGITS[tens]}十" if tens else "") + (DIGITS[ones] if ones else "")
    assert chinese(written) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", "万", "亿", "万亿"]))
def test_digits_are_exact(value: Decimal, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert parse(f"{value:f}{scale}") == value * factor
    assert parse(f"{value:,f}{scale}") == value * factor


@given(st.text(max_size=12))
def test_nothing_raises(text: str) -> None:
    parse(text)
