"""The English gloss: every unit a report may use, exact values, singulars, hedges."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from index.lexicon import load
from index.records import Report
from search.results import Computed
from tests.web.samples import figure
from web.gloss import _table, gloss, gloss_difference, hedged

UNITS = [unit for units in load("units")["kinds"].values() for unit in units]


@pytest.mark.parametrize(
    ("value", "unit", "more", "said"),
    [
        ("248250000000", "元", {"modifier": "预计"}, "248.25 billion yuan (expected), 2006, reached"),
        ("267000", "辆", {}, "267,000 vehicles, 2006, reached"),
        ("4000000", "亩", {"status": "target"}, "4 million mu of 667 square metres, 2006, planned"),
        ("1012", "公里", {}, "1,012 kilometres, 2006, reached"),
        ("11.4", "个百分点", {"kind": "points", "direction": "up"}, "up 11.4 percentage points, 2006, reached"),
        ("12680000", "人次", {"modifier": "突破"}, "12.68 million person-times (more than), 2006, reached"),
        ("1", "番", {"kind": "multiple"}, "1 doubling, 2006, reached"),
        ("2.7", "倍", {"kind": "multiple", "direction": "up"}, "up 2.7 times, 2006, reached"),
        ("1", "人", {"modifier": "至少"}, "1 person (at least), 2006, reached"),
        ("1", "吨标准煤", {}, "1 tonne of standard coal, 2006, reached"),
        ("1370", "个", {"modifier": "余"}, "1,370 (or somewhat more), 2006, reached"),
        ("5", "%", {"kind": "rate", "modifier": "以内"}, "5% (or less), 2006, reached"),
        ("5", "%", {"kind": "growth", "direction": "down", "value_to": Decimal("5.5")}, "down 5 to 5.5%, 2006, reached"),
        ("7", "位", {"kind": "rank"}, "rank 7, 2006, reached"),
        ("3", "方言", {}, None),
    ],
)
def test_a_figure_in_english(value: str, unit: str, more: dict[str, Any], said: str | None) -> None:
    assert gloss(figure("x", 0, value=Decimal(value), unit=unit, **more)) == said


def test_a_figure_whose_time_stands_beside_it_is_not_told_it_twice() -> None:
    level = figure("x", 0, value=Decimal("248250000000"), unit="元", modifier="预计")
    assert gloss(level, timed=False) == "248.25 billion yuan (expected)"
    growth = figure("x", 0, value=Decimal("16.5"), unit="%", kind="growth", direction="up")
    assert gloss(growth, timed=False) == "up 16.5%"
    assert gloss(figure("x", 0, unit="方言"), timed=False) is None


def test_every_hedge_that_a_report_may_use_has_english() -> None:
    words = load("figures")["modifier"]
    known = {hedge for kind in words.values() for hedge in kind}
    assert not [hedge for hedge in known if re.search(r"[\u4e00-\u9fff]", hedged(hedge))]
    assert hedged("预计 以上") == "expected, or more"
    assert hedged(None) == hedged(None, "zh") == ""
    assert hedged("预计", "zh") == "预计"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("3000000000", "元", "3 billion yuan more"),
        ("-9.9", "个百分点", "9.9 percentage points less"),
        ("1", "人", "1 person more"),
        ("0", "家", "no difference"),
        ("2", "方言", None),
    ],
)
def test_a_difference_in_english(value: str, unit: str, said: str | None) -> None:
    assert gloss_difference(Computed("", Decimal(value), unit, ("", ""))) == said


def test_most_units_of_the_lexicon_have_english_and_it_is_english() -> None:
    known = _table()["units"]
    assert not [english for english in known.values() if re.search(r"[\u4e00-\u9fff]", english)]
    assert sum(unit in known for unit in UNITS) / len(UNITS) > 0.8


def test_the_reports_own_figures_have_one_each(report: Report) -> None:
    units = {figure.unit for figure in report.figures if figure.unit}
    assert units - set(_table()["units"]) <= {"大"}
