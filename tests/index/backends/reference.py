"""What a backend should say, in the plainest words: cosines by numpy, BM25 by its formula, filters row by row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.encode.pieces import Vectors
from index.periods import within
from index.records import Corpus, Section
from index.retrieve.backend import LocalBackend
from index.retrieve.lexical import K1, B
from index.retrieve.rows import Ranking, Table, Where, words_of
from index.store.disk import Index
from index.text import normal


class Reference:
    """A SearchBackend over the rows of an index, one by one."""

    def __init__(self, index: Index) -> None:
        assert isinstance(index.backend, LocalBackend)
        self.corpus = index.corpus
        self.places: dict[Table, list[tuple[int, Section | None]]] = {
            "passages": [place(index.corpus, p.report, p.paragraph) for p in index.corpus.passages],
            "sentences": [place(index.corpus, p.report, p.paragraph) for p in index.corpus.passages for _ in p.sentences],
            "figures": [
                place(index.corpus, row, figure.paragraph) for row, report in enumerate(index.corpus.reports) for figure in report.figures
            ],
        }
        self.vectors = {table: dense.vectors(0, len(dense)) for table, dense in index.backend.dense.items()}
        self.words: dict[Table, list[list[str]]] = {table: [*words_of(self.corpus, table)] for table in self.places}

    def by_vector(self, table: Table, vector: Vectors, k: int, where: Where) -> Ranking:
        cosines = self.vectors[table].astype(np.float64) @ vector.astype(np.float64)
        return self._best(table, cosines.tolist(), k, where)

    def by_words(self, table: Table, words: Sequence[str], k: int, where: Where) -> Ranking:
        texts = [Counter(text) for text in self.words[table]]
        mean = sum(map(len, self.words[table])) / len(texts)
        having = {word: sum(word in text for text in texts) for word in words}

        def score(text: Counter[str]) -> float:
            long = K1 * (1 - B + B * text.total() / mean)
            idf = {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in having.items()}
            return sum(idf[word] * text[word] / (text[word] + long) for word in words)

        found = self._best(table, [score(text) for text in texts], k, where)
        return {row: value for row, value in found.items() if value > 0}

    def _best(self, table: Table, scores: list[float], k: int, where: Where) -> Ranking:
        rows = [row for row, held in enumerate(self.places[table]) if passes(held, where)]
        return {row: scores[row] for row in sorted(rows, key=lambda row: (-round(scores[row], 9), row))[:k]}


def place(corpus: Corpus, report: int, paragraph: int) -> tuple[int, Section | None]:
    owner = corpus.reports[report]
    return report, owner.section_of(owner.paragraph(paragraph))


def passes(held: tuple[int, Section | None], where: Where) -> bool:
    report, section = held
    return (
        (where.report is None or where.report == report)
        and (where.section is None or (section is not None and any(where.section in normal(h) for h in section.path)))
        and (where.year is None or (section is not None and within(where.year, section.year)))
        and (where.status is None or (section is not None and section.status == where.status))
    )
