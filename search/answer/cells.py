"""Cells × evidence → rows: the figure of each cell, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index.encode.pieces import Vectors
from index.records import Figure, Span
from search.answer import compose
from search.answer.figure import ENOUGH as SAID_ENOUGH
from search.answer.figure import figure_answer
from search.find.gather import Found
from search.library.view import Asked
from search.match.arrays import Floats, ReportArrays
from search.match.chance import figures_chosen, picks
from search.match.choose import Sought, clauses, one_figure, pair
from search.match.features import Evidence, cosines_of
from search.match.groups import Group, groups_of
from search.match.saying import best_saying
from search.plan.plans import Cell, Plan
from search.results import Answer, AnswerRow, Bounded, Citation, FigureResult, Reason, citation, falls, figure_result

EMPTY = 0.12  # chance (0..1) below which a cell stays empty though others are given
UNLIKELY = 0.2  # chance (0..1) below which another figure is no reading of the question
OTHERS = 2  # readings beside the one that is given
BOUNDS: tuple[tuple[Bounded, str], ...] = (
    ("at_most", "以内 以下 不超过 不高于 不大于 低于 控制在 之内 少于 至多 不到 近 接近"),
    ("at_least", "以上 超过 超 不低于 高于 突破 不少于 至少 大于 逾 多于"),
    ("about", "左右 约 上下 大约 余 多"),
)


@dataclass(frozen=True)
class Gathered:
    """All that is known of a question, or of one of its cells: what was found for it, and the evidence of its report.

    What several plans ask for is worked out once, when the first of them does.
    """

    asked: Asked
    found: Found
    evidence: Evidence

    @cached_property
    def ruled(self) -> Answer | None:
        """What rules answer, where a number is asked for."""
        return figure_answer(self.asked, self.found) if self.asked.question.wanted else None

    @cached_property
    def said_by_rules(self) -> Span | None:
        """The sentence that rules choose."""
        saying = best_saying(self.asked, self.found)
        return saying.span if saying and saying.chance >= SAID_ENOUGH else None

    @cached_property
    def on_subject(self) -> Floats:
        """Of each sentence the chance (0..1) that it is on the subject asked for; 0 for what a filter leaves out."""
        return clauses(self.evidence) * self.evidence.left

    @cached_property
    def groups(self) -> list[Group]:
        """What may be listed."""
        return groups_of(self.evidence, self.on_subject)

    def cite(self, span: Span) -> Citation:
        """The quote of a span, with the place of the paragraph it stands in."""
        return citation(self.asked.report, self.evidence.arrays.paragraph_at(span.start), span)


@dataclass(frozen=True, slots=True)
class Filled:
    """The figure that a cell is likeliest to mean, its chance (0..1) and how far it is ahead of the next; None where there is none."""

    cell: Cell
    figure: Figure | None
    chance: float
    ahead: float
    ruled: float  # 1 where rules choose it too, -1 where they choose another
    others: tuple[Figure, ...] = ()
    spoken_of: Citation | None = None  # where the report speaks of it without the figure


def fill_each(plan: Plan, whole: Gathered, gathered: Mapping[Cell, Gathered]) -> list[Filled]:
    """Each cell by its own evidence. No figure is given twice."""
    filled: list[Filled] = []
    taken: set[Figure] = set()
    for number, cell in enumerate(plan.cells):
        own = gathered.get(cell, whole)
        arrays, ruled = own.evidence.arrays, ruled_of(own.asked, own.found, own.evidence.arrays, number if own is whole else 0)
        chances = one_figure(own.evidence, ruled) * own.evidence.left_figures
        chances[[at for at, figure in enumerate(arrays.figures) if figure in taken]] = 0
        one = _filled(cell, arrays, chances, frozenset(at for at, _, chosen in ruled if chosen))
        filled.append(replace(one, spoken_of=_spoken_of(own)) if one.chance < EMPTY else one)
        taken |= {one.figure} - {None}  # type: ignore[arg-type]
    return filled


def _spoken_of(own: Gathered) -> Citation | None:
    """The sentence that speaks of a cell of which there is no figure."""
    return own.cite(compose.fitting(own.asked, own.said_by_rules)) if own.said_by_rules else None


def ruled_of(asked: Asked, found: Found, arrays: ReportArrays, number: int) -> list[tuple[int, float, bool]]:
    """The figures that rules let through for a number asked for, each with its chance and whether they choose it."""
    if number >= len(asked.question.wanted):
        return []
    chosen = {pick.candidate.row for pick in figures_chosen(asked, found)[number : number + 1]}
    rows = ((pick.candidate.row, pick.chance) for pick in picks(asked, found, number))
    return [(row - arrays.first_figure, chance, row in chosen) for row, chance in rows]


def _filled(cell: Cell, arrays: ReportArrays, chances: Floats, ruled: frozenset[int]) -> Filled:
    if not len(chances) or chances.max() <= 0:
        return Filled(cell, None, 0.0, 0.0, 0.0)
    order = np.argsort(-chances, kind="stable")
    best, second = int(order[0]), float(chances[order[1]]) if len(order) > 1 else 0.0
    others = tuple(arrays.figures[at] for at in order[1 : OTHERS + 1] if chances[at] >= UNLIKELY)
    return Filled(cell, arrays.figures[best], float(chances[best]), float(chances[best]) - second, _agree(best, ruled), others)


def _agree(at: int, ruled: frozenset[int]) -> float:
    return 0.0 if not ruled else 1.0 if at in ruled else -1.0


def fill_pair(plan: Plan, whole: Gathered, vectors: Sequence[Vectors]) -> list[Filled]:
    """Two figures together: what they are of, in which unit and where they stand says more than each alone."""
    evidence, cells = whole.evidence, plan.cells if len(plan.cells) == 2 else (Cell((), (), None, None),) * 2
    ruled = ruled_pair(whole)
    best = pair(evidence, sought_of(plan, whole.asked, evidence.arrays, vectors), ruled)
    if best is None:
        return [Filled(cell, None, 0.0, 0.0, 0.0) for cell in cells]
    rows, chance, second = best
    figures = [evidence.arrays.figures[at] for at in rows]
    agree = min(_agree(at, ruled) for at in rows)
    return [Filled(cell, figure, chance, chance - second, agree) for cell, figure in zip(cells, figures, strict=True)]


def sought_of(plan: Plan, asked: Asked, arrays: ReportArrays, vectors: Sequence[Vectors]) -> list[Sought]:
    """What each of two figures is to be; nothing where the question could not be parted."""
    if len(plan.cells) != 2 or len(vectors) != 2:
        return []
    matched = asked.question.matched
    return [
        Sought(cell.named(matched), *when(cell), cosines_of(asked, "figures", vector, arrays))
        for cell, vector in zip(plan.cells, vectors, strict=True)
    ]


def ruled_pair(whole: Gathered) -> frozenset[int]:
    """The figures that rules set side by side, by their positions."""
    figures = whole.ruled.figures if whole.ruled else ()
    position = whole.evidence.arrays.position
    return frozenset(position[Span(figure.start, figure.end)] for figure in figures) if len(figures) > 1 else frozenset()


def when(cell: Cell) -> tuple[str | None, str | None]:
    """The year and the status that a cell is of."""
    return (cell.period.year, cell.period.status) if cell.period else (None, None)


def row_of(asked: Asked, label: str, subject: str, figure: Figure, confidence: float) -> AnswerRow:
    """A row that is stated; of what fell the text says so."""
    report = asked.report
    text = f"下降{compose.hedged(asked, figure)}" if falls(figure) else compose.hedged(asked, figure)
    return AnswerRow(
        label, subject, report.id, report.title, report.place, figure.period, figure.status, True, None, text,
        bound_of(figure), figure_result(report, figure), compose.cite(asked, [figure])[0], round(confidence, 2),
    )  # fmt: skip


def empty_row(asked: Asked, label: str, cell: Cell, reason: Reason, spoken_of: Citation | None = None) -> AnswerRow:
    """A row that says of what the report gives no figure, or none that is sure, and where it speaks of it without one."""
    report, period = asked.report, cell.period
    return AnswerRow(
        label, cell.words(asked.question.matched), report.id, report.title, report.place, period.year if period else None,
        period.status if period else None, False, reason, "", None, None, spoken_of, 0.0,
    )  # fmt: skip


def bound_of(figure: Figure | FigureResult) -> Bounded:
    """What the words around a number make of it."""
    if figure.value_to is not None:
        return "range"
    words = (figure.modifier or "").split()
    return next((bound for bound, said in BOUNDS if any(word in said.split() for word in words)), "exact")
