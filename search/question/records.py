"""What is known of a question once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.figures.recognise import Mention
from index.records import Kind, Status

ALL_KINDS: frozenset[Kind] = frozenset(
    ("amount", "count", "growth", "share", "rate", "points", "multiple", "rank", "duration")
)
Asks = Literal[
    "what", "mention", "compare", "difference", "who", "when", "where", "list", "reason", "how", "yesno", "chat"
]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the subject and the other names of the same thing. Any of them found is the term found."""

    text: str
    names: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """When: a year (or range), a status, or both; None is any. `in_all` is what came in all the years to its end."""

    year: str | None
    status: Status | None
    in_all: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number asked for: the kinds that answer it, the unit it is asked in, the units its measure has (产量: 吨)."""

    kinds: frozenset[Kind]
    unit: str | None
    likely_units: tuple[str, ...]
    part: str = ""  # of the question, that asks for it
    measured: bool = False  # a measure is named: an amount in another unit is of another


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    matched: str
    meant: str  # what is embedded: without the report's own name
    terms: tuple[Term, ...]
    words: tuple[str, ...]  # for BM25, as asked
    other_words: tuple[str, ...]  # of other names of the same
    wanted: tuple[Wanted, ...]  # one for each number asked for, in the order of asking
    firm: bool  # a number is asked for in so many words (多少, 第几), not only by naming a measure
    before: bool  # where something stood before the change that is reported (五年前)
    asks: frozenset[Asks]
    periods: tuple[Period, ...]
    numbers: tuple[Mention, ...]  # figures the question itself gives
    places: tuple[str, ...]  # places named that are not the report's own
