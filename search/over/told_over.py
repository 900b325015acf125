"""What is done with the figures of several reports, in words: given, ranked, reckoned with, set against last year's or the plan."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.records import Figure
from search.answer.framed import dated, joined
from search.answer.operators import compute, why_not_comparable
from search.match.across import Found, name_of
from search.over import kept
from search.over.filled import Cell, Gathering, cells_of, fill, signed, subjects_of
from search.over.framing import framed, missing_first, row_told, rows_of, said
from search.over.intent import HIGHEST, LOWEST
from search.results import Answer, AnswerRow, Computed, Order
from search.written import HIGHER, difference, fallen
from search.written import plain as plain_number

CHANGED = re.compile("提速|加快|变化|进步|回升|回落|放缓|提高|改善|缩小|扩大|上调|下调|升幅|降幅")
FALLS = re.compile("[降跌减]|fell|fall|drop|decreas|cut")
TRILLION = Decimal(10) ** 12
SAID = {"sum": "合计", "mean": "平均", "median": "中位数"}
ABOUT = "其中有“左右”等约数"


def figures_over(gathering: Gathering) -> Answer:
    """Figures of several reports, and what is done with them."""
    over = gathering.over
    cells = [cell for subject in subjects_of(over) for cell in cells_of(gathering, subject)]
    filled = fill(gathering, cells)
    tell = {"rank": _ranked, "mean": _averaged, "change": _changed, "compare": _compared, "kept": _kept}.get(over.operator, _given)
    return tell(gathering, filled)


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


def _given(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    rows = rows_of(gathering, cells)
    head, tail = missing_first(rows)
    return framed(gathering, cells, joined([said(row) for row in rows if row.stated], head, tail), rows=rows)


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


def _compared(gathering: Gathering, cells: Sequence[Cell]) -> Answer:
    """The figures of places set against each other: of two the first against the second, of more the highest against the lowest."""
    cells = alike(cells)
    rows = rows_of(gathering, cells)
    own = [at for at, cell in enumerate(cells) if cell.figure and cell.subject == cells[0].subject]
    if len(own) > 2:
        own.sort(key=lambda at: cells[at].signed, reverse=True)
    one, other = (own[0], own[-1]) if len(own) > 1 else (0, 0)
    pair = [cells[at].figure for at in (one, other) if len(own) > 1]
    made = _apart(gathering.over.operation, [figure for figure in pair if figure])
    head, tail = missing_first(rows)
    if made:
        head += f"{rows[one].label}比{rows[other].label}{made.text}：" if made.operation == "difference" else f"{made.text}："
        made = replace(made, operand_rows=(one, other))
    return framed(gathering, cells, joined([said(row) for row in rows if row.stated], head, tail), rows=rows, computed=made)


def _apart(operation: str | None, figures: Sequence[Figure]) -> Computed | None:
    """By how much, or how many times, one of two figures is above the other."""
    if len(figures) < 2:
        return None
    if operation == "ratio" and (made := compute("ratio", [replace(figure, value_to=None) for figure in figures])):
        return replace(made, text=made.text.split("（")[0])
    return change_of(figures[0], figures[1], rises=False)


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


def change_of(new: Figure, old: Figure, *, rises: bool = True) -> Computed | None:
    """By how much a figure is above or below another; of ranges by their lower ends, as `why` says. `rises`: it is a later one's."""
    falling = [signed(figure) < 0 for figure in (new, old)]
    if falling[0] != falling[1]:
        return compute("difference", [replace(figure, value_to=None) for figure in (new, old)])
    made = difference(replace(new, value_to=None), replace(old, value_to=None), ("降幅扩大", "降幅缩小") if all(falling) else HIGHER)
    if made is None:
        return None
    why = "区间按下限" if new.value_to is not None or old.value_to is not None else why_not_comparable([new, old])
    text = made.text.split("（")[0]
    if rises and made.value and not any(falling):
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
            if one.reached is None and len(planned) == 1 and result.figure and kept.may_be(one.target, result.figure, reports[later]):
                one = kept.judged(one.target, result.figure)
            chance = target.found.chance if target.found else 1.0
            named = replace(target, found=Found(row, one.target, chance, 0.0))
            reached = Found(later, one.reached, chance, 0.0) if one.reached else None
            pairs.append((named, replace(result, found=reached, reason=None if reached else "absent"), one))
    order = ("missed", "distance", "met", "over", "not_told")
    pairs.sort(key=lambda pair: order.index(pair[2].verdict))
    told: dict[str, list[str]] = {}
    rows: list[AnswerRow] = []
    given: list[Cell] = []
    for target, result, one in pairs:
        name = one.target.indicator.replace(" ", "") or target.subject
        when = dated(target.year, None)
        target, result = replace(target, subject=name), replace(result, subject=name)
        own = [row_told(gathering, target, f"{name}（{when}目标）"), row_told(gathering, result, f"{name}（{when}完成）")]
        rows += [own[0], replace(own[1], verdict=one.verdict, difference=one.difference)]
        given += [target, result]
        told.setdefault(kept.verdict_of(one), []).append(kept.said(one, name, own[0].text, own[1].text))
    rows += [row_told(gathering, cell, f"{cell.place.name}{dated(cell.year, cell.status)}{cell.subject}") for cell in alone]
    given += alone
    parts = [f"{verdict}：{'、'.join(ones)}" for verdict, ones in told.items()]
    missing = [row for row in rows[2 * len(pairs) :] if not row.stated]
    tail = missing_first(missing)[1] if missing else ""
    computed = next((one.difference for _, _, one in pairs if one.difference), None) if len(pairs) == 1 else None
    return framed(gathering, given, joined(parts, "", tail), rows=tuple(rows), computed=computed)
