"""A communiqué with a table, terms and pictures that nobody reads, as records: what readers of files make of one."""

from __future__ import annotations

import re
from decimal import Decimal

from index.records import Cell, Figure, Paragraph, Report, Section, Span, Table, Term, Unread

ID, TITLE = "bing_2023", "丙市2023年国民经济和社会发展统计公报"
ROWS = (  # each cell with the column in which it begins, how many columns and how many rows it covers
    (("指标", 0, 1, 2), ("2022年", 1, 1, 2), ("2023年", 2, 2, 1), ("备注", 4, 1, 2)),
    (("绝对数", 2, 1, 1), ("比上年增长（%）", 3, 1, 1)),
    (("地区生产总值", 0, 1, 1), ("2381000", 1, 1, 1), ("2505000", 2, 1, 1), ("5.2", 3, 1, 1)),
    (("第一产业增加值", 0, 1, 1), ("210000", 1, 1, 1), ("218400", 2, 1, 1), ("4.0", 3, 1, 1), ("按不变价格计算", 4, 1, 2)),
    (("第二产业增加值", 0, 1, 1), ("1180000", 1, 1, 1), ("—", 2, 1, 1), ("6.1", 3, 1, 1)),
    (("其中：<工业>", 0, 1, 1), ("988000", 1, 1, 1), ("1048000", 2, 1, 1)),
)
HEADS = ("一、综合", "二、人口和就业", "三、名词解释")
LINES = (
    "丙市统计局",
    "2024年3月20日",
    HEADS[0],
    "初步核算，全年地区生产总值250.5亿元，比上年增长5.2%。年末“四上”企业1203家，其中研发活动企业310家。",
    "表1  2023年地区生产总值及其增长速度",
    "单位：万元",
    *("\t".join(cell[0] for cell in row) for row in ROWS),
    HEADS[1],
    "年末常住人口312.6万人，城镇化率68.4%。“四上”企业用工21.7万人。",
    HEADS[2],
    "“四上”企业：指规模以上工业、有资质的建筑业、限额以上批发和零售业等企业。",
    "研发活动：指为增加知识存量\n而进行的创造性的、系统的工作。",
)
TEXT = f"{TITLE}\n" + "\n".join(LINES) + "\n"
UNREAD = (Unread("第3页", "图片，没有文字"), Unread("附图", "图表里的数字没有读"))


def _spans() -> list[Span]:
    starts = [len(TITLE) + 1]
    for line in LINES:
        starts.append(starts[-1] + len(line) + 1)
    return [Span(start, start + len(line)) for start, line in zip(starts, LINES, strict=False)]


def _table() -> Table:
    cells = []
    spans = {span.of(TEXT): span for span in _spans()}
    for row, texts in enumerate(ROWS):
        start = spans["\t".join(cell[0] for cell in texts)].start
        for text, column, columns, rows in texts:
            cells.append(Cell(Span(start, start + len(text)), row, column, rows, columns))
            start += len(text) + 1
    return Table(LINES[4], "万元", len(ROWS), 5, 2, 1, 9, tuple(cells))


def _term(word: str, paragraph: Paragraph) -> Term:
    start = paragraph.span.start
    colon = TEXT.index("：", start) + 1
    at = TEXT.index(word, start)
    return Term(Span(at, at + len(word)), Span(colon, paragraph.span.end), paragraph.number)


def _paragraphs(sections: tuple[Section, ...]) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    section, count = None, 0
    for span in _spans():
        line = TEXT.count("\n", 0, span.start) + 1
        heading = next((at for at, one in enumerate(sections) if one.span == span), None)
        if heading is not None:
            section, count = heading, 0
            continue
        count += 1
        found.append(Paragraph(len(found) + 1, count, section, line, line + span.of(TEXT).count("\n"), span, (span,)))
    return tuple(found)


def _figure(cell: Cell, paragraphs: tuple[Paragraph, ...]) -> Figure:
    """An amount of the table, in the unit of its caption."""
    text = cell.span.of(TEXT)
    owner = next(paragraph for paragraph in paragraphs if paragraph.span.contains(cell.span))
    name = owner.span.of(TEXT).partition("\t")[0] + " 绝对数"
    values = (Decimal(text) * 10_000, None, "元", "amount", "value", None, None, name, None, "2023", "actual", owner.number)
    return Figure(text, cell.span, *values, cell.span, owner.span, "万元")  # type: ignore[arg-type]


def communique() -> Report:
    sections = tuple(Section((head,), Span(at := TEXT.index(f"\n{head}\n") + 1, at + len(head)), "2023", "actual") for head in HEADS)
    paragraphs, table = _paragraphs(sections), _table()
    amounts = [cell for cell in table.cells if cell.column == 2 and re.fullmatch(r"\d+", cell.span.of(TEXT))]
    return Report(
        id=ID,
        title=TITLE,
        title_span=Span(0, len(TITLE)),
        place="丙市",
        date="2024-03-20",
        speaker=None,
        office=None,
        year_reported="2023",
        year_planned=None,
        text=TEXT,
        sha256="0" * 64,
        sections=sections,
        paragraphs=paragraphs,
        figures=tuple(_figure(cell, paragraphs) for cell in amounts),
        genre="communique",
        origins=(("title", "text"), ("place", "text"), ("date", "metadata"), ("year", "file name")),
        tables=(table,),
        terms=(_term("“四上”企业", paragraphs[-2]), _term("研发活动", paragraphs[-1])),
        unread=UNREAD,
    )
