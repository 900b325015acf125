"""The real report's outline by count and by place, and small reports of other shapes."""

from __future__ import annotations

from itertools import groupby

import pytest

from index.clean.edits import restored
from index.clean.lines import meant
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Report
from tests.invariants import check_report

FIRST, SECOND = "一、2006年政府工作回顾", "二、2007年政府工作安排"
NUMERALS = "一二三四五六七八"


def outlined(text: str, name: str = "r") -> Report:
    source = meant(Source(name, text, ""))
    return restored(outline(source), source)


def paths(report: Report) -> list[tuple[str, ...]]:
    """The section path of every paragraph."""
    found = []
    for paragraph in report.paragraphs:
        section = report.section_of(paragraph)
        found.append(section.path if section else ())
    return found


def bodies(report: Report) -> list[str]:
    return [paragraph.span.of(report.text) for paragraph in report.paragraphs]


def test_counts(report: Report) -> None:
    assert report.title == "沈阳市2007年政府工作报告"
    parts = [section for section in report.sections if len(section.path) == 1]
    assert [section.path[0] for section in parts] == [FIRST, SECOND]
    assert len(report.sections) == 2 + 16
    assert len(report.paragraphs) == 119
    assert sum(len(paragraph.sentences) for paragraph in report.paragraphs) == 333


def test_subsections_are_numbered_one_to_eight_in_both_parts(report: Report) -> None:
    subsections = [section.path for section in report.sections if len(section.path) == 2]
    for part, group in groupby(subsections, key=lambda path: path[0]):
        assert [path[1][:3] for path in group] == [f"（{numeral}）" for numeral in NUMERALS], part
    assert {path[0] for path in subsections} == {FIRST, SECOND}


def test_every_other_line_is_a_body_paragraph(report: Report) -> None:
    headings = {section.span.of(report.text) for section in report.sections}
    assert report.title_span is not None
    headings.add(report.title_span.of(report.text))
    lines = dict(enumerate(report.text.split("\n"), start=1))
    expected = {number: line.strip() for number, line in lines.items() if line.strip() and line not in headings}
    assert {p.line: p.span.of(report.text) for p in report.paragraphs} == expected
    assert [p.line_end for p in report.paragraphs] == [p.line for p in report.paragraphs]


def test_numbers_and_places(report: Report) -> None:
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(1, 120))
    sixth = report.paragraph(6)
    assert (sixth.line, sixth.number_in_section) == (8, 2)
    assert sixth.span.of(report.text).startswith("——预计全市地区生产总值实现2482.5亿元")
    for section, group in groupby(report.paragraphs, key=lambda paragraph: paragraph.section):
        numbers = [paragraph.number_in_section for paragraph in group]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), section


@pytest.mark.parametrize(
    ("line", "path", "number"),
    [
        (2, (), 1),  # date and speaker stand in no section, and are paragraphs
        (3, (), 2),
        (5, (), 4),
        (7, (FIRST,), 1),
        (19, (FIRST, "（一）工业快速健康发展，整体实力和水平不断提升"), 1),
        (71, (FIRST, "（八）坚持依法行政，民主法制建设不断加强"), 5),
        (72, (FIRST,), 12),  # what closes a part is not its last subsection's
        (73, (FIRST,), 13),
        (79, (SECOND,), 5),
        (108, (SECOND, "（五）以迎奥运为契机，加快城市建设步伐"), 1),
        (137, (SECOND, "（八）加强民主法制建设，努力建设服务型政府"), 4),
        (138, (SECOND,), 6),
    ],
)
def test_where_a_line_stands(report: Report, line: int, path: tuple[str, ...], number: int) -> None:
    paragraph = next(paragraph for paragraph in report.paragraphs if paragraph.line == line)
    section = report.section_of(paragraph)
    assert (section.path if section else ()) == path
    assert paragraph.number_in_section == number


def test_a_part_gives_year_and_status_to_all_below_it(report: Report) -> None:
    found = {(section.path[0], section.year, section.status) for section in report.sections}
    assert found == {(FIRST, "2006", "actual"), (SECOND, "2007", "target")}


def test_sentences_make_up_their_paragraph(report: Report) -> None:
    for paragraph in report.paragraphs:
        text = "".join(sentence.of(report.text) for sentence in paragraph.sentences)
        assert "".join(text.split()) == "".join(paragraph.span.of(report.text).split())
        assert all(s.of(report.text)[-1] in "。！？；”" for s in paragraph.sentences[:-1])


def test_a_paragraph_number_outside_the_report(report: Report) -> None:
    for number in (0, -1, 120):
        with pytest.raises(IndexError):
            report.paragraph(number)


def test_no_headings() -> None:
    report = outlined("甲市2011年政府工作报告\n第一段。\n\n  第二段。第二句；第三句\n")
    assert report.sections == ()
    assert bodies(report) == ["第一段。", "第二段。第二句；第三句"]
    assert [p.line for p in report.paragraphs] == [2, 4]
    assert [s.of(report.text) for s in report.paragraphs[1].sentences] == ["第二段。", "第二句；", "第三句"]


