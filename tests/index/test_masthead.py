"""What stands above the first heading: title, place, date, speaker, years."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.outline.masthead import Masthead, read
from index.records import Report
from index.text import normal


def masthead(text: str, name: str = "file") -> Masthead:
    return read(text, normal(text), name)


def test_the_real_report(report: Report) -> None:
    assert report.title == "沈阳市2007年政府工作报告"
    assert report.title_span is not None
    assert report.title_span.of(report.text) == report.title
    assert (report.place, report.date) == ("沈阳市", "2007-01-19")
    assert (report.speaker, report.office) == ("李英杰", "市长")
    assert (report.year_reported, report.year_planned) == ("2006", "2007")


@pytest.mark.parametrize(
    ("head", "title", "date", "planned"),
    [
        ("沈阳市2007年政府工作报告\n——2007年1月19日通过\n", "沈阳市2007年政府工作报告", "2007-01-19", "2007"),
        ("政府工作报告\n二〇〇六年三月五日在第十届全国人民代表大会上\n", "2006年政府工作报告", "2006-03-05", "2006"),
        ("二○○七年政府工作报告\n——2007年１月９日\n", "二○○七年政府工作报告", "2007-01-09", "2007"),
        ("2008年甲市政府工作报告\n二〇〇八年十二月二十一日\n", "2008年甲市政府工作报告", "2008-12-21", "2008"),
        ("甲市\n政 府 工 作 报 告\n2009年2月10日\n", "2009年政府工作报告", "2009-02-10", "2009"),
        ("丙省政府工作报告\n一、2015年工作回顾\n", "2016年丙省政府工作报告", None, "2016"),
        ("甲市二零一一年的一些事\n没有标题\n", "file", None, None),
    ],
)
def test_title_date_and_year(head: str, title: str, date: str | None, planned: str | None) -> None:
    found = masthead(head)
    assert (found.title, found.date, found.year_planned) == (title, date, planned)
    assert found.year_reported == (str(int(planned) - 1) if planned else None)


@pytest.mark.parametrize(
    ("line", "office", "speaker"),
    [
        ("市长 李英杰", "市长", "李英杰"),
        ("省长　王　浩", "省长", "王浩"),
        ("市长：张三丰", "市长", "张三丰"),
        ("代区长 欧阳锋", "代区长", "欧阳锋"),
        ("国务院总理 温家宝", "国务院总理", "温家宝"),
        ("甲市人民政府", None, None),
    ],
)
def test_speaker(line: str, office: str | None, speaker: str | None) -> None:
    found = masthead(f"甲市2011年政府工作报告\n{line}\n各位代表：\n")
    assert (found.office, found.speaker) == (office, speaker)


def test_a_deputy_is_not_the_mayor() -> None:
    assert masthead("甲市2011年政府工作报告\n常务副市长 张三丰\n各位代表：\n").office in (None, "副市长", "常务副市长")


def test_a_session_gives_the_place() -> None:
    found = masthead("政府工作报告\n2010年1月9日在甲州市第三届人民代表大会第一次会议上\n")
    assert found.place == "甲州市"
    assert found.title == "甲州市2010年政府工作报告"


def test_the_other_reports_have_the_years_of_the_manifest(shared: Path, other_reports: dict[str, Report]) -> None:
    rows = [line.split("\t") for line in (shared / "reports" / "manifest.tsv").read_text(encoding="utf-8").splitlines()]
    expected = {file: year for file, _, year, *_ in rows[1:]}
    assert {file: found.year_planned for file, found in other_reports.items()} == expected


MASTHEADS = (
    ("　　各位代表：　　现在，我代表国务院，向大会报告政府工作。　　一、2016年工作回顾", None, "2017年政府工作报告"),
    ("　　新华社电　　 政府工作报告　　——2019年3月5日在第十三届全国人民代表大会", "2019-03-05", "2019年政府工作报告"),
    (
        "3月5日，总理在第十一届全国人民代表大会上作政府工作报告。\n我代表国务院报告工作\n一、2011年工作回顾",
        "2012-03-05",
        "2012年政府工作报告",
    ),
    ("政府工作报告\n——2026年1月26日在甲省第十四届\n人民代表大会上", "2026-01-26", "甲省2026年政府工作报告"),
    ("2026年甲省政府工作报告\n2026年02月10日 07时41分\n2026年2月3日在甲省第十四届人民代表大会上", "2026-02-03", "2026年甲省政府工作报告"),
)


@pytest.mark.parametrize(("head", "date", "title"), MASTHEADS)
def test_mastheads_of_portals_and_single_lines(head: str, date: str | None, title: str) -> None:
    found = masthead(head)
    assert (found.place, found.date, found.title) == ("甲省" if "甲省" in head else "全国", date, title)


@pytest.mark.parametrize(
    ("line", "speaker"),
    [("自治区主席 嘎玛泽登", "嘎玛泽登"), ("省长王小明作政府工作报告。", "王小明"), ("自治区主席 艾尔肯·吐尼亚孜", "艾尔肯·吐尼亚孜")],
)
def test_longer_names_and_captions(line: str, speaker: str) -> None:
    assert masthead(f"甲省2011年政府工作报告\n{line}\n各位代表：\n").speaker == speaker
