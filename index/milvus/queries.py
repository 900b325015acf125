"""The backend on Milvus: searches with their filters pushed down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encode.pieces import Vectors
from index.milvus.connect import Address, connected
from index.milvus.tables import askable, collection
from index.retrieve.dense import SEARCH_DEPTH
from index.retrieve.lexical import K1
from index.retrieve.rows import ANYWHERE, Columns, Ranking, Table, Where, ranking

if TYPE_CHECKING:
    from pymilvus import MilvusClient

MOST = 16_384  # rows that Milvus gives at once
TIES = 32  # rows asked for beyond k, so that of equal scores the first rows can be taken
YEAR = re.compile(r"\d{4}(-\d{4})?")
STATUSES = frozenset(("actual", "target"))


class MilvusBackend:
    """A SearchBackend."""

    def __init__(self, client: MilvusClient, address: Address, generation: str, columns: Columns, whole: frozenset[str]) -> None:
        self._client, self._address, self._generation = client, address, generation
        self.columns, self._whole = columns, whole

    def by_vector(self, table: Table, vector: Vectors, k: int, where: Where = ANYWHERE) -> Ranking:
        options = {"metric_type": "IP", "params": {"ef": max(SEARCH_DEPTH, k + TIES)}}
        return self._best(table, "vector", vector, options, k, where)

    def by_words(self, table: Table, words: Sequence[str], k: int, where: Where = ANYWHERE) -> Ranking:
        known = askable(words, self._whole)
        if not known:
            return {}
        return self._best(table, "bm25", " ".join(known), {"metric_type": "BM25"}, k, where)

    def vectors(self, table: Table, start: int, stop: int) -> Vectors:
        with connected(self._address):
            rows = self._client.query(
                collection(self._generation, table), filter=f"id >= {int(start)} and id < {int(stop)}", output_fields=["id", "vector"]
            )
        return np.array([row["vector"] for row in sorted(rows, key=lambda row: int(row["id"]))], dtype=np.float32)

    def _best(self, table: Table, field: str, asked: Any, options: dict[str, Any], k: int, where: Where) -> Ranking:
        expression = filter_for(self.columns, where)
        if k < 1 or expression is None:
            return {}
        limit = min(k + TIES, MOST)
        while True:
            rows, scores = self._search(table, field, asked, {**options}, limit, expression)
            cut = len(rows) == limit < MOST and len(rows) > k and scores[-1] == scores[k - 1]
            if not cut:  # else the rows that score as the last one are not all here
                return dict(list(ranking(rows, scores).items())[:k])
            limit = min(2 * limit, MOST)

    def _search(
        self, table: Table, field: str, asked: Any, options: dict[str, Any], limit: int, expression: str
    ) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.float64]]]:
        with connected(self._address):
            hits = self._client.search(
                collection(self._generation, table),
                data=[asked],
                anns_field=field,
                limit=limit,
                filter=expression,
                search_params=options,
                output_fields=["id"],
            )[0]
        rows = np.array([hit["id"] for hit in hits], dtype=np.int64)
        scores = np.array([hit["distance"] for hit in hits], dtype=np.float64)
        if field == "bm25":  # Lucene's times a constant; milvus-lite gives it below 0, as a distance
            scores = np.abs(scores) / (K1 + 1)
        return rows, scores


def filter_for(columns: Columns, where: Where) -> str | None:
    """A filter as Milvus's expression; "" is all, None is none. Only numbers, years and known words get into it.

    A caller's text never does: which headings have it is looked up here, and the numbers of their parts are what Milvus is asked for.
    """
    conditions = [] if where.report is None else [f"report == {int(where.report)}"]
    if where.reports is not None:
        conditions.append(f"report in {[int(report) for report in where.reports]}")
    if where.section is not None:
        parts = np.flatnonzero(columns.left(Where(section=where.section))).tolist()
        conditions.append(f"part in {parts}")
    if where.year is not None:
        left = columns.left(Where(year=where.year))
        years = {part.year for part, has in zip(columns.parts, left, strict=True) if has and part.year}
        conditions.append("year in [" + ", ".join(f'"{year}"' for year in sorted(years) if YEAR.fullmatch(year)) + "]")
    if where.status is not None:
        conditions.append(f'status == "{where.status}"' if where.status in STATUSES else "part in []")
    return None if any(condition.endswith("in []") for condition in conditions) else " and ".join(conditions)
