"""A figure's scale and unit as written, and the difference of two in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.records import Figure
from search.written import RISEN, difference, written_unit
from tests.index.test_figures import figures_of


def figure_of(sentence: str) -> Figure:
    return figures_of(sentence)[0]


@pytest.mark.parametrize(
    ("sentence", "scale", "unit"),
    [
        ("出口35.5亿美元。", 10**8, "亿美元"),
        ("企业达2000余家。", 1, "家"),
        ("资金70多亿元。", 10**8, "亿元"),
        ("农村贫困人口减少1240万。", 10**4, "万人"),
        ("34万农户参与经营。", 10**4, "万户"),
        ("收入达11,651.4元。", 1, "元"),
        ("占比近8成。", 10, "成"),
        ("出口增长5%—5.5%。", 1, "%"),
        ("突破千亿元。", 1, "元"),
    ],
)
def test_written_unit(sentence: str, scale: int, unit: str) -> None:
    assert written_unit(figure_of(sentence)) == (Decimal(scale), unit)


@pytest.mark.parametrize(
    ("new", "old", "text"),
    [
        ("出口35.5亿美元。", "出口30.4亿美元。", "高5.1亿美元（35.5 − 30.4）"),
        ("企业达2000余家。", "企业达1500家。", "高500家（2000 − 1500）"),
        ("农村贫困人口减少100万。", "农村贫困人口减少124万。", "低24万人（100 − 124）"),
        ("增长16%。", "增长20%。", "低4个百分点（16 − 20）"),
        ("参保率达到97%。", "参保率达到97%。", "持平"),
        ("出口1.2亿元。", "出口9000万元。", "高3000万元（12000 − 9000）"),
        ("增长5%—5.5%。", "增长5%。", None),  # no one number
        ("出口35.5亿美元。", "出口30亿元。", None),
    ],
)
def test_difference(new: str, old: str, text: str | None) -> None:
    found = difference(figure_of(new), figure_of(old))
    assert (found and found.text) == text


def test_one_measure_over_time_rises() -> None:
    found = difference(figure_of("出口3亿元。"), figure_of("出口2亿元。"), RISEN)
    assert found is not None
    assert (found.text, found.value, found.unit) == ("增加1亿元（3 − 2）", Decimal(10**8), "元")
