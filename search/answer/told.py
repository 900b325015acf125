"""Filled plans → answers: what is found in rows, items and words, what is missing, and how sure the whole is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.records import Figure, Span
from search.answer import compose
from search.answer.cells import EMPTY, Filled, Gathered, empty_row, row_of
from search.answer.framed import dated, framed, joined, mean, plan_result, sureness_of
from search.answer.operators import compare, compute, with_reservations
from search.answer.select import Picked
from search.match.model import Signals, Sureness
from search.plan.plans import Plan, cells_of
from search.plan.reader import Reading
from search.results import Answer, AnswerRow, Computed, Coverage
from search.written import grown


def cells(gathered: Gathered, plan: Plan, filled: Sequence[Filled]) -> Answer:
    """One figure for each cell, or what is missing."""
    asked, matched = gathered.asked, gathered.asked.question.matched
    given = [one if one.chance >= EMPTY else replace(one, figure=None) for one in filled]
    chance = min((one.chance for one in filled), default=0.0)
    signals = Signals(
        plan.probability, chance, min((one.ahead for one in filled), default=0.0), mean([one.chance for one in filled]),
        min((one.ruled for one in filled), default=0.0), gathered.found.known, len(filled) / 4,
        sum(one.figure is not None for one in given) / max(1, len(filled)),
    )  # fmt: skip
    sureness = sureness_of(gathered, "value" if len(filled) == 1 else "values", signals, [one.figure for one in filled])
    rows = tuple(
        row_of(asked, _label(gathered, plan, one), one.cell.words(matched), one.figure, one.chance)
        if one.figure is not None
        else empty_row(asked, _label(gathered, plan, one), one.cell, "related" if one.spoken_of else "absent", one.spoken_of)
        for one in given
    )
    shown = [one.figure for one in given if one.figure is not None]
    companion = compose.companion(asked.report, shown[0]) if len(filled) == 1 and shown and len(asked.question.wanted) == 1 else None
    if len(filled) > 1:
        text = _counted_text(rows)
    elif shown:
        text = compose.figures_text(asked, shown, companion)
    else:
        text = ""
    computed = compute(plan.operation or "sum", shown) if plan.operator == "compute" and len(shown) == len(filled) > 1 else None
    if computed:
        text = joined(["，".join(f"{row.label}{row.text}" for row in rows)], f"{computed.text}：")
    if plan.operator == "compare" and len(shown) == len(filled) > 1:
        rows, shown, text = _ranked(rows, shown)
    extra = [companion] if companion else []
    quotes = tuple(row.citation for row in rows if row.citation and not row.stated) if shown else ()
    readings = [other for one in filled for other in one.others]
    return framed(gathered, plan, sureness, text, rows, [*shown, *extra], computed, quotes=quotes, readings=readings)


def ruled(gathered: Gathered, answer: Answer, reading: Reading) -> Answer:
    """What rules answer, with its rows and how it was taken."""
    asked, arrays = gathered.asked, gathered.evidence.arrays
    figures = [arrays.figures[arrays.position[Span(figure.start, figure.end)]] for figure in answer.figures]
    wanted, forms = len(asked.question.wanted), dict(reading.forms)
    own = [figure for number, figure in enumerate(figures) if not _goes_along(figures, number, wanted)]
    shown = figures if answer.computed else own
    names = [*map(_name, shown)]
    labels = names if len(set(names)) == len(names) else [dated(f.period, None) + name for f, name in zip(shown, names, strict=True)]
    rows = tuple(row_of(asked, label, label, figure, answer.confidence) for label, figure in zip(labels, shown, strict=True))
    form = "arithmetic" if answer.computed else "compare" if len(shown) > 1 and forms.get("compare", 0) > forms.get("value", 0) else "value"
    signals = Signals(
        forms.get("value", 0.0), answer.confidence, forms.get("compare", 0.0) + forms.get("arithmetic", 0.0), forms.get(form, 0.0),
        float(bool(answer.computed)), gathered.found.known, len(reading.own) / 4, len(own) / max(1, wanted),
    )  # fmt: skip
    sureness = sureness_of(gathered, "rules", signals, own)
    plan = Plan(form, forms.get(form, 0.0), cells_of(asked.question, reading, asked.report, form))
    frame = {"form": form, "plan": plan_result(gathered, plan), "rows": rows, "coverage": Coverage(len(rows), len(rows))}
    computed = with_reservations(answer.computed, shown) if answer.computed else None
    return replace(answer, confidence=round(sureness.right, 2), computed=computed, **frame)  # type: ignore[arg-type]


def _goes_along(figures: Sequence[Figure], number: int, asked: int) -> bool:
    """Whether a figure is only the growth that goes with the level before it."""
    return number >= max(1, asked) and figures[number].kind == "growth"


def _ranked(rows: tuple[AnswerRow, ...], figures: list[Figure]) -> tuple[tuple[AnswerRow, ...], list[Figure], str]:
    """More than two figures, the highest first."""
    first = compare(figures).winners
    order = [*first, *(at for at in range(len(rows)) if at not in first)]
    ranked = tuple(rows[at] for at in order)
    head = f"{'、'.join(rows[at].label for at in first)}{'并列' if len(first) > 1 else ''}最高："
    return ranked, [figures[at] for at in order], joined([f"{row.label}{row.text}" for row in ranked], head)


def _label(gathered: Gathered, plan: Plan, filled: Filled) -> str:
    """What a row is called: the words of the question that set it apart, else what the report calls it; and its time where that does."""
    matched, cell = gathered.asked.question.matched, filled.cell
    indicator = _name(filled.figure) if filled.figure else ""
    name = cell.named(matched) if cell.own else indicator or cell.words(matched)
    periods = {other.period for other in plan.cells}
    if len(periods) > 1 and not cell.own:
        return _dated(filled)
    return f"{name}（{_dated(filled)}）" if len(periods) > 1 else name


def _dated(filled: Filled) -> str:
    """When a cell is of: 2007年目标."""
    figure, period = filled.figure, filled.cell.period
    year = figure.period if figure and figure.period else period.year if period else None
    status = figure.status if figure else period.status if period else None
    return dated(year, status) or "当年"


def _name(figure: Figure) -> str:
    """What the report calls a figure."""
    return figure.indicator.replace(" ", "")


def _counted_text(rows: Sequence[AnswerRow]) -> str:
    """Each row in turn; where some are missing that is said first."""
    found = [row for row in rows if row.stated]
    missing = [row.label for row in rows if not row.stated]
    said = [_labelled(row) for row in found]
    if not missing:
        return joined(said)
    head = f"{len(rows)}项里找到{len(found)}项：" if found else ""
    return joined(said, head, f"；{'、'.join(missing)}没有数字")


def _labelled(row: AnswerRow) -> str:
    """A row's label and figure; a label with digits of its own goes behind, so that the first number is the one asked for."""
    return f"{row.text}（{row.label}）" if re.search(r"\d", row.label) else f"{row.label}：{row.text}"


