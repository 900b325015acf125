"""str → Mentions: the numbers of a text that are figures, with value and unit. What they measure is attribute.py's work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from index.figures.bare import heads, money, people, ratios, unitless
from index.figures.measured import with_numeral, with_unit
from index.figures.mention import Mention
from index.figures.worded import doubled, fractions, per_hundred, ranks
from index.lexicon import load
from index.records import Span

# The first that finds a number has it.
RULES: tuple[Callable[[str], Iterator[Mention]], ...] = (
    ranks,
    doubled,
    per_hundred,
    fractions,
    ratios,
    with_unit,
    with_numeral,
    people,
    heads,
    money,
    unitless,
)


def recognise(matched: str, span: Span) -> list[Mention]:
    """The figures in a span of a text in normal form, in order; no two overlap."""
    text = span.of(matched)
    taken = [(match.start(), match.end()) for match in _names().finditer(text)]
    found: list[Mention] = []
    for rule in RULES:
        for mention in rule(text):
            start, end = mention.span.start, mention.span.end
            if all(end <= low or high <= start for low, high in taken):
                found.append(mention)
                taken.append((start, end))
    found.sort(key=lambda mention: mention.span)
    return [mention.moved(span.start) for mention in found]


@cache
def _names() -> re.Pattern[str]:
    """Numbers that are names, ordinals, grades or turns of speech."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("figures")["names"]["patterns"]))
