"""What goes wrong in web pages, Markdown and saved fragments, a small input for each kind of fault."""

from __future__ import annotations

import json

import pytest

from index.errors import ReadError
from index.read.formats import Extracted
from index.records import Unread
from tests.index.formats.test_shapes import lines, one
from tests.index.formats.writers import table

SENTENCE = "初步核算，全年全市地区生产总值1702.61亿元，比上年增长6.1%，"
LONG = SENTENCE * 2 + "经济运行总体平稳。"  # 77 characters: no menu has such a line
REPEATED = Unread("目录", "与正文的标题重复")


def page(text: str) -> Extracted:
    return one(text.encode(), ".html")


def mark(text: str) -> Extracted:
    return one(text.encode(), ".md")


def cells(found: Extracted) -> list[list[tuple[str, int, int, int, int]]]:
    """Of each table the words, row, column, rows and columns of its cells."""
    return [[(one.span.of(found.text), one.row, one.column, one.rows, one.columns) for one in each] for each in found.tables]


def unread(found: Extracted) -> dict[str, str]:
    return {one.where: one.why for one in found.unread}


def test_rows_of_a_table_and_what_its_cells_cover() -> None:
    found = page(
        "<p>前</p><table><caption>表1 收入</caption><tr><th rowspan=2>指标<th colspan=2>2025年</tr><tr><th>绝对数<br>（亿元）<th>增速</tr>"
        "<tr><td>收入<td><a href=x>100</a><td> </tr></table><p>后</p>"
    )
    assert found.text == "前\n表1 收入\n指标\t2025年\n绝对数 （亿元）\t增速\n收入\t100\n后\n"
    heads = [("指标", 0, 0, 2, 1), ("2025年", 0, 1, 1, 2), ("绝对数 （亿元）", 1, 1, 1, 1), ("增速", 1, 2, 1, 1)]
    assert cells(found) == [[*heads, ("收入", 2, 0, 1, 1), ("100", 2, 1, 1, 1)]]


@pytest.mark.parametrize("written", ["0", "-2", "x", "2.5", "99999", ""])
def test_a_span_that_is_none_is_one(written: str) -> None:
    found = page(f"<table><tr><td colspan='{written}' rowspan='{written}'>甲<td>乙<tr><td>丙<td>丁</table>")
    assert cells(found) == [[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]]


def test_a_row_without_cells_is_covered_by_none() -> None:
    found = page(
        "<table><tr><td rowspan=2>甲<td rowspan=2>乙</tr><tr></tr><tr><td>丙<td>丁</tr></table><table><tr><td>1<td>2<tr><td>3<td>4</table>"
    )
    assert cells(found)[0] == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]
    assert [[each[0] for each in one] for one in cells(found)] == [["甲", "乙", "丙", "丁"], ["1", "2", "3", "4"]]


@pytest.mark.parametrize(
    "text",
    [
        f"<tr><td>栏目<td>日期</tr><tr><td>{LONG * 3}<td>右</tr>",  # holds paragraphs
        "<tr><td>甲</tr><tr><td>乙</tr>",
        "<tr><td>甲<td>乙</tr><tr><td> <td></tr>",
        f"<tr><td>{SENTENCE}<td>{SENTENCE}</tr><tr><td>{SENTENCE}<td>{SENTENCE}</tr>",
    ],
)
def test_a_table_that_lays_out_the_page_is_lines(text: str) -> None:
    found = page(f"<table>{text}</table>")
    assert not found.tables
    assert "\t" not in found.text
    assert len(found.text.splitlines()) == text.count("<td>") - text.count("<td> ") * 2


def test_in_a_table_that_lays_out_a_page_another_holds_data() -> None:
    inner = "<table><tr><td>指标<td>数</tr><tr><td>增速<td>9%</tr></table>"
    found = page(f"<table><tr><td>左<td>{inner}</tr><tr><td>下<td>文</tr></table>")
    assert found.text == "左\n指标\t数\n增速\t9%\n下\n文\n"
    assert len(found.tables) == 1
    assert not found.unread