def pair(gathered: Gathered, plan: Plan, filled: Sequence[Filled], reading: Reading) -> Answer:
    """Two figures set side by side, or reckoned with."""
    asked = gathered.asked
    figures = [one.figure for one in filled if one.figure is not None]
    signals = Signals(
        plan.probability, filled[0].chance, filled[0].ahead, mean([one.chance for one in filled]), filled[0].ruled, gathered.found.known,
        float(len(plan.cells) == 2), len(figures) / 2,
    )  # fmt: skip
    sureness = sureness_of(gathered, plan.form, signals, figures)
    if len(figures) < 2:
        rows = tuple(empty_row(asked, _label(gathered, plan, one), one.cell, "absent") for one in filled)
        return framed(gathered, plan, sureness, "", rows)
    labels = _told_apart([_label(gathered, plan, one) for one in filled], figures)
    rows = tuple(
        row_of(asked, label, one.cell.words(asked.question.matched), figure, one.chance)
        for label, one, figure in zip(labels, filled, figures, strict=True)
    )
    if plan.operator == "compare":
        text, computed = _comparison(rows, figures, reading)
    else:
        apart = len({figure.unit for figure in figures}) > 1
        computed = compute(plan.operation or "difference", figures) or compute("ratio" if apart else "difference", figures)
        told = "，".join(f"{row.label}{row.text}" for row in rows)
        text = joined([told], f"{computed.text}：" if computed else "")
    return framed(gathered, plan, sureness, text, rows, figures, computed)


def _told_apart(labels: list[str], figures: Sequence[Figure]) -> list[str]:
    """Two rows never have one label: what the report calls each, else its time, sets it apart."""
    if labels[0] != labels[1]:
        return labels
    names = [*map(_name, figures)]
    if names[0] != names[1]:
        return names
    return [dated(figure.period, figure.status) + name for figure, name in zip(figures, names, strict=True)]


def _comparison(rows: Sequence[AnswerRow], figures: Sequence[Figure], reading: Reading) -> tuple[str, Computed | None]:
    """Which is higher, both figures and by how much; over time the later goes first."""
    compared = compare(figures)
    computed = compared.computed
    shown = [f"{row.label}{row.text}" for row in rows]
    if len(compared.winners) > 1:
        return f"两者持平：{'，'.join(shown)}。", computed
    first = compared.winners[0] if reading.descending >= 0.5 else 1 - compared.winners[0]
    word = "更高" if first == compared.winners[0] else "更低"
    if figures[0].indicator == figures[1].indicator and figures[0].period != figures[1].period:
        first = max(range(2), key=lambda at: figures[at].period or "")
        word = "更高" if first == compared.winners[0] else "更低"
    apart = f"，{computed.text}" if computed and len({figure.unit for figure in figures}) == 1 else ""
    return joined([f"{rows[first].text}，{shown[1 - first]}{apart}"], f"{rows[first].label}{word}："), computed


