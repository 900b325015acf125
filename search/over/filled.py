"""A question put to several reports: its cells, each from its own report, what is done with them, and the answer in words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from index.records import Figure, Report, Status
from search.answer.cells import row_of
from search.answer.framed import MOST_CITED, dated, joined
from search.answer.operators import compute, why_not_comparable
from search.find.gather import Encode
from search.library.extent import MARK, Extent, Place
from search.library.view import Asked, View
from search.match.across import Found, When, best_of, candidates_of, name_of, sought_of
from search.over import kept
from search.over.intent import HIGHEST, LOWEST, Over
from search.over.settled import Settled, settled, words_of
from search.plan.follow import WHEN
from search.plan.question import Question, parse
from search.results import Answer, AnswerRow, Computed, Coverage, Order, PlanResult, Reason
from search.written import HIGHER, difference, fallen
from search.written import plain as plain_number

GIVEN = 0.3  # chance (0..1) from which a figure is given: of those that a report has .94 are, by folds over reports (train/across.py)
FORMS = {"rank": "rank", "mean": "mean", "change": "change", "kept": "kept", "which": "which", "differ": "differ", "library": "library"}
REASONS = {
    "absent": "没有提到",
    "unsure": "不能确定",
    "not_held": "索引里没有这份报告",
    "not_yet": "要以后的报告才有",
    "ambiguous": "有几个同名的地方",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that is asked for of one report; None where no report is of it, as `reason` says."""

    subject: str
    place: Place
    year: str | None
    status: Status | None
    report: int | None
    reason: Reason | None = None
    found: Found | None = None

    @property
    def figure(self) -> Figure | None:
        return self.found.figure if self.found else None

    @property
    def signed(self) -> Decimal:
        """Its figure's value, of a range the lower end, of a fall below nothing; 0 without one."""
        return signed(self.figure) if self.figure else Decimal(0)


@dataclass(frozen=True)
class Gathering:
    """What a question over reports is answered with."""

    view: View
    encode: Encode
    extent: Extent
    over: Over
    newest: Report
    everything: bool = False

    @property
    def reports(self) -> Sequence[Report]:
        return self.view.corpus.reports

    @cached_property
    def question(self) -> Question:
        """As it is put to any of the reports."""
        return parse(self.extent.text, self.newest)

    def asked(self, row: int) -> Asked:
        return Asked(self.view, self.question, row)


def form_of(extent: Extent, over: Over) -> str:
    several = len(extent.places) > 1 or extent.group is not None
    return FORMS.get(over.operator) or ("across" if several else "years")


def figures_over(gathering: Gathering) -> Answer:
    """Figures of several reports, and what is done with them."""
    over = gathering.over
    cells = [cell for subject in subjects_of(over) for cell in cells_of(gathering, subject)]
    filled = fill(gathering, cells)
    tell = {"rank": _ranked, "mean": _averaged, "change": _changed, "kept": _kept}.get(over.operator, _given)
    return tell(gathering, filled)


def subjects_of(over: Over) -> tuple[str, ...]:
    """The subjects of a question; of none marked all that is left of it."""
    return over.subjects or (WHEN.sub("", over.text).replace(MARK, "").strip(" ,，、的?"),)


def cells_of(gathering: Gathering, subject: str) -> list[Cell]:
    """The cells of a subject: of every place, year and status that is asked for, in the order of the question."""
    found: list[Cell] = []
    for place in gathering.extent.places:
        for year, status in times_of(gathering, place):
            found += _cells(gathering, subject, place, year, status)
    return found


