"""The rows of an index's three tables: of which report and part each is, which a filter leaves, by what words and meaning it is found.

Figures are a table of their own, of (description, quantity) pairs beside the texts, as in quantity search (arXiv 2407.10283).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Literal

import numpy as np
import numpy.typing as npt

from index import tokens
from index.periods import within
from index.records import Corpus, Figure, Report, Section, Status
from index.text import joined, normal

Table = Literal["passages", "sentences", "figures"]
TABLES: tuple[Table, ...] = ("passages", "sentences", "figures")
Ranking = dict[int, float]  # position → score, best first
Rows = range | npt.NDArray[np.bool_]  # some rows: a run of them, or a mask over all
NO_PART = -1


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows may be found: those of one report or of some, and of parts with such a heading, year and status. None is any."""

    report: int | None = None  # its position in the corpus
    section: str | None = None  # stands in a heading on the way to it
    year: str | None = None  # the part's, or one of its years
    status: Status | None = None
    reports: tuple[int, ...] | None = None  # of any of these

    @property
    def of_parts(self) -> bool:
        """Whether it asks more than the report."""
        return not (self.section is None and self.year is None and self.status is None)


ANYWHERE = Where()


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
        figures = [self._part(row, f.paragraph) for row, report in enumerate(self._corpus.reports) for f in report.figures]
        return {"passages": passages, "sentences": np.repeat(passages, self._sentences), "figures": np.array(figures, dtype=np.int64)}

    def run(self, table: Table, report: int) -> range:
        """Where a report's rows stand among those of all."""
        first, last = np.searchsorted(self.reports[table], (report, report + 1))
        return range(int(first), int(last))

    def rows(self, table: Table, where: Where) -> Rows | None:
        """The rows of a table that a filter leaves: a run where it asks for a report alone. None is all."""
        run = None if where.report is None else self.run(table, where.report)
        if where.reports is not None:
            return self._of_reports(table, where)
        if not where.of_parts:
            return run
        within = slice(None) if run is None else slice(run.start, run.stop)
        parts = self.parts_of_rows[table]
        mask = np.zeros(len(parts), dtype=np.bool_)
        mask[within] = np.append(self.left(where), False)[parts[within]]  # NO_PART is the last
        return mask

    def _of_reports(self, table: Table, where: Where) -> Rows:
        """Of some reports; what else is asked is asked of each of their parts."""
        mask = np.isin(self.reports[table], where.reports or ())
        others = self.rows(table, replace(where, reports=None))
        return mask if others is None else mask & _mask_of(others, len(mask))

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


def _mask_of(rows: Rows, count: int) -> npt.NDArray[np.bool_]:
    if isinstance(rows, np.ndarray):
        return rows
    mask = np.zeros(count, dtype=np.bool_)
    mask[rows.start : rows.stop] = True
    return mask


def sentence_rows(corpus: Corpus) -> tuple[tuple[int, int], ...]:
    return tuple((row, number) for row, passage in enumerate(corpus.passages) for number in range(len(passage.sentences)))


def figure_rows(corpus: Corpus) -> tuple[tuple[int, int], ...]:
    return tuple((row, number) for row, report in enumerate(corpus.reports) for number in range(len(report.figures)))


def texts_of(corpus: Corpus, table: Table) -> list[str]:
    """The text of each row of a table, by whose words it is found."""
    if table == "passages":
        return [joined(corpus.text_of(passage)) for passage in corpus.passages]
    if table == "sentences":
        return [joined(span.of(corpus.reports[p.report].text)) for p in corpus.passages for span in p.sentences]
    return [_in_words(report, figure) for report in corpus.reports for figure in report.figures]


def meanings_of(corpus: Corpus, table: Table) -> list[str]:
    """The text of each row of a table that is embedded."""
    if table != "figures":
        return texts_of(corpus, table)
    matched = {report.id: normal(report.text) for report in corpus.reports}
    return [_in_meaning(report, matched[report.id], f) for report in corpus.reports for f in report.figures]


def words_of(corpus: Corpus, table: Table) -> Iterator[list[str]]:
    """The words by which each row of a table is found."""
    return (tokens.search_words(normal(text)) for text in texts_of(corpus, table))


def _in_words(report: Report, figure: Figure) -> str:
    """What it measures, and the sentence it stands in."""
    return f"{figure.indicator} {figure.of or ''} {figure.text} {joined(figure.sentence.of(report.text))}"


def _in_meaning(report: Report, matched: str, figure: Figure) -> str:
    """The heading over it, what it measures and in which unit, for when, and its clause: what sets it apart from the others.

    `matched` is the report in normal form. docs/evaluation.md has what less of this, or the whole sentence, was worth.
    """
    section = report.section_of(report.paragraph(figure.paragraph))
    heading = section.heading if section else ""
    whole = f" 占{figure.of}" if figure.of else ""
    when = f"{figure.period or ''}年{'计划' if figure.status == 'target' else ''}"
    return f"{heading} {figure.indicator}{whole} {figure.unit or ''} {when} {joined(figure.clause.of(matched))}"


def ranking(rows: npt.NDArray[np.integer], scores: npt.NDArray[np.floating]) -> Ranking:
    """Best first; of equal scores the first row."""
    order = np.lexsort((rows, -scores))
    return dict(zip(rows[order].tolist(), scores[order].tolist(), strict=True))
