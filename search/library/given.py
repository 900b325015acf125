"""What a report gives for an indicator, under one name for all its spellings: that of its whole place and year, if it is sure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.outline.masthead import NATION
from index.records import Figure, Kind, Report, Status
from index.text import normal
from search.check.measures import Measure as Named
from search.check.measures import canonical, read_measures
from search.plan.places import listed_places, place_names
from search.plan.vocabulary import names_of


def named(words: str) -> str:
    """The name of an indicator as a reader gives it."""
    return _one(normal(words).replace(" ", ""))[0]


def other_names(words: str) -> tuple[str, ...]:
    """By what other names the lexicon knows it, where no report uses its own: 物价 is 居民消费价格."""
    return tuple(dict.fromkeys(named(name) for name in names_of(normal(words).strip())))


def measured(figure: Figure) -> Iterator[tuple[str, Kind]]:
    """The name and kind of each measure a figure is given for: 社会消费品零售总额、固定资产投资增长4% is of both."""
    for part in normal(figure.indicator).replace(" ", "").split("、"):
        name, changes = _one(part)
        kind: Kind = "growth" if changes and (figure.kind, figure.unit) == ("rate", "%") else figure.kind
        yield load("sidebyside")["growth"].get(name, name) if kind == "growth" else name, kind


def falls(figure: Figure) -> bool:
    """Whether a growth is a fall: by its verb, or by its name (CPI微降)."""
    if figure.kind == "growth":
        return figure.direction == "down"
    return normal(figure.indicator).endswith(tuple(load("sidebyside")["change"]["down"]))


def _one(name: str) -> tuple[str, bool]:
    """The canonical name, and whether the name as written says that it changes."""
    lexicon = load("sidebyside")
    for lead in lexicon["lead"]["words"]:
        name = name.removeprefix(lead) or name
    endings = [*lexicon["change"]["up"], *lexicon["change"]["down"]]
    ending = next((ending for ending in endings if name.endswith(ending) and name != ending), "")
    plain = canonical(name.removesuffix(ending))
    return _same().get(plain, plain), bool(ending)


@cache
def _same() -> dict[str, str]:
    return {name: names[0] for names in load("sidebyside")["same"]["names"] for name in names}


BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that is a report's own for a year, by name and kind."""

    name: str
    kind: Kind
    figure: Figure


@dataclass(frozen=True, slots=True)
class Measure:
    """What is set side by side, and in which unit most reports give it."""

    name: str
    kind: Kind
    unit: str | None


def given(report: Report, matched: str) -> tuple[Given, ...]:
    """All figures of a report that may be set beside those of others, in text order."""
    return tuple(
        Given(name, kind, measure.figure)
        for measure in read_measures(report, matched)
        if is_own(report, matched, measure)
        for name, kind in measured(measure.figure)
    )


def pick(givens: Iterable[Given], measure: Measure, status: Status) -> Figure | None:
    """The one figure of a measure; None where two differ. One in the measure's unit goes before others."""
    found = [one.figure for one in givens if (one.name, one.kind, one.figure.status) == (measure.name, measure.kind, status)]
    found = [figure for figure in found if figure.unit == measure.unit] or found
    values = {(figure.value, figure.value_to, figure.unit, figure.direction) for figure in found}
    return found[0] if len(values) == 1 else None


def is_own(report: Report, matched: str, measure: Named) -> bool:
    """Whether a figure is of the year reported on, or planned for, and of the whole place."""
    figure = measure.figure
    year = report.year_reported if figure.status == "actual" else report.year_planned
    average = measure.average and figure.kind != "rate"  # 失业率平均为4.2% is the year's
    if figure.role != "value" or not figure.status or figure.period != year or average or measure.step:
        return False
    before = BRACKETED.sub("", matched[figure.sentence.start : figure.span.start])
    clause = matched[figure.clause.start : figure.span.start]
    return not (
        _is_aside(report, before, clause)
        or pattern_of("sidebyside", "part_year", "pattern").search(before.rpartition("全年")[2])
        or (pattern_of("sidebyside", "since", "pattern").search(before) and f"{year}年" not in clause)
        or pattern_of("sidebyside", "base", "pattern").search(_without_last_year(before, year))
        or (figure.status == "actual" and pattern_of("sidebyside", "aim", "pattern").search(matched[figure.span.end : figure.sentence.end]))
    )


def _is_aside(report: Report, before: str, clause: str) -> bool:
    """Whether the words before a figure say that it is of a part, of another place, or by another count."""
    aside = load("sidebyside")["aside"]
    nation = () if report.place == NATION else aside["nation"]
    return (
        any(word in before for word in aside["sentence"])
        or any(word in clause for word in (*aside["clause"], *nation))
        or _other_places(report.place).search(before) is not None
    )


def _without_last_year(before: str, year: str | None) -> str:
    """比2024年 says no more of a figure of 2025 than 比上年."""
    return before.replace(f"{int(year) - 1}年", "上年") if year else before


@lru_cache(maxsize=1_000)  # each has some hundred names
def _other_places(place: str | None) -> re.Pattern[str]:
    """Listed places that are not in the name of a report's own."""
    own = " ".join(place_names(place)) if place else ""
    return re.compile("|".join(re.escape(name) for name in listed_places() if name not in own))
