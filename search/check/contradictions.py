"""Where a report contradicts itself: one indicator with two values, parts against their total, a growth against its base."""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from index.lexicon import load
from index.records import COUNTED, Figure, Report
from index.text import normal
from search.check.measures import Measure, finding, is_single
from search.results import Finding
from search.written import hedged, said


def differing_values(report: Report, measures: list[Measure]) -> list[Finding]:
    """Measures of one value a period that are given two. What rounding or a bound explains is not told."""
    groups: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for measure in measures:
        figure = measure.figure
        if figure.period and figure.status and figure.role == "value" and _tells(measure):
            key = (measure.name, figure.period, figure.status, figure.kind, figure.unit, figure.direction, figure.of)
            groups[*key, measure.average].append(measure)
    found = []
    for group in groups.values():
        found += [_tell_values(report, one, other) for one, other in pairwise(group) if _differ(one, other)]
    return sorted(found, key=lambda item: item.figures[0].start)


def _tells(measure: Measure) -> bool:
    loose = measure.name in load("check")["single"]["loose"]
    return measure.exact and is_single(measure.name) and not (loose or measure.step or measure.partial)


def _differ(one: Measure, other: Measure) -> bool:
    """Two values of one sentence are of two things (城乡居民…分别…): only those of two sentences can disagree."""
    return one.figure.sentence != other.figure.sentence and (one.high < other.low or other.high < one.low)


def _tell_values(report: Report, one: Measure, other: Measure) -> Finding:
    text = f"{one.name}：{said(one.figure)}，另一处为{hedged(other.figure)}"
    return finding(report, "values", one.name, text, [one.figure, other.figure])


OF_WHICH = re.compile(r"^(?:，|、|\()?其中[:，]?")


def unequal_sums(report: Report, measures: list[Measure]) -> list[Finding]:
    """Totals that their parts exceed, or do not make up where they are all of it."""
    return [*_listed(report, measures), *_of_which(report, measures)]


def _listed(report: Report, measures: list[Measure]) -> Iterable[Finding]:
    for entry in load("check")["sum"]:
        for whole in measures:
            if whole.name != entry["whole"] or not _counts(whole):
                continue
            parts = [_part(name, whole, measures) for name in entry["parts"]]
            if all(part is not None for part in parts):
                known = [part for part in parts if part is not None]
                if _exceeds(whole, known) or (entry["complete"] and _falls_short(whole, known)):
                    yield _tell_sum(report, whole, known)


def _of_which(report: Report, measures: list[Measure]) -> Iterable[Finding]:
    """…总数100家，其中甲60家、乙50家: parts behind 其中 in the rest of the sentence, in the unit of the number before it."""
    matched = normal(report.text)
    by_figure = {measure.figure.span: measure for measure in measures}
    for figure in report.figures:
        whole = by_figure.get(figure.span)
        tail = matched[figure.span.end : figure.sentence.end]
        if whole is None or not _counts(whole) or not OF_WHICH.match(tail):
            continue
        parts = [by_figure.get(part.span) for part in _after(report, figure)]
        known = [part for part in parts if part is not None and _counts(part)]
        if known and _exceeds(whole, known[:1]):
            yield _tell_sum(report, whole, known[:1])


def _after(report: Report, whole: Figure) -> list[Figure]:
    return [
        figure
        for figure in report.figures
        if figure.sentence == whole.sentence
        and figure.span.start > whole.span.end
        and (figure.kind, figure.unit, figure.period) == (whole.kind, whole.unit, whole.period)
    ]


def _part(name: str, whole: Measure, measures: list[Measure]) -> Measure | None:
    wanted = (whole.figure.kind, whole.figure.unit, whole.figure.period, whole.figure.status)
    found = [
        m for m in measures if m.name == name and (m.figure.kind, m.figure.unit, m.figure.period, m.figure.status) == wanted and _counts(m)
    ]
    return found[0] if len(found) == 1 else None


def _counts(measure: Measure) -> bool:
    return measure.figure.kind in COUNTED and not measure.step and measure.figure.role == "value" and measure.exact


def _exceeds(whole: Measure, parts: list[Measure]) -> bool:
    return sum((part.low for part in parts), Decimal(0)) > whole.high


def _falls_short(whole: Measure, parts: list[Measure]) -> bool:
    return sum((part.high for part in parts), Decimal(0)) < whole.low


def _tell_sum(report: Report, whole: Measure, parts: list[Measure]) -> Finding:
    listed = "、".join(f"{part.name}{hedged(part.figure)}" for part in parts)
    text = f"{whole.name}{said(whole.figure)}，与其组成不符：{listed}"
    return finding(report, "sum", whole.name, text, [whole.figure, *(part.figure for part in parts)])


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