def table(gathered: Gathered, plan: Plan, picked: Picked, sure: float | None = None) -> Answer:
    """All figures that a condition leaves; `sure` where a bound alone is the condition."""
    rows = _rows(gathered, picked)
    signals = _signals(gathered, plan, picked, len(rows) / 10, found=bool(rows))
    head = f"找到{len(rows)}项：" if rows else ""
    text = joined([f"{row.label}{grown(row)}" for row in rows], head)
    return framed(
        gathered,
        plan,
        Sureness(sure, 1.0) if sure else sureness_of(gathered, "table", signals, picked.figures),
        text,
        rows,
        picked.figures,
        examined=picked.examined,
    )


def _rows(gathered: Gathered, picked: Picked) -> tuple[AnswerRow, ...]:
    return tuple(row_of(gathered.asked, _name(figure), _name(figure), figure, picked.mean) for figure in picked.figures)


def _signals(gathered: Gathered, plan: Plan, picked: Picked, size: float, *, found: bool) -> Signals:
    """What an answer of a selection is told from; `size` is how much is given."""
    return Signals(plan.probability, picked.chance, picked.ahead, picked.mean, 0.0, gathered.found.known, size, float(found))


def superlative(gathered: Gathered, plan: Plan, picked: Picked) -> Answer:
    """The winner, its number first; what ties with it, or the first of several."""
    rows = _rows(gathered, picked)
    signals = _signals(gathered, plan, picked, len(rows) / 4, found=bool(rows))
    said = [f"{row.text}（{row.label}）" for row in rows]
    tied = "，并列" if len(rows) > 1 and plan.take == 1 else ""
    quote = f"：{rows[0].citation.quote}" if rows and rows[0].citation and len(rows) == 1 else ""
    text = joined(said, "", f"{tied}{quote[:90]}")
    return framed(
        gathered,
        plan,
        sureness_of(gathered, "superlative", signals, picked.figures),
        text,
        rows,
        picked.figures,
        readings=picked.others,
        examined=picked.examined,
    )


def points(gathered: Gathered, plan: Plan, picked: Picked) -> Answer:
    """What the report says on a subject, item by item."""
    total = len(picked.items) + picked.more
    signals = _signals(gathered, plan, picked, len(picked.items) / 8, found=bool(picked.items))
    text = joined([item.text.rstrip("，。；,;") for item in picked.items], f"报告里找到{total}处：")
    return framed(
        gathered,
        plan,
        sureness_of(gathered, plan.form, signals, None, [item.citation for item in picked.items]),
        text,
        items=picked,
        examined=picked.examined,
    )


def members(gathered: Gathered, plan: Plan, picked: Picked, sure: float | None = None) -> Answer:
    """The members of a list, all of them; `sure` where rules found them."""
    signals = _signals(gathered, plan, picked, len(picked.items) / 8, found=bool(picked.items))
    said = [item.text.rstrip("，。；,;") for item in picked.items]
    text = joined(said, "", "等" if picked.open else "", "、" if _short(picked) else "；")
    quotes = tuple(gathered.cite(span) for span in picked.spans)  # of names the clause that holds them
    return framed(
        gathered,
        plan,
        Sureness(sure, 1.0) if sure else sureness_of(gathered, plan.form, signals, None, [item.citation for item in picked.items]),
        text,
        items=picked,
        quotes=quotes,
        examined=picked.examined,
    )


def _short(picked: Picked) -> bool:
    return all(len(item.text) <= 24 for item in picked.items)


def statement(gathered: Gathered, plan: Plan, picked: Picked) -> Answer:
    """The sentence that says it."""
    asked = gathered.asked
    signals = _signals(gathered, plan, picked, 0.0, found=bool(picked.spans))
    spans = [compose.fitting(asked, span) for span in picked.spans]
    lead = "报告提到了：" if plan.form == "mention" else ""
    text = lead + spans[0].of(asked.report.text) if spans else ""
    quotes = tuple(gathered.cite(span) for span in spans)
    return framed(
        gathered, plan, sureness_of(gathered, "statement", signals, None, picked.spans), text, quotes=quotes, examined=picked.examined
    )


def counted(gathered: Gathered, plan: Plan, word: str, picked: Picked) -> Answer:
    """How often a word stands in the report, and where first."""
    count = picked.count or 0
    signals = _signals(gathered, plan, picked, min(count, 10) / 10, found=count > 0)
    text = f"报告里“{word}”出现{count}次。" if word else ""
    quotes = tuple(gathered.cite(compose.fitting(gathered.asked, span)) for span in picked.spans)
    return framed(
        gathered,
        plan,
        sureness_of(gathered, "mention", signals, None, picked.spans),
        text,
        quotes=quotes,
        examined=picked.examined,
        found=count,
    )
