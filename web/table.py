"""The figure table as readers see it: a level with its growth on one row, number and unit as the report writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.export import Table
from search.results import FigureResult
from web.strings import Words

NUMBER = re.compile(r"第?[\d.,，．０-９]+(?:\s*[—–\-~～至]+\s*[\d.,０-９]+)?")
COLUMNS = ("indicator", "value", "unit", "growth", "hedge", "period", "status", "section")
WIDTHS = ["290px", "96px", "96px", "84px", "92px", "84px", "84px", "350px", "0px"]  # of the columns, the key out of sight
LEVELS = ("amount", "count", "rate", "share")


@dataclass(frozen=True, slots=True)
class Row:
    """`figure` is the level, or whatever stands alone; `growth` the growth that the report gives with it."""

    figure: FigureResult
    growth: FigureResult | None = None

    @property
    def key(self) -> str:
        """Finds the row again after a reader has sorted the table."""
        return f"{self.figure.report_id}:{self.figure.start}"


def rows(figures: Sequence[FigureResult]) -> list[Row]:
    """In text order. A growth joins the level of the same indicator and paragraph that was written last before it."""
    found: list[Row] = []
    for figure in figures:
        at = _level(found, figure) if figure.kind == "growth" else None
        if at is None:
            found.append(Row(figure))
        else:
            found[at] = Row(found[at].figure, figure)
    return found


def _level(found: list[Row], growth: FigureResult) -> int | None:
    for at in range(len(found) - 1, -1, -1):
        level = found[at].figure
        if (level.report_id, level.paragraph) != (growth.report_id, growth.paragraph):
            return None
        same = (level.indicator, level.period, level.status) == (growth.indicator, growth.period, growth.status)
        if same and level.kind in LEVELS and level.role == "value" and growth.role == "value":
            return at if found[at].growth is None else None
    return None


def cells(row: Row, words: Words) -> list[str]:
    """A row as the table shows it, with its key last."""
    figure = row.figure
    value, unit = ("", "") if figure.kind == "growth" else as_written(figure.text)
    growth = figure if figure.kind == "growth" else row.growth
    return [
        figure.indicator,
        value,
        unit,
        _signed(growth) if growth else "",
        _hedges(row),
        figure.period or "",
        words[figure.status] if figure.status else "",
        figure.section[-1] if figure.section else words["outside"],
        row.key,
    ]


def as_written(text: str) -> tuple[str, str]:
    """2482.5亿元 → 2482.5 and 亿元; what does not open with digits (翻一番) stays whole."""
    match = NUMBER.match(text)
    return (match[0], text[match.end() :].strip()) if match and match.end() < len(text) else (text, "")


def _signed(growth: FigureResult) -> str:
    return f"−{growth.text}" if growth.direction == "down" else growth.text


def _hedges(row: Row) -> str:
    """Every hedge of the row, none lost; a growth's own says that it is the growth's."""
    own = row.figure.modifier or ""
    grown = row.growth.modifier if row.growth and row.growth.modifier else ""
    return "；".join(filter(None, (own, grown and f"增长{grown}")))


def as_table(found: Sequence[Row], words: Words) -> Table:
    """The rows as they are shown, each with its paragraph and report; as JSON the figures as contract.md has them, in text order."""
    figures = [figure for row in found for figure in (row.figure, row.growth) if figure is not None]
    return Table(
        json=[figure.to_dict() for figure in figures],
        fields=[words[f"column_{name}"] for name in (*COLUMNS, "paragraph", "report")],
        rows=[[*cells(row, words)[:-1], row.figure.paragraph, row.figure.report_id] for row in found],
    )
