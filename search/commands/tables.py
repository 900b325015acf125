"""What the commands find, as tables, and printed: every field for programs, and what a person reads of them."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields

from search.commands import show
from search.export import FORMATS, Cell, Table
from search.levels import bounds
from search.over.kept import KeptResult
from search.results import OF_FIGURE, STATUS, AnswerRow, AskResult, Citation, FigureResult, Finding, PassageResult, Row, SearchResult, Side
from search.written import fallen, grown

SIDES = ("reached", "planned", "planned_before")
OF_SIDE = ("value", "value_to", "unit", "direction", "period", "report_id", "line", "quote")
OF_ROW = ("indicator", "kind", "place", "year", "report_id", "report")
OF_PASSAGE = tuple(field.name for field in fields(PassageResult) if field.name != "marks")


def given(options: argparse.Namespace, table: Table) -> int:
    """Print it in the format asked for, else as its command lists it. Returns the exit status."""
    form = "json" if options.json else options.format
    written = table.listing if form is None and table.listing else FORMATS[form or "table"](table)
    if isinstance(written, bytes):
        sys.stdout.buffer.write(written)
    else:
        print(written)
    return 0


def unreadable(skipped: Sequence[Mapping[str, str]]) -> list[str]:
    """The files of which nothing was read, a line each; nothing where there are none."""
    return [*(["没有读成的文件"] if skipped else []), *(f"  {skip['reason']}（{skip['file']}）" for skip in skipped)]


def figures(found: Sequence[FigureResult]) -> Table:
    return Table(
        json=[figure.to_dict() for figure in found],
        fields=OF_FIGURE,
        rows=[[getattr(figure, name) for name in OF_FIGURE] for figure in found],
        headings=("指标", "数值", "限定", "种类", "时期", "状态", "行"),
        lines=[(f.indicator, f.text, f.modifier, f.kind, f.period, _status(f), f.line) for f in found],
        none="没有这样的指标。",
    )


OF_QUOTE = ("sentence", "report", "section", "paragraph_in_section", "link")
OF_ANSWER = (
    *("item", "group", "text", "value", "value_to", "unit", "period", "status"),
    *("place", "indicator", "reason", "verdict", "apart", *OF_QUOTE),
)
OF_NONE: tuple[Cell, ...] = (None,) * (OF_ANSWER.index("sentence") - OF_ANSWER.index("value"))  # between the text and the quote
Link = Callable[[Citation], str]  # where a quote stands
Told = Callable[[AnswerRow], Sequence[str | None]]  # a row's status, why it has no figure, what became of it, in words


def _told(row: AnswerRow) -> Sequence[str | None]:
    return STATUS.get(row.status or "", ""), row.reason, VERDICTS[row.verdict] if row.verdict else None


def answer(result: AskResult, link: Link, told: Told = _told) -> Table:
    """A row for each row or item of an answer, for each reading of one that is unsure, else for each quote, with its place and link."""
    found = result.answer
    rows: list[list[Cell]] = [[item.text, item.group, None, *OF_NONE, *_stands(item.citation, link)] for item in found.items]
    rows += [answered(one, link, told) for one in found.rows if not found.items]
    rows += [[other.difference, None, other.text, *OF_NONE, *_stands(other.citation, link)] for other in found.alternatives if not rows]
    rows += [[found.text, None, None, *OF_NONE, *_stands(quote, link)] for quote in found.citations if not rows]
    return Table(json=result.to_dict(), fields=OF_ANSWER, rows=rows)


def answered(one: AnswerRow, link: Link, told: Told = _told) -> list[Cell]:
    """A fall is below zero."""
    measured: list[Cell] = [*bounds(one.figure), one.figure.unit if one.figure else None]
    status, reason, verdict = told(one)
    where = _stands(one.citation, link) if one.citation else [None] * len(OF_QUOTE)
    apart = one.difference.text if one.difference else None
    of = [one.year, status if one.stated else None, one.place, one.subject, reason, verdict, apart]
    return [one.label, None, grown(one), *measured, *of, *where]


def _stands(quote: Citation, link: Link) -> list[Cell]:
    return [quote.quote, quote.report, quote.section, quote.paragraph_in_section, link(quote)]


def side_by_side(rows: Sequence[Row]) -> Table:
    """A line a report, below the indicator; in a file each side has its words and OF_SIDE."""
    measure = f"{rows[0].indicator}（{rows[0].kind}）" if rows else ""
    sides = [name if of is None else f"{name}_{of}" for name in SIDES for of in (None, *OF_SIDE)]
    return Table(
        json=[row.to_dict() for row in rows],
        fields=(*OF_ROW, *sides, "difference"),
        rows=[[getattr(row, name) for name in OF_ROW] + _sides(row, _whole) + _difference(row) for row in rows],
        headings=(measure, "年份", "上年完成", "当年计划", "上年计划", "完成与计划相差"),
        lines=[[row.place or row.report, row.year, *_sides(row, _text), *_difference(row)] for row in rows],
        none="没有这样的指标。",
    )


def _sides(row: Row, cells: Callable[[Side | None], list[Cell]]) -> list[Cell]:
    return [cell for name in SIDES for cell in cells(getattr(row, name))]


def _text(side: Side | None) -> list[Cell]:
    return [side.text if side else "—"]


def _whole(side: Side | None) -> list[Cell]:
    if side is None:
        return [None] * (1 + len(OF_SIDE))
    figure, cited = side.figure, side.citation
    given = (figure.value, figure.value_to, figure.unit, figure.direction, figure.period)
    return [side.text, *given, cited.report_id, cited.line, cited.quote]


def _difference(row: Row) -> list[Cell]:
    return [row.difference.text if row.difference else None]


def findings(found: Sequence[Finding]) -> Table:
    """A line a finding; its figures, their lines and their sentences stand in one cell each."""
    return Table(
        json=[finding.to_dict() for finding in found],
        fields=("kind", "indicator", "text", "difference", "report_id", "report", "figures", "lines", "quotes"),
        rows=[_finding(finding) for finding in found],
        headings=("种类", "指标", "说明", "报告", "行"),
        lines=[(show.FINDINGS[f.kind], f.indicator, f.text, f.citations[0].report, _lines(f)) for f in found],
        none=show.NO_FINDING,
        listing=show.findings(found),
    )


def kept(found: Sequence[KeptResult]) -> Table:
    """A line a target, what became of it and both sentences."""
    return Table(
        json=[one.to_dict() for one in found],
        fields=(
            "place",
            "year",
            "indicator",
            "verdict",
            "target",
            "reached",
            "difference",
            "target_report",
            "target_quote",
            "reached_report",
            "reached_quote",
        ),
        rows=[_kept(one) for one in found],
        headings=("地方", "年份", "指标", "结果", "目标", "完成", "相差"),
        lines=[(one.place, one.year, one.indicator, VERDICTS[one.verdict], *_kept(one)[4:7]) for one in found],
        none="没有可以对照的目标：要有同一个地方前后两年的报告。",
    )


VERDICTS = {"met": "完成", "over": "超额", "missed": "未完成", "distance": "只看差距", "not_told": "未说明"}


def _kept(one: KeptResult) -> list[Cell]:
    quotes = [cell for cited in one.citations for cell in (cited.report, cited.quote)]
    apart = one.difference.text if one.difference else None
    reached = fallen(one.reached) if one.reached else None
    return [one.place, one.year, one.indicator, one.verdict, fallen(one.target), reached, apart, *quotes, *[None] * (4 - len(quotes))]


def _finding(found: Finding) -> list[Cell]:
    first, difference = found.citations[0], found.computed.text if found.computed else None
    figures = [figure.text for figure in found.figures]
    quotes = [*dict.fromkeys(cited.quote for cited in found.citations)]
    told = [found.kind, found.indicator, found.text, difference, first.report_id, first.report]
    return [*told, figures, _lines(found), quotes]


def _lines(found: Finding) -> list[str]:
    return [str(figure.line) for figure in found.figures]


def passages(result: SearchResult) -> Table:
    found = result.passages
    return Table(
        json=result.to_dict(),
        fields=OF_PASSAGE,
        rows=[[getattr(passage, name) for name in OF_PASSAGE] for passage in found],
        headings=("名次", "报告", "部分", "时期", "状态", "行", "原文"),
        lines=[(p.rank, p.report, p.section, p.year, _status(p), p.line, p.text) for p in found],
        none=show.NO_PASSAGE,
        listing=show.passages(result),
    )


def _status(one: FigureResult | PassageResult) -> str:
    return STATUS.get(one.status or "", "")
