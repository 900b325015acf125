"""The numeral parser on the Chinese number and percent cases of Microsoft's Recognizers-Text (read from beside the project)."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.figures.numerals import parse, percent
from index.text import normal

EXCLUDED = Path(__file__).with_name("numerals.toml")
CLOSE = Decimal("1e-12")  # theirs are floating-point


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases of one file: all, those left out by reason, those with every value right, and what was wrong."""

    cases: int
    excluded: Counter[str]
    right: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the cases left, those that are right."""
        return self.right / (self.cases - sum(self.excluded.values()))

    def table(self, name: str) -> str:
        left = self.cases - sum(self.excluded.values())
        rows = [f"  {name}: {self.right} of {left} right ({self.share:.3f}); {self.cases - left} of {self.cases} left out"]
        rows += [f"    {count:>4}  {reason}" for reason, count in self.excluded.most_common()]
        return "\n".join([*rows, *(f"    wrong: {case}" for case in self.wrong)])


def tally_cases(path: Path) -> Tally:
    """A case is right when each of its numbers has the value given, and what holds no number gives none."""
    reading = percent if "Percent" in path.name else parse
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    rules = tomllib.loads(EXCLUDED.read_text(encoding="utf-8"))["exclude"]
    reasons = [_reason(normal(case["Input"]), rules) for case in cases]
    kept = [case for case, reason in zip(cases, reasons, strict=True) if reason is None]
    wrong = [case["Input"] for case in kept if not _is_right(case, reading)]
    return Tally(len(cases), Counter(filter(None, reasons)), len(kept) - len(wrong), tuple(wrong))


def _reason(text: str, rules: list[dict[str, str]]) -> str | None:
    return next((rule["reason"] for rule in rules if re.search(rule["pattern"], text)), None)


def _is_right(case: dict[str, Any], reading: Any) -> bool:
    if not case["Results"]:
        return reading(normal(case["Input"])) is None
    return all(_same(reading(normal(row["Text"])), row["Resolution"]["value"]) for row in case["Results"])


def _same(value: Decimal | None, expected: str) -> bool:
    wanted = Decimal(expected.rstrip("%"))
    return value is not None and abs(value - wanted) <= CLOSE * max(abs(wanted), Decimal(1))