def times_of(gathering: Gathering, place: Place) -> list[tuple[str | None, Status]]:
    """The years that figures of a place are asked for, each with whether they are planned or reached."""
    over, reports = gathering.over, gathering.reports
    own = [reports[row] for row in place.reports]
    likely = dict(over.statuses)
    status: Status = max(likely, key=lambda one: likely[one]) if likely else "target"
    planned, reported = gathering.newest.year_planned, gathering.newest.year_reported
    if over.operator == "kept":
        years = over.years or ((reported,) if reported else ())
        return [(year, one) for year in years for one in ("target", "actual")]
    if over.every_year and not over.years:
        years = tuple(
            dict.fromkeys(year for report in own if (year := report.year_planned if status == "target" else report.year_reported))
        )
        return [(year, status) for year in years]
    if over.years and over.operator == "give" and over.both >= max(likely.values(), default=0.0):
        return [(year, one) for year in over.years for one in _held(own, year) or [status_of(over, year, planned, reported)]]
    if over.years:
        return [(year, status_of(over, year, planned, reported)) for year in over.years]
    if over.operator == "change":
        newest = planned if status == "target" else reported
        return [(newest, status), (str(int(newest) - 1), status)] if newest else []
    return [(planned if status == "target" else reported, status)]


def _held(reports: Sequence[Report], year: str) -> list[Status]:
    """What reports say of a year: planned, reached or both."""
    told: tuple[tuple[Status, bool], ...] = (
        ("target", any(report.year_planned == year for report in reports)),
        ("actual", any(report.year_reported == year for report in reports)),
    )
    return [status for status, there in told if there]


def status_of(over: Over, year: str, planned: str | None, reported: str | None) -> Status:
    """What a year's figure is: what is to come is planned; else as the question is read."""
    likely = dict(over.statuses)
    if planned and year[:4] >= planned:
        return "actual" if likely.get("actual", 0.0) >= SURELY and len(over.years) == 1 else "target"
    return "target" if likely.get("target", 0.0) >= likely.get("actual", 0.0) else "actual"


SURELY = 0.9  # chance (0..1) from which a result is asked for of a year that is only planned yet


def _cells(gathering: Gathering, subject: str, place: Place, year: str | None, status: Status) -> list[Cell]:
    reports = gathering.reports
    first, last = ((year or "").split("-") * 2)[:2]  # of a five-year plan the report of its first year sets it, that after its last tells
    own = [
        row for row in place.reports if (reports[row].year_planned == first if status == "target" else reports[row].year_reported == last)
    ]
    if own:
        return [Cell(subject, place, year, status, row) for row in own]
    reason: Reason = "ambiguous" if place.twins else "not_held"
    newest = max((reports[row].year_planned or "" for row in place.reports), default="")
    if place.reports and status == "actual" and year is not None and year >= newest:
        reason = "not_yet"
    return [Cell(subject, place, year, status, None, reason)]


def fill(gathering: Gathering, cells: Sequence[Cell]) -> list[Cell]:
    """Each cell with the figure that its report gives, those of one subject and status together."""
    found: dict[int, Cell] = {}
    groups: dict[tuple[str, Status | None], list[int]] = {}
    for at, cell in enumerate(cells):
        if cell.report is not None:
            groups.setdefault((cell.subject, cell.status), []).append(at)
    for (subject, _), members in groups.items():
        when = {row: When(cells[at].year, cells[at].status) for at in members if (row := cells[at].report) is not None}
        best = chosen(gathering, subject, when)
        for at in members:
            one = best.get(cells[at].report or 0)
            given = one is not None and one.chance >= GIVEN
            found[at] = replace(cells[at], found=one) if given else replace(cells[at], reason="absent")
    return [found.get(at, cell) for at, cell in enumerate(cells)]


def chosen(gathering: Gathering, subject: str, when: Mapping[int, When]) -> dict[int, Found]:
    """Of each report the likeliest figure; of one measure over all, where they are to be set side by side."""
    view = gathering.view
    text = gathering.over.text
    for other in gathering.over.subjects:
        text = text.replace(other, "", 1) if other != subject else text
    sought = sought_of(gathering.newest, subject, text, gathering.encode)
    return best_of(candidates_of(view, sought, when))


def rows_of(gathering: Gathering, cells: Sequence[Cell]) -> tuple[AnswerRow, ...]:
    """A row for each cell, those without a figure with their reason."""
    several = Counter(cell.subject for cell in cells)
    return tuple(_row(gathering, cell, label_of(gathering, cells, cell, subjects=len(several) > 1)) for cell in cells)


