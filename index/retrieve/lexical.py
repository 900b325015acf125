"""Tokens → BM25 (bm25s, Lucene's variant); higher is better, and what shares no word is not in the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.retrieve.rows import Ranking, Rows, ranking

if TYPE_CHECKING:
    import bm25s

K1, B = (1.2, 0.5)  # Lucene's k1; b below its 0.75, as a report's paragraphs differ in length by what they list, not by padding

BLOCKS = 4  # for each row asked for, in which the highest score is looked for


class LexicalIndex:
    """Texts as words that can be searched; a text's id is its position.

    bm25s keeps for each word the texts that have it, in order, with what it adds to their scores. They are read here and not by its own
    search, which gives every text of the index a score: a question is asked of one report out of thousands.
    """

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self._known: dict[str, int] = index.vocab_dict
        # views without memmap's overhead at each slice; the files stay mapped
        self._added, self._texts, self._bounds = (np.asarray(index.scores[n]) for n in ("data", "indices", "indptr"))

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> LexicalIndex:
        """Words are numbered as they come, so that the same texts give the same files."""
        import bm25s

        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        known: dict[str, int] = {}
        numbered = [[known.setdefault(word, len(known)) for word in words or ("",)] for words in texts]
        index.index((numbered, known), show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        import bm25s

        return cls(bm25s.BM25.load(str(folder), load_corpus=False, mmap=True, allow_pickle=False))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._index.save(str(folder), show_progress=False, allow_pickle=False)

    def __len__(self) -> int:
        return int(self._index.scores["num_docs"])

    def knows(self, word: str) -> bool:
        return word in self._known

    def nearest(self, words: Sequence[str], k: int, within: Rows | None = None) -> Ranking:
        """The k texts that share most with the words, best first; only those of `within` where it is given."""
        known = [self._known[word] for word in words if word in self._known]
        if not known or k < 1:
            return {}
        run = within if isinstance(within, range) else range(len(self))
        scores = self._scores(known, run)
        if within is not None and not isinstance(within, range):
            scores[~within] = 0
        rows = _best(scores, k)
        return ranking(rows + run.start, scores[rows])

    def _scores(self, words: Sequence[int], run: range) -> npt.NDArray[np.float32]:
        """What the words, by their numbers, add up to for each text of a run."""
        scores = np.zeros(len(run), dtype=self._added.dtype)
        ends = np.array((run.start, run.stop), dtype=self._texts.dtype)  # of another type, all texts would be copied to it
        for word in words:
            start, stop = self._bounds[word], self._bounds[word + 1]
            texts = self._texts[start:stop]
            first, last = np.searchsorted(texts, ends)
            # a word has each text once: six times as fast as np.add.at
            scores[texts[first:last] - run.start] += self._added[start + first : start + last]
        return scores


def _best(scores: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.intp]:
    """The positions of the k highest scores above 0; of equal scores the first ones.

    At least k scores reach the k-th of the highest of each block: only these are sorted. Mostly zeros, a million of them take
    np.partition 60 ms.
    """
    size = max(1, len(scores) // (BLOCKS * k))
    highest = scores[: len(scores) // size * size].reshape(-1, size).max(axis=1)
    least = np.sort(highest)[-k] if k <= len(highest) else 0
    rows = np.flatnonzero((scores >= least) & (scores > 0))
    return rows[np.argsort(-scores[rows], kind="stable")[:k]]
