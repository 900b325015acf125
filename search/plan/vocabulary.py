"""What things are called: the names of indicators, the words of everyday for what reports write, and words without a subject."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.lexicon import load
from search.question.patterns import units

ASKED_UNIT = re.compile(
    r"排?老几|(?:多[少大高长]|几(?!乎|何))(?:个?[万亿百千]*(?:" + "|".join(map(re.escape, units())) + "))?"
)
NAMED = 4  # characters of an indicator that is named, and not a word of everyday


def names_of(word: str) -> tuple[str, ...]:
    """A word and the other names of the same indicator."""
    return next((names for name, names in _indicators() if name == word), (word,))


def is_indicator(word: str) -> bool:
    """Whether a word is a name of a known indicator."""
    return any(name == word for name, _ in _indicators())


def names_indicator(matched: str) -> bool:
    """Whether a text names a known indicator, in so many words that it can be nothing else."""
    return any(len(name) >= NAMED and name in matched for name, _ in _indicators())


def is_filler(word: str) -> bool:
    """Whether a word carries no subject, or only asks: 请问, 省里, 老几."""
    return word in fillers() or ASKED_UNIT.fullmatch(word) is not None


@lru_cache(maxsize=5_000)  # most words that are looked for are names of nothing
def longer_names(word: str) -> tuple[str, ...]:
    """The names of other indicators that end in this one: 进出口 for 出口, 按揭贷款 for 贷款."""
    if not is_indicator(word):  # a word said of any of them: 赚钱 is 收入, be it 可支配收入
        return ()
    own = names_of(word)
    return tuple(name for name, names in _indicators() if name.endswith(word) and name != word and names != own)


@cache
def known_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of indicators and everyday words, each with all that reports write for it, longest first."""
    spoken = {word: (word, *names) for word, names in load("everyday")["words"].items()}
    return tuple(sorted((spoken | dict(_indicators())).items(), key=lambda pair: len(pair[0]), reverse=True))


@cache
def everyday() -> frozenset[str]:
    """The words that no report uses for what they mean."""
    return frozenset(load("everyday")["words"])


@cache
def fillers() -> frozenset[str]:
    """The words that carry no subject."""
    table = load("question")["stop"]
    return frozenset([*table["words"], *table["english"]])


@cache
def _indicators() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, all Chinese names of the same), longest name first."""
    table: dict[str, tuple[str, ...]] = {}
    for entry in load("indicators")["indicator"]:
        names = tuple(entry["names"])
        named = () if "spoken" in entry else names
        for name in (*named, *entry.get("spoken", ()), *entry.get("english", ())):
            table.setdefault(name, names)
    return tuple(sorted(table.items(), key=lambda pair: len(pair[0]), reverse=True))
