"""Conditions in words, and the filters of the figure table on the real report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.errors import UsageError
from index.figures.units import read_unit
from search import Engine
from search.cli import COMMANDS
from search.conditions import Condition, read_condition
from search.options import parser


@pytest.mark.parametrize(
    ("words", "left", "condition"),
    [
        ("增长超过30%的指标", "", Condition("%", Decimal(30), None, True, "up")),
        ("下降5%以上", "", Condition("%", Decimal(5), None, False, "down")),
        ("失业率低于5%", "失业率", Condition("%", None, Decimal(5), True, None)),
        ("失业率不高于5%", "失业率", Condition("%", None, Decimal(5), False, None)),
        ("投资10亿元以上", "投资", Condition("元", Decimal(10**9), None, False, None)),
        ("企业不少于1000家", "企业", Condition("家", Decimal(1000), None, False, None)),
        ("工业增加值", "工业增加值", None),
        ("50万吨", "50万吨", None),
    ],
)
def test_read_condition(words: str, left: str, condition: Condition | None) -> None:
    assert read_condition(words) == (left, condition)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元", ("元", 1)),
        ("亿元", ("元", 10**8)),
        ("万吨", ("吨", 10**4)),
        ("万亿元", ("元", 10**12)),
        ("%", ("%", 1)),
        ("百分点", ("个百分点", 1)),
        ("千米", ("公里", 1)),
        ("光年", None),
        ("亿", None),
    ],
)
def test_read_unit(text: str, unit: tuple[str, int] | None) -> None:
    found = read_unit(text)
    assert (found and (found[0], int(found[1]))) == unit


def test_growth_above_thirty(engine: Engine) -> None:
    found = engine.figures("增长超过30%的指标")
    assert {figure.kind for figure in found} == {"growth"}
    assert all(figure.value > 30 and figure.direction == "up" for figure in found)
    whole = [
        f for f in engine.figures(kind="growth", unit="%", minimum=Decimal(30)) if f.value > 30 and f.direction == "up"
    ]
    assert list(found) == whole
    assert len(found) > 10


def test_a_unit_as_written_is_its_base_unit(engine: Engine) -> None:
    found = engine.figures(unit="亿元", minimum=Decimal(10**11))
    assert found == engine.figures(unit="元", minimum=Decimal(10**11))
    assert "2482.5亿元" in {figure.text for figure in found}
    assert all(figure.unit == "元" and figure.value >= 10**11 for figure in found)


@pytest.mark.parametrize(
    ("text", "value"), [("100", 100), ("1,000亿元", 10**11), ("3万", None), ("-5", -5), ("十", None)]
)
def test_bounds_on_the_command_line_take_units(text: str, value: int | None) -> None:
    arguments = ["figures", f"--min={text}"]
    commands = dict.fromkeys(COMMANDS, lambda options: 0)
    if value is None:
        with pytest.raises(SystemExit):
            parser(commands).parse_args(arguments)
    else:
        assert parser(commands).parse_args(arguments).min == value


def test_every_filter_narrows(engine: Engine) -> None:
    everything = engine.figures()
    for narrowed in (
        engine.figures("投资"),
        engine.figures(unit="家"),
        engine.figures(kind="rank"),
        engine.figures(maximum=Decimal(10)),
        engine.figures(status="target"),
        engine.figures(year="2006"),
        engine.figures(section="开放"),
    ):
        assert 0 < len(narrowed) < len(everything)
        assert set(narrowed) < set(everything)
    assert {figure.status for figure in engine.figures(status="target")} == {"target"}


def test_synonyms_find_the_same_figures(engine: Engine) -> None:
    assert engine.figures("GDP") == engine.figures("地区生产总值")
    assert engine.figures("GDP")


def test_an_unknown_unit_is_told(engine: Engine) -> None:
    with pytest.raises(UsageError, match="不认识的单位：光年"):
        engine.figures(unit="光年")
