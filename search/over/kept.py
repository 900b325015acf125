"""What became of targets: each beside what the report of the next year says of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.records import Figure, Report
from index.retrieve.rows import Where
from search.answer.cells import bound_of
from search.check.measures import less_is_better, measure_of
from search.find.candidates import same_measure
from search.library.given import is_own
from search.library.view import View, indicator_words
from search.match.across import name_of
from search.match.arrays import dice, pairs_of
from search.plan.places import place_names
from search.results import Citation, Computed, FigureResult, Record, Verdict, citation, figure_result
from search.written import difference, fallen

SAID: dict[Verdict, str] = {
    "met": "已完成",
    "over": "超额完成",
    "missed": "未完成",
    "distance": "目标是约数，只看差距",
    "not_told": "下一年的报告没有说明",
}
NAMED, NEARLY = 0.7, 0.45  # likeness (0..1) of two names from which a result is of a target, alone and where it is also nearest in meaning
NEAREST = 40  # results of a report that are looked at for a target
FEWEST = 3  # targets in one paragraph, for them to be the headline ones


@dataclass(frozen=True, slots=True)
class KeptResult(Record):
    """A target of a report beside what the report of the next year says of it, each with its sentence."""

    place: str | None
    year: str | None  # the one that it was set for
    indicator: str
    verdict: Verdict
    text: str
    target: FigureResult
    reached: FigureResult | None
    difference: Computed | None
    citations: tuple[Citation, ...]  # of the target, then of what was reached


@dataclass(frozen=True, slots=True)
class Kept:
    """A target with what was reached of it, if the next report says."""

    target: Figure
    reached: Figure | None
    verdict: Verdict
    difference: Computed | None


def judged(target: Figure, reached: Figure | None) -> Kept:
    """Whether a target was met. About so much is told by its distance; where less is better it is judged the other way round."""
    if reached is None:
        return Kept(target, None, "not_told", None)
    got, low = reached.value if _same_way(target, reached) else -reached.value, target.value
    high = low if target.value_to is None else target.value_to
    apart = difference(replace(reached, value_to=None), replace(target, value_to=None)) if got == reached.value else None
    bound = bound_of(target)
    if bound == "about":
        return Kept(target, reached, "distance", apart)
    less = bound == "at_most" or (bound != "at_least" and less_is_better(target.indicator) and target.direction != "down")
    verdict: Verdict
    if less:
        verdict = "missed" if got > high else "over" if got < low else "met"
    else:
        verdict = "missed" if got < low else "over" if got > high else "met"
    return Kept(target, reached, verdict, apart)


def _same_way(target: Figure, reached: Figure) -> bool:
    """Whether both rise, or both fall; of a level neither does."""
    return {target.direction, reached.direction} != {"up", "down"}


def result_of(view: View, row: int, target: Figure, later: int, called: str | None = None) -> Figure | None:
    """What a later report says was reached of a target of the report at `row`: by its name, else by what is near in words and meaning."""
    report = view.corpus.reports[later]
    number = view.corpus.reports[row].figures.index(target)
    at = view.rows[row].figures.start + number
    vector = view.index.backend.vectors("figures", at, at + 1)[0]
    near = view.index.backend.by_vector("figures", vector, NEAREST, Where(later))
    ranks = {view.index.figures[one][1]: place for place, one in enumerate(near)}
    named_so = target if called is None else replace(target, indicator=called)
    name, pairs = name_of(named_so), pairs_of(indicator_words(named_so))
    matched = view.texts[row]
    wanted_whole = is_own(view.corpus.reports[row], matched, measure_of(target, matched))
    found: list[tuple[float, int]] = []
    for place, figure in enumerate(report.figures):
        if not may_be(target, figure, report):
            continue
        own = pairs_of(indicator_words(figure))
        alike = dice(pairs, own)
        rank = ranks.get(place, NEAREST)
        named = name_of(figure) == name and name[0] != ""
        if named or alike >= NAMED or (alike >= NEARLY and rank == 0):
            whole = is_own(report, view.texts[later], measure_of(figure, view.texts[later]))
            if (wanted_whole or name[1]) and not whole:  # a growth over five years is none of the year's
                continue
            found.append((2.0 * named + alike + whole + 1 / (1 + rank), place))
    best = max(found, key=lambda one: (one[0], -one[1]), default=None)
    return None if best is None else report.figures[best[1]]


def may_be(target: Figure, figure: Figure, report: Report) -> bool:
    """Whether a figure is a result of the year and the kind of a target."""
    if figure.status != "actual" or figure.role != "value" or name_of(figure)[1] != name_of(target)[1]:
        return False
    if target.unit != figure.unit and not (target.unit and same_measure(figure.unit, target.unit)):
        return False
    if figure.value == target.value and "目标" in report.text[figure.span.end : figure.sentence.end]:
        return False  # 没有实现年初确定的降低4%左右的目标: what was aimed at, said again
    if target.direction == "down" and figure.direction == "up":  # 能耗由上升4.9%转为下降1.2%
        return False
    return figure.period in (None, target.period)


def table(view: View, row: int, later: int, targets: Sequence[Figure]) -> Iterator[Kept]:
    """Each target with its result; one for 城乡 with those of both."""
    for target in once(targets):
        twins = [other for other in targets if other.clause == target.clause and other.indicator == target.indicator]
        if len(twins) == 2 and _both(target.indicator):  # 城乡居民收入分别增长8%、10%
            own = _both(target.indicator)[twins.index(target)]
            yield judged(target, result_of(view, row, target, later, own))
            continue
        reached = result_of(view, row, target, later)
        both = [] if reached else [result_of(view, row, target, later, name) for name in _both(target.indicator)]
        if len(both) == 2 and all(both):
            yield from (judged(target, one) for one in both)
        else:
            yield from (judged(target, one) for one in ([reached, *_twin(view.corpus.reports[later], reached)] if reached else [None]))


def _twin(report: Report, reached: Figure) -> list[Figure]:
    """The other one where a clause gives two results for one name: 城乡居民收入分别增长6.5%和9.4%."""
    double = "城乡" in reached.indicator or "、" in reached.indicator
    own = [
        one
        for one in report.figures
        if double and (one.sentence, one.indicator, one.unit, one.kind) == (reached.sentence, reached.indicator, reached.unit, reached.kind)
    ]
    return [one for one in own if one != reached] if len(own) == 2 else []


def once(targets: Sequence[Figure]) -> list[Figure]:
    """Targets without what is only striven for beside them: 7%以上、力争8%."""
    found: list[Figure] = []
    for target in targets:
        last = found[-1] if found else None
        same = last and (last.sentence, last.unit, name_of(last)) == (target.sentence, target.unit, name_of(target))
        if not same or _both(target.indicator):
            found.append(target)
    return found


def _both(indicator: str) -> list[str]:
    """城乡居民收入 is that of 城镇 and that of 农村."""
    return [indicator.replace("城乡", own, 1) for own in ("城镇", "农村")] if "城乡" in indicator else []


def targets_of(report: Report) -> list[Figure]:
    """All figures that a report plans for its year."""
    return [
        figure for figure in report.figures if figure.status == "target" and figure.role == "value" and figure.period == report.year_planned
    ]


def targets_like(report: Report, target: Figure) -> list[Figure]:
    """A target and those of the same measure: GDP's level beside its growth."""
    name = name_of(target)[0]
    others = [
        figure
        for figure in targets_of(report)
        if figure != target and name and name_of(figure)[0] == name and figure.sentence == target.sentence
    ]
    return [target, *others]


