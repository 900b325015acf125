"""Findings in words: every number in them is quoted from one of the figures, or a difference shown with its operands."""

from __future__ import annotations

from decimal import Decimal

from index.records import Figure, Report
from index.text import normal
from search.places import citation, figure_result
from search.results import Computed, Finding, FindingKind

KINDS: dict[str, dict[str | None, str]] = {"growth": {"up": "增长", "down": "下降"}, "share": {None: "占比"}}


def finding(
    report: Report, kind: FindingKind, name: str, text: str, figures: list[Figure], computed: Computed | None = None
) -> Finding:
    """The record: each figure with the sentence it stands in."""
    return Finding(
        kind=kind,
        indicator=name,
        text=text,
        computed=computed,
        figures=tuple(figure_result(report, figure) for figure in figures),
        citations=tuple(citation(report, report.paragraph(figure.paragraph), figure.sentence) for figure in figures),
    )


def said(figure: Figure) -> str:
    """A figure with its period, what it says of it and its hedge: 2007年目标增长20%左右."""
    when = f"{figure.period}年" if figure.period else ""
    planned = "目标" if figure.status == "target" else ""
    verb = KINDS.get(figure.kind, {}).get(figure.direction, "")
    return f"{when}{planned}{verb}{hedged(figure)}"


def hedged(figure: Figure) -> str:
    """Number and unit as written, with the bounds around it."""
    words = [word for word in (figure.modifier or "").split() if word not in figure.text]
    after = [word for word in words if word.startswith("以") or word in ("左右", "上下", "之内")]
    before = [word for word in words if word not in after]
    return "".join(before) + figure.text + "".join(after)


def difference(new: Figure, old: Figure) -> Computed:
    """new − old, in the unit that new is written in where both are written in the same, else in the base unit."""
    scale, unit = _written(new)
    other, same = _written(old)
    if (scale, unit) != (other, same):
        scale, unit = Decimal(1), new.unit or ""
    value = (new.value - old.value) / scale
    unit = "个百分点" if unit in ("%", "％") else unit
    shown = f"{abs(value).normalize():f}{unit}"
    word = "高" if value > 0 else "低"
    numbers = (_number(new.value / scale), _number(old.value / scale))
    text = f"{word}{shown}（{numbers[0]} − {numbers[1]}）" if value else "持平"
    return Computed(text, new.value - old.value, unit if scale == 1 else new.unit or "", (new.text, old.text))


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _written(figure: Figure) -> tuple[Decimal, str]:
    """The scale a figure is written in and the unit after its digits: (10⁸, 亿元)."""
    text = normal(figure.text)
    unit = text.lstrip("0123456789., ")
    number = text[: len(text) - len(unit)].replace(",", "").strip()
    if not number or not figure.value or not Decimal(number):
        return Decimal(1), figure.unit or ""
    return figure.value / Decimal(number), unit
