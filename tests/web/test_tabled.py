"""The figure table: what stands in one row, what a row says and sorts by, what is apart, and the file made of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from openpyxl import load_workbook

from index.records import Report
from search.check.findings import check
from search.export import Table, as_csv, as_xlsx
from search.levels import Level, levels
from search.results import FigureResult, figure_result
from tests.web.samples import HOSTILE, figure
from tests.web.samples import report as made
from web.address import Wanted
from web.strings import LANGUAGES, words
from web.views.tabled import MOST, as_table, shown

SAY = words("zh")
ALL = Wanted("figures")
NUMBERS = ("数值", "数值上限", "增长", "增长上限", "章节内第几段", "段落")


def of(report: Report, name: str = "") -> list[FigureResult]:
    return [figure_result(report, one) for one in report.figures if name in one.indicator]


def seen(report: Report, found: Sequence[FigureResult], language: str = "zh", wanted: Wanted = ALL) -> Element:
    """The view as elements, for it is well-formed."""
    return ElementTree.fromstring(shown(wanted, found, check(report), report, words(language)))


def alone(text: str, *found: FigureResult, language: str = "zh") -> Element:
    """The view of figures of a report of one paragraph."""
    return seen(made(text), [replace(one, paragraph=1, report_id="r") for one in found], language)


def text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def lines(view: Element, table: str = "table[@id='table']") -> list[list[str]]:
    return [[text(cell) for cell in row] for row in view.findall(f".//{table}/tbody/tr")]


def link_to(view: Element, shown_as: str) -> Element:
    return next(link for link in view.iter("a") if link.text == shown_as)


def told(view: Element) -> str:
    return text(view.find("p"))


def test_a_level_and_its_growth_are_one_row_as_the_report_writes_them(report: Report) -> None:
    view = seen(report, of(report))
    time = "2006年 · 完成（预计数）"
    assert lines(view)[0] == ["全市地区生产总值", "2482.5亿元", "16.5%", "预计", time, "一、2006年政府工作回顾"]


def test_a_growth_joins_no_level_of_another_paragraph_period_or_role() -> None:
    level, growth = figure("100亿元", 0), figure("9%", 7, kind="growth", unit="%", direction="up")
    assert levels([level, growth]) == [Level(level, growth)]
    assert levels([level, growth, growth]) == [Level(level, growth), Level(growth)]
    for other in (
        replace(level, paragraph=5),
        replace(level, period="2005"),
        replace(level, role="threshold"),
        replace(level, kind="rank"),
    ):
        assert levels([other, growth]) == [Level(other), Level(growth)]


def test_what_is_said_is_what_the_rows_show(report: Report) -> None:
    found = of(report)
    view = seen(report, found, wanted=Wanted("figures", year="2006"))
    counts = [int(number) for number in re.findall(r"\d+", told(view))]
    table, apart = view.find("table"), view.find("details/table")
    assert table is not None
    assert apart is not None
    assert counts == [len(lines(view)), len([*table.iter("a")]), len(lines(view, "details/table"))]
    assert counts[0] < counts[1]
    assert counts[1] + counts[2] == len(found)
    assert (view.get("data-say"), view.get("data-url")) == (told(view), "view=figures&year=2006")


def test_a_number_leads_to_its_sentence_and_has_it_as_its_title(report: Report) -> None:
    view = seen(report, of(report, "外资"))
    number, growth = link_to(view, "30.4亿美元"), link_to(view, "43.4%")
    sentence = "——实际利用外资实现30.4亿美元，增长43.4%，首次突破30亿美元；"
    assert {(one.get("href"), one.get("title"), one.get("class")) for one in (number, growth)} == {("#p-9", sentence, "place")}
    for one in (number, growth):
        start, end = map(int, (one.get("data-marks") or "").split("-"))
        assert report.text[start:end] == one.text


def test_the_title_is_one_sentence_of_the_paragraph(report: Report) -> None:
    title = link_to(seen(report, of(report)), "26.5亿美元").get("title") or ""
    assert title.startswith("进出口贸易稳步增长")
    assert title.endswith("增长20%。")


def test_durations_ranks_and_thresholds_stand_apart(report: Report) -> None:
    view = seen(report, of(report))
    apart = view.find("details/table")
    assert apart is not None
    assert {"14年", "第7位", "500万元"} <= {link.text for link in apart.iter("a")}
    assert {text(note) for note in apart.iter("small")} == {"时长", "位次", "门槛"}
    assert text(view.find("details/summary")) == f"其余 {len(lines(view, 'details/table'))} 个：时长、日期、位次、门槛"
    assert view.find("table//small") is None


def test_where_only_such_numbers_are_left_they_are_the_table(report: Report) -> None:
    durations = [one for one in of(report) if one.kind == "duration"]
    view = seen(report, durations)
    assert [row[1] for row in lines(view)] == [f"时长 {one.text}" for one in durations]
    assert view.find("details[@class='apart']") is None
    assert told(view) == "7 行，7 个数字"


def test_numbers_sort_by_their_base_value_within_their_unit(report: Report) -> None:
    cells = {cell[0].text: (cell.get("data-value"), cell.get("data-unit")) for cell in seen(report, of(report)).iter("td") if len(cell)}
    assert cells["2482.5亿元"] == ("248250000000", "元")
    assert cells["11651.4元"] == ("11651.4", "元")
    assert cells["30.4亿美元"] == ("3040000000", "美元")
    assert cells["319.5万吨"] == ("3195000", "吨")
    assert cells["−4.5%"] == ("-4.5", "%")


def test_sections_sort_as_they_stand_in_the_report_and_empty_cells_by_nothing(report: Report) -> None:
    body = seen(report, of(report)).findall("table/tbody/tr")
    places = [int(row[-1].get("data-value") or "") for row in body]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert all(("data-value" in cell.attrib) == bool(text(cell)) for row in body for cell in row)


def test_each_heading_is_a_button_that_names_its_order(report: Report) -> None:
    table = seen(report, of(report)).find("table")
    assert table is not None
    heads = table.findall("thead/tr/th")
    assert [(text(head), head.get("aria-sort"), head[0].get("class")) for head in heads] == [
        (name, "none", "sort") for name in ("指标", "数值", "增长", "限定", "时期 · 状态", "章节")
    ]
    assert [name for head in heads if (name := text(head)) and "单位" in (head[0].get("title") or "")] == ["数值", "增长"]
    assert [table.get(f"data-{order}") for order in ("ascending", "descending", "none")] == ["升序", "降序", "按原文顺序"]


def test_whose_a_figure_is_can_be_read() -> None:
    share = figure("62%", 4, kind="share", unit="%", indicator="非公有制经济 增加值", of="地区生产总值")
    assert lines(alone("增加值占62%。", share))[0][0] == "非公有制经济 增加值（占地区生产总值）"


@pytest.mark.parametrize(
    ("told_as", "kind", "direction", "cells"),
    [
        ("3%", "growth", "down", ["", "−3%"]),
        ("0.4个百分点", "points", "down", ["", "−0.4个百分点"]),
        ("1倍", "multiple", "up", ["", "1倍"]),
        ("2倍", "multiple", None, ["2倍", ""]),
        ("5%", "rate", None, ["5%", ""]),
    ],
)
def test_a_change_is_no_level(told_as: str, kind: str, direction: str | None, cells: list[str]) -> None:
    one = figure(told_as, 0, kind=kind, direction=direction, value=Decimal(3))
    assert lines(alone(f"{told_as}。", one))[0][1:3] == cells


def test_no_hedge_of_a_row_is_lost() -> None:
    level, growth = figure("100亿元", 0, modifier="超过"), figure("9%", 7, kind="growth", unit="%", direction="up", modifier="左右")
    assert lines(alone("100亿元，增长9%左右。", level, growth))[0][3] == "超过；增长左右"


def test_charts_are_of_the_rows_and_findings_of_the_report(report: Report) -> None:
    targets = [one for one in check(report) if one.kind == "target"]
    charted = {name: seen(report, of(report, name)) for name in ("", "外资", "粮食")}
    assert {name: len(view.findall(".//dt")) for name, view in charted.items()} == {"": len(targets), "外资": 2, "粮食": 0}
    assert {len(view.findall(".//section[@class='findings']//li")) for view in charted.values()} == {len(check(report))}


def test_nothing_found_is_said_and_nothing_else(report: Report) -> None:
    view = seen(report, [])
    assert [(one.tag, one.get("class"), text(one)) for one in view] == [("p", "counted none", SAY["rows_none"])]
    assert view.get("data-say") == SAY["rows_none"]


@pytest.mark.parametrize(
    ("measures", "durations", "split"), [(MOST + 1, 9, (MOST, 0)), (MOST - 1, 9, (MOST - 1, 1)), (MOST - 9, 9, (MOST - 9, 9))]
)
def test_a_page_has_so_many_rows_and_says_that_the_files_have_all(measures: int, durations: int, split: tuple[int, int]) -> None:
    found = [figure("1亿元", 0)] * measures + [figure("1年", 0, kind="duration")] * durations
    view = alone("1亿元", *found)
    assert (len(lines(view)), len(lines(view, "details/table"))) == split
    assert told(view).startswith(f"{measures} 行，{measures} 个数字；另有 9 个")
    assert (f"只列 {MOST} 行" in told(view)) == (measures + durations > MOST)


def test_in_english_what_a_number_is_stands_below_it(report: Report) -> None:
    view = seen(report, of(report), "en")
    assert [text(note) for note in view.findall("table/tbody/tr[1]//small")] == ["248.25 billion yuan (expected)", "up 16.5%"]
    assert lines(view)[0][4] == "2006 · done (expected)"
    assert "Value" in [text(head) for head in view.findall("table/thead/tr/th")]
    assert not re.search("[\u4e00-\u9fff]", told(view))


def test_no_text_of_a_report_becomes_markup() -> None:
    hostile = figure(HOSTILE, 0, indicator=HOSTILE, of=HOSTILE, modifier=HOSTILE, section=(HOSTILE,), unit=HOSTILE)
    view = alone(HOSTILE, hostile)
    assert lines(view)[0][1] == HOSTILE
    assert link_to(view, HOSTILE).get("title") == HOSTILE
    assert not [one.tag for one in view.iter() if one.tag in ("img", "script")]


def table_of(report: Report, found: Sequence[FigureResult], language: str = "zh") -> Table:
    return as_table(
        levels(found), lambda _: report, words(language), lambda one: f"https://wenbao/?report={one.report_id}#p-{one.paragraph}"
    )


def filed(report: Report, found: Sequence[FigureResult]) -> list[dict[str, object]]:
    table = table_of(report, found)
    return [dict(zip(table.fields, row, strict=True)) for row in table.rows]


def test_a_row_of_the_file_is_whole(report: Report) -> None:
    first = filed(report, of(report))[0]
    assert first == {
        "指标": "全市地区生产总值",
        "占谁的比重": None,
        "原文写法": "2482.5亿元",
        "数值": Decimal("248250000000"),
        "数值上限": None,
        "单位": "元",
        "种类": "数额",
        "作用": "数值",
        "增长": Decimal("16.5"),
        "增长上限": None,
        "增长单位": "%",
        "限定": "预计",
        "时期": 2006,
        "状态": "完成（预计数）",
        "章节": ("一、2006年政府工作回顾",),
        "章节内第几段": 2,
        "段落": 6,
        "原句": "——预计全市地区生产总值实现2482.5亿元，增长16.5%，创14年来最高增幅；",
        "报告": "沈阳市2007年政府工作报告",
        "地方": "沈阳市",
        "报告日期": "2007-01-19",
        "链接": f"https://wenbao/?report={report.id}#p-6",
    }


def test_a_number_of_the_file_is_a_number_however_it_is_written(report: Report) -> None:
    file = filed(report, of(report))
    assert not [row[name] for row in file for name in NUMBERS if not isinstance(row[name], int | Decimal | None)]
    written = {row["原文写法"]: row for row in file}
    assert (written["百亿"]["数值"], written["六种"]["数值"], written["第7位"]["数值"]) == (Decimal(10) ** 10, 6, 7)
    assert written["13％"]["增长"] == 13
    assert (written["1.09吨标准煤"]["数值"], written["1.09吨标准煤"]["增长"]) == (Decimal("1.09"), Decimal("-4.5"))
    assert written["500万元"]["作用"] == "门槛"
    period = {row["时期"] for row in file}
    assert {2006, 2007, "2001-2006"} <= period


def test_a_fall_between_two_numbers_is_below_zero_at_both_ends() -> None:
    fall = figure("3%—5%", 0, kind="growth", unit="%", direction="down", value=Decimal(3), value_to=Decimal(5), paragraph=1)
    (row,) = filed(made("3%—5%"), [fall])
    assert (row["数值"], row["增长"], row["增长上限"], row["单位"], row["增长单位"]) == (None, -3, -5, None, "%")


def test_csv_and_xlsx_have_the_same_numbers(report: Report) -> None:
    table = table_of(report, of(report))
    read = list(csv.DictReader(io.StringIO(as_csv(table))))
    sheet = load_workbook(io.BytesIO(as_xlsx(table)), read_only=True).worksheets[0]
    heads, *body = sheet.iter_rows(values_only=True)
    for line, cells in zip(read, body, strict=True):
        row = dict(zip(heads, cells, strict=True))
        for name in NUMBERS:
            assert isinstance(row[name], int | float | None)
            assert Decimal(line[name] or 0) == Decimal(str(row[name] or 0))
    assert read[0]["数值"] == "248250000000"
    assert "−" not in as_csv(table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_file_has_its_own_name(report: Report, language: str) -> None:
    table = table_of(report, of(report, "外资"), language)
    assert len(set(table.fields)) == len(table.fields) == len(table.rows[0])
    assert any(re.search("[\u4e00-\u9fff]", name) for name in table.fields) == (language == "zh")


def test_the_json_is_the_contracts_with_every_figure(report: Report) -> None:
    found = of(report, "外资")
    assert sorted(map(str, table_of(report, found).json)) == sorted(str(one.to_dict()) for one in found)
