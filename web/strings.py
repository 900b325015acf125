"""The page's words in two languages, what references say of each report, and what cannot be done in the page's language."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from index.records import Report

LANGUAGES = ("zh", "en")  # the first is the page's own


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference says of a report beyond its title."""

    author: str | None = None
    place: str | None = None  # 沈阳
    date: str | None = None  # 2007-01-19, or the year alone
    report: Report | None = None  # itself: what is quoted may be the row of a table


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by key, with the sources of the reports, by id."""

    language: str
    table: Mapping[str, str]
    sources: Mapping[str, Source] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.table[key]

    def source(self, report_id: str) -> Source:
        return self.sources.get(report_id, Source())


def words(language: str | None, sources: Mapping[str, Source] | None = None) -> Words:
    """The words of a language; an unknown one (`?lang=` is anybody's) has the page's own."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    return Words(known, _table(known), sources or {})


def language_of(asked: str | None, accepted: str | None) -> str:
    """The language of the address, else the first that the browser accepts and the page has, else the page's own."""
    if asked in LANGUAGES:
        return asked
    for one in (accepted or "").lower().split(","):
        if one.strip()[:2] in LANGUAGES:
            return one.strip()[:2]
    return LANGUAGES[0]


@cache
def _table(language: str) -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads(resource("strings.toml"))[language]
    return table


def resource(name: str) -> str:
    """A data file of this package."""
    return (files("web") / name).read_text(encoding="utf-8")


def told(message: str, words: Words) -> str:
    """The message in the page's language; as it is where messages.toml has no English of it."""
    return (in_english(message) if words.language == "en" else None) or message


def in_english(message: str) -> str | None:
    for pattern, english in _english():
        if found := pattern.fullmatch(message):
            return english.format(**found.groupdict())
    return None


@cache
def _english() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern for each line; what changes in it is any text."""
    lines: dict[str, str] = tomllib.loads(resource("messages.toml"))
    return tuple((_pattern(chinese), english) for chinese, english in lines.items())


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(line)), re.DOTALL)
