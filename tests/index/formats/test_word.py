"""What a person sees in a Word document with all changes accepted is read, each kind of part once; the rest is listed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from index.read.docx import MOST_COLUMNS
from index.read.formats import Extracted, extract
from index.read.word_numbers import written

NAMES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def xml(tag: str, inside: str) -> Any:
    return parse_xml(f"<w:{tag} {NAMES}>{inside}</w:{tag}>")


def p(inside: str, properties: str = "") -> str:
    """A paragraph; what has no mark in it is its text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside if '<' in inside else r(inside)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if '<' in inside else p(inside)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if '<' in cell else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def field(instruction: str, shown: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{instruction}{marks[1]}{shown}{marks[2]}"


def read(body: str, *, styles: str = "", numbering: str = "", settings: str = "", parts: Sequence[tuple[str, str]] = ()) -> Extracted:
    document = Document()
    whole = document.element.body
    whole[:0] = [*xml("body", body)]
    if "w:default" in styles:
        document.styles.element.clear()
    document.styles.element.extend([*xml("styles", styles)])
    document.settings.element.extend([*xml("settings", settings)])
    if numbering:
        document.part.numbering_part._element = xml("numbering", numbering)
    for kind, inside in parts:
        kinds = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        blob = f"<w:{kind} {NAMES}>{inside}</w:{kind}>".encode()
        document.part.relate_to(
            Part(PackURI(f"/word/{kind}.xml"), kinds, blob, document.part.package), getattr(RELATIONSHIP_TYPE, kind.upper())
        )
    out = io.BytesIO()
    document.save(out)
    (found,) = extract(out.getvalue(), ".docx", "file")
    assert isinstance(found, Extracted)
    return found


def lines(body: str, **parts: Any) -> list[str]:
    return read(body, **parts).text.splitlines()


def unread(found: Extracted) -> dict[str, str]:
    return {one.where: one.why for one in found.unread}


GONE = "<w:del><w:r><w:delText>8%</w:delText><w:t>7%</w:t></w:r></w:del>"
DELETED, MOVED = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:moveFrom/></w:rPr>"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (p(r("增长") + f"<w:ins>{r('9%')}</w:ins>{GONE}。"), ["增长9%"]),
        (p(f"<w:moveFrom>{r('移走')}</w:moveFrom>{r('留下')}<w:moveTo>{r('移来')}</w:moveTo>"), ["留下移来"]),
        (f"<w:ins>{p('整段插入')}</w:ins><w:moveTo>{p('整段移来')}</w:moveTo>", ["整段插入", "整段移来"]),
        (p("甲", DELETED) + p("乙", MOVED) + "<w:bookmarkEnd/>" + p("丙") + p("丁"), ["甲乙丙", "丁"]),
        (p("甲", DELETED) + p("乙", "<w:tabs><w:tab/></w:tabs>"), ["甲乙"]),
        (p("甲", DELETED) + tbl(tr("一", "二")) + p("乙"), ["甲", "一\t二", "乙"]),
        (tbl(tr("甲", "乙"), tr("丙", "丁", properties="<w:del/>"), tr("戊", tc("己", "<w:cellDel/>"), "庚")), ["甲\t乙", "戊\t庚"]),
    ],
)
def test_changes_are_accepted(body: str, found: list[str]) -> None:
    assert lines(body) == found


def test_a_joined_paragraph_looks_like_the_last() -> None:
    heading = '<w:outlineLvl w:val="0"/>'
    assert read(p("总则", DELETED) + p("之一", heading)).headings == {1: 1}
    assert read(p("总则", heading + DELETED) + p("之一")).headings == {}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>{r('乙')}"), ["甲乙"]),
        (f"<w:sdt><w:sdtContent>{p('甲')}{tbl(tr('乙', '丙'))}</w:sdtContent></w:sdt>{p('丁')}", ["甲", "乙\t丙", "丁"]),
        (
            tbl(
                f"<w:sdt><w:sdtContent>{tr('甲', '乙')}</w:sdtContent></w:sdt>",
                tr(f"<w:sdt><w:sdtContent>{tc('丙')}</w:sdtContent></w:sdt>", "丁"),
            ),
            ["甲\t乙", "丙\t丁"],
        ),
        (f"<w:customXml><w:customXmlPr/>{p('<w:customXml>' + r('甲') + '</w:customXml>')}</w:customXml>", ["甲"]),
        (
            p(f"<w:smartTag>{r('甲')}<w:smartTag>{r('市')}</w:smartTag></w:smartTag>{r('乙')}<w:hyperlink>{r('丙')}</w:hyperlink>"),
            ["甲市乙丙"],
        ),
        (p(f"<w:r><w:ruby><w:rt>{r('yi')}</w:rt><w:rubyBase>{r('易')}</w:rubyBase></w:ruby></w:r>"), ["易"]),
    ],
)
def test_what_only_wraps_hides_nothing(body: str, found: list[str]) -> None:
    assert lines(body) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (field("<w:r><w:instrText>REF x</w:instrText></w:r>", r("100")) + r("亿元"), ["100亿元"]),
        (f'<w:fldSimple w:instr="DATE">{r("2025年")}</w:fldSimple>', ["2025年"]),
        (field("<w:r><w:instrText>HYPERLINK</w:instrText></w:r>", r("甲") + field("", r("乙")) + r("丙")), ["甲乙丙"]),
        (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{r("没有结束的域")}', ["没有结束的域"]),
    ],
)
def test_of_a_field_its_result_is_read(body: str, found: list[str]) -> None:
    assert lines(p(body)) == found


