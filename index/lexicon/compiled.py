"""What code asks of the lexicons most: whether a word is among those of a section, and where its patterns match."""

import re
from functools import cache
from typing import Any

from index.lexicon import load


@cache
def one_of(lexicon: str, *keys: str) -> frozenset[str]:
    """The words of a section."""
    return frozenset(_section(lexicon, keys))


@cache
def pattern_of(lexicon: str, *keys: str) -> re.Pattern[str]:
    """The pattern of a section, or any of its patterns."""
    section = _section(lexicon, keys)
    return re.compile(section if isinstance(section, str) else "|".join(section))


def _section(lexicon: str, keys: tuple[str, ...]) -> Any:
    section: Any = load(lexicon)
    for key in keys:
        section = section[key]
    return section


@cache
def cities() -> tuple[str, ...]:
    """The cities that the lexicon lists, by province."""
    return tuple(city for own in load("places")["cities"].values() for city in own)