def _row(gathering: Gathering, cell: Cell, label: str) -> AnswerRow:
    report = gathering.reports[cell.report] if cell.report is not None else None
    if cell.found is not None and cell.report is not None:
        row = row_of(gathering.asked(cell.report), label, cell.subject, cell.found.figure, cell.found.chance)
        at_end = row.year and "-" in row.year and row.year.endswith(cell.year or " ") and cell.found.figure.kind != "growth"
        return replace(row, year=cell.year if at_end else row.year or cell.year, status=row.status or cell.status)
    return AnswerRow(
        label, cell.subject, report.id if report else "", report.title if report else "", cell.place.name, cell.year, cell.status, False,
        cell.reason, "", None, None, None, 0.0,
    )  # fmt: skip


def label_of(gathering: Gathering, cells: Sequence[Cell], cell: Cell, *, subjects: bool) -> str:
    """What sets a cell apart from the others: its place, year and status, subject, kind of document."""
    places = len({one.place.name for one in cells}) > 1
    times = len({(one.year, one.status) for one in cells}) > 1
    kinds = (
        len(
            {
                one.report
                for one in cells
                if (one.place, one.year, one.status, one.subject) == (cell.place, cell.year, cell.status, cell.subject)
            }
        )
        > 1
    )
    report = gathering.reports[cell.report] if cell.report is not None else None
    parts = [
        cell.place.name if places or not times else "", dated(cell.year, cell.status if times else None) if times else "",
        cell.subject if subjects else "", f"（{GENRES[report.genre]}）" if kinds and report else "",
    ]  # fmt: skip
    return "".join(parts)


GENRES = {
    "work_report": "政府工作报告",
    "communique": "统计公报",
    "budget": "预算报告",
    "plan": "计划报告",
    "news": "新闻",
    "other": "其他",
}


