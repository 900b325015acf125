"""How likely a figure is the one asked for (0..1): a logistic model of what was found. It decides whether a figure is given, and
is the confidence that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from index.records import Figure
from index.retrieve.rows import Ranking
from index.text import normal
from search.answer.fits import fits
from search.answer.logistic import logistic
from search.found import Found
from search.quantities import SPECIFIC, Candidate
from search.question import Question
from search.rank import STANDS_OUT
from search.view import View
from search.words import found_in, share_found

Features = tuple[float, ...]
Model = tuple[float, Features]  # bias and slopes
ROUNDED = Decimal("0.05")  # of the larger value
ELSEWHERE = 0.5  # what a word in another sentence of the paragraph is worth
# Figures that fit whose chance is worth asking for: the first by their words, the nearest in meaning.
LOOKED_AT, NEAREST = 12, 6
CLOSE = 0.97  # another candidate with this share of the best one's coverage is another reading
BY_WORDS = ("coverage", "first", "known", "rivals", "near", "specific", "absent")
BY_MEANING = ("nearest", "nearest that fits", "stands out", "behind", "behind that fits", "alone")


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure that fits in kind, unit, period and place, and the chance (0..1) that it is the one asked for."""

    candidate: Candidate
    chance: float


def picks(view: View, question: Question, report: int, found: Found, number: int) -> list[Pick]:
    """The figures that may answer a number asked for (by its position in the question), best first by words, period and kind."""
    fitting = fitting_of(view, question, found, number)
    chances = [Pick(c, chance(features(view, question, report, found, c, fitting))) for c in looked_at(fitting, found)]
    return sorted(chances, key=lambda pick: -pick.candidate.score)


def fitting_of(view: View, question: Question, found: Found, number: int) -> list[Candidate]:
    """The candidates that fit in kind, unit, period, measure and place, best first."""
    return [candidate for candidate in found.candidates if fits(view, question, candidate, number)]


def looked_at(fitting: list[Candidate], found: Found) -> list[Candidate]:
    """Those whose chance is worth asking for: the first by their words, and the nearest in meaning."""
    nearest = (
        sorted(fitting, key=lambda candidate: -found.alike.get(candidate.row, -1.0))[:NEAREST] if found.alike else []
    )
    return [*dict.fromkeys([*fitting[:LOOKED_AT], *nearest])]


def features(
    view: View, question: Question, report: int, found: Found, candidate: Candidate, fitting: Sequence[Candidate]
) -> Features:
    """What speaks for a candidate among those that fit: BY_WORDS each 0..1, then BY_MEANING where a vector was made."""
    passage = view.passage_of_figure(candidate.row)
    figure = view.figure(candidate.row)
    by_words = (
        candidate.coverage,
        float(bool(found.hits) and found.hits[0].passage == passage),
        found.known,
        _rivals(view, question, candidate, fitting),
        named_near(view, question, report, figure),
        candidate.specific,
        absent(view, question, report, figure),
    )
    return by_words + (_by_meaning(found.alike, candidate, fitting) if found.alike else ())


def _by_meaning(alike: Ranking, candidate: Candidate, fitting: Sequence[Candidate]) -> Features:
    """Where a figure stands among all by its cosine, and among those that fit: cosines themselves say nothing, they are all alike."""
    cosines = np.fromiter(alike.values(), dtype=np.float64)
    own, spread = alike.get(candidate.row, float(cosines.min())), float(cosines.std()) or 1.0
    others = np.array([alike.get(other.row, float(cosines.min())) for other in fitting])
    return (
        1 / (1 + int((cosines > own).sum())),
        1 / (1 + int((others > own).sum())),
        float(own - cosines.mean()) / spread / STANDS_OUT,
        float(own - cosines.max()) / spread,
        float(own - others.max()) / spread,
        1 / len(fitting),
    )


def absent(view: View, question: Question, report: int, figure: Figure) -> float:
    """How much a word says of the question that neither the sentence nor a heading above it has; of several the most (0..1).

    Half of it where the paragraph has the word.
    Words are weighed as such, not by the report: 旅游总收入 is not the 总收入 of a sentence on something else.
    """
    owner, matched = view.corpus.reports[report], view.texts[report]
    paragraph = owner.paragraph(figure.paragraph)
    section = owner.section_of(paragraph)
    text = figure.sentence.of(matched) + figure.indicator.lower() + (normal(section.path[-1]) if section else "")
    around = paragraph.span.of(matched)
    missing = (
        term.weight * (1 - max(found_in(term, text), ELSEWHERE * found_in(term, around))) for term in question.terms
    )
    return min(1.0, max(missing, default=0.0))


def _rivals(view: View, question: Question, candidate: Candidate, fitting: Sequence[Candidate]) -> float:
    """1 where another figure that fits is named as well by the question's words, 0 where none is near.

    Where no period is asked for, a plan is no rival of what was reached, which goes first.
    """
    figure, own = view.figure(candidate.row), _named(candidate)
    for other in sorted(fitting, key=lambda other: -_named(other)):
        rival = view.figure(other.row)
        if not question.periods and rival.status == "target" != figure.status:
            continue
        if rival.kind == figure.kind and not rounded(rival, figure):
            return min(1.0, _named(other) / own) if own else 0.0
    return 0.0


def _named(candidate: Candidate) -> float:
    """How well the question's words name a figure: those it has, and how little more its indicator says."""
    return candidate.coverage * (1 + SPECIFIC * candidate.specific)


def rounded(one: Figure, other: Figure) -> bool:
    """Whether two figures may be one value, written with more digits or fewer: 突破2万元, 20793元."""
    return one.unit == other.unit and abs(one.value - other.value) <= ROUNDED * max(abs(one.value), abs(other.value))


def named_near(view: View, question: Question, report: int, figure: Figure) -> float:
    """The share of the question's telling words that the clause itself has."""
    return share_found(view, question, report, figure.clause.of(view.texts[report]) + figure.indicator.lower())


# Fitted by `python -m gold.folds` on the sets that the manifest of tests/data calls fitted, as the rules were then.
WITHOUT_VECTOR: Model = (-0.95, (1.52, 0.91, -2.22, -2.01, 1.36, 3.33, -0.09))
WITH_VECTOR: Model = (-2.89, (1.81, 0.52, -1.68, -1.00, -0.61, 2.90, -0.60, 0.73, 1.37, 1.62, 0.21, 0.10, 0.36))


def chance(values: Features) -> float:
    """The chance that a candidate which fits in kind, unit and period is the figure asked for."""
    bias, slopes = WITH_VECTOR if len(values) > len(BY_WORDS) else WITHOUT_VECTOR
    return logistic(bias, slopes, values)
