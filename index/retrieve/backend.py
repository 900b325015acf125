"""What is asked of a search backend: rows nearest by vector and by words, of the passages that a filter leaves, and the vectors of rows.

The engine knows no more of where vectors and words are kept: in this process or on Milvus (index/milvus/).
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol

from index.encode.pieces import Vectors
from index.records import Corpus
from index.retrieve.dense import DenseIndex, How
from index.retrieve.lexical import LexicalIndex
from index.retrieve.rows import ANYWHERE, TABLES, Columns, Ranking, Table, Where, words_of


class SearchBackend(Protocol):
    """Rows by their position in a table; the best first, of equal scores the first row; higher is better."""

    @property
    def columns(self) -> Columns:
        """What rows are filtered by."""
        ...

    def by_vector(self, table: Table, vector: Vectors, k: int, where: Where = ANYWHERE) -> Ranking:
        """The k rows with the highest cosine to a unit vector of shape (d,)."""
        ...

    def by_words(self, table: Table, words: Sequence[str], k: int, where: Where = ANYWHERE) -> Ranking:
        """The k rows that share most with the words (BM25); a row that shares none is not among them."""
        ...

    def vectors(self, table: Table, start: int, stop: int) -> Vectors:
        """The vectors of a run of rows, in their order: shape (stop - start, d)."""
        ...


class LocalBackend:
    """A SearchBackend; also what a folder keeps of it."""

    def __init__(self, columns: Columns, dense: Mapping[Table, DenseIndex], lexical: Mapping[Table, LexicalIndex]) -> None:
        self.columns, self.dense, self.lexical = columns, dense, lexical

    @property
    def how(self) -> dict[str, How]:
        """Table → how its vectors are searched."""
        return {table: index.how for table, index in self.dense.items()}

    def by_vector(self, table: Table, vector: Vectors, k: int, where: Where = ANYWHERE) -> Ranking:
        return self.dense[table].nearest(vector, k, self.columns.rows(table, where))

    def by_words(self, table: Table, words: Sequence[str], k: int, where: Where = ANYWHERE) -> Ranking:
        return self.lexical[table].nearest(words, k, self.columns.rows(table, where))

    def vectors(self, table: Table, start: int, stop: int) -> Vectors:
        return self.dense[table].vectors(start, stop)


def lexical_of(corpus: Corpus) -> dict[Table, LexicalIndex]:
    """The tables by their words; one without rows gets an empty text, as bm25s wants one."""
    found: dict[Table, LexicalIndex] = {}
    for table in TABLES:
        words = words_of(corpus, table)
        found[table] = LexicalIndex.of(chain([next(words, [])], words))
    return found
