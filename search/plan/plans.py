"""Question × Reading → Plans: the cells or the condition that a question asks for, and what is done with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.errors import UsageError
from index.figures import numerals
from index.lexicon.compiled import pattern_of
from index.records import Report, Span
from search.plan.conditions import conditions_in
from search.plan.follow import WHEN
from search.plan.question import Question
from search.plan.reader import Reading
from search.plan.wanted import Wanted
from search.plan.when import Period, read_periods

Source = Literal["cells", "select"]
# A form is a label for a source and an operator; nothing else hangs on it.
FORMS: dict[str, tuple[Source, str]] = {
    "value": ("cells", "give"),
    "compare": ("cells", "compare"),
    "arithmetic": ("cells", "compute"),
    "table": ("select", "give"),
    "superlative": ("select", "order"),
    "points": ("select", "give"),
    "summary": ("select", "give"),
    "outline": ("select", "give"),
    "enumeration": ("select", "give"),
    "statement": ("select", "give"),
    "mention": ("select", "count"),
}
KEPT = 3  # plans of a question
LIKELY = 0.05  # chance (0..1) below which a plan is not kept: of 1,996 labelled questions .98 are among those above
PAIRED = ("compare", "arithmetic")  # of two figures: what number is asked for is of both
MOST_CELLS = 6
SHARE = re.compile(r"占(?!几|多|比)[^占,，。?]{1,16}?的?(?:比重|比例|份额)$")
TIES = re.compile(r"^[\d、,，和与跟及的是]+|[、,，;；:：和与跟及的比]+$")  # what a marked word does not begin or end with
LATIN, QUOTES = re.compile(r"[a-z][a-z]"), "“”\"'‘’「」『』《》"
FIRST = re.compile(r"前([两三四五六七八九十\d]+)(?:名|位|个|项|大|家)?|top (\d+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure that is asked for: by its own words of the question and those that it shares with the others."""

    own: tuple[Span, ...]
    shared: tuple[Span, ...]
    period: Period | None
    wanted: Wanted | None

    def words(self, matched: str) -> str:
        """What names it, in the order of the question."""
        return "".join(span.of(matched) for span in sorted({*self.own, *self.shared}))

    def question(self, matched: str) -> str:
        """A question for this cell alone."""
        year = f"{self.period.year}年" if self.period and self.period.year else ""
        target = "目标" if self.period and self.period.status == "target" else ""
        return f"{year}{self.words(matched)}{target}是多少"

    def named(self, matched: str) -> str:
        """What sets it apart from the other cells, in the words of the question."""
        return TIES.sub("", "".join(span.of(matched) for span in self.own)) or self.words(matched)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a reader wants a question taken, in place of how it was read; None is as it was read. Raises UsageError."""

    form: str | None = None
    operation: str | None = None
    periods: tuple[Period, ...] | None = None

    def __post_init__(self) -> None:
        if self.form is not None and self.form not in FORMS:
            raise UsageError(f"没有这种问法：{self.form[:40]}；可用 {'、'.join(FORMS)}")

    def question(self, question: Question) -> Question:
        return question if self.periods is None else replace(question, periods=self.periods)

    @property
    def only(self) -> Period:
        """The one time that is chosen: nothing of another is given then."""
        return self.periods[0] if self.periods and len(self.periods) == 1 else Period(None, None)

    def reading(self, reading: Reading) -> Reading:
        forms = reading.forms if self.form is None else ((self.form, 1.0),)
        operations = reading.operations if self.operation is None else ((self.operation, 1.0),)
        return replace(reading, forms=forms, operations=operations)


AS_READ = Chosen()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for, taken one way."""

    form: str
    probability: float
    cells: tuple[Cell, ...] = ()
    operation: str | None = None
    descending: bool = True
    take: int = 1
    subject: str = ""  # of a selection, as the question words it

    @property
    def source(self) -> Source:
        return FORMS[self.form][0]

    @property
    def operator(self) -> str:
        return FORMS[self.form][1]


def plans_of(question: Question, reading: Reading, report: Report) -> list[Plan]:
    """The likeliest plans of a question, at most KEPT, best first."""
    kept = [(form, chance) for form, chance in reading.forms if chance >= LIKELY][:KEPT]
    found = [
        _plan(form, chance, question, reading, report)
        for form, chance in kept
        if form != "compare" or chance == 1 or not _is_share(question)
    ]
    # What the reader parted may be one thing after all: 看病和养老结合起来的占几成.
    whole = [replace(plan, cells=_whole(question, reading)) for plan in found if plan.form == "value" and len(plan.cells) > 1]
    return found + (whole if len(question.wanted) < 2 and len(question.periods) < 2 else [])