def test_a_small_table_in_a_cell_is_its_text() -> None:
    inner = "<table><tr><td>1<td>2</tr><tr><td>3<td>4</tr></table>"
    found = page(f"<table><tr><td>指标名称<td>比上年增长</tr><tr><td>地区生产总值<td>{inner}</tr></table>")
    assert found.text == "指标名称\t比上年增长\n地区生产总值\t1 2 3 4\n"
    assert unread(found) == {"表中的表 1 个": "只作文字"}


def test_a_table_of_links_is_a_menu() -> None:
    row = "<tr><td><a href=1>首页</a><td><a href=2>新闻</a></tr>"
    found = page(f"<table>{row}{row}</table><p>文</p>")
    assert found.text == "文\n"
    assert unread(found) == {"网页的菜单、链接 4 行": "不是正文"}


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
        "<table><td>甲<td>乙<tr><td>丙<td>丁</table>",
        "<table><tr>甲<td>乙<td>丙</tr><tr><td>丁<td> </tr></table>",
        "<td>甲</td><tr><td>乙</td></tr>丙丁",
        "<table><tr><td>甲<td>乙<tr><td>丙<td>丁",
    ],
)
def test_no_word_of_a_broken_table_is_lost(text: str) -> None:
    assert "".join(page(text).text.split()) == "甲乙丙丁"


@pytest.mark.parametrize(
    ("head", "given"),
    [
        ("<meta name=ArticleTitle content='甲市2025年预算&amp;nbsp;报告'><title>公报</title>", {"title": "甲市2025年预算 报告"}),
        ("<title> 2021-2025年规划-甲市政府 </title>", {"title": "2021-2025年规划"}),
        ("<title>甲市人民政府_2025年统计公报 | 数据</title>", {"title": "2025年统计公报"}),
        ("<title>甲市人民政府门户网站</title>", {}),
        ("<meta name=PubDate content='2026-1-06 17:19'>", {"date": "2026-01-06"}),
        ("<meta name=pubdate content='2026-13-45'>", {}),
    ],
)
def test_what_the_head_says(head: str, given: dict[str, str]) -> None:
    found = page(f"<head>{head}</head><body>文</body>")
    assert (found.given, found.origin) == (given, "metadata")


def test_pictures_in_the_text_are_counted() -> None:
    before = "<p><img src=banner.jpg alt=横幅></p>"
    small = "<img src=a.png width=16><img src=b.png style='height: 20px'><img src=/icon16/doc.gif><a href=x><img src=c.png></a>"
    found = page(f"{before}<p>{LONG}</p><p><img src=1.png></p><p><img src=2.png width=600 alt=图2>{small}</p><video>请升级</video>")
    assert found.text == f"{LONG}\n"
    assert unread(found) == {"图片 2 张": "图里的文字没有读"}
    assert unread(page("<h1>报告</h1><img src=1.png><img src=2.png>")) == {"图片 2 张": "图里的文字没有读"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>增长<span>9</span><font face=x>%</font><o:p></o:p></p>", ["增长9%"]),
        ("<p><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>工业</p>", ["1. 工业"]),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><xml><w:View>Normal</w:View></xml>文", ["文"]),
        ("<p>增\u200b长\ufeff9%</p><p>\u200b</p>", ["增长9%"]),
        ("<p><i>\ue63f</i> 全文</p><p>\ue643 </p>", ["全文"]),
        ("<p>地名有\ue863字</p>", ["地名有\ue863字"]),
        (r"<p>甲\r\n乙\n丙</p>", ["甲", "乙", "丙"]),
        ("<pre>甲\n乙</pre><p>丙\n丁</p>", ["甲", "乙", "丙丁"]),
        ("<p>依照<a href=x>《预算法》</a>的规定编制</p>", ["依照《预算法》的规定编制"]),
        (f"<p>根据<a href=x>{LONG}</a>，编制本报告。</p>", [f"根据{LONG}，编制本报告。"]),
        (f"<p>更多 <a href=x>{LONG}</a></p>文", ["文"]),
        ("<p><a name=_Toc1>一、综合</a></p>", ["一、综合"]),
        ("<div>" * 300 + "文", ["文"]),
    ],
)
def test_what_is_text_in_a_page(text: str, found: list[str]) -> None:
    assert lines(text, ".html") == found


