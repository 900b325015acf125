"""The chance that a figure is right (search/match/chance.py), fitted: python -m gold.folds

Rows are the figures that fit in kind, unit, period and measure. Each question is put twice: to its report, where the figure that gold
names is right, and to what is left of the report without the passages that answer it or give the same value, where none is: what a
report does not say looks like that. Printed are the two models, without the question's vector and with it, fitted on all sets that the
manifest calls fitted, and for bounds of the chance what would be given, each report's questions by models fitted on the others. These
models are kept in folds.json: with them the gate scores the sets that the shipped ones were fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gold.manifest import Manifest, read_manifest, report_of
from gold.shelf import Shelf
from index.records import Figure
from index.retrieve.rows import Ranking
from index.text import normal
from search import Engine
from search.evaluate.exam import Gold, folded, gold_of
from search.find.gather import gather
from search.library.filters import Filters, Scope, report_by_id, scope_of
from search.library.view import Asked
from search.match import chance
from search.match.chance import BY_MEANING, BY_WORDS, Features, Model, features, fitting_of, logistic, looked_at

HIDDEN = 0.25  # weight of a row of a question whose answer is hidden: most questions are put to a report that answers
RIDGE = 1.0  # of the sum of squared slopes: some features nearly repeat each other
STEPS = 50
FOLDS = Path(__file__).parent / "folds.json"
BOUNDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure that may be given. `asked` names the question, whether its answer is hidden, and which of its numbers it is for."""

    asked: tuple[str, bool, int]
    values: Features
    right: bool

    @property
    def weight(self) -> float:
        return HIDDEN if self.asked[1] else 1.0


def rows_of(engine: Engine, gold: Gold, *, vector: bool) -> Iterator[Row]:
    """What may be given for a question, with its answer in sight and with it hidden."""
    report = report_by_id(engine.view.corpus.reports, gold.report_id or gold.gold_report or "")
    asked = Asked(engine.view, engine.view.read(gold.question, report), report)
    question = asked.question
    scope = scope_of(engine.view, Filters(engine.corpus.reports[report].id, None, None, None), report)
    everything = scope.passages or frozenset()
    meaning = engine.encoder().encode_query([normal(question.meant)])[0] if vector and question.wanted else None
    for hidden, allowed in ((False, everything), (True, everything - _answering(engine, gold, report))):
        found = gather(asked, Scope(scope.where, allowed), engine.weights, 10, meaning)
        if hidden:
            found = replace(found, alike=_left(engine, found.alike, allowed))
        for number in range(len(question.wanted)):
            fitting = fitting_of(asked, found, number)
            for candidate in looked_at(fitting, found):
                right = not hidden and _is_gold(gold, candidate.figure)
                values = features(asked, found, candidate, fitting)
                yield Row((gold.id, hidden, number), values, right)


def _left(engine: Engine, alike: Ranking, allowed: frozenset[int]) -> Ranking:
    return {row: cosine for row, cosine in alike.items() if engine.view.passage_of_figure(row) in allowed}


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


def fit(rows: Sequence[Row]) -> Model:
    """Bias and slopes of the logistic regression, by Newton's steps; the slopes are held small by RIDGE."""
    matrix: NDArray[np.float64] = np.array([(1.0, *row.values) for row in rows])
    right = np.array([float(row.right) for row in rows])
    weights = np.array([row.weight for row in rows])
    held = RIDGE * np.diag([0.0] + [1.0] * (matrix.shape[1] - 1))
    slopes = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ slopes))
        slope = matrix.T @ (weights * (chance - right)) + held @ slopes
        curve = (matrix.T * (weights * chance * (1 - chance))) @ matrix + held
        slopes = slopes - np.linalg.solve(curve, slope)
    return float(slopes[0]), tuple(float(value) for value in slopes[1:])


def given(files: Sequence[Sequence[Row]]) -> Iterator[tuple[float, bool, bool, bool]]:
    """The likeliest figure of each number asked for: its chance by a model of the other files, whether the answer is hidden, whether
    this is right, and whether any is."""
    for number, rows in enumerate(files):
        bias, slopes = fit([row for other, others in enumerate(files) if other != number for row in others])
        asked: dict[tuple[str, bool, int], list[tuple[float, bool]]] = {}
        for row in rows:
            asked.setdefault(row.asked, []).append((logistic(bias, slopes, row.values), row.right))
        for (_, hidden, _), chances in asked.items():
            chance, right = max(chances)
            yield chance, hidden, right, any(is_right for _, is_right in chances)


def _print(name: str, files: Sequence[Sequence[Row]], names: Sequence[str]) -> None:
    rows = [row for some in files for row in some]
    bias, slopes = fit(rows)
    print(f"{name}: {len(rows)} rows, {sum(row.right for row in rows)} right")
    print(f"  ({bias:.2f}, (" + ", ".join(f"{slope:.2f}" for slope in slopes) + "))")
    print("  " + "  ".join(f"{name} {slope:.2f}" for name, slope in zip(names, slopes, strict=True)))
    every = [*given(files)]
    seen = [one for one in every if not one[1] and one[3]]
    hidden = [one for one in every if one[1]]
    for bound in BOUNDS:
        right = sum(chance >= bound and is_right for chance, _, is_right, _ in seen)
        wrong = sum(chance >= bound and not is_right for chance, _, is_right, _ in seen)
        none = sum(chance >= bound for chance, *_ in hidden)
        print(f"  bound {bound:.2f}: right {right} and wrong {wrong} of {len(seen)}, given though hidden {none} of {len(hidden)}")


def rows_by_report(manifest: Manifest, shelf: Shelf, *, vector: bool) -> dict[str, list[Row]]:
    """The rows of the fitted sets, by the report their questions are put to."""
    found: dict[str, list[Row]] = {}
    engines: dict[str, Engine] = {}
    for one in manifest.sets:
        for row in one.rows() if "chance" in one.fitted else []:
            stem = report_of(one, row)
            if row.get("answers"):
                engines.setdefault(stem, shelf.engine([stem]))
                found.setdefault(stem, []).extend(rows_of(engines[stem], gold_of({**row, "id": f"{one.name} {row['id']}"}), vector=vector))
    return found


@contextmanager
def left_out(stem: str) -> Iterator[None]:
    """The models that saw no question on this report, in the place of the shipped ones."""
    shipped = chance.WITHOUT_VECTOR, chance.WITH_VECTOR
    chance.WITHOUT_VECTOR, chance.WITH_VECTOR = _folds()[stem]
    try:
        yield
    finally:
        chance.WITHOUT_VECTOR, chance.WITH_VECTOR = shipped


@cache
def _folds() -> dict[str, tuple[Model, Model]]:
    table = json.loads(FOLDS.read_text(encoding="utf-8"))
    return {stem: tuple((bias, tuple(slopes)) for bias, slopes in models) for stem, models in table.items()}  # type: ignore[misc]


def main() -> None:
    manifest, shelf = read_manifest(), Shelf()
    folds: dict[str, list[Model]] = {}
    for name, vector in (("WITHOUT_VECTOR", False), ("WITH_VECTOR", True)):
        by_report = rows_by_report(manifest, shelf, vector=vector)
        _print(name, [*by_report.values()], BY_WORDS + BY_MEANING if vector else BY_WORDS)
        for stem in by_report:
            bias, slopes = fit([row for other, rows in by_report.items() if other != stem for row in rows])
            folds.setdefault(stem, []).append((round(bias, 2), tuple(round(slope, 2) for slope in slopes)))
    lines = (f"{json.dumps(stem, ensure_ascii=False)}: {json.dumps(models)}" for stem, models in folds.items())
    FOLDS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
