"""The patterns and the words of the question lexicons: what asks, what things are called, which words carry no subject."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from index.lexicon import load

# A number is asked for in so many words.
ASKED = re.compile(
    r"多少|(?<![哪这那近前边围好])几(?!乎|何|内|近|月份?|号|个月份)|百分之几|多大|多高|多长|多重|"
    r"how (?:much|many|far|long|large|fast)|percent"
)
# Where a question has parts that ask for a number each: 是多少，增长多少.
PART = re.compile(r"[,，;、?]|(?<=多少) (?=占比|增幅|增速|增长|同比)|(?:和|与|以及|并且?(?![成为入到]))(?=[^,，;、]*(?:多少|几))")

# A part that names no measure, which stands before it: 占GDP的份额，2002年和2007年各是多少.
BARE = re.compile(
    r"(?:去年|今年|上年|目前|现在|\d{4}年?|又|各自?|分别|都|实际|到底|究竟|计划|目标|是|有|为|达到?|到|了|底|末)*(?:多少|几何|多大|多高)[了呢啊呀]?"
)


def found(table: str, key: str, matched: str) -> re.Match[str] | None:
    """The first match of the patterns under `key` of a table."""
    matches: Iterable[re.Match[str] | None] = (pattern.search(matched) for pattern in patterns(table)[key])
    return next((match for match in matches if match), None)


@cache
def patterns(table: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    rows = load("question")[table].items()
    return {key: tuple(re.compile(pattern) for pattern in listed) for key, listed in rows}


# Where something stood before the change that a report gives: 五年前是多少, of 由1.38亿件增加到5.66亿件.
BASE_ASKED = re.compile(
    r"[两三四五六七八九十\d]年(?:之?前|以前)|(?:原来|原先|起初|最初|一开始)(?!打算|计划|准备|定|安排|预期|预计)|"
    r"(?:从|由)(?:多少|几)|前后(?:各|分别)"
)


# 修了多少路 asks for the road itself; 多少辆车 is never cut behind 辆车.
NOUNS = frozenset(load("units")["nouns"]["units"] + load("units")["nouns"]["asked"])
ONLY_UNITS = frozenset(load("units")["nouns"]["never"])


@cache
def units() -> tuple[str, ...]:
    """All units, the longest first."""
    return tuple(sorted({unit for table in load("units")["kinds"].values() for unit in table}, key=len, reverse=True))


ASKED_UNIT = re.compile(r"排?老几|(?:多[少大高长]|几(?!乎|何))(?:个?[万亿百千]*(?:" + "|".join(map(re.escape, units())) + "))?")
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


def is_measure(word: str) -> bool:
    """Whether a word names what a number can be of."""
    return bool(measure_groups(word)) or is_indicator(word)


def measure_groups(text: str) -> frozenset[int]:
    """The groups of measure nouns (lexicon: the nouns of a group mean the same) in a text, longest first: 出口 not in 进出口."""
    found: set[int] = set()
    for noun, group in _nouns():
        if noun in text:
            found.add(group)
            text = text.replace(noun, " ")
    return frozenset(found)


@cache
def _nouns() -> tuple[tuple[str, int], ...]:
    """Each measure noun with the number of its group, longest first."""
    groups = enumerate(load("question")["measures"]["groups"])
    return tuple(sorted(((noun, number) for number, nouns in groups for noun in nouns), key=lambda pair: -len(pair[0])))
