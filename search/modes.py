"""How a search may be made: a name, and the rankings it reads. Command line, page and HTTP take their choices from this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class Reads:
    """What a mode looks at. Without `vectors` the encoder is never loaded."""

    words: bool
    vectors: bool
    figures: bool  # the figure records and the part of the asked year: how `ask` ranks


DEFAULT = "hybrid"
MODES: Mapping[str, Reads] = {
    "hybrid": Reads(words=True, vectors=True, figures=True),
    "keyword": Reads(words=True, vectors=False, figures=False),
    "semantic": Reads(words=False, vectors=True, figures=False),
}


def reads(mode: str) -> Reads:
    """What a mode looks at. Raises UsageError for a name that is none."""
    if not isinstance(mode, str) or mode not in MODES:
        raise UsageError(f"没有检索方式 {mode}；可用：{'、'.join(MODES)}")
    return MODES[mode]
