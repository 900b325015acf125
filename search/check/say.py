"""Findings in words: every number in them is quoted from one of the figures."""

from __future__ import annotations

from index.records import Figure, Report
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
