"""A number with its unit where it stands, before it is known what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.records import Kind, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its unit. `kind` is what its unit alone says; of a % only the words around it tell."""

    span: Span
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    kind: Kind
    inner: str | None = None  # 余, 多 between number and unit
    noun: Span | None = None  # the people or households that the number counts, where they are part of it (34万农户)

    def moved(self, by: int) -> Mention:
        """The same, `by` characters further on."""
        noun = None if self.noun is None else Span(self.noun.start + by, self.noun.end + by)
        span = Span(self.span.start + by, self.span.end + by)
        return Mention(span, self.value, self.value_to, self.unit, self.kind, self.inner, noun)
