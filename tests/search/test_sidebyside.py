"""One indicator over reports: the figure of the whole place and year, or none; what the year before had planned."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NotFound, UsageError
from index.figures.extract import extract
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Report
from index.text import normal
from search import Engine
from search.commands.cli import main
from search.commands.tables import side_by_side as table_of
from search.export import FORMATS
from search.library.given import given
from search.library.side_by_side import offers, select, side_by_side
from search.results import Row

GOLD = Path(__file__).parents[1] / "data" / "side_by_side" / "cells.jsonl"


def report_of(place: str, year: int, reached: str, planned: str = "") -> Report:
    text = f"{place}{year}年政府工作报告\n一、{year - 1}年工作回顾\n{reached}\n二、{year}年工作安排\n{planned}\n"
    report = outline(Source(f"{place}{year}", text, ""))
    return replace(report, figures=extract(report))


def rows_of(reports: list[Report], words: str, kind: str | None = None) -> tuple[Row, ...]:
    return side_by_side(reports, reports, words, kind, lambda report: given(report, normal(report.text)))


def only(place: str, reached: str, planned: str, words: str, kind: str) -> tuple[str | None, str | None]:
    (row,) = rows_of([report_of(place, 2026, reached, planned)], words, kind) or (None,)
    if row is None:
        return None, None
    return row.reached.text if row.reached else None, row.planned.text if row.planned else None


@pytest.mark.parametrize(
    ("reached", "planned", "words", "kind", "expected"),
    [
        ("地区生产总值增长5.2%。", "地区生产总值增长5%左右。", "GDP", "growth", ("5.2%", "5%左右")),
        ("全省生产总值5万亿元，增长5.2%。", "经济增长5%以上。", "地区生产总值", "growth", ("5.2%", "5%以上")),
        ("全年地区生产总值完成192亿元，按可比价计算，同比增长6.0%。", "", "地区生产总值", "growth", ("6.0%", None)),
        ("CPI微降0.1%。", "居民消费价格总水平涨幅2%左右。", "物价", "growth", ("下降0.1%", "2%左右")),
        ("居民消费价格上涨0.3%。", "居民消费价格指数涨幅2%以内。", "居民消费价格", "growth", ("0.3%", "2%以内")),
        ("城镇调查失业率平均为5.2%。", "城镇调查失业率5.5%左右。", "城镇调查失业率", "rate", ("5.2%", "5.5%左右")),
        ("新增城镇就业8万人。", "城镇新增就业不少于7万人。", "城镇新增就业", "count", ("8万人", "不少于7万人")),
        # Given for both.
        ("", "社会消费品零售总额、固定资产投资增长4%左右。", "固定资产投资", "growth", (None, "4%左右")),
        # The same twice is one, two values are none.
        ("地区生产总值增长5%。\n地区生产总值增长5%，高于预期。", "", "地区生产总值", "growth", ("5%", None)),
        ("地区生产总值增长5%。\n地区生产总值增长6%。", "", "地区生产总值", "growth", (None, None)),
    ],
)
def test_the_figure_of_a_report(reached: str, planned: str, words: str, kind: str, expected: tuple[str | None, str | None]) -> None:
    assert only("甲省", reached, planned, words, kind) == expected


@pytest.mark.parametrize(
    "reached",
    [
        "大连市地区生产总值增长6%。",
        "全国国内生产总值增长5%。",
        "开发区发展加快，地区生产总值增长20%。",
        "上半年地区生产总值增长5.1%。",
        "前三季度，地区生产总值增长5.1%。",
        "地区生产总值比2020年增长30%。",
        "五年来，地区生产总值年均增长5.5%。",
        "超额完成地区生产总值增长6%的目标。",
        "扣除房地产后，地区生产总值增长7%。",
        "人均地区生产总值增长25%。",
        "单位地区生产总值能耗下降3%。",
        "海洋生产总值增长6%。",
    ],
)
def test_another_measure_place_or_time_is_not_shown(reached: str) -> None:
    assert only("甲省", reached, "", "地区生产总值", "growth") == (None, None)


def test_a_level_of_several_years_is_not_that_of_the_last() -> None:
    text = "生产总值从2020年的3.68万亿元增长到2025年的4.93万亿元，粮食产量稳定在760亿斤以上。"
    assert only("甲省", text, "", "粮食产量", "amount") == (None, None)
    assert only("甲省", text, "", "地区生产总值", "amount") == ("4.93万亿元", None)


@pytest.fixture
def years() -> list[Report]:
    return [
        report_of("海拉尔区", 2014, "地区生产总值增长10.1%。", "地区生产总值增长11%。"),
        report_of("乙省", 2014, "地区生产总值253亿元，增长8%。", "地区生产总值增长7%。"),
        report_of("海拉尔区", 2013, "地区生产总值增长18.5%。", "地区生产总值增长20%。"),
        report_of("呼伦贝尔市海拉尔区", 2015, "地区生产总值下降1%。", "地区生产总值增长4%—5%。"),
    ]


def test_by_place_and_year_with_the_plan_of_the_year_before(years: list[Report]) -> None:
    rows = rows_of(years, "地区生产总值")
    assert [(row.place, row.year) for row in rows] == [
        ("海拉尔区", "2013"),
        ("海拉尔区", "2014"),
        ("呼伦贝尔市海拉尔区", "2015"),
        ("乙省", "2014"),
    ]
    assert {row.kind for row in rows} == {"growth"}, "in which most give it"
    before = [row.planned_before.text if row.planned_before else None for row in rows]
    assert before == [None, "20%", "11%", None]
    assert rows[1].difference
    assert rows[1].difference.text == "低9.9个百分点（10.1 − 20）"
    assert rows[2].difference is None, "a fall and a growth are no two values of one thing"


def test_each_figure_is_cited(years: list[Report]) -> None:
    texts = {report.id: report.text for report in years}
    for row in rows_of(years, "地区生产总值"):
        for side in (row.reached, row.planned, row.planned_before):
            if side:
                text = texts[side.citation.report_id]
                assert text[side.citation.start : side.citation.end] == side.citation.quote
                assert text[side.figure.start : side.figure.end] == side.figure.text
                assert side.citation.start <= side.figure.start
                assert side.figure.end <= side.citation.end


def test_the_difference_of_full_width_numbers_is_in_their_unit() -> None:
    reports = [report_of("甲省", 2005, "", "城镇新增就业９００万人。"), report_of("甲省", 2006, "城镇新增就业980万人。")]
    found = rows_of(reports, "城镇新增就业")[1].difference
    assert found
    assert found.text == "高80万人（980 − 900）"


def test_what_several_give_is_offered(years: list[Report]) -> None:
    found = offers(years, lambda report: given(report, normal(report.text)))
    assert [(one.indicator, one.kind, one.reports) for one in found] == [("地区生产总值", "growth", 4)]


def test_reports_are_selected(years: list[Report]) -> None:
    assert [report.id for report in select(years, None, "海拉尔", "2014")] == ["海拉尔区2014"]
    assert len(select(years, None, None, None)) == 4
    assert [report.id for report in select(years, ["乙省2014"], None, None)] == ["乙省2014"]
    for ids, place in ((["none"], None), (None, "丙省")):
        with pytest.raises(NotFound):
            select(years, ids, place, None)


@pytest.mark.parametrize(("words", "kind"), [(" ", None), ("地区生产总值", "speed")])
def test_what_cannot_be_asked(years: list[Report], words: str, kind: str | None) -> None:
    with pytest.raises(UsageError):
        rows_of(years, words, kind)


def test_as_a_table(years: list[Report]) -> None:
    table = table_of(rows_of(years, "地区生产总值"))
    assert table.json[1]["difference"]["text"] == "低9.9个百分点（10.1 − 20）"
    lines = list(csv.DictReader(io.StringIO(str(FORMATS["csv"](table)))))
    assert (lines[1]["reached_value"], lines[1]["planned_before"]) == ("10.1", "20%")
    assert "海拉尔区" in str(FORMATS["table"](table))
    assert "低9.9个百分点" in str(FORMATS["table"](table))
    assert (FORMATS["table"](table_of(())), FORMATS["json"](table_of(()))) == ("没有这样的指标。", "[]")


def test_the_real_report(engine: Engine) -> None:
    (row,) = engine.side_by_side("地区生产总值", kind="growth")
    assert row.reached
    assert row.planned
    assert (row.place, row.reached.text, row.planned.text) == ("沈阳市", "16.5%", "15%")
    assert engine.side_by_side("没有这种东西") == ()


def test_on_the_command_line(index_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["figures", "地区生产总值", "--index", str(index_folder)]
    assert main([*base, "--kind", "growth", "--by", "report", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["reached"]["text"] == "16.5%"
    assert main([*base, "--place", "沈阳"]) == 2
    assert main([*base, "--by", "report", "--status", "actual"]) == 2
    assert main([*base, "--by", "report", "--place", "大连"]) == 1


def test_the_cells_of_other_reports(other_reports: dict[str, Report]) -> None:
    """Eight indicators over 55 reports, each cell read in its text by a person: no other is shown, and none is lost."""
    reports = list(other_reports.values())
    own = {id(report): given(report, normal(report.text)) for report in reports}
    names = {id(report): name for name, report in other_reports.items()}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        rows = side_by_side(reports, reports, gold["indicator"], gold["kind"], lambda report: own[id(report)])
        by_id = {report.id: names[id(report)] for report in reports}
        shown = {
            by_id[row.report_id]: [side and side.text for side in (row.reached, row.planned)] for row in rows if row.reached or row.planned
        }
        assert shown == gold["cells"], gold["indicator"]
