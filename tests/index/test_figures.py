"""Figures: the developers' records on the real report, sentences with all their figures, sentences with none."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.figures.extract import extract
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Figure, Report

DATA = Path(__file__).parents[1] / "data"
LEAD = "甲市2007年政府工作报告\n一、2006年工作回顾\n"


def rows(name: str) -> list[Any]:
    return [
        pytest.param(line, id=f"{name}:{number}")
        for number, line in enumerate((DATA / name).read_text(encoding="utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
    ]


def figures_of(sentence: str) -> tuple[Figure, ...]:
    return extract(outline(Source("r", LEAD + sentence, "")))


def described(figure: Figure) -> str:
    value = f"{figure.value.normalize():f}" + ("" if figure.value_to is None else f"-{figure.value_to.normalize():f}")
    return f"{figure.text} {value} {figure.unit or '–'} {figure.kind}"


def on_line(report: Report, line: int) -> list[Figure]:
    return [figure for figure in report.figures if report.paragraph(figure.paragraph).line == line]


@pytest.mark.parametrize("row", rows("figures/shenyang_given.jsonl"))
def test_a_record_is_found_with_all_its_fields(report: Report, row: str) -> None:
    gold = json.loads(row)
    found = [figure for figure in on_line(report, gold.pop("line")) if figure.text == gold["text"]]
    assert len(found) == 1
    figure = found[0]
    assert all(word in figure.indicator for word in gold.pop("indicator").split()), figure.indicator
    assert Decimal(gold.pop("value")) == figure.value
    assert {key: getattr(figure, key) for key in gold} == gold


@pytest.mark.parametrize("row", rows("cases/figures.txt"))
def test_all_figures_of_a_sentence(row: str) -> None:
    sentence, *expected = (cell.strip() for cell in row.split("|"))
    assert [described(figure) for figure in figures_of(sentence)] == expected


@pytest.mark.parametrize("row", rows("cases/indicator.txt"))
def test_what_each_number_of_a_sentence_measures(row: str) -> None:
    sentence, *expected = (cell.strip() for cell in row.split("|"))
    assert [f"{figure.text} {figure.indicator}" for figure in figures_of(sentence)] == expected


@pytest.mark.parametrize("row", rows("cases/not_figures.txt"))
def test_no_figure(row: str) -> None:
    assert [figure.text for figure in figures_of(row)] == []


@pytest.mark.parametrize(
    ("sentence", "text", "modifier"),
    [
        ("预计地区生产总值实现100亿元，增长9%。", "100亿元", "预计"),
        ("预计地区生产总值实现100亿元，增长9%。", "9%", None),  # 预计 goes with the first figure
        ("失业率控制在5%以内。", "5%", "以内"),
        ("覆盖率达到92%以上。", "92%", "以上"),
        ("农产品加工企业达2000余家。", "2000余家", "余"),
        ("首次突破30亿美元。", "30亿美元", "突破"),
        ("投资超1000万美元以上项目40个。", "1000万美元", "超 以上"),
        ("至少引进3家银行。", "3家", "至少"),
        ("天数保持在320天以上。", "320天", "以上"),
        ("增长约9%。", "9%", "约"),
        ("增长9%左右。", "9%", "左右"),
        ("增长9%。", "9%", None),
    ],
)
def test_modifier(sentence: str, text: str, modifier: str | None) -> None:
    found = {figure.text: figure for figure in figures_of(sentence)}
    assert found[text].modifier == modifier


@pytest.mark.parametrize(
    ("sentence", "text", "role"),
    [
        ("新开工投资500万元以上工业项目1370个。", "500万元", "threshold"),
        ("新开工投资500万元以上工业项目1370个。", "1370个", "value"),
        ("培育年销售额超30亿元的企业20家。", "30亿元", "threshold"),
        ("占比由46.9%提高到51.2%。", "46.9%", "base"),
        ("占比由46.9%提高到51.2%。", "51.2%", "value"),
        ("外资首次突破30亿美元。", "30亿美元", "value"),
    ],
)
def test_role(sentence: str, text: str, role: str) -> None:
    assert {figure.text: figure.role for figure in figures_of(sentence)}[text] == role


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("出口增长20%。", "up"),
        ("能耗下降4.5%。", "down"),
        ("占比为62%。", None),
        ("指数提高11.4个百分点。", "up"),
        ("指数降低0.3个百分点。", "down"),
        ("出口26亿元。", None),
    ],
)
def test_direction_never_changes_the_value(sentence: str, direction: str | None) -> None:
    (figure,) = figures_of(sentence)
    assert figure.direction == direction
    assert figure.value > 0


@pytest.mark.parametrize(
    ("sentence", "period", "status"),
    [
        ("出口增长20%。", "2006", "actual"),
        ("2005年出口26亿元。", "2005", "actual"),
        ("到2010年出口将达到50亿元。", "2010", "target"),
        ("“十五”期间累计出口100亿元。", "2001-2005", "actual"),
        ("五年来累计出口100亿元。", "2002-2006", "actual"),
        ("出口比去年增长20%。", "2006", "actual"),
        ("出口连续6年保持30%以上增长。", "2001-2006", "actual"),
        ("近三年，出口累计100亿元。", "2004-2006", "actual"),
        ("“十一五”年均增长7.5%。", "2006-2010", "target"),
        ("出口50亿元，是2000年的3倍。", "2006", "actual"),
        ("出口增速20%，为1985年以来最高。", "2006", "actual"),
        ("面向2030年的科技项目启动，新建6个示范区。", "2006", "actual"),
    ],
)
def test_period_and_status(sentence: str, period: str, status: str) -> None:
    found = {(figure.period, figure.status) for figure in figures_of(sentence) if figure.kind != "duration"}
    assert found == {(period, status)}


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        ("经济总量占全国比重升至6.5%左右。", "全国"),
        ("民生支出占比稳定在65%以上。", None),
        ("农村低保标准占城镇低保标准的最低比例达到80%。", "城镇低保标准"),
        ("教育经费支出占国内生产总值比例继续超过4%。", "国内生产总值"),
        ("新兴产业产值占规上工业比重分别达42.1%、52.1%。", "规上工业"),
    ],
)
def test_the_whole_ends_before_the_share_is_named(sentence: str, of: str | None) -> None:
    assert {figure.of for figure in figures_of(sentence)} == {of}


@pytest.mark.parametrize(
    ("sentence", "kind", "direction"),
    [("居民消费价格上涨2%。", "growth", "up"), ("PM2.5浓度改善10.8%。", "growth", "down"), ("保持8%的增长率。", "growth", "up")],
)
def test_a_change_is_a_growth(sentence: str, kind: str, direction: str) -> None:
    assert [(figure.kind, figure.direction) for figure in figures_of(sentence)] == [(kind, direction)]


def test_a_number_beside_the_aim_is_of_its_kind() -> None:
    assert [f.kind for f in figures_of("广义货币增长11.3%，低于13%左右的预期目标。")] == ["growth", "growth"]


def test_each_of_a_list_of_bases_is_one() -> None:
    found = figures_of("城乡居民收入从2001年的46503元和16935元分别提高到58794元和23184元。")
    assert [(f.role, f.period) for f in found] == [("base", "2001"), ("base", "2001"), ("value", "2006"), ("value", "2006")]
    assert {f.indicator for f in found} == {"城乡居民收入"}


@pytest.mark.parametrize("sentence", ["销售收入超亿元的非公企业达到20家。", "海拔5000米以上乡镇实现供暖。", "惠及3岁以下婴幼儿。"])
def test_a_bound_on_what_is_counted_is_a_threshold(sentence: str) -> None:
    assert figures_of(sentence)[0].role == "threshold"


def test_what_a_share_is_a_share_of(report: Report) -> None:
    found = {figure.text: figure.of for line in (12, 32, 33) for figure in on_line(report, line) if figure.of}
    assert found == {"62%": "地区生产总值", "42%": "农户总数", "36%": "农作物总面积"}


def test_a_list_of_numbers_belongs_to_a_list_of_measures(report: Report) -> None:
    assert {f.text: f.indicator for f in on_line(report, 31)} == {
        "319.5万吨": "粮食总产量",
        "73.5万吨": "肉 产量",
        "44.8万吨": "蛋 产量",
        "22万吨": "奶产量",
    }


def test_no_figure_stands_in_a_heading(report: Report) -> None:
    for section in report.sections:
        assert not any(section.span.overlaps(figure.span) for figure in report.figures)


def told(*lines: str) -> list[tuple[str, str | None, str | None]]:
    found = figures_of("\n".join(lines))
    return [(figure.text, figure.period, figure.status) for figure in found if figure.kind != "duration"]


def test_a_base_has_its_year_and_an_average_the_years_since() -> None:
    sentence = "出口由2001年的10亿元增加到2006年的20亿元，年均增长15%；进口由5亿元增加到8亿元。"
    assert told(sentence) == [
        ("10亿元", "2001", "actual"),
        ("20亿元", "2006", "actual"),
        ("15%", "2002-2006", "actual"),
        ("5亿元", "2001", "actual"),
        ("8亿元", "2006", "actual"),
    ]


def test_last_year_may_be_that_of_a_base() -> None:
    assert told("今年用于教育的投入，将由去年的1076亿元增加到1562亿元。") == [
        ("1076亿元", "2006", "actual"),
        ("1562亿元", "2007", "target"),
    ]


def test_a_stretch_of_years_lasts_until_another_is_said() -> None:
    found = told(
        "五年来，我们顶住压力。", "——出口增加到20亿元。", "——进口增加到8亿元。", "刚刚过去的2006年，外资增加到5亿元。", "投资3亿元。"
    )
    assert [period for _, period, _ in found] == ["2002-2006", "2002-2006", "2006", "2006"]


def test_a_part_that_plans_tells_of_past_years_in_a_paragraph_only() -> None:
    found = told("二、2007年工作安排", "去年，我们投入3亿元。", "出口增长20%。", "取消了原先4亿元收费，补助标准由20元提高到40元。")
    assert found == [
        ("3亿元", "2006", "actual"),
        ("20%", "2007", "target"),
        ("4亿元", "2007", "actual"),
        ("20元", "2007", None),
        ("40元", "2007", "target"),
    ]


def test_a_bare_measure_takes_what_it_is_of() -> None:
    (figure, growth) = figures_of("第三产业较快发展，实现增加值1209.6亿元，增长13.1%。")
    assert "第三产业" in figure.indicator
    assert "增加值" in figure.indicator
    assert growth.indicator == figure.indicator


def test_a_bound_holds_for_a_list() -> None:
    assert [f.modifier for f in figures_of("城镇和农村居民收入分别超过8万元、4.5万元。")] == ["超过", "超过"]
    assert [f.modifier for f in figures_of("覆盖率分别达到90%和98%以上。")] == ["以上", "以上"]
