"""A level and a growth against a base given elsewhere: from 100 by 10 % to 120 cannot be."""

from __future__ import annotations

from decimal import Decimal

from index.lexicon import load
from index.records import COUNTED, Report
from index.text import normal
from search.check.measures import Measure
from search.check.say import finding, said
from search.results import Finding


def contradicted_growth(report: Report, measures: list[Measure]) -> list[Finding]:
    """Growths over one year whose level and whose base, both given, do not agree with them, rounding allowed for."""
    matched = normal(report.text)
    found = []
    for growth in measures:
        figure = growth.figure
        if figure.kind != "growth" or figure.unit != "%" or figure.status != "actual" or not growth.exact:
            continue
        if _is_real(growth.name) or any(word in figure.sentence.of(matched) for word in load("check")["real"]["basis"]):
            continue
        level = _level(growth, measures)
        years = _years(figure.period, "年均" in figure.clause.of(matched))
        base = _base(level, years, measures) if level and years else None
        if level and base and years and not _agrees(base, growth, level, years):
            text = f"{growth.name}：{said(base.figure)}，{said(level.figure)}，与{said(figure)}不符"
            found.append(finding(report, "growth", growth.name, text, [figure, level.figure, base.figure]))
    return found


def _is_real(name: str) -> bool:
    return any(word in name for word in load("check")["real"]["names"])


def _years(period: str | None, average: bool) -> tuple[int, int, int] | None:
    """(year of the base, year of the level, years between): a year's growth is over one, an average over its span."""
    if period is None:
        return None
    first, last = (int(year) for year in (period.split("-") * 2)[:2])
    if average and first != last:
        return first - 1, last, last - first + 1
    return (first - 1, last, 1) if first == last and not average else None


def _level(growth: Measure, measures: list[Measure]) -> Measure | None:
    """The amount of the same measure in the same sentence, just before the growth."""
    figure = growth.figure
    found = [
        m
        for m in measures
        if m.name == growth.name
        and m.figure.kind in COUNTED
        and not m.step
        and m.figure.role == "value"
        and m.figure.sentence == figure.sentence
        and m.figure.span.start < figure.span.start
        and m.exact
        and m.figure.status == "actual"
    ]
    return found[-1] if found else None


def _base(level: Measure, years: tuple[int, int, int], measures: list[Measure]) -> Measure | None:
    """The same measure in the base year. More than one, and they differ: it is not known which is meant."""
    if (level.figure.period or "").split("-")[-1] != str(years[1]):
        return None
    found = [
        m
        for m in measures
        if m.name == level.name
        and (m.figure.kind, m.figure.unit) == (level.figure.kind, level.figure.unit)
        and m.figure.period == str(years[0])
        and not m.step
        and m.exact
    ]
    return found[0] if len({m.figure.value for m in found}) == 1 else None


def _agrees(base: Measure, growth: Measure, level: Measure, years: tuple[int, int, int]) -> bool:
    """Whether base × (1 + growth) ^ years can be the level, each anywhere in what it is rounded to, twice over."""
    sign = -1 if growth.figure.direction == "down" else 1
    slack = (growth.high - growth.low) / 2
    rates = [growth.figure.value + step * slack * 2 for step in (-1, 1)]
    factors = sorted((1 + sign * rate / Decimal(100)) ** years[2] for rate in rates)
    return base.low * factors[0] <= level.high and level.low <= base.high * factors[1]
