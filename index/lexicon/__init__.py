"""Lexicons are data: each TOML file beside this one is a table that code reads once and never writes."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `name`.toml."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
