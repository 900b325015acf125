"""Text as it was meant: lines written out, run together or broken; blanks in numbers; what stands twice; several documents in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.collect import collect, read_reports
from index.errors import ReadError
from index.records import Report
from index.text import joined, normal
from tests.invariants import check_report

HEAD = "甲市2011年政府工作报告\n——2011年1月9日在甲市第三届人民代表大会第一次会议上\n各位代表：\n"
LOOK_BACK = "一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n"
AHEAD = "二、2011年工作安排\n地区生产总值增长10%以上，新增就业2万人。\n"


def read(tmp_path: Path, text: str, name: str = "a.txt") -> list[Report]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = [one for one in read_reports(tmp_path / name) if isinstance(one, Report)]
    for report in found:
        check_report(report)
    return found


def bodies(report: Report) -> list[str]:
    return [joined(paragraph.span.of(report.text)) for paragraph in report.paragraphs]


def facts(report: Report) -> list[tuple[str, str | None, str | None]]:
    return [(joined(figure.text), figure.period, figure.status) for figure in report.figures]


FACTS = [("100亿元", "2010", "actual"), ("9%", "2010", "actual"), ("10%", "2011", "target"), ("2万人", "2011", "target")]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + LOOK_BACK + AHEAD,
        (HEAD + LOOK_BACK + AHEAD).replace("\n", "\\r\\n"),
        (HEAD + LOOK_BACK + AHEAD).replace("100亿", "1 0 0 亿").replace("2万人", "2 万人").replace("9%", "9 %"),
        (HEAD + LOOK_BACK + AHEAD).replace("实现100亿元", "实现10\n0亿\n元"),
        (HEAD + LOOK_BACK + AHEAD).replace("增长9%", "增⻓9%").replace("生产", "⽣产"),
        (HEAD + LOOK_BACK + AHEAD).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        (HEAD + LOOK_BACK + "— 3 —\n" + AHEAD),
        (HEAD + LOOK_BACK + AHEAD).replace("就业", "\u200b就\u00ad业"),
    ],
    ids=[
        "plain",
        "written line ends",
        "blanks in numbers",
        "numbers over lines",
        "radicals",
        "full width",
        "page mark",
        "unseen characters",
    ],
)
def test_the_same_figures_are_read_of_a_damaged_text(tmp_path: Path, text: str) -> None:
    (report,) = read(tmp_path, text)
    assert [(normal(said), *rest) for said, *rest in facts(report)] == FACTS
    assert report.text == text
    assert (report.place, report.year, report.date) == ("甲市", "2011", "2011-01-09")


LONG = "我们坚持稳中求进工作总基调，经济社会发展取得新成绩，各项任务圆满完成，人民生活继续改善。"


def test_a_text_on_one_line_is_cut_into_sections_and_paragraphs(tmp_path: Path) -> None:
    line = f"各位代表：现在，我代表乙县人民政府报告工作。一、2010年工作回顾 {LONG * 40} 生产总值增长9%。（一）农业稳步发展。粮食增产5%。"
    (report,) = read(tmp_path, f"{line}二、2011年工作安排 生产总值增长10%。各位代表！让我们共同努力。")
    assert [section.path for section in report.sections] == [
        ("一、2010年工作回顾",),
        ("一、2010年工作回顾", "（一）农业稳步发展"),
        ("二、2011年工作安排",),
    ]
    assert report.place == "乙县"
    assert facts(report) == [("9%", "2010", "actual"), ("5%", "2010", "actual"), ("10%", "2011", "target")]


def test_lines_broken_at_a_page_width_are_joined(tmp_path: Path) -> None:
    paragraphs = [f"{LONG}其中完成投资{number}5.5亿元，增长{number}%。" for number in range(1, 9)]
    lines = [paragraph[start : start + 28] for paragraph in paragraphs for start in range(0, len(paragraph), 28)]
    (report,) = read(tmp_path, HEAD + "一、2010年工作回顾\n" + "\n".join(lines) + "\n")
    assert bodies(report)[2:] == paragraphs
    assert [said for said, *_ in facts(report)][:2] == ["15.5亿元", "1%"]


def test_a_word_alone_on_its_line_is_of_its_sentence(tmp_path: Path) -> None:
    (report,) = read(tmp_path, HEAD + "一、2010年工作回顾\n加大监督力度，认真接受审计，让\n权力\n在阳光下运行。\n农业稳定。\n")
    assert bodies(report)[2:] == ["加大监督力度，认真接受审计，让权力在阳光下运行。", "农业稳定。"]


@pytest.mark.parametrize("short", ["各位代表：", "市长 张三", "二、2011年工作安排", "附表", "（一）工业"])
def test_a_short_line_is_never_joined_to_the_next(tmp_path: Path, short: str) -> None:
    (report,) = read(tmp_path, f"{HEAD}{LOOK_BACK}{short}\n农业稳定增长。\n")
    assert bodies(report)[-1] == "农业稳定增长。"


def test_contents_are_not_counted_twice(tmp_path: Path) -> None:
    names = ["第一章 发展基础", "第二章 总体要求", "第三章 主要目标", "第四章 重点任务"]
    contents = "目 录\n" + "".join(f"{name}……{page}\n" for page, name in enumerate(names, start=1))
    text = "甲市国民经济和社会发展第十四个五年规划纲要\n" + contents + "".join(f"{name}\n{LONG}年均增长6%。\n" for name in names)
    (report,) = read(tmp_path, text)
    assert [section.path[-1] for section in report.sections] == names
    assert report.genre == "plan"
    assert facts(report) == [("6%", "2021-2025", "target")] * 4
    assert ["目录" in one.where for one in report.unread] == [True]


def test_a_report_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    once = HEAD + LOOK_BACK + AHEAD
    (report,) = read(tmp_path, once + "首页\n网站地图\n" + once)
    assert facts(report) == FACTS
    assert [one.why for one in report.unread if "相同" in one.why]


def test_a_slogan_may_stand_twice(tmp_path: Path) -> None:
    (report,) = read(tmp_path, HEAD + LOOK_BACK + "各位代表！\n农业稳定。\n各位代表！\n工业稳定。\n" + AHEAD)
    assert bodies(report).count("各位代表！") == 2
    assert report.unread == ()


def body(subject: str) -> str:
    return "".join(f"在{subject}的{number}方面，{LONG}\n" for number in "甲乙丙丁戊己庚辛壬癸子丑")


def test_each_document_of_a_file_is_a_report_of_its_own(tmp_path: Path) -> None:
    budget = "关于甲市2010年预算执行情况和2011年预算草案的报告\n——2011年1月9日在甲市第三届人民代表大会第一次会议上\n各位代表：\n"
    court = "甲市人民法院工作报告\n——2011年1月10日在甲市第三届人民代表大会第一次会议上\n各位代表：\n"
    text = (
        HEAD
        + LOOK_BACK
        + body("经济")
        + budget
        + "一、2010年预算执行情况\n财政收入20亿元。\n"
        + body("财政")
        + court
        + "受理案件3000件。\n"
        + body("审判")
    )
    reports = read(tmp_path, text)
    assert [(report.id, report.genre) for report in reports] == [("a", "work_report"), ("a_2", "budget"), ("a_3", "other")]
    assert [[said for said, *_ in facts(report)][:1] for report in reports] == [["100亿元"], ["20亿元"], ["3000件"]]
    assert all(report.text in text for report in reports)
    assert [one.why for one in reports[0].unread] == ["另作一份报告"] * 2


@pytest.mark.parametrize("page", ["403 Forbidden\nnginx", "安全验证\n请完成验证码后继续访问", "您访问的页面不存在", "站点不存在"])
def test_an_error_page_is_no_report(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "b.txt").write_text(HEAD + LOOK_BACK, encoding="utf-8")
    found = collect([tmp_path])
    assert [report.id for report in found.reports] == ["b"]
    assert "不是报告" in found.skipped[0].reason
    assert "\n" not in found.skipped[0].reason


def test_a_report_on_errors_is_one(tmp_path: Path) -> None:
    (report,) = read(tmp_path, HEAD + LOOK_BACK + "清理网站，页面不存在的情况减少80%。\n")
    assert report.figures[-1].text == "80%"


def test_nothing_is_made_of_a_damaged_number(tmp_path: Path) -> None:
    (report,) = read(tmp_path, HEAD + LOOK_BACK + "财政收入２１$1.$2亿元，增长$1.$2倍；投资\ufffd5亿元。到200年达到3亿元。工业增长8%。\n")
    assert [said for said, *_ in facts(report)][2:] == ["3亿元", "8%"]


def test_a_unit_that_is_only_named_is_no_figure(tmp_path: Path) -> None:
    (report,) = read(tmp_path, HEAD + LOOK_BACK + "单位：万元\n完成投资（亿元）情况见表，规模突破万亿元。\n")
    assert [said for said, *_ in facts(report)][2:] == ["万亿元"]


def test_the_file_is_kept_as_it_is_and_lines_count_its_own(tmp_path: Path) -> None:
    text = HEAD + "一、2010年工作回顾\n粮食总产量达到\n， 创历史新高的5 0 万吨。\n" + AHEAD
    (report,) = read(tmp_path, text)
    figure = report.figures[0]
    assert (figure.text, str(figure.value), report.paragraph(figure.paragraph).line) == ("5 0 万吨", "5E+5", 5)
    assert report.paragraph(figure.paragraph).line_end == 6


def test_the_errors_of_a_table_of_reports_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'年份,全文\n2011,"{HEAD}{LOOK_BACK}"\n2012,403 Forbidden\n', encoding="utf-8")
    found = list(read_reports(tmp_path / "a.csv"))
    assert [type(one) for one in found] == [Report, ReadError]