def test_hidden_text_is_out_and_listed() -> None:
    found = read(p(r("甲") + r("乙", "<w:vanish/>") + r("丙", '<w:vanish w:val="0"/>')) + p(r("窗体顶端", "<w:vanish/>")))
    assert found.text == "甲丙\n"
    assert unread(found) == {"隐藏的文字 2 处": "在 Word 里不显示"}


def box(inside: str) -> str:
    return f"<w:txbxContent>{inside}</w:txbxContent>"


def drawn(choice: str, fallback: str) -> str:
    ways = f"<mc:Choice Requires='wps'>{choice}</mc:Choice><mc:Fallback><w:pict>{fallback}</w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{ways}</mc:AlternateContent></w:r>"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (p(drawn(box(p("框")), box(p("框"))) + r("正文")) + p("后"), ["正文", "框", "后"]),
        (p(drawn("", box(p("只有旧式"))) + r("正文")), ["正文", "只有旧式"]),
        (
            p(r("正文") + "".join(f"<w:r><w:pict><v:textbox>{box(p(one))}</v:textbox></w:pict></w:r>" for one in "甲乙")),
            ["正文", "甲", "乙"],
        ),
        (p(r("外") + drawn(box(p(r("中") + drawn(box(p("内")), "")) + p("下")), "")), ["外", "中", "内", "下"]),
        (tbl(tr(tc(p(r("格") + drawn(box(p("框")), ""))), "乙")), ["格框\t乙"]),
    ],
)
def test_text_boxes_are_read_once_after_what_holds_them(body: str, found: list[str]) -> None:
    assert lines(body) == found


def note(kind: str, number: int, *texts: str) -> str:
    inside = "".join(p(f"<w:r><w:{kind}Ref/></w:r>" + r(f" {text}")) for text in texts)
    return f'<w:{kind} w:id="{number}">{inside}</w:{kind}>'


