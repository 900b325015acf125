"""Tables as figures: row and column heads, units of heads and captions, years and status of columns, what is no number."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.collect import read_reports
from index.outline.genre import genre_of
from index.records import Figure, Genre, Report
from tests.invariants import check_report

HEAD = "# 甲市2007年政府工作报告\n\n各位代表：\n\n## 一、2006年工作回顾\n\n经济平稳增长。\n\n"
COMMUNIQUE = "# 甲市2025年国民经济和社会发展统计公报\n\n## 一、综合\n\n初步核算，全年地区生产总值100亿元，比上年增长5%。\n\n"


def read(tmp_path: Path, text: str, name: str = "a.md") -> Report:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (report,) = read_reports(tmp_path / name)
    assert isinstance(report, Report)
    check_report(report)
    return report


def cells(report: Report) -> list[Figure]:
    return [figure for figure in report.figures if any(figure.clause == cell.span for table in report.tables for cell in table.cells)]


def said(figure: Figure) -> tuple[str, str, str | None, str | None, str | None, str | None]:
    return figure.text, figure.indicator, figure.unit_written, figure.unit, figure.period, figure.status


def test_a_plan_beside_what_was_reached(tmp_path: Path) -> None:
    report = read(
        tmp_path, HEAD + "| 指标 | 2006年完成 | 2007年目标 |\n|--|--|--|\n| 财政收入（亿元） | 12.5 | 15 |\n| 城镇化率（%） | 50 | 51% |\n"
    )
    assert [said(figure) for figure in cells(report)] == [
        ("12.5", "财政收入（亿元） 2006年完成", "亿元", "元", "2006", "actual"),
        ("15", "财政收入（亿元） 2007年目标", "亿元", "元", "2007", "target"),
        ("50", "城镇化率（%） 2006年完成", "%", "%", "2006", "actual"),
        ("51%", "城镇化率（%） 2007年目标", "%", "%", "2007", "target"),
    ]
    assert [str(figure.value) for figure in cells(report)][:2] == ["1.25E+9", "1.5E+9"]


def test_units_of_a_column_and_growth_in_per_cent(tmp_path: Path) -> None:
    report = read(
        tmp_path,
        COMMUNIQUE + "表1 主要产品产量\n\n| 产品 | 单位 | 产量 | 比上年增长（%） |\n|--|--|--|--|\n| 原煤 | 万吨 | 1,774.5 | -5.4 |\n",
    )
    level, growth = cells(report)
    assert said(level) == ("1,774.5", "原煤 产量", "万吨", "吨", "2025", "actual")
    assert said(growth) == ("-5.4", "原煤 比上年增长", "%", "%", "2025", "actual")
    assert (str(level.value), str(growth.value), growth.direction, growth.kind) == ("1.7745E+7", "5.4", "down", "growth")
    assert report.tables[0].title == "表1主要产品产量"


def test_the_caption_says_the_unit_and_a_dash_is_no_figure(tmp_path: Path) -> None:
    table = "| 项目 | 预算数 | 完成数 |\n|--|--|--|\n| 税收收入 | 300 | 310 |\n| 捐赠收入 | - | 5 |\n| 合计 | 300 | 315 |\n"
    report = read(tmp_path, HEAD + "2006年财政收入完成情况表\n\n单位：万元\n\n" + table)
    assert [said(figure)[:3] for figure in cells(report)] == [
        ("300", "税收收入 预算数", "万元"),
        ("310", "税收收入 完成数", "万元"),
        ("5", "捐赠收入 完成数", "万元"),
        ("300", "合计 预算数", "万元"),
        ("315", "合计 完成数", "万元"),
    ]
    assert [figure.status for figure in cells(report)] == ["target", "actual", "actual", "target", "actual"]
    (table_read,) = report.tables
    assert (table_read.unit, table_read.heads, table_read.stubs, table_read.totals) == ("万元", 1, 1, (3,))


def test_rows_of_one_name_are_told_apart_by_what_they_are_a_part_of(tmp_path: Path) -> None:
    rows = "| 客运总量 | 万人 | 30 |\n| 公路 | 万人 | 20 |\n| 货运总量 | 万吨 | 9 |\n| 公路 | 万吨 | 7 |\n"
    report = read(tmp_path, COMMUNIQUE + "| 指标 | 单位 | 绝对数 |\n|--|--|--|\n" + rows)
    assert [figure.indicator for figure in cells(report)] == ["客运总量", "客运总量 公路", "货运总量", "货运总量 公路"]


def test_a_table_twice_as_wide_has_two_rows_in_one(tmp_path: Path) -> None:
    report = read(tmp_path, COMMUNIQUE + "| 行业 | 增速（%） | 行业 | 增速（%） |\n|--|--|--|--|\n| 采矿业 | 3.5 | 房地产业 | -22.3 |\n")
    assert [(figure.text, figure.indicator) for figure in cells(report)] == [("3.5", "采矿业 增速"), ("-22.3", "房地产业 增速")]


def test_merged_heads_over_two_rows(tmp_path: Path) -> None:
    page = (
        "<h1>甲市2025年国民经济和社会发展统计公报</h1><p>初步核算，全年地区生产总值100亿元。</p><p>全市情况如下。</p>"
        "<table><tr><td rowspan=2>指标</td><td colspan=2>全市</td></tr><tr><td>2024年（亿元）</td><td>2025年（亿元）</td></tr>"
        "<tr><td>进口</td><td>1.5</td><td>1.8</td></tr><tr><td>出口</td><td>2.5</td><td>2.8</td></tr></table>"
    )
    report = read(tmp_path, page, "a.html")
    assert [(figure.text, figure.indicator, figure.period) for figure in cells(report)] == [
        ("1.5", "进口 全市", "2024"),
        ("1.8", "进口 全市", "2025"),
        ("2.5", "出口 全市", "2024"),
        ("2.8", "出口 全市", "2025"),
    ]
    assert report.tables[0].heads == 2


def test_a_cell_that_says_a_sentence_is_read_as_one(tmp_path: Path) -> None:
    told = "新建学校12所，新增学位3万个，改造老旧小区20个，惠及居民5000户，持续改善城乡居民的生活条件。"
    report = read(
        tmp_path, HEAD + f"| 序号 | 领域 | 内容 |\n|--|--|--|\n| 1 | 民生 | {told} |\n| 2 | 交通 | {told.replace('12', '13')} |\n"
    )
    assert [figure.text for figure in report.figures][:4] == ["12所", "3万个", "20个", "5000户"]
    assert "1" not in [figure.text for figure in report.figures]


@pytest.mark.parametrize(
    ("title", "text", "genre"),
    [
        ("甲市2007年政府工作报告", "各位代表：\n", "work_report"),
        ("甲市2025年国民经济和社会发展统计公报", "", "communique"),
        ("关于甲市2025年预算执行情况与2026年预算草案的报告", "各位代表：\n", "budget"),
        ("甲省国民经济和社会发展第十四个五年规划纲要", "", "plan"),
        ("甲市中级人民法院工作报告", "各位代表：\n", "other"),
        (None, "各位代表：\n现在，我代表市人民政府向大会报告工作。\n一、2006年工作回顾\n", "work_report"),
        (None, "1月5日，甲市第五届人民代表大会第二次会议开幕。\n报告指出，经济平稳增长。\n", "news"),
        (None, "一封信。\n", "other"),
    ],
)
def test_the_kind_of_a_document(title: str | None, text: str, genre: Genre) -> None:
    assert genre_of(title, text) == genre


def test_a_communique_is_of_its_year_and_a_plan_of_all_of_its_own(tmp_path: Path) -> None:
    report = read(tmp_path, COMMUNIQUE + "财政自给率由上年的12.4%升至14.1%。\n")
    assert (report.year, report.year_reported, report.year_planned) == ("2025", "2025", None)
    assert [(figure.text, figure.period, figure.status) for figure in report.figures] == [
        ("100亿元", "2025", "actual"),
        ("5%", "2025", "actual"),
        ("12.4%", "2024", "actual"),
        ("14.1%", "2025", "actual"),
    ]
    head = "# 甲市国民经济和社会发展第十四个五年规划纲要\n\n## 第一章 目标\n\n"
    plan = read(tmp_path, f"{head}生产总值年均增长6%，森林覆盖率提高到50%。到2023年，建成学校8所。\n")
    assert (plan.year, plan.year_last) == ("2021", "2025")
    assert [(figure.text, figure.period) for figure in plan.figures] == [("6%", "2021-2025"), ("50%", "2025"), ("8所", "2023")]


def test_where_title_place_date_and_year_come_from(tmp_path: Path) -> None:
    report = read(tmp_path, "---\ntitle: 甲市2011年政府工作报告\ndate: 2011-01-09\n---\n\n各位代表：\n\n## 工作回顾\n\n增长9%。\n")
    assert (report.title, report.place, report.date, report.year) == ("甲市2011年政府工作报告", "甲市", "2011-01-09", "2011")
    assert dict(report.origins) == dict.fromkeys(("title", "place", "date", "year"), "metadata")
    named = read(tmp_path, "各位代表：\n\n## 工作回顾\n\n增长9%。\n", "甲市2012年政府工作报告.md")
    assert (named.title, named.year, dict(named.origins)["year"]) == ("甲市2012年政府工作报告", "2012", "file name")


def test_terms_of_a_glossary_and_of_notes(tmp_path: Path) -> None:
    glossary = "\n名词解释\n1.“三保”：指保基本民生、保工资、保运转。\n2.全口径税收。全口径税收是指全部税收收入。\n"
    (tmp_path / "a.txt").write_text(
        f"甲市2011年政府工作报告\n各位代表：\n一、2010年工作回顾\n落实“三保”，增长9%。{glossary}", encoding="utf-8"
    )
    (report,) = read_reports(tmp_path / "a.txt")
    assert isinstance(report, Report)
    assert [term.span.of(report.text) for term in report.terms] == ["三保", "全口径税收"]
    assert report.terms[0].definition.of(report.text).endswith("保运转。")
    noted = read(tmp_path, COMMUNIQUE + "注：\n\n1.原保险保费收入是指保险合同的收入。\n\n2.第一产业是指农业；第二产业是指工业。\n")
    assert [term.span.of(noted.text) for term in noted.terms] == ["原保险保费收入", "第一产业", "第二产业"]
    assert [section.path[-1] for section in noted.sections] == ["一、综合"]


def test_notes_that_are_announced_are_no_headings_and_a_label_is_no_term(tmp_path: Path) -> None:
    noted = read(
        tmp_path, COMMUNIQUE + "说明：\n\n1.本公报数据均为初步统计数。\n\n2.常住人口是指住满半年的人。\n\n3.资料来源：市财政局。\n"
    )
    assert [section.path[-1] for section in noted.sections] == ["一、综合"]
    assert [term.span.of(noted.text) for term in noted.terms] == ["常住人口"]
