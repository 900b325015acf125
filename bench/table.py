"""A measurement as a row: its value with its unit, and the target beside it with pass or miss."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NAME, VALUE = 52, 10  # columns


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `most` and `least` are its targets, inclusive; a `value` of None was not measured, `note` says why."""

    name: str
    value: float | None
    unit: str = ""
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the target is met; None where there is no target, or no value."""
        if self.value is None or (self.most is None and self.least is None):
            return None
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def __str__(self) -> str:
        value = "–" if self.value is None else number(self.value)
        target = " ".join(f"{sign} {bound:g}" for sign, bound in (("≤", self.most), ("≥", self.least)) if bound is not None)
        verdict = {True: "pass", False: "MISS", None: ""}[self.passed]
        line = f"  {padded(self.name, NAME)}{value:>{VALUE}} {self.unit:<6}{target:>8}  {verdict:<5}{self.note}"
        return line.rstrip()


def number(value: float) -> str:
    """Three digits that say something: 0.123, 1.23, 12.3, 123."""
    size = abs(value)
    return f"{value:.{3 if size < 1 else 2 if size < 10 else 1 if size < 100 else 0}f}"


def padded(text: str, width: int) -> str:
    """The text with spaces up to a number of columns; a Chinese character takes two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * max(1, width - len(text) - wide)


def verdict(rows: Sequence[Row]) -> str:
    """The last line of a run: how many targets were met, and which were not."""
    judged = [row for row in rows if row.passed is not None]
    missed = [row.name for row in judged if not row.passed]
    return f"{len(judged)} targets, {len(judged) - len(missed)} met" + (f"; missed: {'; '.join(missed)}" if missed else "")
