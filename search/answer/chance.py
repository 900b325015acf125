"""How likely a figure is the one asked for (0..1): a logistic model of what was found. It decides whether a figure is given, and
is the confidence that goes with it."""

from __future__ import annotations

from decimal import Decimal

from index.records import Figure
from index.text import normal
from search.answer.fits import fits
from search.answer.logistic import logistic
from search.found import Found
from search.quantities import SPECIFIC, Candidate
from search.question import Question
from search.view import View
from search.words import found_in, share_found

Features = tuple[float, ...]
ROUNDED = Decimal("0.05")  # of the larger value
ELSEWHERE = 0.5  # what a word in another sentence of the paragraph is worth
NAMES = ("coverage", "first", "vectors", "known", "rivals", "near", "specific", "absent")


def features(view: View, question: Question, report: int, found: Found, candidate: Candidate, number: int) -> Features:
    """What speaks for a candidate, in the order of NAMES, each 0..1."""
    passage = view.passage_of_figure(candidate.row)
    hit = next((hit for hit in found.hits if hit.passage == passage), None)
    parts = hit.parts if hit else {}
    figure = view.figure(candidate.row)
    return (
        candidate.coverage,
        float(bool(found.hits) and found.hits[0].passage == passage),
        min(1.0, parts.get("vectors", 0.0) + parts.get("sentence_vectors", 0.0)),
        found.known,
        _rivals(view, question, found.candidates, candidate, number),
        named_near(view, question, report, figure),
        candidate.specific,
        absent(view, question, report, figure),
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


def _rivals(view: View, question: Question, candidates: list[Candidate], candidate: Candidate, number: int) -> float:
    """1 where another figure that fits is named as well by the question's words, 0 where none is near."""
    figure = view.figure(candidate.row)
    own = _named(candidate)
    named = sorted(((_named(other), other) for other in candidates), key=lambda pair: -pair[0])
    for strength, other in named:
        rival = view.figure(other.row)
        if rival.kind == figure.kind and not _rounded(rival, figure) and fits(view, question, other, number):
            return min(1.0, strength / own) if own else 0.0
    return 0.0


def _named(candidate: Candidate) -> float:
    """How well the question's words name a figure: those it has, and how little more its indicator says."""
    return candidate.coverage * (1 + SPECIFIC * candidate.specific)


def _rounded(one: Figure, other: Figure) -> bool:
    """Whether two figures may be one value, written with more digits or fewer: 突破2万元, 20793元."""
    return one.unit == other.unit and abs(one.value - other.value) <= ROUNDED * max(abs(one.value), abs(other.value))


def named_near(view: View, question: Question, report: int, figure: Figure) -> float:
    """The share of the question's telling words that the clause itself has."""
    return share_found(view, question, report, figure.clause.of(view.texts[report]) + figure.indicator.lower())


# Fitted by `python -m bench.chance` on the five development files, each question with its answer in sight and hidden;
# docs/evaluation.md has the reliability table.
BIAS = -2.91
SLOPES: Features = (0.93, -0.08, 2.60, -0.87, -2.23, 1.63, 2.70, -0.57)
# Four in ten rows of the fit are of what is not said, perhaps two in ten of people's questions: the difference in log odds.
ASKED_OF_SAID = 0.9


def chance(view: View, question: Question, report: int, found: Found, candidate: Candidate, number: int) -> float:
    """The chance that a candidate which fits in kind, unit and period is the figure asked for."""
    values = features(view, question, report, found, candidate, number)
    return logistic(BIAS + ASKED_OF_SAID, SLOPES, values)
