"""What is text in each format and what is not: lists, breaks, numbers that Word counts, links, columns, heads of pages."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index import paths
from index.read.formats import Extracted, extract
from index.read.paged.pdf import without_heads, written
from index.read.paged.pdf_tables import Line, Word
from index.read.word_numbers import chinese
from tests.builds import reports_of
from tests.index.formats.writers import table


def one(data: bytes, suffix: str) -> Extracted:
    (found,) = extract(data, suffix, "file")
    assert isinstance(found, Extracted)
    return found


def lines(text: str, suffix: str) -> list[str]:
    return one(text.encode(), suffix).text.splitlines()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# 标题\n\n**增长**9%，[详见](http://x)\n下一行", ["标题", "增长9%，详见", "下一行"]),
        ("1. 第一\n2. 第二\n\n- 其三", ["1. 第一", "2. 第二", "其三"]),
        ("    四个空格开头\n", ["四个空格开头"]),
        ("| 指标 | 数 |\n|--|--|\n| 增速 | 9% |", ["指标\t数", "增速\t9%"]),
        ("甲<br>乙<span>丙</span>\n\n<div><p>丁</p><script>x</script></div>", ["甲", "乙丙", "丁"]),
        ("----2012年2月29日在大会上", ["----2012年2月29日在大会上"]),
    ],
)
def test_markdown(text: str, found: list[str]) -> None:
    assert lines(text, ".md") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>增长\n  9%，<b>其中</b>：</p><div>甲<br/>乙</div>丙", ["增长 9%，其中：", "甲", "乙", "丙"]),
        ("<p>地区生\n    产总值</p>", ["地区生产总值"]),
        ("<nav>导航</nav><footer>页脚</footer><p style='display:none'>藏</p><p hidden>藏</p>文", ["文"]),
        ("<header>站名</header><article><header><h1>题</h1></header>文</article>", ["题", "文"]),
        ("<ul><li><a href=x>相关的新闻一则</a></li></ul><p>文中<a>链接</a>留下</p>", ["文中链接留下"]),
        ("<form><p>文</p><input value=x><button>钮</button></form><!-- 注 -->", ["文"]),
        ("<table><tr><td>增速</td><td>9%</td></tr></table>", ["增速", "9%"]),
        ("<?xml version='1.0' encoding='gb2312'?><html><body>文&nbsp;字&#x4e00;</body></html>", ["文 字一"]),
    ],
)
def test_html(text: str, found: list[str]) -> None:
    assert lines(text, ".html") == found


def test_headings_that_only_the_format_marks(tmp_path: Path) -> None:
    text = "# 甲市2011年政府工作报告\n\n各位代表：\n\n## 去年的工作\n\n经济平稳。\n\n### 工业\n\n增长9%。\n\n## 今年的任务\n\n增长8%。\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    report = reports_of([tmp_path / "a.md"])[0]
    assert [section.path for section in report.sections] == [("去年的工作",), ("去年的工作", "工业"), ("今年的任务",)]


NUMBERING = """<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_numbers_that_word_counts() -> None:
    document = Document()
    document.part.numbering_part._element = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    for text, level in [("回顾", 0), ("工业", 1), ("农业", 1), ("点", 2), ("任务", 0), ("改革", 1), ("说明", None)]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        if level is not None:
            number = properties.get_or_add_numPr()
            number.get_or_add_ilvl().val = level
            number.get_or_add_numId().val = 7
    out = io.BytesIO()
    document.save(out)
    found = one(out.getvalue(), ".docx").text.split()
    assert found == ["一、回顾", "（一）工业", "（二）农业", "点", "二、任务", "（一）改革", "说明"]
    assert [chinese(count) for count in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]


def test_columns_fill_what_the_text_does_not_say(tmp_path: Path) -> None:
    body = "各位代表：\n一、工作回顾\n地区生产总值实现100亿元，增长9%。\n"
    rows = [
        {"省份": "甲省", "城市": "乙市", "年份": "2011", "标题": "政府工作报告", "全文": body},
        {"省份": "辽宁", "城市": "", "年份": "2010", "标题": "", "全文": f"辽宁省2011年政府工作报告\n{body}人口增长。"},
        {"省份": "丙省", "城市": "", "年份": "2012.0", "标题": "", "全文": body + "粮食丰收。"},
    ]
    (tmp_path / "a.csv").write_bytes(table(rows))
    found = reports_of([tmp_path / "a.csv"])
    told = [(report.id, report.title, report.place, report.year_planned) for report in found]
    assert told == [
        ("a_乙市2011", "乙市2011年政府工作报告", "乙市", "2011"),
        ("a_辽宁2010", "辽宁省2011年政府工作报告", "辽宁省", "2011"),
        ("a_丙省2012", "丙省2012年政府工作报告", "丙省", "2012"),
    ]
    assert len({report.sha256 for report in found}) == 3
    assert found[0].text == body


def page(number: int, *texts: tuple[str, float, float]) -> list[Line]:
    body = [Line(700 - 20 * row, 12, (Word(*text),)) for row, text in enumerate(texts)]
    return [Line(760, 9, (Word("甲市政府工作报告", 80, 180),)), *body, Line(30, 9, (Word(f"- {number} -", 250, 280),))]


def test_heads_go_and_lines_are_joined() -> None:
    pages = [
        page(1, ("工作报告", 220, 320), ("第一段从这里", 74, 500), ("到GD", 50, 500), ("P为止。", 50, 120), ("第二段，", 74, 500)),
        page(2, ("过了一页，", 50, 500), ("still", 50, 500), ("going。", 50, 90), ("第三段。", 74, 140)),
        page(3, ("第四段。", 74, 140)),
    ]
    assert [line.text for line in written([*without_heads(pages)])] == [
        "工作报告",
        "第一段从这里到GDP为止。",
        "第二段，过了一页，still going。",
        "第三段。",
        "第四段。",
    ]
    assert written([]) == []


def test_asking_loads_no_reader() -> None:
    code = "import sys; import search, search.engine, index.store.disk; print([m for m in sys.modules if m in "
    code += "('lxml', 'docx', 'pypdfium2', 'markdown_it', 'index.read.html', 'index.read.docx')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=paths.PROJECT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
