"""The page's own words in 中文 and English, read from strings.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")  # the first is the page's own


def words(language: str | None) -> Mapping[str, str]:
    """The words of a language; an unknown one (`?lang=` is anybody's) has the page's own."""
    return _table(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _table(language: str) -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads(resource("strings.toml"))[language]
    return table


def resource(name: str) -> str:
    """A data file of this package."""
    return (files("web") / name).read_text(encoding="utf-8")
