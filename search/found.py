"""What was found for a question, before it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.retrieve.rows import Ranking, Table
from search.quantities import Candidate
from search.rank import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question, best first. `sentences` are rows of the index with their scores."""

    candidates: list[Candidate]
    hits: list[Hit]
    sentences: dict[int, float]
    known: float  # the share (0..1) of the question's telling words that the report has
    lexical: Mapping[Table, Ranking]  # the rows of passages and sentences by words
    allowed: frozenset[int] | None = None  # the passages a filter leaves; None is all
    meaning: Ranking = field(default_factory=dict)  # the cosines of sentences; empty where no vector was made
    alike: Ranking = field(default_factory=dict)  # the cosines of the report's figures, where one is asked for
    reranked: bool = False  # whether a cross encoder set the order of the hits

    def best_sentences(self, owners: Sequence[tuple[int, int]], k: int) -> list[int]:
        """The rows of the k best sentences that a filter leaves, best first; `owners` names the passage of each row."""
        left = [row for row in self.sentences if self.allowed is None or owners[row][0] in self.allowed]
        return sorted(left, key=lambda row: (-self.sentences[row], row))[:k]