def refer(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_follow_the_body_with_their_marks() -> None:
    body = p(r("占23.5%") + refer("footnote", 8) + r("，快于") + refer("footnote", 5) + r("全省") + refer("endnote", 2) + r("。")) + p(
        "末段"
    )
    notes = [("footnotes", note("footnote", 5, "后一条") + note("footnote", 8, "1月价", "另一段") + note("footnote", 9, "没有引用"))]
    found = read(body, parts=[*notes, ("endnotes", note("endnote", 2, "尾注"))])
    assert found.text.splitlines() == ["占23.5%，快于全省。", "末段", "1月价", "另一段", "后一条", "尾注"]
    assert found.notes == {3: "1", 4: "1", 5: "2", 6: "1"}


def test_marks_of_notes_as_the_document_has_them() -> None:
    text = p(r("甲") + refer("footnote", 1) + f"<w:del>{refer('footnote', 2)}</w:del>" + refer("footnote", 3))
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr></w:sectPr>'
    parts = [("footnotes", "".join(note("footnote", number, f"注{number}") for number in (1, 2, 3)))]
    found = read(text.replace("<w:pPr>", f"<w:pPr>{section}"), parts=parts)
    assert (found.text, dict(found.notes)) == ("甲\n注1\n注3\n", {2: "①", 3: "②"})
    settings = '<w:footnotePr><w:numFmt w:val="chineseCounting"/></w:footnotePr>'
    assert read(text, parts=parts, settings=settings).notes == {2: "一", 3: "二"}


def test_a_reference_to_no_note_is_counted() -> None:
    found = read(p(r("甲") + refer("footnote", 7) + refer("footnote", 1)), parts=[("footnotes", note("footnote", 1, "注"))])
    assert (found.text, dict(found.notes)) == ("甲\n注\n", {2: "2"})


def shape(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def lvl(level: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    named = "".join(f'<w:{name} w:val="{said}"/>' for name, said in (("start", start), ("numFmt", form), ("lvlText", text)))
    return f'<w:lvl w:ilvl="{level}">{named}{more}</w:lvl>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def override(level: int, inside: str) -> str:
    return f'<w:lvlOverride w:ilvl="{level}">{inside}</w:lvlOverride>'


def items(*places: tuple[int, int], text: str = "项") -> str:
    return "".join(p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>') for number, level in places)


CHAPTER, POINT = lvl(0, "chineseCounting", "%1、"), lvl(1, "decimal", "%2.")
DEEP = lvl(2, "decimal", "%1.%2.%3、")


@pytest.mark.parametrize(
    ("numbering", "body", "found"),
    [
        (shape(1, CHAPTER) + num(1, 1) + num(2, 1), items((1, 0), (2, 0), (1, 0)), "一、 二、 三、"),
        (
            shape(1, CHAPTER) + num(1, 1) + num(2, 1, override(0, '<w:startOverride w:val="5"/>')),
            items((1, 0), (2, 0), (2, 0), (1, 0)),
            "一、 五、 六、 七、",
        ),
        (shape(1, CHAPTER) + num(1, 1, override(0, lvl(0, "decimalEnclosedCircle", "%1", start=3))), items((1, 0), (1, 0)), "③ ④"),
        (shape(1, CHAPTER, POINT, DEEP) + num(1, 1), items((1, 0), (1, 1), (1, 2), (1, 1), (1, 2)), "一、 1. 一.1.1、 2. 一.2.1、"),
        (
            shape(1, CHAPTER, lvl(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + num(1, 1),
            items((1, 0), (1, 1), (1, 0), (1, 1)),
            "一、 1. 二、 2.",
        ),
        (
            shape(1, CHAPTER, POINT, lvl(2, "decimal", "(%3)", '<w:lvlRestart w:val="1"/>')) + num(1, 1),
            items((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)),
            "一、 1. (1) 2. (2) 二、 (1)",
        ),
        (shape(1, lvl(0, "bullet", "l")) + num(1, 1), items((1, 0)), ""),
        (shape(1, CHAPTER) + num(1, 1), items((1, 0)) + items((1, 0), text="") + items((1, 0)), "一、 三、"),
        (shape(1, CHAPTER) + num(1, 1), items((0, 0), (7, 0), (1, 0)), "  一、"),
    ],
)
def test_numbers_as_word_counts_them(numbering: str, body: str, found: str) -> None:
    assert [line.removesuffix("项") for line in lines(body, numbering=numbering)] == found.split(" ")


def test_a_number_does_not_run_into_a_figure() -> None:
    texts = [
        (r"%1.", "5亿元", "1. 5亿元"),
        ("%1", "工业", "1 工业"),
        ("第%1条", "总则", "第1条 总则"),
        ("%1.", "工业", "1.工业"),
        ("（%1）", "5个", "（1）5个"),
    ]
    for text, after, found in texts:
        assert lines(items((1, 0), text=after), numbering=shape(1, lvl(0, "decimal", text)) + num(1, 1)) == [found]


def test_a_style_gives_number_and_level_through_those_it_is_based_on() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="x">{numbered}</w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    levels = CHAPTER.replace("</w:lvl>", '<w:pStyle w:val="x"/></w:lvl>'), POINT.replace("</w:lvl>", '<w:pStyle w:val="z"/></w:lvl>')
    styles += f'<w:style w:type="paragraph" w:styleId="z"><w:basedOn w:val="w"/>{numbered}</w:style>'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(p("项", f'<w:pStyle w:val="{name}"/>{more}') for name, more in (("x", ""), ("z", ""), ("y", off), ("y", "")))
    assert lines(body, styles=styles, numbering=shape(1, *levels) + num(1, 1)) == ["一、项", "1.项", "项", "二、项"]


def test_forms_of_counts() -> None:
    forms = {"decimalEnclosedCircle": "②", "taiwaneseCounting": "二", "decimalEnclosedParen": "⑵", "ordinal": "2"}
    assert {form: written(form, 2) for form in forms} == forms
    assert [written("decimalEnclosedCircle", 21), written("chineseCounting", 101)] == ["21", "101"]


def test_depth_by_style_or_outline_level() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="{name}"/>{more}</w:style>'
        for number, (name, more) in enumerate(
            [
                ("标题 2", ""),
                ("正文标题", '<w:basedOn w:val="s0"/>'),
                ("章", '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr>'),
                ("正文", '<w:basedOn w:val="s0"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
                ("环", '<w:basedOn w:val="s5"/>'),
                ("环二", '<w:basedOn w:val="s4"/>'),
            ]
        )
    )
    looks = ["", '<w:pStyle w:val="Heading1"/>', '<w:outlineLvl w:val="2"/>', *(f'<w:pStyle w:val="s{number}"/>' for number in range(5))]
    assert read("".join(p("标题", look) for look in looks), styles=styles).headings == {2: 1, 3: 3, 4: 2, 5: 2, 6: 4}


def test_a_paragraph_that_names_no_style_has_the_usual_one() -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="u"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    assert read(p("标题"), styles=styles).headings == {1: 2}


def cells(found: Extracted) -> list[list[tuple[object, ...]]]:
    return [[(one.span.of(found.text), one.row, one.column, one.rows, one.columns) for one in table] for table in found.tables]


def test_a_table_gives_each_cell_its_place() -> None:
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        tr(tc("指标", down), tc("全市", wide), "备注"),
        tr(tc("", on), "完成", "完成", ""),
        tr("收入", "16062", "16062", tc("甲", down), properties='<w:gridBefore w:val="0"/>'),
        tr("16062", tc("", on), properties='<w:gridBefore w:val="2"/>'),
    ]
    found = read(tbl(*rows) + tbl(tr("又", "一")))
    assert found.text == "指标\t全市\t备注\n完成\t完成\n收入\t16062\t16062\t甲\n16062\n又\t一\n"
    assert cells(found) == [
        [
            ("指标", 0, 0, 2, 1),
            ("全市", 0, 1, 1, 2),
            ("备注", 0, 3, 1, 1),
            ("完成", 1, 1, 1, 1),
            ("完成", 1, 2, 1, 1),
            ("收入", 2, 0, 1, 1),
            ("16062", 2, 1, 1, 1),
            ("16062", 2, 2, 1, 1),
            ("甲", 2, 3, 2, 1),
            ("16062", 3, 2, 1, 1),
        ],
        [("又", 0, 0, 1, 1), ("一", 0, 1, 1, 1)],
    ]


def test_a_row_that_is_covered_is_none_and_a_cell_without_a_beginning_begins() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    gone = tr(tc("删", down), tc("删"), properties="<w:del/>")
    found = read(tbl(gone, tr(tc("甲", on), tc("乙", down)), tr(tc("", on), tc("", on)), tr("丙", tc("", on)), tr("丁", tc("", on))))
    assert cells(found) == [[("甲", 0, 0, 1, 1), ("乙", 0, 1, 3, 1), ("丙", 1, 0, 1, 1), ("丁", 2, 0, 1, 1)]]


def test_a_width_that_word_does_not_make_is_cut() -> None:
    found = read(tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), tc("乙", '<w:gridSpan w:val="-5"/>'))))
    assert cells(found) == [[("甲", 0, 0, 1, MOST_COLUMNS), ("乙", 0, MOST_COLUMNS, 1, 1)]]


def test_of_a_table_in_a_table_the_words_are_read() -> None:
    found = read(tbl(tr("甲", tc(p("乙") + tbl(tr("丙", "丁"), tr("戊", "己")) + p(""))), tr("庚", "辛")))
    assert found.text == "甲\t乙 丙 丁 戊 己\n庚\t辛\n"
    assert [len(table) for table in found.tables] == [4]
    assert unread(found) == {"表中的表 1 个": "只作文字"}


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (p("比上年") + p("增长(%)"), "比上年增长(%)"),
        (p("<w:r><w:t>比上年</w:t><w:br/><w:t>　增长(%)</w:t></w:r>"), "比上年增长(%)"),
        (p("per") + p("cent"), "per cent"),
        (p("GDP") + p("增速"), "GDP增速"),
        (p("2024") + p("年"), "2024年"),
        (p("12.5%") + p("13.6"), "12.5% 13.6"),
        (p("") + p("甲") + p(""), "甲"),
    ],
)
def test_a_cell_reads_on_where_its_lines_end(inside: str, found: str) -> None:
    assert lines(tbl(tr(tc(inside), "乙"))) == [f"{found}\t乙"]


