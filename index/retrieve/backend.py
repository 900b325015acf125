"""What is asked of a search backend: rows nearest by vector and by words, of the passages that a filter leaves, and the vectors of rows.

The engine knows no more of where vectors and words are kept: in this process (index/local.py) or on Milvus (index/milvus/).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from index.dense import Ranking
from index.encode import Vectors
from index.records import Status

if TYPE_CHECKING:
    from index.columns import Columns

Table = Literal["passages", "sentences", "figures"]
TABLES: tuple[Table, ...] = ("passages", "sentences", "figures")


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows may be found: those of one report, and of parts with such a heading, year and status. None is any."""

    report: int | None = None  # its position in the corpus
    section: str | None = None  # stands in a heading on the way to it
    year: str | None = None  # the part's, or one of its years
    status: Status | None = None

    @property
    def of_parts(self) -> bool:
        """Whether it asks more than the report."""
        return not (self.section is None and self.year is None and self.status is None)


ANYWHERE = Where()


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
