"""Question × figure records → candidates: how far each figure is the one asked for.

Quantity search keeps its own index of (description, quantity) pairs and fuses it with text search (arXiv 2407.10283, 2507.08322).
A description has levels: the indicator's own words, then the clause, the sentence, the paragraph with its headings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.figures.units import kind_of
from index.lexicon import load
from index.records import COUNTED, Figure, Kind, Report
from index.text import normal
from search.library.filters import EVERYWHERE, Scope
from search.library.view import Asked, View
from search.plan.question import Question
from search.plan.terms import Term
from search.plan.wanted import Wanted
from search.plan.when import Period

REACHES = re.compile(
    r"(?:达到?|(?:缩小|缩减|下降|减少|降低?)[到至]|增至|增加到|提高到|升至|突破|超过?)[约近超]?过?$"
)  # right before a number
IN_ALL = re.compile(r"累计|新增|新建|新改?扩?建|共|完成|改造|培训|净增|引进|发放|年均")
STANDING = re.compile(r"人均|户均|亩均|标准|里程|面积|余额|浓度|保有量|存栏|装机|养老金")  # amounts that are levels
FLOWS = ("人次", "次", "场", "场次", "件", "天")


def fits_period(figure: Figure, periods: tuple[Period, ...]) -> bool:
    """Whether the figure is for one of the periods asked for; any is, where none is asked for.

    What was reached over 2021-2025 is not what was reached in 2023: a range answers only for itself. What is planned over years is
    as often given for the last of them.
    """
    if not periods:
        return True
    return any(
        (period.year in (None, figure.period) or _by_the_end(figure, period))
        and (period.status is None or figure.status is None or period.status == figure.status)
        for period in periods
    )


def _by_the_end(figure: Figure, period: Period) -> bool:
    """Whether a plan is for the last of the years asked for: 未来五年, 到2030年."""
    ends = f"{period.year}".partition("-")[2]
    return bool(ends) and figure.status == "target" and figure.period == ends


def is_of(asked: Asked, figure: Figure, periods: tuple[Period, ...]) -> bool:
    """Whether the figure is for one of the periods asked for, by its own words or by the part it stands in."""
    return fits_period(figure, periods) or _of_the_last_year(asked, figure, periods)


def _of_the_last_year(asked: Asked, figure: Figure, periods: tuple[Period, ...]) -> bool:
    """In a part on 2021-2025 a figure whose sentence names no period may be what the last year reached; a level (达7800家) is."""
    if figure.period is None or "-" not in figure.period:
        return False
    section = asked.report.section_of(asked.report.paragraph(figure.paragraph))
    ends = figure.period.split("-")[1]
    meant = [p for p in periods if p.year == ends and p.status in (None, figure.status)]
    inherited = section is not None and section.year == figure.period
    return any(p.in_all for p in meant) or (bool(meant) and (inherited or _is_level(figure, asked.matched)))


def _is_level(figure: Figure, matched: str) -> bool:
    """Whether a number says how many there are in the end, and not how many came in all the years."""
    before = matched[figure.clause.start : figure.span.start]
    in_all = figure.unit in FLOWS or IN_ALL.search(before + figure.indicator) is not None
    stands = figure.kind in ("count", "rate", "share") or STANDING.search(figure.indicator) is not None
    return stands and not in_all and REACHES.search(before) is not None


# How much a word of the question counts where it stands: the nearer the number, the surer it is meant.
INDICATOR, CLAUSE, SENTENCE, PARAGRAPH, HEADING = 1.0, 0.9, 0.7, 0.5, 0.4
# 个 counts anything; asked in one of these, a report may give it in 个.
GENERIC, THINGS = "个", frozenset(("家", "项", "座", "处", "所", "条", "件", "种", "类", "支", "片"))
# A verb of change right before a number, or with only what is counted between; 提高到 says where it ends.
CHANGE = re.compile(r"(?:增加|提高|减少|下降|降低|上涨)(?!到|至)(?:了?[约近超]?过?|[^\d,，、到至]{2,10})$")
CANDIDATES = 120  # figures taken from the figure index; a report has about 250
# What sets candidates of the same words apart.
THRESHOLD = 0.5  # 投资10亿元以上的项目: the count beside that bound, not beside another
# 是多少 without more asks for a level, and for what was reached.
LEVELS: frozenset[Kind] = frozenset(("amount", "count", "rate"))
LEVEL, REACHED = 0.15, 0.1
SPECIFIC = 0.25  # the indicator holds little that was not asked for (全社会固定资产投资, not 工业固定资产投资)
INHERITED = 0.2  # a figure over five years, taken for the last of them, goes behind that year's own
KIND, UNIT, PERIOD, ROLE = 0.5, 0.25, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure and how well it fits. `coverage` is the share of the question's words found, each by where it stands."""

    row: int
    figure: Figure = field(compare=False)  # the row's
    score: float
    coverage: float
    fits: tuple[bool, ...]  # for each number asked for: whether kind and unit answer it
    period_fits: bool
    bound: int  # 1 where it stands beside the bound that the question gives, -1 where it stands beside another
    specific: float  # the share of the indicator's characters that the question names