@pytest.mark.parametrize(
    "table",
    [
        tbl(tr(tc(p("甲") + p("乙"))), tr("丙")),
        tbl(tr(tc(p("甲") + p("乙") + p("丙")))),
        tbl(tr(tc(p("甲") + p("乙")), tc(p("丙") + p("长" * 300) + p("文" * 300)))),
    ],
)
def test_a_table_that_only_frames_is_read_as_lines(table: str) -> None:
    found = read(table)
    assert found.text.splitlines()[:3] == ["甲", "乙", "丙"]
    assert found.tables == ()


def test_a_long_paragraph_in_a_cell_leaves_a_table() -> None:
    assert [len(table) for table in read(tbl(tr("甲", "长" * 600))).tables] == [2]


def test_a_frame_may_hold_a_table() -> None:
    assert [len(table) for table in read(tbl(tr(tc(p("甲") + tbl(tr("乙", "丙")) + p(""))))).tables] == [2]


def test_a_long_note_below_a_table_leaves_it_a_table() -> None:
    found = read(tbl(tr("甲", "乙"), tr(tc(p("长" * 300) + p("注" * 300), '<w:gridSpan w:val="2"/>'))))
    assert [len(table) for table in found.tables] == [3]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (r("甲") + "<w:r><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", ["甲", "乙", "丙"]),
        ("<w:r><w:tab/><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲 乙"]),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B 股\xad票</w:t><w:softHyphen/></w:r>", ["A-B 股票"]),
        (r("第一行\n  不是行") + r("\u2028仍是"), ["第一行   不是行 仍是"]),
        (r("　首　尾"), ["首　尾"]),
    ],
)
def test_signs_that_word_keeps_as_elements(body: str, found: list[str]) -> None:
    assert lines(p(body, '<w:tabs><w:tab w:val="left"/></w:tabs>')) == found


