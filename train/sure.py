"""How sure whole answers are (search/match/sure.py), fitted on what they came to on reports that no model had seen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from index.retrieve.rows import Where
from search import Engine
from search.answer import answer as answering
from search.answer import framed, told
from search.evaluate.asks import fold, judge
from search.library import filters
from search.library.filters import Filters, Scope
from search.library.view import View
from search.match import model
from search.match.model import Signals, Sureness, applied, expanded
from search.plan.plans import Plan
from search.plan.reader import Reading
from search.results import Answer
from train.match import Models, fit_linear
from train.questions import Labelled

# Near misses that people wrote are few and what matters; answers that are hidden are easier to tell.
NEAR_MISS, HIDDEN_SAID, RIDGE_SAID = 1.5, 0.2, 0.03
HIDDEN = 0.3  # weight of a question whose answer is hidden: most questions are put to a report that answers
RIDGE = 0.02  # inverse strength: some forms have fifty questions
# Forms of which a question is put with its answer hidden too.
HIDES = ("value", "compare", "arithmetic", "superlative", "statement", "table", "points")
FEWEST = 8  # right answers, and wrong ones, of a form that is fitted


@dataclass(frozen=True, slots=True)
class Outcome:
    """One plan of a question: what it was told from, and how its answer was judged."""

    question: Labelled
    model: str  # which model of sureness spoke
    rows: NDArray[np.float64]  # what it was told from
    answer: Answer
    values: dict[str, Any]
    hidden: bool  # whether what answers was hidden

    @property
    def said(self) -> bool:
        """Whether the report says what is asked."""
        return not (self.hidden or self.question.row["form"] == "none")

    @property
    def right(self) -> bool:
        return bool(self.values.get("whole", False))


def outcomes_of(engine: Engine, question: Labelled, *, hidden: bool = False) -> list[Outcome]:
    """Every plan of a question filled and judged as if it were stated; with what answers it `hidden`, no answer is right."""
    found: list[Outcome] = []
    spoken: list[tuple[str, NDArray[np.float64]]] = []
    tried: list[Answer] = []
    say, fill_plan, scope, rules = model.sure, answering.fill, filters.scope_of, answering.by_rules

    def recorded(form: str, signals: Signals, *told_of: Any) -> Sureness:
        spoken.append((form, expanded(signals, *told_of)[0]))
        return say(form, signals, *told_of)

    def filled(asking: Any, gathered: Any, plan: Plan, reading: Reading) -> Answer:
        answer = fill_plan(asking, gathered, plan, reading)
        tried.append(answer)
        return replace(answer, confidence=0.0)  # so that the next plan is tried too

    def by_rules(gathered: Any, reading: Reading) -> Answer | None:
        answer = rules(gathered, reading)
        if answer is not None:
            tried.append(answer)
        return None

    def without(view: View, _: Filters, report: int | None) -> Scope:
        return _without_answer(view, question, report or 0)

    with (
        patch.object(framed, "sure", recorded),
        patch.object(answering, "fill", filled),
        patch.object(answering, "by_rules", by_rules),
        patch.object(answering, "scope_of", without if hidden else scope),
    ):
        engine.ask(question.row["question"], 1, report_id=question.doc)
    for (name, rows), answer in zip(spoken, tried, strict=True):
        values = judge({**question.row, "refuse": True} if hidden else question.row, answer.to_dict())
        found.append(Outcome(question, name, rows, answer, values, hidden))
    return found


def _without_answer(view: View, question: Labelled, report: int) -> Scope:
    """The passages of a report that hold nothing of what the question has to show or may show."""
    quotes = [fold(quote) for choices in question.row["must"] for quote in choices] + [fold(one) for one in question.row.get("fine") or []]
    rows = view.rows[report].passages
    left = [row for row in rows if not any(quote in fold(view.passage_texts[row]) for quote in quotes)]
    return Scope(Where(report), frozenset(left))


def chosen(outcomes: Sequence[Outcome], models: Models) -> dict[str, Any]:
    """The answer of the likeliest plan, as JSON, stated where it is sure enough by these models."""
    best: tuple[float, float, Outcome | None] = (-1.0, 0.0, None)
    for one in outcomes:
        right, said = (
            float(applied(models[name], one.rows[None, :])[0]) if name in models else 1.0
            for name in (f"sure.{one.model}", f"said.{one.model}")
        )
        if right > best[0]:
            best = right, said, one
    right, said, outcome = best
    if outcome is None:
        return {"stated": False, "confidence": 0.0}
    stated = outcome.answer.stated and right >= framed.STATED and said >= framed.SAID
    return {**outcome.answer.to_dict(), "confidence": right, "stated": stated}


@contextmanager
def all_stated() -> Iterator[None]:
    """Whatever an answer's chance is, it is stated."""
    with (
        patch.object(framed, "STATED", 0.0),
        patch.object(framed, "SAID", 0.0),
        patch.object(framed, "UNKNOWN", 0.0),
        patch.object(told, "EMPTY", 0.0),
    ):
        yield


def fit(outcomes: Sequence[Outcome]) -> Models:
    """A model for each kind of answer that has enough of both; what the report does not say is never right."""
    by_model: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_model[outcome.model].append(outcome)
    found: Models = {}
    for name, own in by_model.items():
        rows = np.array([one.rows for one in own])
        right, said = np.array([one.right for one in own]), np.array([one.said for one in own])
        weights = np.array([HIDDEN if one.hidden else 1.0 for one in own])
        if min(right.sum(), (~right).sum()) >= FEWEST:
            found[f"sure.{name}"] = fit_linear(rows, right, RIDGE, weights)
        if min(said.sum(), (~said).sum()) >= FEWEST:
            weights = np.array([HIDDEN_SAID if one.hidden else 1.0 if one.said else NEAR_MISS for one in own])
            found[f"said.{name}"] = fit_linear(rows, said, RIDGE_SAID, weights)
    return found