SIMPLIFIED = "现在，我代表市人民政府，向大会作政府工作报告，请予审议。增长9％。"
TRADITIONAL = "現在，我代表市政府，向大會作施政報告，請予審議。經濟成長9％，國民所得增加。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "gb18030"),  # a traditional text in GBK is no Big5
        (TRADITIONAL, "big5"),
        (TRADITIONAL + "碁銹裏", "big5hkscs"),
        ("请各位代表审议提出意见同心同德团结奋进竒", "gb18030"),  # no word of it common, as Big5 one in 20: neither is plausible
        ("现在我代表国务院向大会报告政府工竒", "gb18030"),  # as Big5 one in 17, as GB18030 more
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md", ".csv"])
def test_the_bytes_decide(text: str, encoding: str, suffix: str) -> None:
    written = {
        ".txt": text.encode(encoding),
        ".md": text.encode(encoding),
        ".html": f"<meta charset=iso-8859-1><p>{text}</p>".encode(encoding),
        ".csv": table([{"全文": text}], encoding),
    }
    assert one(written[suffix], suffix).text.strip() == text


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(ReadError, match="空字节"):
        one(SIMPLIFIED.encode("utf-16")[:-1], ".txt")


FRAGMENT = '<div class="text">\n<h4>各位代表：</h4>\n<p>他说“好”，增长9%。</p></div>'


@pytest.mark.parametrize(
    "text",
    [
        FRAGMENT,
        f"  [{FRAGMENT}]\n",
        f"[{FRAGMENT.replace('</h4>', '</h4>, ')}]",
        json.dumps(FRAGMENT),
        json.dumps([FRAGMENT], ensure_ascii=False),
        "['" + FRAGMENT.replace("\n", r"\n") + "']",
    ],
)
def test_a_page_in_a_text_file(text: str) -> None:
    found = one(text.encode(), ".txt")
    assert found.text == "各位代表：\n他说“好”，增长9%。\n"
    assert not found.is_file


@pytest.mark.parametrize("text", ["<增长>9%\n", "[注]<br>增长\n", "<b>增长</b>9%<br>\n", "文<p>一</p><p>二</p>\n", "一\r二\f三\u2028四\n"])
def test_a_text_file_stays_as_it_is(text: str) -> None:
    found = one(text.encode(), ".txt")
    assert (found.text, found.is_file) == (text, True)


def test_tables_in_markdown() -> None:
    html = "<table>\n<tr><td>甲</td><td>乙</td></tr>\n\n<tr><td>丙</td><td>丁</td></tr>\n</table>\n"
    found = mark(f"| 事项 | **内容** |\n|--|--|\n| 交通 | **完成。**<br>（1）修路 |\n| | 二 |\n\n{html}")
    assert found.text == "事项\t内容\n交通\t完成。 （1）修路\n二\n甲\t乙\n丙\t丁\n"
    assert cells(found)[0][-1] == ("二", 2, 1, 1, 1)
    assert [len(each) for each in cells(found)] == [5, 4]


@pytest.mark.parametrize(
    "contents",
    [
        "<details>\n<summary>目录</summary>\n\n- 第一篇　总则\n  - 第一章 目标\n\n</details>\n\n",
        "## 目　录\n\n- [第一篇](#a)\n- [第一章](#b)\n\n",
        "**目录**\n\n1. 第一篇 总则……1\n2. 第一章 目标……3\n\n",
        "目录\n\n第一篇 总则\n第一章 目标\n\n",
    ],
)
def test_a_table_of_contents_is_left_out(contents: str) -> None:
    found = mark(f"# 纲要\n\n{contents}## 第一篇 总则\n\n文。\n\n### 第一章 目标\n\n文。\n")
    assert found.text.splitlines() == ["纲要", "第一篇 总则", "文。", "第一章 目标", "文。"]
    assert found.unread == (REPEATED,)