def test_what_is_left_out_is_listed_and_counted() -> None:
    picture, old = "<w:drawing><pic:pic/></w:drawing>", '<w:pict><v:imagedata r:id="x"/></w:pict>'
    held = [picture, old, "<w:pict><v:imagedata/></w:pict>", '<w:object><v:imagedata r:id="x"/></w:object>']
    held += ["<c:chart/>", "<dgm:relIds/>", '<w:pict><v:textpath string="艺术"/></w:pict>', '<w:sym w:font="Webdings" w:char="F0AA"/>']
    held += ['<w:commentReference w:id="0"/>'] * 2
    body = p("".join(f"<w:r>{one}</w:r>" for one in held) + f"<w:del><w:r>{picture}</w:r></w:del>" + drawn(picture, old))
    found = read(body + p(r("增速为") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"))
    assert found.text == "增速为a+b\n"
    listed = "图片 3 张、图表 2 个、艺术字 1 处、嵌入的对象 1 个、公式 1 个、批注 2 条、符号 1 个"
    assert "、".join(one.where for one in found.unread) == listed
    assert all(one.why for one in found.unread)


def test_headers_and_footers_are_listed_where_they_say_something() -> None:
    document = Document()
    document.add_paragraph("正文")
    section = document.sections[0]
    section.footer.paragraphs[0].add_run("— 第 12 页 / Page 3 of 4 —")
    for header, found in (("", {}), ("内部资料", {"页眉": "不是正文"})):
        section.header.paragraphs[0].text = header
        out = io.BytesIO()
        document.save(out)
        (one,) = extract(out.getvalue(), ".docx", "file")
        assert isinstance(one, Extracted)
        assert (one.text, unread(one)) == ("正文\n", found)


@pytest.mark.parametrize(
    ("title", "subject", "given"),
    [
        ("甲市2025年政府工作报告", "", {"title": "甲市2025年政府工作报告"}),
        ("Word Document", "甲市统计\n公报", {"title": "甲市统计 公报"}),
        ("关于印发的通知", "", {}),
        ("", "", {}),
    ],
)
def test_a_title_beside_the_text(title: str, subject: str, given: dict[str, str]) -> None:
    document = Document()
    document.add_paragraph("正文")
    document.core_properties.title, document.core_properties.subject = title, subject
    out = io.BytesIO()
    document.save(out)
    (one,) = extract(out.getvalue(), ".docx", "file")
    assert isinstance(one, Extracted)
    assert (dict(one.given), one.origin) == (given, "metadata")
