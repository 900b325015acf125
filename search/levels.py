"""Figures as rows for a reader: a level and the growth that the report gives with it are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.records import Report
from search.results import Citation, FigureResult, citation

LEVELS = ("amount", "count", "rate", "share")


@dataclass(frozen=True, slots=True)
class Level:
    """`figure` is the level, or whatever stands alone; `growth` the growth that the report gives with it."""

    figure: FigureResult
    growth: FigureResult | None = None

    @property
    def value(self) -> FigureResult | None:
        return None if _is_change(self.figure) else self.figure

    @property
    def change(self) -> FigureResult | None:
        return self.figure if _is_change(self.figure) else self.growth

    @property
    def figures(self) -> tuple[FigureResult, ...]:
        return (self.figure,) if self.growth is None else (self.figure, self.growth)


def _is_change(figure: FigureResult) -> bool:
    """增长16.5%, 提高11.4个百分点, 增长1倍; but not the level 是上年的2倍."""
    return figure.kind == "growth" or (figure.kind in ("points", "multiple") and figure.direction is not None)


def levels(figures: Sequence[FigureResult]) -> list[Level]:
    """In text order. A growth joins the level of the same indicator and paragraph that was written last before it."""
    found: list[Level] = []
    for figure in figures:
        at = _level(found, figure) if figure.kind == "growth" else None
        if at is None:
            found.append(Level(figure))
        else:
            found[at] = Level(found[at].figure, figure)
    return found


def _level(found: list[Level], growth: FigureResult) -> int | None:
    for at in range(len(found) - 1, -1, -1):
        level = found[at].figure
        if (level.report_id, level.paragraph) != (growth.report_id, growth.paragraph):
            return None
        same = (level.indicator, level.period, level.status) == (growth.indicator, growth.period, growth.status)
        if same and level.kind in LEVELS and level.role == "value" and growth.role == "value":
            return at if found[at].growth is None else None
    return None


def quoted(figure: FigureResult, report: Report) -> Citation:
    """The sentence that a figure stands in."""
    paragraph = report.paragraph(figure.paragraph)
    around = (sentence for sentence in paragraph.sentences if sentence.start <= figure.start < sentence.end)
    return citation(report, paragraph, next(around, paragraph.span))


def bounds(figure: FigureResult | None) -> tuple[Decimal | None, Decimal | None]:
    """Value and upper end, below zero for a fall."""
    if figure is None:
        return None, None
    sign = -1 if figure.direction == "down" else 1
    return figure.value * sign, None if figure.value_to is None else figure.value_to * sign