def test_one_line_with_paragraphs_parted_by_full_width_spaces() -> None:
    report = outlined("甲市2011年政府工作报告　　各位代表：　　一、2010年工作回顾　　增长9%。　　二、2011年工作安排　　增长8%。")
    assert bodies(report) == ["各位代表：", "增长9%。", "增长8%。"]
    assert paths(report) == [(), ("一、2010年工作回顾",), ("二、2011年工作安排",)]
    assert {p.line for p in report.paragraphs} == {1}
    assert [(s.year, s.status) for s in report.sections] == [("2010", "actual"), ("2011", "target")]


def test_a_heading_that_runs_into_its_paragraph() -> None:
    report = outlined("2011年政府工作报告\n一、工作回顾\n（一）工业快速发展。增加值100亿元。利润9亿元。\n")
    assert paths(report) == [("一、工作回顾", "（一）工业快速发展")]
    assert bodies(report) == ["（一）工业快速发展。增加值100亿元。利润9亿元。"]  # the line is no heading, so it is a paragraph


def test_a_long_line_that_begins_like_a_heading_is_a_paragraph() -> None:
    line = "一、" + "坚持把发展作为第一要务" * 8
    assert bodies(outlined(f"2011年政府工作报告\n{line}\n")) == [line]


def test_a_list_of_points_inside_a_paragraph_is_no_heading() -> None:
    text = "2011年政府工作报告\n一、工作安排\n一是抓好工业。二是抓好农业。\n"
    assert bodies(outlined(text)) == ["一是抓好工业。二是抓好农业。"]


def test_levels_nest() -> None:
    report = outlined("报告\n第一部分 2010年工作回顾\n（一）工业\n1.汽车\n增长9%。\n（二）农业\n增长8%。\n二、安排\n完。\n")
    first = "第一部分 2010年工作回顾"
    assert paths(report)[1:] == [(first, "（一）工业", "1.汽车"), (first, "（二）农业"), ("二、安排",)]


@pytest.mark.parametrize("text", ["甲", "\n\n。\n", "2011年政府工作报告", "（一）", "一、\n二、\n"])
def test_hardly_any_text_is_outlined_all_the_same(text: str) -> None:
    report = outlined(text, "name")
    for paragraph in report.paragraphs:
        assert paragraph.span.of(text).strip()


PLAIN = (
    "甲市2011年政府工作报告\n各位代表：\n2010年工作回顾\n过去一年，全市经济平稳较快发展，人民生活改善。\n"
    "2011年重点工作\n一、做强产业\n工业增加值增长10%，新开工项目一百个。\n"
    "一是提升质量。\n深入开展质量提升行动，新增名牌产品二十个。\n名词解释\n1.双百：\n指一百个企业、一百个项目的合称，以下同。\n"
)


def test_plain_and_spoken_headings_and_annexes() -> None:
    report = outline(Source("plain", PLAIN, ""))
    assert [(section.path, section.year, section.status) for section in report.sections] == [
        (("2010年工作回顾",), "2010", "actual"),
        (("2011年重点工作",), "2011", "target"),
        (("2011年重点工作", "一、做强产业"), "2011", "target"),
        (("2011年重点工作", "一、做强产业", "一是提升质量。"), "2011", "target"),
        (("名词解释",), None, None),
        (("名词解释", "1.双百："), None, None),
    ]


def test_short_lines_in_a_list_head_nothing() -> None:
    report = outline(Source("list", "各位代表：\n要做到三点。\n一是提升质量。\n二是扩大开放，增强活力。\n三是改善民生。\n", ""))
    assert report.sections == ()
    assert len(report.paragraphs) == 5


def test_a_part_behind_the_look_back_is_a_plan() -> None:
    text = "2000年政府工作报告\n各位代表：\n一、1999年工作回顾\n经济发展。\n二、扩大内需\n扩大投资。\n三、“十五”时期的考虑\n继续发展。\n"
    report = outline(Source("parts", text, ""))
    assert [(section.year, section.status) for section in report.sections] == [
        ("1999", "actual"),
        ("2000", "target"),
        ("2001-2005", "target"),
    ]


def test_a_heading_broken_over_two_lines_is_one() -> None:
    text = "甲省2026年政府工作报告\n各位代表：\n一、\n2025年工作回顾\n（一）工业。\n增长9%。\n（\n三）改革持续深化。\n增长8%。\n"
    found = outlined(text)
    assert [section.path[-1] for section in found.sections] == ["一、2025年工作回顾", "（一）工业。", "（三）改革持续深化。"]
    assert found.sections[0].year == "2025"
    check_report(found)


def test_subsections_that_begin_again_stand_in_a_part_whose_heading_is_lost() -> None:
    text = "甲省2006年政府工作报告\n各位代表：\n一、去年工作回顾\n（一）工业\n增长9%。\n（二）农业\n增长8%。\n"
    found = outlined(text + "（一）继续扩大内需\n增长7%。\n（二）推进改革\n增长6%。\n")
    assert [(section.path, section.year, section.status) for section in found.sections][3:] == [
        (("（一）继续扩大内需",), "2006", "target"),
        (("（二）推进改革",), "2006", "target"),
    ]


def test_an_explained_term_is_no_heading() -> None:
    text = "甲省2026年政府工作报告\n各位代表：\n一、2025年工作回顾\n增长9%。\n名词解释\n"
    found = outlined(text + "1.“两重”：国家重大战略。\n2.“四上”企业：\n四类企业。\n")
    assert [section.path[-1] for section in found.sections][2:] == ["2.“四上”企业："]
