"""The cells of a question over reports as rows, and the answer that they make: how it was taken, what is missing, how sure it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from index.records import Status
from search.answer.cells import row_of
from search.answer.framed import MOST_CITED, dated
from search.library.extent import Extent, Place
from search.over.filled import Cell, Gathering, times_of
from search.over.intent import Over
from search.over.settled import Settled, settled, words_of
from search.results import Answer, AnswerRow, Computed, Coverage, Order, PlanResult, Reason

OPERATORS = {
    "give": "give", "rank": "order", "mean": "compute", "change": "compute", "compare": "compare", "kept": "join", "which": "give",
    "differ": "give", "library": "give",
}  # fmt: skip


NAMES = {
    "give": "逐一列出", "rank": "排序", "mean": "合计或平均", "change": "比较", "compare": "相比", "kept": "目标与完成",
    "which": "哪些报告", "differ": "对照", "library": "有哪些报告",
}  # fmt: skip


REASONS = {
    "absent": "没有提到",
    "unsure": "不能确定",
    "not_held": "索引里没有这份报告",
    "not_yet": "要以后的报告才有",
    "ambiguous": "有几个同名的地方",
}


GENRES = {
    "work_report": "政府工作报告",
    "communique": "统计公报",
    "budget": "预算报告",
    "plan": "计划报告",
    "news": "新闻",
    "other": "其他",
}


def form_of(extent: Extent, over: Over) -> str:
    several = len(extent.places) > 1 or extent.group is not None
    return over.operator if over.operator != "give" else "across" if several else "years"


def rows_of(gathering: Gathering, cells: Sequence[Cell]) -> tuple[AnswerRow, ...]:
    """A row for each cell, those without a figure with their reason."""
    return tuple(row_told(gathering, cell, label) for cell, label in zip(cells, labels_of(gathering, cells), strict=True))


def row_told(gathering: Gathering, cell: Cell, label: str) -> AnswerRow:
    report = gathering.reports[cell.report] if cell.report is not None else None
    if cell.found is not None and cell.report is not None:
        row = row_of(gathering.asked(cell.report), label, cell.subject, cell.found.figure, cell.found.chance)
        at_end = row.year and "-" in row.year and row.year.endswith(cell.year or " ") and cell.found.figure.kind != "growth"
        return replace(row, year=cell.year if at_end else row.year or cell.year, status=row.status or cell.status)
    return AnswerRow(
        label, cell.subject, report.id if report else "", report.title if report else "", cell.place.name, cell.year, cell.status, False,
        cell.reason, "", None, None, None, 0.0,
    )  # fmt: skip


def labels_of(gathering: Gathering, cells: Sequence[Cell]) -> list[str]:
    """What sets each cell apart from the others: its place, year and status, subject, kind of document."""
    places = len({cell.place.name for cell in cells}) > 1
    times = len({(cell.year, cell.status) for cell in cells}) > 1
    subjects = len({cell.subject for cell in cells}) > 1
    documents = Counter(_asked_for(cell) for cell in {(_asked_for(cell), cell.report): cell for cell in cells}.values())

    def label(cell: Cell) -> str:
        several = cell.report is not None and documents[_asked_for(cell)] > 1
        parts = (
            cell.place.name if places or not times else "", dated(cell.year, cell.status) if times else "",
            cell.subject if subjects else "", f"（{GENRES[gathering.reports[cell.report or 0].genre]}）" if several else "",
        )  # fmt: skip
        return "".join(parts)

    return [label(cell) for cell in cells]


def _asked_for(cell: Cell) -> tuple[Place, str | None, Status | None, str]:
    """What a cell asks for, of whichever document."""
    return cell.place, cell.year, cell.status, cell.subject


def framed(
    gathering: Gathering, cells: Sequence[Cell], text: str, *, rows: tuple[AnswerRow, ...] | None = None, computed: Computed | None = None,
    order: Order | None = None,
) -> Answer:  # fmt: skip
    """An answer of cells, with how it was taken, what is missing and how sure it is."""
    over, extent = gathering.over, gathering.extent
    rows = rows_of(gathering, cells) if rows is None else rows
    stated = [cell for cell in cells if cell.found is not None]
    missing = tuple(row.label for row in rows if not row.stated)
    own = Settled.of(over.chance, [cell.found.chance for cell in stated if cell.found], len(cells), over.operator, leads(stated))
    confidence = settled(own)
    plan = plan_of(gathering, order=order, operation=computed.operation if computed else None)
    figures = tuple(dict.fromkeys(row.figure for row in rows if row.figure is not None))
    cited = tuple(dict.fromkeys(row.citation for row in rows if row.citation is not None))
    frame: dict[str, Any] = {
        "confidence": confidence, "form": form_of(extent, over), "plan": plan, "rows": rows,
        "coverage": Coverage(len(rows), len(rows) - len(missing), missing),
    }  # fmt: skip
    if not stated:
        reason: Reason = next((cell.reason for cell in cells if cell.reason), "absent")
        return Answer(words_of(cells, reason), False, reason, **frame)
    return Answer(text, computed=computed, figures=figures, citations=cited[: max(MOST_CITED, len(rows))], **frame)


def leads(cells: Sequence[Cell]) -> float:
    """How far the figure that is least ahead of a runner-up is ahead."""
    return min((cell.found.chance - cell.found.behind for cell in cells if cell.found), default=0.0)


def plan_of(
    gathering: Gathering, *, order: Order | None = None, operation: str | None = None, source: Literal["cells", "select"] = "cells"
) -> PlanResult:
    over, extent = gathering.over, gathering.extent
    places = extent.group or "、".join(place.name for place in extent.places)
    subject = "、".join(over.subjects)
    when = "、".join(dict.fromkeys(dated(year, status) for place in extent.places[:1] for year, status in times_of(gathering, place)))
    text = " · ".join(filter(None, [places, when, subject, NAMES[over.operator]]))
    return PlanResult(text, source, OPERATORS[over.operator], None, order, round(over.chance, 2), subject, when, operation)


def missing_first(rows: Sequence[AnswerRow]) -> tuple[str, str]:
    """What the text says in its first and last words where something is missing."""
    missing = [row for row in rows if not row.stated]
    if not missing:
        return "", ""
    told: dict[str, list[str]] = {}
    for row in missing:
        told.setdefault(REASONS.get(row.reason or "absent", "没有提到"), []).append(row.label)
    tail = "；".join(f"{'、'.join(labels[:6])}{'等' if len(labels) > 6 else ''}{reason}" for reason, labels in told.items())
    return f"{len(rows)}项里找到{len(rows) - len(missing)}项：", f"；{tail}"


def said(row: AnswerRow) -> str:
    return f"{row.label}{row.text}"
