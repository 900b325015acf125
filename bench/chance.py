"""Fit the chance that a figure is right (search/answer/chance.py): python -m bench.chance INDEX FILE …

Rows are the figures that fit in kind, unit, period and measure, the best few of each question. Each question is put twice: to its report,
where the figure that gold names is right, and to what is left of the report without the passages that answer it or give the same
value, where none is: what a report does not say looks like that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.records import Figure
from search import Engine, open_engine
from search.answer.chance import NAMES, Features, features
from search.answer.fits import fits
from search.evaluate import Gold, folded, read_gold
from search.gather import gather
from search.select import Filters, Scope, report_by_id, scope_of

BEST = 2  # candidates of a question that are looked at: the second is given only where the first is not
HIDDEN = 0.5  # weight of a row of a question whose answer is hidden: most questions are put to a report that answers
RIDGE = 1.0  # of the sum of squared slopes: some features nearly repeat each other
STEPS = 50


@dataclass(frozen=True, slots=True)
class Row:
    values: Features
    right: bool
    weight: float


def rows_of(engine: Engine, gold: Gold) -> Iterator[Row]:
    """What may be given for a question, with its answer in sight and with it hidden."""
    report = report_by_id(engine.view.corpus.reports, gold.report_id or gold.gold_report or "")
    name = engine.corpus.reports[report].id
    question = engine._parse(gold.question, report)
    scope = scope_of(engine.view, Filters(name, None, None, None), report)
    everything = scope.passages or frozenset()
    hidden = everything - _answering(engine, gold, report)
    for allowed, weight in ((everything, 1.0), (hidden, HIDDEN)):
        vector = engine._encode(question.text)
        within = Scope(scope.where, allowed)
        found = gather(engine.view, question, report, vector, within, engine.weights, 10)
        for number in range(len(question.wanted)):
            fitting = [c for c in found.candidates if fits(engine.view, question, c, number)][:BEST]
            for candidate in fitting:
                figure = engine.view.figure(candidate.row)
                right = weight == 1.0 and _is_gold(gold, figure)
                yield Row(features(engine.view, question, report, found, candidate, number), right, weight)


def _answering(engine: Engine, gold: Gold, report: int) -> frozenset[int]:
    """The passages that cover the gold places, or hold a figure of an expected value."""
    view, corpus = engine.view, engine.corpus
    rows = view.rows[report]
    said = {view.passage_of_figure(row) for row in rows.figures if _is_gold(gold, view.figure(row))}
    for row in rows.passages:
        passage, paragraph = corpus.passages[row], corpus.paragraph_of(corpus.passages[row])
        on_line = any(paragraph.line <= line <= paragraph.line_end for line in gold.lines)
        if on_line or any(passage.span.start < end and start < passage.span.end for start, end in gold.spans):
            said.add(row)
    return frozenset(said)


def _is_gold(gold: Gold, figure: Figure) -> bool:
    text = folded(figure.text)
    return any(folded(choice) in text or text in folded(choice) for said in gold.answers for choice in said.split("|"))


def fit(rows: list[Row]) -> tuple[float, Features]:
    """Bias and slopes of the logistic regression, by Newton's steps; the slopes are held small by RIDGE."""
    matrix: NDArray[np.float64] = np.array([(1.0, *row.values) for row in rows])
    right = np.array([float(row.right) for row in rows])
    weights = np.array([row.weight for row in rows])
    held = RIDGE * np.diag([0.0] + [1.0] * len(NAMES))
    slopes = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ slopes))
        slope = matrix.T @ (weights * (chance - right)) + held @ slopes
        curve = (matrix.T * (weights * chance * (1 - chance))) @ matrix + held
        slopes = slopes - np.linalg.solve(curve, slope)
    return float(slopes[0]), tuple(float(value) for value in slopes[1:])


def main(index: str, *files: str) -> None:
    engine = open_engine(index)
    gold = [question for file in files for question in read_gold(Path(file)) if question.answers]
    rows = [row for question in gold for row in rows_of(engine, question)]
    bias, slopes = fit(rows)
    print(f"{len(gold)} questions, {len(rows)} rows, {sum(row.right for row in rows)} right")
    print(f"BIAS = {bias:.2f}")
    print("SLOPES: Features = (" + ", ".join(f"{slope:.2f}" for slope in slopes) + ")")
    print("  " + "  ".join(f"{name} {slope:.2f}" for name, slope in zip(NAMES, slopes, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