def candidates(view: View, question: Question, scope: Scope = EVERYWHERE) -> list[Candidate]:
    """The figures that share words with the question, best first."""
    if not question.terms and not question.numbers:
        return []
    rows = view.by_words("figures", question, CANDIDATES, scope.where)
    return _best_first(one for one in _scored(view, question, scope, rows) if one.coverage > 0)


def with_near(view: View, question: Question, scope: Scope, known: Sequence[Candidate], near: Iterable[int]) -> list[Candidate]:
    """The candidates known, and the figures `near` to the question in meaning, best first."""
    if not question.terms and not question.numbers:
        return []
    rows = {one.row for one in known}
    return _best_first([*known, *_scored(view, question, scope, (row for row in near if row not in rows))])


def _scored(view: View, question: Question, scope: Scope, rows: Iterable[int]) -> Iterator[Candidate]:
    """The figures of these rows that a filter leaves."""
    for row in rows:
        if scope.passages is None or view.passage_of_figure(row) in scope.passages:
            yield _candidate(Asked(view, question, view.index.figures[row][0]), row)


def _best_first(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-one.score, one.row))


def _candidate(asked: Asked, row: int) -> Candidate:
    question, figure = asked.question, asked.view.figure(row)
    levels = _levels(asked, row, figure)
    weights = [asked.view.weight(term, asked.row) for term in question.terms]
    found = [_best(term, levels) for term in question.terms]
    total = sum(weights)
    coverage = sum(w * f for w, f in zip(weights, found, strict=True)) / total if total else 0.0
    exact = any(wanted.unit is not None and figure.unit == wanted.unit for wanted in question.wanted)
    fits = tuple(_answers(asked, figure, wanted) for wanted in question.wanted)
    end = reached_from(asked.report, figure) if question.before and figure.role == "base" else None
    period_fits = is_of(asked, figure, question.periods) or (end is not None and fits_period(end, question.periods))
    likely = any(figure.unit in wanted.likely_units for wanted in question.wanted)
    named = _specific(question, asked.view.indicators[row])
    bound = _bound(asked, figure)
    score = (
        coverage
        + SPECIFIC * named * coverage
        + KIND * any(fits)
        + UNIT * (likely or exact)
        + LEVEL * (figure.kind in LEVELS and any(wanted.kinds > LEVELS for wanted in question.wanted))
        + REACHED * (not question.periods and figure.status == "actual")
        + THRESHOLD * bound
        + PERIOD * (period_fits if question.periods else 0)
        - INHERITED * (period_fits and not fits_period(figure, question.periods))
        - ROLE * (figure.role != ("base" if question.before else "value"))
    )
    return Candidate(row, figure, score, coverage, fits, period_fits, bound, named)


