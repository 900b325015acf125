"""Several backends as one: the rows of the first, then those of the next, none of them copied."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.encode.pieces import Vectors
from index.retrieve.backend import SearchBackend
from index.retrieve.rows import ANYWHERE, Columns, Ranking, Table, Where


@dataclass(frozen=True, slots=True)
class Part:
    """A backend, and where its reports and rows stand among those of all."""

    backend: SearchBackend
    reports: range
    rows: Mapping[Table, range]


class JoinedBackend:
    """A SearchBackend. A cosine is the same in each part; BM25 weighs a word by how many texts of the part have it."""

    def __init__(self, columns: Columns, parts: Sequence[Part]) -> None:
        self.columns, self._parts = columns, parts

    def by_vector(self, table: Table, vector: Vectors, k: int, where: Where = ANYWHERE) -> Ranking:
        return self._best(table, k, where, lambda backend, there: backend.by_vector(table, vector, k, there))

    def by_words(self, table: Table, words: Sequence[str], k: int, where: Where = ANYWHERE) -> Ranking:
        return self._best(table, k, where, lambda backend, there: backend.by_words(table, words, k, there))

    def vectors(self, table: Table, start: int, stop: int) -> Vectors:
        runs = [(part.backend, part.rows[table]) for part in self._parts]
        cut = [(backend, max(start, rows.start) - rows.start, min(stop, rows.stop) - rows.start) for backend, rows in runs]
        held = [one for one in cut if one[1] < one[2]] or [(self._parts[0].backend, 0, 0)]
        return np.concatenate([backend.vectors(table, first, last) for backend, first, last in held])

    def _best(self, table: Table, k: int, where: Where, ask: Callable[[SearchBackend, Where], Ranking]) -> Ranking:
        found: Ranking = {}
        for part in self._parts:
            if (there := _within(where, part.reports)) is not None:
                first = part.rows[table].start
                found |= {first + row: score for row, score in ask(part.backend, there).items()}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:k])


def _within(where: Where, reports: range) -> Where | None:
    """The filter as a part with these reports is asked; None where it leaves none of them."""
    if where.report is not None and where.report not in reports:
        return None
    report = None if where.report is None else where.report - reports.start
    some = None if where.reports is None else tuple(one - reports.start for one in where.reports if one in reports)
    return None if some == () else replace(where, report=report, reports=some)
