"""Tokens → BM25 (bm25s, Lucene's variant); higher is better, and what shares no word is not in the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.dense import Ranking

if TYPE_CHECKING:
    import bm25s

K1, B = (
    1.2,
    0.5,
)  # Lucene's k1; b below its 0.75, as a report's paragraphs differ in length by what they list, not by padding


class LexicalIndex:
    """Texts as words that can be searched; a text's id is its position."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self._known: dict[str, int] = index.vocab_dict

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> LexicalIndex:
        import bm25s

        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        index.index([list(words) or [""] for words in texts], show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        import bm25s

        return cls(bm25s.BM25.load(str(folder), load_corpus=False, mmap=True, allow_pickle=False))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._index.save(str(folder), show_progress=False, allow_pickle=False)

    def knows(self, word: str) -> bool:
        return word in self._known

    def nearest(self, words: Sequence[str], k: int, within: range | None = None) -> Ranking:
        """The k texts that share most with the words, best first; only those of `within` where it is given."""
        known = [word for word in words if word in self._known]
        if not known or k < 1:
            return {}
        scores = self._index.get_scores(known)
        first = within.start if within else 0
        if within is not None:
            scores = scores[within.start : within.stop]
        rows = np.argsort(-scores, kind="stable")[:k]
        return {int(row) + first: float(scores[row]) for row in rows if scores[row] > 0}
