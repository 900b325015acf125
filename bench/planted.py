"""What `wenbao check` finds of disagreements planted in real reports, and what it reports beside them.

Into a report one sentence is written that disagrees with a figure drawn by chance (with its seed): another value of it, a base that its
growth contradicts, a part larger than it. The same sentence that agrees must be passed over in silence.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from bench.home import Home
from bench.table import Row
from index import paths
from index.collect import collect
from index.figures.extract import extract
from index.lexicon import load
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Figure, Report, Span
from index.text import normal
from search.check.findings import check
from search.written import plain, written_unit

TITLE = "disagreements planted in reports, as wenbao check finds them"
REPORTS = paths.PROJECT.parent / "shared" / "reports"
SEED, EACH, EVERY = 7, 3, 3  # plants of a sort in a report; of which reports: each third
FOUND, ALARMS = 0.8, 0
OFF = Decimal("1.15")  # by how much a planted value is wrong
SCOPE = ("全市", "全省", "全区", "全国", "全年")
VERBS = {"growth": {"up": "增长", "down": "下降"}}


@dataclass(frozen=True, slots=True)
class Plant:
    """A sentence written into a report at an offset: what it says again of a figure, rightly or wrongly."""

    sort: str  # values, growth or sum
    at: int
    text: str
    figure: Figure


def measure(home: Home | None = None) -> Iterator[Row | str]:
    """Recall of each sort, and the alarms: sentences that agree and are reported, findings of what was not touched."""
    planted, found, alarms = Counter[str](), Counter[str](), list[str]()
    for file in sorted(REPORTS.rglob("*.txt"))[::EVERY]:
        (report,) = collect([file]).reports
        before = {finding.text for finding in check(report)}
        for plant in plants(report, random.Random(f"{SEED}{file.name}"), OFF):
            told = told_of(report, plant)
            planted[plant.sort] += 1
            found[plant.sort] += any(span.start >= plant.at for span, _ in told)
            alarms += [text for span, text in told if span.start < plant.at and text not in before]
        for plant in plants(report, random.Random(f"{SEED}{file.name}"), Decimal(1)):
            alarms += [text for _, text in told_of(report, plant) if text not in before]
    for sort in planted:
        yield Row(f"planted {sort}, found of {planted[sort]}", found[sort] / planted[sort], least=FOUND)
    yield Row(f"alarms at {sum(planted.values())} sentences that agree and at what was not touched", len(alarms), most=ALARMS)
    yield from (f"    {text}" for text in alarms)


def plants(report: Report, chance: random.Random, off: Decimal) -> list[Plant]:
    """Sentences of each sort about figures drawn by chance, off by a factor (1: they agree)."""
    named = [figure for figure in report.figures if _is_known(figure)]
    sorts = {
        "values": [_again(report, figure, off) for figure in named],
        "growth": [plant for figure in named if (plant := _base_of(report, figure, off))],
        "sum": [_part_of(report, figure, off) for figure in named if figure.kind in ("amount", "count")],
    }
    return [plant for made in sorts.values() for plant in chance.sample(made, min(EACH, len(made)))]


def told_of(report: Report, plant: Plant) -> list[tuple[Span, str]]:
    """What check tells of the report with the sentence in it, targets aside: where the last figure of each stands, and the words."""
    text = report.text[: plant.at] + plant.text + report.text[plant.at :]
    changed = outline(Source(report.id, text, ""))
    changed = replace(changed, figures=extract(changed))
    told = [finding for finding in check(changed) if finding.kind != "target"]
    return [(Span(max(f.start for f in finding.figures), 0), finding.text) for finding in told]


def _is_known(figure: Figure) -> bool:
    """A value reached in one year, of a measure that the lexicon of indicators names: an own list, not check's."""
    reached = figure.status == "actual" and (figure.period or "-").isdigit() and figure.role == "value"
    plain_value = figure.value_to is None and not figure.modifier and figure.value > 0
    return reached and plain_value and figure.kind in ("amount", "count", "growth", "rate") and _bare(figure) in _names()


def _bare(figure: Figure) -> str:
    name = normal(figure.indicator).replace(" ", "")
    for word in SCOPE:
        name = name.removeprefix(word)
    return name


def _names() -> frozenset[str]:
    return frozenset(name for entry in load("indicators")["indicator"] for name in entry["names"])


def _written(figure: Figure, value: Decimal) -> str:
    """A value with as many decimals as the figure, in its unit."""
    scale, unit = written_unit(figure)
    step = Decimal(1).scaleb(min(0, int((figure.value / scale).as_tuple().exponent)))
    shown = (value / scale).quantize(step, ROUND_HALF_UP)
    if value != figure.value and abs(shown - figure.value / scale) <= step:  # no more than rounding would explain
        shown = figure.value / scale + 2 * step
    return plain(shown) + unit


def _end(report: Report, figure: Figure) -> int:
    """The end of the figure's part: behind its last paragraph."""
    section = report.section_of(report.paragraph(figure.paragraph))
    last = [p for p in report.paragraphs if (s := report.section_of(p)) and section and s.path[0] == section.path[0]]
    return last[-1].span.end if last else report.paragraphs[-1].span.end


def _again(report: Report, figure: Figure, off: Decimal) -> Plant:
    verb = VERBS.get(figure.kind, {}).get(figure.direction or "up", "为")
    text = f"\n{figure.period}年，{figure.indicator}{verb}{_written(figure, figure.value * off)}。"
    return Plant("values", _end(report, figure), text, figure)


def _base_of(report: Report, level: Figure, off: Decimal) -> Plant | None:
    """The level of the year before, as its growth has it."""
    growth = next(
        (g for g in report.figures if g.sentence == level.sentence and g.span.start > level.span.end and _is_growth(g, level)), None
    )
    if growth is None or level.kind not in ("amount", "count"):
        return None
    sign = -1 if growth.direction == "down" else 1
    base = level.value / (1 + sign * growth.value / 100) * off
    text = f"\n{int(level.period or 0) - 1}年，{level.indicator}为{_written(level, base)}。"
    return Plant("growth", _end(report, level), text, level)


def _is_growth(figure: Figure, level: Figure) -> bool:
    same = (figure.indicator, figure.period) == (level.indicator, level.period)
    real = any(name in level.indicator for name in load("check")["real"]["names"])
    return figure.kind == "growth" and same and figure.value_to is None and not figure.modifier and not real


def _part_of(report: Report, figure: Figure, off: Decimal) -> Plant:
    share = off if off > 1 else Decimal("0.6")
    return Plant("sum", figure.span.end, f"，其中农村{_written(figure, figure.value * share)}", figure)
