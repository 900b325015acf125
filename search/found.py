"""What was found for a question, before it is answered."""

from __future__ import annotations

from dataclasses import dataclass

from search.quantities import Candidate
from search.rank import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question, best first. `sentences` are rows of the index with their scores."""

    candidates: list[Candidate]
    hits: list[Hit]
    sentences: dict[int, float]
    allowed: frozenset[int] | None = None  # the passages a filter leaves; None is all