def _is_share(question: Question) -> bool:
    """Whether one share is asked for by its whole: 占GDP比重 sets nothing beside another."""
    return len(question.periods) < 2 and SHARE.search(question.matched) is not None


def _whole(question: Question, reading: Reading) -> tuple[Cell, ...]:
    """A question as one cell."""
    period, wanted = (question.periods or (None,))[0], (question.wanted or (None,))[0]
    return (Cell((), (*reading.shared, *reading.own), period, wanted),)


def _plan(form: str, chance: float, question: Question, reading: Reading, report: Report) -> Plan:
    if FORMS[form][0] == "cells":
        cells = cells_of(question, reading, report, form)
        return Plan(form, chance, cells, reading.operations[0][0] if form == "arithmetic" else None)
    first = FIRST.search(question.matched)
    take = numerals.parse(first[1] or first[2]) if first else None
    return Plan(form, chance, descending=reading.descending >= 0.5, take=int(take or 1), subject=subject_of(question, reading))


def subject_of(question: Question, reading: Reading) -> str:
    """What is asked about, in the words that the reader marked; "" where they break off inside an English word."""
    matched = question.matched
    spans = sorted({*reading.shared, *reading.own})
    broken = any(LATIN.match(matched, span.end - 1) for span in spans)
    return "" if broken else TIES.sub("", "".join(span.of(matched) for span in spans)).strip(QUOTES)


def cells_of(question: Question, reading: Reading, report: Report, form: str) -> tuple[Cell, ...]:
    """The cells by what the reader marked, and by the periods that are named; one where the question cannot be parted."""
    matched, periods, wanted = question.matched, question.periods, question.wanted
    own, shared = reading.own, reading.shared
    if form == "value" and len(wanted) > max(1, len(own)):
        return _by_parts(question, wanted, report)
    if len(own) > 1:
        each = wanted if len(wanted) == len(own) else [wanted[0] if wanted else None] * len(own)
        cells = [Cell((span,), shared, _period_at(span, matched, periods, report), one) for span, one in zip(own, each, strict=True)]
        return tuple(cells[:MOST_CELLS])
    everything = (*shared, *own)
    if len(periods) > 1:
        return tuple(Cell((), everything, period, wanted[0] if wanted else None) for period in periods[:MOST_CELLS])
    asked = wanted[:1] if form in PAIRED else wanted
    return tuple(Cell((), everything, periods[0] if periods else None, one) for one in asked or (None,))


def _by_parts(question: Question, wanted: Sequence[Wanted], report: Report) -> tuple[Cell, ...]:
    """One cell for each part of a question that asks for a number: 去年有多少人、城镇化率多高."""
    cells = []
    for one in wanted[:MOST_CELLS]:
        start = max(0, question.matched.find(one.part))
        span = Span(start, start + len(one.part))
        cells.append(Cell((span,), (), _period_at(span, question.matched, question.periods, report), one))
    return tuple(cells)


def _period_at(span: Span, matched: str, periods: Sequence[Period], report: Report) -> Period | None:
    """When a cell is of: as the last period before its words says, where several are named."""
    if len(periods) < 2:
        return periods[0] if periods else None
    starts = [match.start() for match in WHEN.finditer(matched)]
    before = [start for start in starts if start <= span.start]
    if not before:
        return periods[0]
    end = next((start for start in starts if start > span.start), len(matched))
    own = read_periods(matched[before[-1] : end], report)
    return own[0] if own else periods[0]


def bounds_of(question: Question) -> tuple[str | None, str | None]:
    """The lower and the upper bound that a question sets, as it writes them."""
    lower = upper = None
    for condition, span in conditions_in(question.matched, question.numbers):
        if condition.least is not None:
            lower = span.of(question.matched)
        else:
            upper = span.of(question.matched)
    return lower, upper


def for_cell(question: Question, cell: Cell) -> Question:
    """A cell's own question, as it was parsed, with the period and the number that the whole question gives it."""
    wanted = (cell.wanted,) if cell.wanted else question.wanted
    return replace(question, periods=(cell.period,) if cell.period else (), wanted=wanted)


def asks_members(matched: str) -> bool:
    """Whether a question asks for the members of a list: 哪些, 哪几家."""
    return pattern_of("lists", "ask").search(matched) is not None