def _specific(question: Question, indicator: str) -> float:
    """The share of the indicator's characters that the question names."""
    letters = rest = indicator.replace(" ", "")
    for term in question.terms:
        for name in sorted(term.names, key=len, reverse=True):
            rest = rest.replace(name, "")
    return 1 - len(rest) / len(letters) if letters else 0.0


def reached_from(report: Report, base: Figure) -> Figure | None:
    """Where a change that begins at a base ends: 从0.94万家增加到1.55万家."""
    later = (other for other in report.figures if other.span.start >= base.span.end and other.clause == base.clause)
    end = next(later, None)
    same = end and (end.indicator, end.unit, end.role) == (base.indicator, base.unit, "value")
    return end if same else None


def _answers(asked: Asked, figure: Figure, wanted: Wanted) -> bool:
    """Whether a figure is of a kind and unit asked for."""
    if wanted.unit is not None:
        if not same_measure(figure.unit, wanted.unit):
            return False
        if figure.kind in COUNTED and not wanted.kinds.isdisjoint(COUNTED):  # 箱 is a count, 标箱 an amount
            return True
    if figure.kind in wanted.kinds:
        return figure.kind not in COUNTED or not wanted.measured or _is_likely(figure, wanted)
    return _changed_amount(figure, asked.matched, wanted)


def _is_likely(figure: Figure, wanted: Wanted) -> bool:
    """Whether the unit is one that the measure asked for has: no 投资 is given in 个."""
    return any(same_measure(figure.unit, unit) for unit in wanted.likely_units)


def same_measure(unit: str | None, asked: str) -> bool:
    """多少个企业 is answered in 家 as well: 个, 家 and 户 count the same things, 人 and 名 the same people, 元 and 美元 money."""
    if unit == asked or any(unit in group and asked in group for group in load("units")["alike"]["groups"]):
        return True
    return unit is not None and (
        unit.startswith(f"{asked}/")  # 842元/月, 27微克/立方米
        or (asked == GENERIC and kind_of(unit) == "count")
        or (unit == GENERIC and asked in THINGS)
    )


def _bound(asked: Asked, figure: Figure) -> int:
    """1 where the bound nearest to a count in its clause is the one the question gives, -1 where it is another."""
    given = {(number.value, number.unit) for number in asked.question.numbers}
    if not given:
        return 0
    bounds = [other for other in asked.report.figures if other.role == "threshold" and other.clause == figure.clause]
    if not bounds:
        return 0
    nearest = min(bounds, key=lambda other: abs(other.span.start - figure.span.start))
    return 1 if (nearest.value, nearest.unit) in given else -1


def _levels(asked: Asked, row: int, figure: Figure) -> tuple[tuple[float, str], ...]:
    text, report = asked.matched, asked.report
    paragraph = report.paragraph(figure.paragraph)
    section = report.section_of(paragraph)
    return (
        (INDICATOR, asked.view.indicators[row].replace(" ", "")),
        (CLAUSE, figure.clause.of(text)),
        (SENTENCE, figure.sentence.of(text)),
        (PARAGRAPH, paragraph.span.of(text)),
        (HEADING, normal(" ".join(section.path)) if section else ""),
    )


def _best(term: Term, levels: tuple[tuple[float, str], ...]) -> float:
    """What the word counts where it counts most; the levels go from what counts most to what counts least."""
    best = 0.0
    for level, text in levels:
        if level <= best:
            break
        best = max(best, level * term.share_in(text))
    return best


def _changed_amount(figure: Figure, matched: str, wanted: Wanted) -> bool:
    """提高了155元 and 减少农村贫困人口1000万 answer 提高多少, 减多少: an amount in a clause that begins with a verb of change."""
    if "growth" not in wanted.kinds or figure.kind not in COUNTED:
        return False
    return CHANGE.search(matched[figure.clause.start : figure.span.start]) is not None
