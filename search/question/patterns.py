"""The patterns of lexicon/question.toml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from index.lexicon import load

# A number is asked for in so many words.
ASKED = re.compile(
    r"多少|(?<![哪这那近前边围好])几(?!乎|何|内|近|月份?|号|个月份)|百分之几|多大|多高|多长|多重|"
    r"how (?:much|many|far|long|large|fast)|percent"
)
# Where a question has parts that ask for a number each: 是多少，增长多少.
PART = re.compile(
    r"[,，;、?]|(?<=多少) (?=占比|增幅|增速|增长|同比)|(?:和|与|以及|并且?(?![成为入到]))(?=[^,，;、]*(?:多少|几))"
)

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
