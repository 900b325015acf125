"""Folders as reports: keys, corrections, what is skipped and why, and what a portal puts around a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import assemble
from index.collect import collect, report_ids
from index.errors import ReadError
from index.outline.portal import boilerplate
from index.records import Report

REPORT = (
    "甲市2011年政府工作报告\n——2011年1月9日在甲市第三届人民代表大会第一次会议上\n市长 张三\n"
    "各位代表：\n一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n"
)


def write(path: Path, text: str = REPORT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_cannot_be_read_is_listed_and_the_rest_is_there(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "copy.txt")
    write(tmp_path / "empty.txt", "\n")
    write(tmp_path / "title.txt", "乙市2012年政府工作报告\n")
    write(tmp_path / "old.doc", "")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xff\xff")
    found = collect([tmp_path])
    assert [report.id for report in found.reports] == ["a"]
    reasons = {skipped.file.name: skipped.reason for skipped in found.skipped}
    assert sorted(reasons) == ["bytes.txt", "copy.txt", "empty.txt", "old.doc", "title.txt"]
    for name, said in [("copy.txt", "与 a 的内容完全相同"), ("empty.txt", "空"), ("title.txt", "没有正文"), ("old.doc", "格式")]:
        assert said in reasons[name]
        assert "\n" not in reasons[name]


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "")
    write(tmp_path / "b.txt", "")
    with pytest.raises(ReadError, match=r"a\.txt：文件是空的（另有 1 个文件也不能读）"):
        collect([tmp_path])


def test_files_of_one_name_get_their_folders_name_too(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("x/2012.txt", "y/2012.txt", "y/2013.txt", "z/y/2012.txt")]
    assert list(report_ids(files).values()) == ["x_2012", "y_2012", "2013", "y_2012_2"]


def test_provenance_corrects_the_masthead_and_the_years_of_the_parts(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", REPORT.replace("2010年", "").replace("2011年", ""))
    assert collect([file]).reports[0].year_reported is None
    write(tmp_path / "provenance.toml", '[a]\ntitle = "甲市报告"\nplace = "甲市"\ndate = 2011-02-03\nyear_planned = 2011\n')
    report = collect([file]).reports[0]
    assert (report.title, report.place, report.date) == ("甲市报告", "甲市", "2011-02-03")
    assert (report.year_reported, report.year_planned, report.speaker) == ("2010", "2011", "张三")
    assert [(section.year, section.status) for section in report.sections] == [("2010", "actual")]
    assert report.figures[0].period == "2010"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("https://www.shenyang.gov.cn/a.html?b=1&c=2", True),
        ("http://a.gov.cn/报告.html", True),
        ("given with the task as a.txt; no address was given", False),
        ("javascript:alert(1)", False),
        ("https://a.gov.cn/ 见附件", False),
    ],
)
def test_a_source_that_is_an_address_is_kept_with_the_report(tmp_path: Path, source: str, kept: bool) -> None:
    file = write(tmp_path / "a.txt", REPORT)
    write(tmp_path / "provenance.toml", f'[a]\nsource = "{source}"\n')
    assert collect([file]).reports[0].source == (source if kept else None)


@pytest.mark.parametrize(
    ("text", "said"),
    [("[a", "不是有效的 TOML"), ('[a]\ndate = "昨天"', "date"), ("[a]\nyear_planned = 7", "四位数"), ("a = 1", "应该是一个表")],
)
def test_a_provenance_that_is_none_says_so(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path / "provenance.toml", text)
    with pytest.raises(ReadError, match=said):
        collect([write(tmp_path / "a.txt")])


PORTAL = (
    "您的位置:\n首页\n>\n要闻\n2011年甲市政府工作报告\n来源:\n甲市日报\n2011-01-12 09:02:33\n【字体：\n大\n中\n小\n】\n分享:\n"
    "——2011年1月9日在甲市第三届人民代表大会第一次会议上\n市长 张三\n市长张三作政府工作报告。记者 李四 摄\n各位代表：\n"
    "一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n各地打印社不断增加，下载量达到30万次。\n"
    + "粮食产量稳定增长，人民生活不断改善。\n" * 20
    + "责任编辑：\n王五\n打印本页\n关闭窗口\n甲市人大会议关于政府工作报告的决议\n"
)


def test_a_portals_lines_are_no_passages(tmp_path: Path) -> None:
    found = collect([write(tmp_path / "a.txt", PORTAL)])
    report = found.reports[0]
    assert (report.title, report.date, report.speaker) == ("2011年甲市政府工作报告", "2011-01-09", "张三")
    shown = [passage.span.of(report.text) for passage in assemble(found.reports).passages]
    assert shown[:5] == [
        "——2011年1月9日在甲市第三届人民代表大会第一次会议上",
        "市长 张三",
        "各位代表：",
        "地区生产总值实现100亿元，增长9%。",
        "各地打印社不断增加，下载量达到30万次。",
    ]
    assert shown[-1] == "粮食产量稳定增长，人民生活不断改善。"
    assert len(shown) == len(report.paragraphs) == 25
    assert {figure.text for figure in report.figures} >= {"100亿元", "30万次"}


def test_a_report_without_a_portal_keeps_every_paragraph(report: Report) -> None:
    assert boilerplate(report) == frozenset()


BUTTONS = ("下载", "打印", "收藏", "【字号：", "来源", "时间：", "相关报道", "分享", "打印本页", "首页", "扫一扫")


def test_every_report_beside_the_project_is_read(other_reports: dict[str, Report]) -> None:
    """Title, place and years of all; day and speaker of all whose text gives them; no button among the passages."""
    assert len(other_reports) == 55
    undated, unnamed = [], []
    for name, report in other_reports.items():
        assert report.title.endswith("政府工作报告"), name
        assert report.place, name
        assert report.year_planned, name
        assert report.year_planned in (name.removesuffix(".txt")[-4:], "2026"), name
        assert name.startswith("gb18030") or (report.place == "全国") == name.startswith("national"), name
        undated += [name] if report.date is None else []
        unnamed += [name] if report.speaker is None else []
        assert len(report.sections) >= 2 or name == "national_1954.txt", name
        assert len(report.figures) >= 30, name
        starts = [passage.span.of(report.text) for passage in assemble([report]).passages]
        assert not [text for text in starts if text.startswith(BUTTONS) and len(text) < 20], name
    assert undated == ["national_2008.txt", "national_2015.txt", "national_2017.txt", "national_2018.txt"]
    assert unnamed == ["national_2008.txt", "national_2017.txt", "national_2018.txt"]
