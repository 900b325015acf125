"""What index/ and search/ say of what cannot be done, in the page's language. They say it in Chinese; messages.toml has the English."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from web.strings import Words, resource


def told(message: str, words: Words) -> str:
    """The message in the page's language; as it is where messages.toml has no English of it."""
    return (in_english(message) if words.language == "en" else None) or message


def in_english(message: str) -> str | None:
    for pattern, english in _table():
        if found := pattern.fullmatch(message):
            return english.format(**found.groupdict())
    return None


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern for each line; what changes in it is any text."""
    lines: dict[str, str] = tomllib.loads(resource("messages.toml"))
    return tuple((_pattern(chinese), english) for chinese, english in lines.items())


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(line)), re.DOTALL)
