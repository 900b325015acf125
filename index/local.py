"""The backend in this process: FAISS and BM25 from an index folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.backend import ANYWHERE, Table, Where
from index.columns import Columns
from index.dense import DenseIndex, How, Ranking
from index.encode import Vectors
from index.lexical import LexicalIndex


class LocalBackend:
    """A SearchBackend; also what a folder keeps of it."""

    def __init__(
        self, columns: Columns, dense: Mapping[Table, DenseIndex], lexical: Mapping[Table, LexicalIndex]
    ) -> None:
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