def headline(report: Report) -> list[Figure]:
    """The targets that stand together where a report sets its main ones: those of the paragraph that has most growths and rates."""
    targets = [figure for figure in targets_of(report) if figure.kind in ("growth", "rate", "share", "count", "amount")]
    counts = Counter(figure.paragraph for figure in targets if figure.kind in ("growth", "rate"))
    most = max(counts.values(), default=0)
    if most < FEWEST:
        return targets[:FEWEST]
    paragraph = min(number for number, count in counts.items() if count == most)
    return [figure for figure in targets if figure.paragraph == paragraph]


def kept_of(view: View, place: str | None = None) -> list[KeptResult]:
    """Every target of every report (of a place) whose next report is there, with what became of it."""
    reports = view.corpus.reports
    found = []
    for name, rows in view.directory.held.items():
        if place is None or place in (name, *place_names(name)):
            by_year = {reports[row].year_reported: row for row in rows}
            pairs = [(row, by_year[year]) for row in rows if (year := reports[row].year_planned) in by_year]
            found += [
                _told(reports[row], reports[later], one)
                for row, later in pairs
                for one in table(view, row, later, targets_of(reports[row]))
            ]
    return found


def _told(report: Report, later: Report, kept: Kept) -> KeptResult:
    target, reached = kept.target, kept.reached
    quotes = [citation(report, report.paragraph(target.paragraph), target.sentence)]
    if reached:
        quotes.append(citation(later, later.paragraph(reached.paragraph), reached.sentence))
    name = target.indicator.replace(" ", "")
    text = f"{verdict_of(kept)}：{said(kept, name, fallen(target), fallen(reached) if reached else '')}"
    shown = figure_result(later, reached) if reached else None
    return KeptResult(
        report.place, target.period, name, kept.verdict, text, figure_result(report, target), shown, kept.difference, tuple(quotes)
    )


def said(kept: Kept, name: str, target: str, reached: str) -> str:
    """消费4%（目标5%以上，低1个百分点）."""
    apart = f"，{kept.difference.text.split('（')[0]}" if kept.difference and kept.difference.value else ""
    return f"{name}{reached}（目标{target}{apart}）" if kept.reached else f"{name}（目标{target}）"


def verdict_of(kept: Kept) -> str:
    """What became of a target, in words: of one that is about so much whether the result is above or below it."""
    if kept.verdict != "distance" or kept.difference is None or kept.difference.value is None:
        return SAID[kept.verdict]
    value = kept.difference.value
    return "与目标（约数）持平" if not value else "高于目标（约数）" if value > 0 else "低于目标（约数）"