def test_a_table_of_contents_ends_where_the_text_says_its_first_line() -> None:
    assert mark("目录\n\n总则\n\n目标\n\n总则\n\n目标\n\n目标\n").text.splitlines() == ["总则", "目标", "目标"]


def test_what_only_seems_a_table_of_contents_stays() -> None:
    text = "<details>\n<summary>说明</summary>\n\n- 甲\n\n</details>\n\n目录管理进一步规范。\n\n- 乙\n"
    assert mark(text).text.splitlines() == ["说明", "甲", "目录管理进一步规范。", "乙"]
    assert not mark(text).unread


def test_front_matter_is_given() -> None:
    text = '---\ntitle: "2020年甲市报告2020年甲市报告"\nsource: https://a.gov.cn/1.html\ndate: 2020/6/6\nauthor: x\n---\n\n文\n'
    assert mark(text).text == "文\n"
    assert mark(text).given == {"title": "2020年甲市报告", "source": "https://a.gov.cn/1.html", "date": "2020-06-06"}
    assert mark("---\ntitle: 甲市报告\nsource: 市政府\n---\n文\n").given == {"title": "甲市报告"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "予以审议。 **一、回顾** 2018年增长。 主要是：**转型。**开展。 **创新。**我市。",
            ["予以审议。", "一、回顾", "2018年增长。 主要是：", "转型。开展。", "创新。我市。"],
        ),
        ("**（一）工业**全年增长。**（二）农业**全年增产。", ["（一）工业", "全年增长。", "（二）农业", "全年增产。"]),
        ("要求。**一是抓工业**，增效。**二是抓农业**，增产。", ["要求。", "一是抓工业，增效。", "二是抓农业，增产。"]),
        ("**总则。** 全文。**细则。** 又一。", ["总则。", "全文。", "细则。", "又一。"]),
        ("**（一）甲。**一。**（二）乙。**二。二、2019年安排 今年是。", ["（一）甲。一。", "（二）乙。二。", "二、2019年安排", "今年是。"]),
        ("**1.“三园一城”**：广清合作。", ["1.“三园一城”：广清合作。"]),
        ("**6.“三馆合一”：**美术馆。", ["6.“三馆合一”：美术馆。"]),
        ("目标是：**增长5%左右。**这要努力。", ["目标是：增长5%左右。这要努力。"]),
        ("——**运行平稳**。增长**9%**，**其中**工业。", ["——运行平稳。增长9%，其中工业。"]),
        (r"乘号\*\*不是\*\*重点，***都是。***对", [r"乘号**不是**重点，都是。对"]),
    ],
)
def test_bold_words_part_a_line(text: str, found: list[str]) -> None:
    assert mark(text).text.splitlines() == found


def test_bold_lines_that_head_something() -> None:
    head = "**政府工作报告**\n\n**市长 张三**\n\n**一、回顾**\n\n"
    found = mark(f"{head}**工业生产**\n\n文。\n\n**增长9%。**\n\n- **要点**\n\n**（二）农业**\n\n**{'长' * 41}**\n\n## 任务\n")
    assert {found.text.splitlines()[line - 1]: depth for line, depth in found.headings.items()} == {"工业生产": 4, "任务": 2}
    assert mark("# 报告\n\n**市长 张三**\n\n文。\n").headings == {1: 1}


def test_notes_comments_and_what_looks_like_an_address() -> None:
    notes = "[^1]: 按不变价格。\n[^②]:初步数。\n\n[注]:数据有修订。\n\n![图](x.png) ![](y.png)\n"
    found = mark(f"<!-- 新华社电 -->\n\n增长9%[^1]，很好<!-- 注 -->。\n{notes}")
    assert found.text.splitlines() == ["增长9%[1]，很好。", "按不变价格。", "初步数。", "[注]:数据有修订。"]
    assert found.notes == {2: "1", 3: "②"}
    assert unread(found) == {"图片 2 张": "图里的文字没有读"}
