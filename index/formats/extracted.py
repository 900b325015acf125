"""What a reader hands on: the text of a report, and what its file says of it beyond the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_CHARACTERS = 4_000_000  # the longest report known has under 40,000; what unpacks to more is not a report


@dataclass(frozen=True, slots=True)
class Extracted:
    """One report as its file gives it.

    `headings` maps a line of the text (1-based) to its depth where the format marks it as a heading (1 is the outermost).
    `given` holds fields of the masthead that stand beside the text. `key` tells apart the reports of one file.
    """

    text: str
    headings: Mapping[int, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    is_file: bool = False  # the text is the file itself, as decoded: nothing may be left out of it


def of_lines(lines: list[tuple[str, int]]) -> Extracted:
    """Lines with their depth as headings (0: none) → a text with a line for each that is not empty."""
    kept = [(text.strip(), depth) for text, depth in lines if text.strip()]
    marked = {number: depth for number, (_, depth) in enumerate(kept, start=1) if depth}
    return Extracted("".join(f"{text}\n" for text, _ in kept), marked)
