"""Question × word index → ranking."""

from __future__ import annotations

from index.dense import Ranking
from index.lexical import LexicalIndex
from search.question import Question

OTHER_NAME = 0.5  # what a word of another name is worth beside the word asked


def by_words(index: LexicalIndex, question: Question, k: int, within: range | None = None) -> Ranking:
    """BM25 by the words as asked, and for less by the other names of the same: what uses the word itself goes first."""
    own, other = index.nearest(question.words, k, within), index.nearest(question.other_words, k, within)
    scores = {row: own.get(row, 0.0) + OTHER_NAME * other.get(row, 0.0) for row in own | other}
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k])
