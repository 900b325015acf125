"""A report as matching sees it: its sentences, paragraphs and figures in arrays that stand side by side."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.records import Figure, Paragraph, Report, Section, Span, Status
from index.text import normal
from search.library.view import View, indicator_words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Pairs = tuple[frozenset[str], ...]
STATUSES: dict[Status | None, int] = {None: 0, "actual": 1, "target": 2}
PERCENT = frozenset(("growth", "share", "rate", "points", "multiple"))  # kinds that say what a number is to another


@dataclass(frozen=True, eq=False)
class ReportArrays:
    """What stands in a report, in text order. A paragraph is known by its position among those that have sentences."""

    report: Report
    matched: str  # the report in normal form
    row: int  # the report's position in the corpus
    first: int  # the index's row of its first sentence
    first_figure: int
    spans: tuple[Span, ...]  # of sentences
    passages: tuple[int, ...]  # of each sentence, a row of the index
    numbers: tuple[int, ...]  # of each paragraph, Paragraph.number
    paragraph: Ints  # of each sentence
    sentence: Ints  # of each figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.report.figures

    @cached_property
    def position(self) -> dict[Span, int]:
        """Each figure's position by its span."""
        return {figure.span: at for at, figure in enumerate(self.figures)}

    def sentence_at(self, start: int) -> int:
        """The position of the sentence in which a character stands, or of the last one before it."""
        return max(0, int(np.searchsorted(self.starts, start, "right")) - 1)

    def paragraph_at(self, start: int) -> Paragraph:
        """The paragraph of that sentence."""
        return self.report.paragraph(self.numbers[self.paragraph[self.sentence_at(start)]])

    @cached_property
    def starts(self) -> Ints:
        """Where each sentence begins."""
        return np.array([span.start for span in self.spans], dtype=np.int64)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(span.of(self.matched) for span in self.spans)

    @cached_property
    def lengths(self) -> Floats:
        return np.array([len(text) for text in self.sentences], dtype=np.float64)

    @cached_property
    def digits(self) -> Floats:
        """1 for each sentence that has a digit."""
        return np.array([re.search(r"\d", text) is not None for text in self.sentences], dtype=np.float64)

    @cached_property
    def opens(self) -> Floats:
        """1 for each sentence that opens its paragraph."""
        return np.append(1.0, self.paragraph[1:] != self.paragraph[:-1])[: len(self.paragraph)]

    @cached_property
    def edges(self) -> Ints:
        """Where each paragraph's sentences begin, and where the last one's end."""
        return np.searchsorted(self.paragraph, np.arange(len(self.numbers) + 1))

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.report.paragraph(number).span.of(self.matched) for number in self.numbers)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Of each paragraph, all that stand above it."""
        return tuple(normal(" ".join(path)) for path in self.section_paths)

    @cached_property
    def heading_pairs(self) -> Pairs:
        """Of each paragraph, those of its innermost heading."""
        return tuple(pairs_of(normal(section.heading) if section else "") for section in self.sections)

    @cached_property
    def section_paths(self) -> tuple[tuple[str, ...], ...]:
        return tuple(section.path if section else () for section in self.sections)

    @cached_property
    def sections(self) -> tuple[Section | None, ...]:
        return tuple(self.report.section_of(self.report.paragraph(number)) for number in self.numbers)

    @cached_property
    def parts(self) -> tuple[tuple[str | None, int], ...]:
        """Year and status of the part that each paragraph stands in."""
        sections = (self.report.section_of(self.report.paragraph(number)) for number in self.numbers)
        return tuple((section.year, STATUSES[section.status]) if section else (None, 0) for section in sections)

    @cached_property
    def part_status(self) -> Ints:
        return np.array([status for _, status in self.parts], dtype=np.int64)

    @cached_property
    def sentence_pairs(self) -> Pairs:
        return tuple(map(pairs_of, self.sentences))

    @cached_property
    def of_figures(self) -> "FigureArrays":
        return FigureArrays(self)


class FigureArrays:
    """What a report's figures are, one row a figure."""

    def __init__(self, arrays: ReportArrays) -> None:
        figures, matched = arrays.figures, arrays.matched
        self.indicators = tuple(indicator_words(figure).replace(" ", "") for figure in figures)
        self.clauses = tuple(figure.clause.of(matched) for figure in figures)
        self.indicator_pairs, self.clause_pairs = tuple(map(pairs_of, self.indicators)), tuple(map(pairs_of, self.clauses))
        self.paragraph = arrays.paragraph[arrays.sentence] if figures else np.zeros(0, dtype=np.int64)
        self.status = np.array([STATUSES[figure.status] for figure in figures], dtype=np.int64)
        self.ranges = _floats(figures, lambda figure: figure.period is not None and "-" in figure.period)
        self.percent = _floats(figures, lambda figure: figure.kind in PERCENT)
        self.growth = _floats(figures, lambda figure: figure.kind == "growth")
        self.value = _floats(figures, lambda figure: figure.role == "value")
        self.threshold = _floats(figures, lambda figure: figure.role == "threshold")
        self.base = _floats(figures, lambda figure: figure.role == "base")
        self.down = _floats(figures, lambda figure: figure.direction == "down")
        self.up = _floats(figures, lambda figure: figure.direction == "up")
        self.hedged = _floats(figures, lambda figure: figure.modifier is not None)
        count = len(arrays.numbers)
        self.crowd = np.bincount(self.paragraph, minlength=count).astype(np.float64)  # figures a paragraph
        self.plans = np.bincount(self.paragraph, self.status == STATUSES["target"], count)
        first = np.searchsorted(arrays.sentence, arrays.sentence)
        self.order = (np.arange(len(figures)) - first).astype(np.float64)  # among those of its sentence


def _floats(figures: Sequence[Figure], holds: Callable[[Figure], bool]) -> Floats:
    return np.array([holds(figure) for figure in figures], dtype=np.float64)


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text."""
    letters = re.sub(r"\W", "", text)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """The likeness (0..1) of two texts by their pairs of letters."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def arrays_of(view: View, row: int) -> ReportArrays:
    """The arrays of a report by its position; kept by the caller."""
    report, matched, rows = view.corpus.reports[row], view.texts[row], view.rows[row]
    owners = [view.index.sentences[at] for at in rows.sentences]
    passages = [view.corpus.passages[passage] for passage, _ in owners]
    spans = [passage.sentences[number] for passage, (_, number) in zip(passages, owners, strict=True)]
    numbers = sorted({passage.paragraph for passage in passages})
    position = {number: at for at, number in enumerate(numbers)}
    by_span = {span: at for at, span in enumerate(spans)}
    starts = np.array([span.start for span in spans])
    holding = [by_span.get(f.sentence, max(0, int(np.searchsorted(starts, f.span.start, "right")) - 1)) for f in report.figures]
    return ReportArrays(
        report=report,
        matched=matched,
        row=row,
        first=rows.sentences.start,
        first_figure=rows.figures.start,
        spans=tuple(spans),
        passages=tuple(passage for passage, _ in owners),
        numbers=tuple(numbers),
        paragraph=np.array([position[passage.paragraph] for passage in passages], dtype=np.int64),
        sentence=np.array(holding, dtype=np.int64),
    )
