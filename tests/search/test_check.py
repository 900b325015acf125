"""`wenbao check`: what a report must be told of, and what it must not be bothered with."""

from __future__ import annotations

import json

import pytest

from index.figures.extract import extract
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Report
from search import Engine
from search.check.findings import check
from search.commands.cli import main

HEAD = "甲市2007年政府工作报告\n一、2006年工作回顾\n"


def report_of(*lines: str) -> Report:
    from dataclasses import replace

    report = outline(Source("r", HEAD + "\n".join(lines), ""))
    return replace(report, figures=extract(report))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # One indicator and period with two values.
        (("地区生产总值实现2482.5亿元。", "全市地区生产总值达到2501亿元。"), "地区生产总值：2006年2482.5亿元，另一处为2501亿元"),
        (("城镇登记失业率4.1%。", "城镇登记失业率为4.3%。"), "城镇登记失业率：2006年4.1%，另一处为4.3%"),
        # What another figure's name says (城镇新增就业), or who led it (党中央), makes no part of it.
        (
            ("在党中央领导下，城镇新增就业5487人，城镇登记失业率4.1%。", "城镇登记失业率为4.3%。"),
            "城镇登记失业率：2006年4.1%，另一处为4.3%",
        ),
        (("城镇调查失业率平均为5.2%。", "城镇调查失业率为6%。"), "城镇调查失业率：2006年5.2%，另一处为6%"),
        # Parts against their total; things that are counted are not rounded.
        (("全市新增医院4所，其中农村5所。",), "新增医院2006年4所，与其组成不符：农村5所"),
        (("进出口总额100亿美元，出口60亿美元，进口50亿美元。",), "进出口总额2006年100亿美元，与其组成不符：出口60亿美元、进口50亿美元"),
        # A level and a growth against a base.
        (("财政收入由2005年的100亿元增加到2006年的120亿元，增长10%。",), "财政收入：2005年100亿元，2006年120亿元，与2006年增长10%不符"),
        # A target beside the level reached.
        (
            ("出口30.4亿美元。", "二、2007年工作安排", "出口35.5亿美元。"),
            "出口：2007年目标35.5亿美元，2006年30.4亿美元，高5.1亿美元（35.5 − 30.4）",
        ),
        (
            ("固定资产投资增长20%。", "二、2007年工作安排", "固定资产投资增长16%左右。"),
            "固定资产投资：2007年目标增长16%左右，2006年增长20%，低4个百分点（16 − 20）",
        ),
    ],
)
def test_told(lines: tuple[str, ...], text: str) -> None:
    report = report_of(*lines)
    (found,) = check(report)
    assert found.text == text
    assert len(found.figures) == len(found.citations)
    for figure, cited in zip(found.figures, found.citations, strict=True):
        assert cited.start <= figure.start < figure.end <= cited.end
        assert report.text[cited.start : cited.end] == cited.quote
        assert report.text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    "lines",
    [
        ("地区生产总值实现2482.5亿元。", "地区生产总值达到2482亿元。"),  # rounded
        ("地区生产总值实现2482.5亿元。", "地区生产总值突破2400亿元。"),  # a bound
        ("地区生产总值实现2482.5亿元。", "农村地区生产总值达到300亿元。"),  # of a part
        ("财政收入100亿元。", "财政收入比上年增加20亿元。"),  # a step
        ("出口增长20%。", "五年来出口年均增长15%，2006年出口增长20%。"),  # an average
        ("固定资产投资100亿元。", "高新区新开工企业30家，固定资产投资20亿元。"),  # of a part
        ("地区生产总值2005年100亿元，2006年110亿元。",),  # two periods
        ("完成投资3亿元。", "完成投资5亿元。"),  # two projects
        ("出口增长20%。", "二、2007年工作安排", "进口增长10%。"),  # two measures
        ("出口30亿美元。", "二、2007年工作安排", "出口增长10%。"),  # two kinds
        ("进出口总额100亿美元，出口60亿美元，进口40亿美元。",),  # adds up
        ("地区生产总值由2005年的100亿元增加到2006年的120亿元，增长10%。",),  # growth in constant prices
        ("财政收入由2005年的100亿元增加到2006年的120亿元，同口径增长10%。",),  # on another basis
        ("财政收入由2005年的100亿元增加到2006年的120亿元，增长20%。",),  # agrees
    ],
)
def test_silent(lines: tuple[str, ...]) -> None:
    assert [found.text for found in check(report_of(*lines))] == []


def test_the_command_prints_what_the_engine_finds(engine: Engine, index_folder: object, capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding.to_dict() for finding in engine.check()]
    assert main(["check", "--json", "--index", str(index_folder)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(found))
    assert main(["check", "--index", str(index_folder)]) == 0
    table = capsys.readouterr().out
    assert all(row["text"] in table for row in found)
    assert "实际利用外资：2007年目标35.5亿美元，2006年30.4亿美元，高5.1亿美元（35.5 − 30.4）" in table
    assert main(["check", "--report", "nowhere", "--index", str(index_folder)]) == 1


def test_the_real_report_disagrees_with_itself_nowhere(report: Report) -> None:
    """Read by hand: its figures agree; what is told is each target beside the level reached."""
    assert {found.kind for found in check(report)} == {"target"}


def test_reports_beside_the_project(other_reports: dict[str, Report]) -> None:
    """Nothing raises on any of them (their findings: docs/evaluation.md)."""
    for name, report in other_reports.items():
        assert all(found.text for found in check(report)), name
