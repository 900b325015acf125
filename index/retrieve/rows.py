"""What rows can be filtered by: of which report and part each row of a table is, and which parts a filter leaves."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from index.backend import Table, Where
from index.dense import Rows
from index.periods import within
from index.records import Corpus, Section
from index.text import normal

NO_PART = -1


class Columns:
    """Parts are numbered over all reports, in their order. Everything is computed when it is first asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.parts: tuple[Section, ...] = tuple(part for report in corpus.reports for part in report.sections)
        self._first_parts = [0, *accumulate(len(report.sections) for report in corpus.reports)]

    @cached_property
    def reports(self) -> dict[Table, npt.NDArray[np.int64]]:
        """Each row's report; rows of one report follow each other."""
        passages = np.array([passage.report for passage in self._corpus.passages], dtype=np.int64)
        figures = np.repeat(np.arange(len(self._corpus.reports)), [len(r.figures) for r in self._corpus.reports])
        return {"passages": passages, "sentences": np.repeat(passages, self._sentences), "figures": figures}

    @cached_property
    def parts_of_rows(self) -> dict[Table, npt.NDArray[np.int64]]:
        """Each row's part; NO_PART outside any heading."""
        passages = np.array([self._part(p.report, p.paragraph) for p in self._corpus.passages], dtype=np.int64)
        figures = [
            self._part(row, f.paragraph) for row, report in enumerate(self._corpus.reports) for f in report.figures
        ]
        return {
            "passages": passages,
            "sentences": np.repeat(passages, self._sentences),
            "figures": np.array(figures, dtype=np.int64),
        }

    def run(self, table: Table, report: int) -> range:
        """Where a report's rows stand among those of all."""
        first, last = np.searchsorted(self.reports[table], (report, report + 1))
        return range(int(first), int(last))

    def rows(self, table: Table, where: Where) -> Rows | None:
        """The rows of a table that a filter leaves: a run where it asks for a report alone. None is all."""
        run = None if where.report is None else self.run(table, where.report)
        if not where.of_parts:
            return run
        within = slice(None) if run is None else slice(run.start, run.stop)
        parts = self.parts_of_rows[table]
        mask = np.zeros(len(parts), dtype=np.bool_)
        mask[within] = np.append(self.left(where), False)[parts[within]]  # NO_PART is the last
        return mask

    def left(self, where: Where) -> npt.NDArray[np.bool_]:
        """For each part whether its report, heading, year and status are those of the filter."""
        own = slice(None) if where.report is None else slice(*self._first_parts[where.report : where.report + 2])
        parts = self.parts[own]
        fitting = np.ones(len(parts), dtype=np.bool_)
        if where.section is not None:
            fitting &= _mask([any(where.section in heading for heading in path) for path in self._headings[own]])
        if where.year is not None:
            fitting &= _mask([within(where.year, part.year) for part in parts])
        if where.status is not None:
            fitting &= _mask([part.status == where.status for part in parts])
        left = np.zeros(len(self.parts), dtype=np.bool_)
        left[own] = fitting
        return left

    @cached_property
    def _headings(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(normal(heading) for heading in part.path) for part in self.parts)

    @cached_property
    def _sentences(self) -> list[int]:
        return [len(passage.sentences) for passage in self._corpus.passages]

    def _part(self, report: int, paragraph: int) -> int:
        part = self._corpus.reports[report].paragraph(paragraph).section
        return NO_PART if part is None else self._first_parts[report] + part


def _mask(rows: list[bool]) -> npt.NDArray[np.bool_]:
    return np.array(rows, dtype=np.bool_)  # an empty list would be of floats: a report may have no heading at all
