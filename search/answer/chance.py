"""How likely a figure is the one asked for (0..1): a logistic model of what was found. It decides whether a figure is given, and
is the confidence that goes with it."""

from __future__ import annotations

import math

from index.records import Figure
from search.found import Found
from search.quantities import Candidate, specific
from search.question import Question
from search.view import View
from search.words import known_share, share_found

Features = tuple[float, ...]
NAMES = ("coverage", "first", "vectors", "known", "rivals", "near", "specific")


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
        known_share(view, question, report),
        _rivals(view, found.candidates, candidate, figure, number),
        named_near(view, question, report, figure),
        specific(question, view.indicators[candidate.row]),
    )


def _rivals(view: View, candidates: list[Candidate], candidate: Candidate, figure: Figure, number: int) -> float:
    """1 where another figure that fits stands as near to the question's words, 0 where none is near."""
    others = [
        other.coverage
        for other in candidates
        if other.row != candidate.row
        and other.fits[number]
        and other.period_fits
        and view.figure(other.row).value != figure.value
        and view.figure(other.row).role == figure.role
    ]
    best = max(others, default=0.0)
    return min(1.0, best / candidate.coverage) if candidate.coverage else 0.0


def named_near(view: View, question: Question, report: int, figure: Figure) -> float:
    """The share of the question's telling words that the clause itself has."""
    return share_found(view, question, report, figure.clause.of(view.texts[report]) + figure.indicator.lower())


# Fitted by logistic regression on the development questions put to their own report, and to others that lack what they ask;
# docs/evaluation.md names the data and has the reliability table of questions that were not fitted on.
BIAS = -4.88
SLOPES: Features = (3.68, 0.86, 1.58, -0.40, -1.71, 1.65, 2.23)


def chance(view: View, question: Question, report: int, found: Found, candidate: Candidate, number: int) -> float:
    """The chance that a candidate which fits in kind, unit and period is the figure asked for."""
    values = features(view, question, report, found, candidate, number)
    return 1 / (1 + math.exp(-(BIAS + sum(slope * value for slope, value in zip(SLOPES, values, strict=True)))))