def framed(
    gathering: Gathering, cells: Sequence[Cell], text: str, *, rows: tuple[AnswerRow, ...] | None = None, computed: Computed | None = None,
    form: str | None = None, order: Order | None = None,
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
        "confidence": confidence, "form": form or form_of(extent, over), "plan": plan, "rows": rows,
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


OPERATORS = {
    "give": "give", "rank": "order", "mean": "compute", "change": "compute", "kept": "join", "which": "give", "differ": "give",
    "library": "give",
}  # fmt: skip
NAMES = {
    "give": "逐一列出", "rank": "排序", "mean": "合计或平均", "change": "比较", "kept": "目标与完成", "which": "哪些报告", "differ": "对照",
    "library": "有哪些报告",
}  # fmt: skip


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


def _given(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    rows = rows_of(gathering, cells)
    head, tail = missing_first(rows)
    return framed(gathering, cells, joined([said(row) for row in rows if row.stated], head, tail), rows=rows)


def signed(figure: Figure) -> Decimal:
    """A figure's value, of a range its lower end, of a fall below nothing."""
    return -figure.value if figure.kind in ("growth", "points") and figure.direction == "down" else figure.value


def alike(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that may be set side by side: those of the measure and unit that most of them have; the others are as if absent."""
    keys = Counter((name_of(cell.figure)[1], cell.figure.unit) for cell in cells if cell.figure)
    if not keys:
        return list(cells)
    most = keys.most_common(1)[0][0]
    return [
        cell if not cell.figure or (name_of(cell.figure)[1], cell.figure.unit) == most else replace(cell, found=None, reason="unsure")
        for cell in cells
    ]


def _ranked(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    over = gathering.over
    years = dict.fromkeys(cell.year for cell in cells)
    if len(years) > 1 and len({cell.place for cell in cells}) > 1:
        return _ranked_by_year(gathering, cells)
    first = [cell for cell in cells if cell.subject == cells[0].subject]
    others = [cell for cell in cells if cell.subject != cells[0].subject]  # what is asked of the winner alone
    cells = alike(first)
    there = [cell for cell in cells if cell.figure is not None]
    fallen = [cell for cell in there if cell.signed < 0]
    falling = over.descending and len(fallen) > len(there) / 2 and FALLS.search(gathering.extent.text) is not None
    there.sort(key=lambda cell: abs(cell.signed) if falling else cell.signed, reverse=over.descending)
    winners = {cell.place.name for cell in there if cell.signed == there[0].signed}
    cells = [*there, *(cell for cell in cells if cell.figure is None), *(cell for cell in others if cell.place.name in winners)]
    rows = rows_of(gathering, cells)
    beside = rows[len(first) :]
    stated = [row for row in rows[: len(first)] if row.stated]
    take = over.take or len(stated)
    best = [at for at, cell in enumerate(there) if there and cell.signed == there[0].signed]
    word = "降幅最大" if falling else "最高" if over.descending else "最低"
    if over.take == 1 or (over.take is None and not there):
        head = f"{'、'.join(rows[at].label for at in best)}{'并列' if len(best) > 1 else ''}{word}："
        parts = [rows[at].text for at in best[:1]] + [said(row) for row in stated[len(best) :]]
    else:
        last = there[min(take, len(there)) - 1].signed if there else Decimal(0)
        tied = sum(cell.signed == last for cell in there[take:])
        shown = stated[: take + tied]
        head = f"{'从高到低' if over.descending else '从低到高'}{f'前{take}名' if over.take else ''}{'（有并列）' if tied else ''}："
        parts = [said(row) for row in shown]
    if (
        over.take is None
        and over.descending
        and HIGHEST.search(gathering.extent.text)
        and LOWEST.search(gathering.extent.text)
        and len(there) > 1
    ):
        lowest = [at for at, cell in enumerate(there) if cell.signed == there[-1].signed]
        head = f"{'、'.join(rows[at].label for at in best)}{'并列' if len(best) > 1 else ''}最高：{rows[best[0]].text}，"
        head += f"{'、'.join(rows[at].label for at in lowest)}{'并列' if len(lowest) > 1 else ''}最低：{rows[lowest[0]].text}；"
        parts = [f"从高到低：{said(stated[0])}", *(said(row) for row in stated[1:])]
    ranges = any(cell.figure.value_to is not None for cell in there)  # type: ignore[union-attr]
    parts = [*parts[:1], *(said(row) for row in beside if row.stated), *parts[1:]]
    tail = ("（区间按下限）" if ranges else "") + missing_first(rows)[1]
    order = Order("value", over.descending, over.take or len(stated))
    return framed(gathering, cells, joined(parts, head, tail), rows=rows, order=order)


def _ranked_by_year(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    """Of several years each by itself; or, where what changed most is asked for, the places by how far they changed."""
    by_place: dict[str, list[Cell]] = {}
    for cell in alike(cells):
        by_place.setdefault(cell.place.name, []).append(cell)
    if CHANGED.search(gathering.extent.text):
        made = {place: change for place, own in by_place.items() if (change := _change(own)) is not None and change.value is not None}
        order = sorted(made, key=lambda place: made[place].value or Decimal(0), reverse=gathering.over.descending)
        ordered = [cell for place in (*order, *(name for name in by_place if name not in made)) for cell in by_place[place]]
        rows = rows_of(gathering, ordered)
        best = [place for place in order if made[place].value == made[order[0]].value]
        head = f"{'、'.join(best)}变化最{'大' if gathering.over.descending else '小'}：" if best else ""
        text = joined([f"{place}{made[place].text}" for place in order], head, missing_first(rows)[1])
        return framed(gathering, ordered, text, rows=rows, computed=made[order[0]] if order else None)
    parts, ordered = list[str](), list[Cell]()
    for year in sorted({cell.year or "" for cell in cells}):
        own = [cell for cell in alike(cells) if (cell.year or "") == year]
        there = sorted((cell for cell in own if cell.figure), key=lambda cell: cell.signed, reverse=gathering.over.descending)
        ordered += [*there, *(cell for cell in own if not cell.figure)]
        best = [cell.place.name for cell in there if cell.signed == there[0].signed]
        said_of = "、".join(f"{cell.place.name}{fallen(cell.figure)}" for cell in there if cell.figure)
        parts += [f"{year}年{'、'.join(best)}{'最高' if gathering.over.descending else '最低'}：{said_of}"] if there else []
    rows = rows_of(gathering, ordered)
    return framed(gathering, ordered, joined(parts, "", missing_first(rows)[1]), rows=rows)


def _change(cells: Sequence[Cell]) -> Computed | None:
    """The last of a place's years against the first."""
    own = sorted((cell for cell in cells if cell.figure), key=lambda cell: cell.year or "")
    new, old = (own[-1].figure, own[0].figure) if len(own) > 1 else (None, None)
    return change_of(new, old) if new and old else None


def _averaged(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    over, cells = gathering.over, alike(cells)
    rows = rows_of(gathering, cells)
    there = [cell.figure for cell in cells if cell.figure is not None]
    computed = reckoned(over.operation or "mean", there) if len(there) > 1 else None
    head = f"{computed.text}：" if computed else ""
    missing = missing_first(rows)[1]
    lead = f"{len(rows)}项里只找到{len(there)}项，" if missing else ""
    text = joined([said(row) for row in rows if row.stated], lead + head, missing)
    if computed:
        at = tuple(number for number, row in enumerate(rows) if row.stated)
        computed = replace(computed, operand_rows=at)
    return framed(gathering, cells, text, rows=rows, computed=computed)


def reckoned(operation: str, figures: Sequence[Figure]) -> Computed | None:
    """A sum, mean or median of some figures, of a range its lower end."""
    plain = [replace(figure, value=signed(figure), value_to=None, direction=None) for figure in figures]
    if operation == "median":
        ordered = sorted(plain, key=lambda figure: figure.value)
        middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        made = compute("mean", middle * (2 if len(middle) == 1 else 1))
        named = made and replace(made, operation="median", text=f"中位数{made.text.removeprefix('平均').split('（')[0]}")
    else:
        made = compute(operation, plain)
        named = made and replace(made, text=made.text.split("（")[0])
    if named is None:
        return None
    if named.unit == "元" and named.value is not None and abs(named.value) >= TRILLION:
        named = replace(named, text=f"{SAID[named.operation]}{plain_number((named.value / TRILLION).quantize(Decimal('0.0001')))}万亿元")
    ranges = any(figure.value_to is not None for figure in figures)
    why = "区间按下限" if ranges else None
    count = f"（{len(figures)}份报告{'，区间按下限' if ranges else ''}）"
    return replace(
        named,
        text=named.text + count,
        operands=tuple(figure.text for figure in figures),
        comparable=why_not_comparable(figures) in (None, ABOUT),
        why=why,
    )


CHANGED = re.compile("提速|加快|变化|进步|回升|回落|放缓|提高|改善|缩小|扩大|上调|下调|升幅|降幅")
FALLS = re.compile("[降跌减]|fell|fall|drop|decreas|cut")
TRILLION = Decimal(10) ** 12
SAID = {"sum": "合计", "mean": "平均", "median": "中位数"}
ABOUT = "其中有“左右”等约数"


def _changed(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    """For each place and subject the later figure against the earlier."""
    rows = rows_of(gathering, cells)
    parts, computed = [], None
    keys = dict.fromkeys((cell.place.name, cell.subject) for cell in cells)
    for key in keys:
        own = [at for at, cell in enumerate(cells) if (cell.place.name, cell.subject) == key and cell.figure is not None]
        own.sort(key=lambda at: (cells[at].year or "", cells[at].status == "target"))
        shown = "，".join(said(rows[at]) for at in reversed(own))
        if len(own) < 2:
            parts += [shown] if shown else []
            continue
        new, old = cells[own[-1]].figure, cells[own[0]].figure
        made = change_of(new, old) if new and old else None
        if made is None:
            parts.append(shown)
            continue
        made = replace(made, operand_rows=(own[-1], own[0]))
        computed = computed or made
        name = key[0] if len({place for place, _ in keys}) > 1 else ""
        named = key[1] if len({subject for _, subject in keys}) > 1 else ""
        parts.append(f"{name}{named}{made.text}：{shown}")
    head, tail = missing_first(rows)
    return framed(gathering, cells, joined(parts, head, tail), rows=rows, computed=computed)


def change_of(new: Figure, old: Figure) -> Computed | None:
    """By how much the later figure is above or below the earlier; of ranges by their lower ends, which `why` says."""
    falling = [signed(figure) < 0 for figure in (new, old)]
    if falling[0] != falling[1]:
        return compute("difference", [replace(figure, value_to=None) for figure in (new, old)])
    made = difference(replace(new, value_to=None), replace(old, value_to=None), ("降幅扩大", "降幅缩小") if all(falling) else HIGHER)
    if made is None:
        return None
    why = "区间按下限" if new.value_to is not None or old.value_to is not None else why_not_comparable([new, old])
    text = made.text.split("（")[0]
    if made.value and not any(falling):
        text = f"{text}（{'提高' if made.value > 0 else '下降'}）" if new.status == old.status else text
    return replace(
        made,
        text=f"{text}{'（区间按下限）' if why == '区间按下限' else ''}",
        why=why,
        comparable=why in (None, ABOUT, "区间按下限"),
        operands=(new.text, old.text),
    )


def _kept(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    """Each target beside its result, those that were missed first."""
    view, reports = gathering.view, gathering.reports
    pairs: list[tuple[Cell, Cell, kept.Kept]] = []
    alone: list[Cell] = []
    for target in [cell for cell in cells if cell.status == "target"]:
        result = next(
            one
            for one in cells
            if one.status == "actual" and (one.subject, one.place, one.year) == (target.subject, target.place, target.year)
        )
        if target.report is None or (target.found is None and gathering.over.subjects):
            alone += [target, *([result] if result.found or result.reason == "not_yet" else [])]
            continue
        if result.report is None:
            alone.append(result)
            continue
        row, later = target.report, result.report
        planned = (
            kept.targets_like(reports[row], target.figure) if target.figure and gathering.over.subjects else kept.headline(reports[row])
        )
        for one in kept.table(view, row, later, planned):
            if one.reached is None and len(planned) == 1 and result.figure and result.figure.unit == one.target.unit:
                one = kept.judged(one.target, result.figure)
            chance = target.found.chance if target.found else 1.0
            named = replace(target, found=Found(row, one.target, "", chance, 0.0))
            reached = Found(later, one.reached, "", chance, 0.0) if one.reached else None
            pairs.append((named, replace(result, found=reached, reason=None if reached else "absent"), one))
    order = ("missed", "distance", "met", "over", "not_told")
    pairs.sort(key=lambda pair: order.index(pair[2].verdict))
    told: dict[str, list[str]] = {}
    rows: list[AnswerRow] = []
    given: list[Cell] = []
    for target, result, one in pairs:
        name = one.target.indicator.replace(" ", "") or target.subject
        when = dated(target.year, None)
        own = [_row(gathering, target, f"{name}（{when}目标）"), _row(gathering, result, f"{name}（{when}完成）")]
        rows += [own[0], replace(own[1], verdict=one.verdict, difference=one.difference)]
        given += [target, result]
        told.setdefault(kept.verdict_of(one), []).append(kept.said(one, name, own[0].text, own[1].text))
    rows += [_row(gathering, cell, f"{cell.place.name}{dated(cell.year, cell.status)}{cell.subject}") for cell in alone]
    given += alone
    parts = [f"{verdict}：{'、'.join(ones)}" for verdict, ones in told.items()]
    missing = [row for row in rows[2 * len(pairs) :] if not row.stated]
    tail = missing_first(missing)[1] if missing else ""
    computed = next((one.difference for _, _, one in pairs if one.difference), None) if len(pairs) == 1 else None
    return framed(gathering, given, joined(parts, "", tail), rows=tuple(rows), computed=computed)
