"""The figures of a report that may be set against each other: those whose measure is named beyond doubt."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import takewhile

from index.figures.clauses import words_of
from index.figures.subject import is_filler
from index.lexicon import load
from index.records import Figure, Report, Span
from index.text import normal
from search.results import Computed, Finding, FindingKind, citation, figure_result

STEP = re.compile(r"(?:增加|减少|提高|降低|下降|增长|上升|增产|减产|增收|减收|多|少|增|减)了?(?:[约近超]|超过)?$")

BASIS = re.compile(r"按(?:可比|不变)价格?计算")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with the name of what it measures, the same for all its spellings, and the values it may stand for."""

    figure: Figure
    name: str
    low: Decimal  # rounded as it is written, the true value lies between
    high: Decimal
    average: bool  # of several years (年均)
    step: bool  # by how much it rose or fell (比上年增加2787亿元), not where it stands
    partial: bool  # perhaps of a part of the place only (农村地区生产总值)

    @property
    def exact(self) -> bool:
        """Whether it is a value rather than a bound."""
        hedges = set((self.figure.modifier or "").split())
        return self.figure.value_to is None and hedges <= set(load("figures")["modifier"]["exact"])


def read_measures(report: Report, matched: str) -> list[Measure]:
    """The values and bases of a report whose indicator stands right before them, in text order."""
    return [
        measure_of(figure, matched)
        for figure in report.figures
        if figure.indicator and figure.role != "threshold" and figure.kind != "duration" and names_surely(report, matched, figure)
    ]


def measure_of(figure: Figure, matched: str) -> Measure:
    """A figure with what it measures and the values it may stand for; `matched` is its report in normal form."""
    half = _last_digit(figure) / 2
    high = figure.value if figure.value_to is None else figure.value_to
    name = canonical(figure.indicator)
    clause = matched[figure.clause.start : figure.span.start]
    return Measure(
        figure=figure,
        name=name,
        low=figure.value - half,
        high=high + half,
        average="年均" in clause or ("平均" in clause and "-" in (figure.period or "")),
        step=figure.kind in ("amount", "count", "points") and STEP.search(clause) is not None,
        partial=_is_partial(figure, matched),
    )


def _is_partial(figure: Figure, matched: str) -> bool:
    """Whether the sentence before it tells of a part of the place. 城镇 in the name of a measure of all of it (城镇新增就业) does not."""
    part = load("check")["part"]
    before = matched[figure.sentence.start : figure.span.start].replace(normal(figure.indicator), "")
    return (
        re.search("|".join(part["places"]), before) is not None
        or re.search("|".join(part["sorts"]), _measures_of_all().sub("", before)) is not None
    )


def canonical(indicator: str) -> str:
    """One name for all spellings of a measure: 全市生产总值 and GDP are 地区生产总值."""
    name = normal(indicator).replace(" ", "")
    for word in load("check")["scope"]["words"]:
        name = name.removeprefix(word) or name
    return _same().get(name, name)


def is_single(name: str) -> bool:
    """Whether a measure has one value for a period: GDP has, 工业项目 has not."""
    single = load("check")["single"]
    return name not in single["bare"] and name.endswith(tuple(single["endings"]))


def less_is_better(name: str) -> bool:
    """Whether a measure is the better the lower it is: 失业率, 居民消费价格."""
    return any(part in normal(name) for part in load("check")["less"]["names"])


def _last_digit(figure: Figure) -> Decimal:
    """What one in the last digit written is worth, in the base unit: 0.1亿元 of 2482.5亿元. 4座 is counted, not rounded."""
    match = re.match(r"[\d,]+(?:\.(\d+))?", normal(figure.text))
    if not match or not figure.value or (figure.kind == "count" and Decimal(match[0].replace(",", "")) == figure.value):
        return Decimal(0)
    written = Decimal(match[0].replace(",", ""))
    return (figure.value / written).copy_abs() * Decimal(10) ** -len(match[1] or "") if written else Decimal(0)


def names_surely(report: Report, matched: str, figure: Figure) -> bool:
    """Whether between the indicator's words and the number stand only other numbers, verbs and fillers."""
    name = normal(figure.indicator)
    start = matched.rfind(name, figure.sentence.start, figure.span.start)
    if start < 0:
        return False
    gap = Span(start + len(name), _bound_start(matched, figure))
    first = bisect_left(report.figures, gap.start, key=lambda one: one.span.start)  # they stand in text order
    spans = (report.figures[at].span for at in range(first, len(report.figures)))
    others = [*takewhile(lambda span: span.start < gap.end, spans)]
    return all(
        is_filler(word) or any(other.overlaps(Span(word.start, word.end)) for other in others)
        for piece in _without_basis(matched, gap)
        for word in words_of(matched, piece)
    )


def _bound_start(matched: str, figure: Figure) -> int:
    """Where the bound before a number begins (不少于28万人); the number itself where none stands there."""
    bounds = (word for word in (figure.modifier or "").split() if matched.endswith(word, 0, figure.span.start))
    return figure.span.start - max(map(len, bounds), default=0)


def _without_basis(matched: str, gap: Span) -> list[Span]:
    """A gap without 按可比价计算: every growth of a product is, whether a report says so or not."""
    found = BASIS.search(matched, gap.start, gap.end)
    return [Span(gap.start, found.start()), Span(found.end(), gap.end)] if found else [gap]


@cache
def _measures_of_all() -> re.Pattern[str]:
    """The names the lexicon has of measures of a place."""
    names = {name for entry in load("indicators")["indicator"] for name in entry["names"] if len(name) > 4}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


@cache
def _same() -> dict[str, str]:
    return {name.replace(" ", ""): names[0] for names in load("check")["same"]["names"] for name in names}


def finding(
    report: Report, kind: FindingKind, name: str, text: str, figures: Sequence[Figure], computed: Computed | None = None
) -> Finding:
    """What `check` says of figures, each with the sentence it stands in."""
    quotes = (citation(report, report.paragraph(figure.paragraph), figure.sentence) for figure in figures)
    return Finding(kind, name, text, computed, tuple(figure_result(report, figure) for figure in figures), tuple(quotes))
