"""What decides between candidates (search/match/model.json), fitted: figures, pairs, tables, winners, clauses, sentences, lists.

Where a model reads the chances of another, these are of folds that leave the report out.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from index.records import Span
from search import Engine
from search.answer.cells import Gathered, ruled_of, ruled_pair, sought_of
from search.answer.select import with_ruled
from search.evaluate.asks import fold
from search.find.gather import gather
from search.library.filters import Filters, report_by_id, scope_of
from search.library.view import Asked
from search.match import model
from search.match.arrays import Floats, ReportArrays, arrays_of
from search.match.choose import pair_features, winner_features, with_rules
from search.match.features import Evidence, gather_evidence, in_context
from search.match.groups import group_features, groups_of, quotes_of
from search.match.model import Linear, applied
from search.plan.plans import Plan, cells_of
from search.plan.reader import Reading
from train.questions import Labelled

SEED = 0
RIDGE, RIDGE_AGAIN = 0.3, 0.1  # inverse strengths of first models and of those that read their chances, by folds over reports
LEAST_SPREAD = 0.05  # of a feature: what hardly ever changes gets no great weight
INNER = 6  # folds of what is stacked
LISTS, BROAD, PAIRS = ("enumeration", "outline"), ("points", "summary"), ("compare", "arithmetic")
SHORT, LONG = 8, 200  # characters from which a quote counts, and to which: as answers are judged
MOST_CITED = 16


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the evidence of its report, and what of it is right."""

    question: Labelled
    gathered: Gathered
    vector: NDArray[np.float32]
    reading: Reading  # by a reader that was fitted on other reports
    must: NDArray[np.bool_]  # sentences that hold what an answer has to show
    fine: NDArray[np.bool_]  # these and what it may show
    figure: NDArray[np.int64]  # of each figure which of those asked for it is, else -1
    ruled: list[tuple[int, float, bool]]  # what rules let through, of questions for one figure
    said: Span | None  # the sentence that rules choose

    @property
    def evidence(self) -> Evidence:
        return self.gathered.evidence

    @property
    def refused(self) -> bool:
        return bool(self.question.row.get("refuse")) or self.question.row["form"] == "none"


def examples_of(engine: Engine, questions: Sequence[Labelled], vectors: NDArray[np.float32], readings: Sequence[Reading]) -> list[Example]:
    """The questions that have gold and whose report is in the engine's index."""
    known = {report.id for report in engine.corpus.reports}
    arrays = lru_cache(None)(lambda row: arrays_of(engine.view, row))
    return [
        _example(engine, question, vector, arrays, reading)
        for question, vector, reading in zip(questions, vectors, readings, strict=True)
        if question.doc in known and "must" in question.row
    ]


def _example(
    engine: Engine, question: Labelled, vector: NDArray[np.float32], arrays: Callable[[int], ReportArrays], reading: Reading
) -> Example:
    row = report_by_id(engine.corpus.reports, question.doc)
    asked = Asked(engine.view, engine.view.read(question.row["question"], row), row)
    scope = scope_of(engine.view, Filters(question.doc, None, None, None), row)
    found = gather(asked, scope, engine.weights, 10, vector)
    gathered = Gathered(asked, found, gather_evidence(asked, arrays(row), vector, reading.percent))
    ruled = ruled_of(asked, found, arrays(row), 0) if question.form == "value" else []
    said = gathered.said_by_rules if question.form in ("statement", "mention") else None
    return Example(question, gathered, vector, reading, *_right(question, arrays(row)), ruled, said)


def _right(question: Labelled, arrays: ReportArrays) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    must = [fold(quote) for choices in question.row["must"] for quote in choices]
    fine = [fold(quote) for quote in question.row.get("fine") or []]
    texts = [fold(text) for text in arrays.sentences]
    held = np.array([_touches(must, text) for text in texts], dtype=np.bool_)
    allowed = held | np.array([_touches(fine, text) for text in texts], dtype=np.bool_)
    wanted = [{fold(spelling) for spelling in figure.split("|")} for figure in question.figures]
    which = np.full(len(arrays.figures), -1)
    for at, figure in enumerate(arrays.figures):
        text, sentence = fold(figure.text), texts[arrays.sentence[at]]
        if held[arrays.sentence[at]] and any(text in quote and (quote in sentence or sentence in quote) for quote in must):
            fitting = [number for number, spellings in enumerate(wanted) if text in spellings]
            free = [number for number in fitting if number not in which]
            which[at] = (free or fitting or [-1])[0]
    return held, allowed, which


def _touches(quotes: Sequence[str], text: str) -> bool:
    return any(quote in text or (len(text) >= SHORT and text in quote) for quote in quotes if quote)


Models = dict[str, Linear]
Matrix = Callable[[Example], Floats]
Labels = Callable[[Example], "NDArray[np.bool_]"]
Groups = Callable[[Example], tuple[NDArray[np.int64], ...]]


def fit_linear(rows: Floats, labels: "NDArray[np.bool_] | Sequence[bool]", ridge: float, weights: Floats | None = None) -> Linear:
    """A logistic model on rows of one scale, told in the scale of the features."""
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), LEAST_SPREAD)
    fitted = LogisticRegression(C=ridge, max_iter=1000, random_state=SEED).fit((rows - mean) / scale, np.asarray(labels), weights)
    slopes = fitted.coef_[0] / scale
    return Linear(float(fitted.intercept_[0] - slopes @ mean), slopes)


def left_out(examples: Sequence[Example], matrix: Matrix, labels: Labels, ridge: float) -> list[Floats]:
    """Of each example the chances by a model fitted on other reports."""
    found: list[Floats] = [np.zeros(0)] * len(examples)
    docs = [example.question.doc for example in examples]
    for train, test in GroupKFold(min(INNER, len(set(docs)))).split(docs, groups=docs):
        linear = _fitted([examples[at] for at in train], matrix, labels, ridge)
        for at in test:
            found[at] = applied(linear, matrix(examples[at]))
    return found


def _fitted(examples: Sequence[Example], matrix: Matrix, labels: Labels, ridge: float) -> Linear:
    return fit_linear(np.concatenate([matrix(one) for one in examples]), np.concatenate([labels(one) for one in examples]), ridge)


def _twice(name: str, examples: Sequence[Example], matrix: Matrix, labels: Labels, groups: Groups) -> tuple[Models, list[Floats]]:
    """A model, and one that reads its chances in context; with the second's chances, of reports left out."""
    first = left_out(examples, matrix, labels, RIDGE)
    around = {id(one): np.hstack([in_context(chances, *groups(one)), matrix(one)]) for one, chances in zip(examples, first, strict=True)}
    models = {name: _fitted(examples, matrix, labels, RIDGE)}
    models[f"{name}.again"] = _fitted(examples, lambda one: around[id(one)], labels, RIDGE_AGAIN)
    return models, left_out(examples, lambda one: around[id(one)], labels, RIDGE_AGAIN)


def fit(examples: Sequence[Example]) -> Models:
    """All models but those of how sure an answer is."""
    answered = [one for one in examples if not one.refused]

    def of(*forms: str) -> list[Example]:
        return [one for one in answered if one.question.form in forms]

    def right(one: Example) -> NDArray[np.bool_]:
        return one.figure >= 0

    def around(one: Example) -> tuple[NDArray[np.int64], ...]:
        return one.evidence.arrays.sentence, one.evidence.arrays.of_figures.paragraph

    with_figures = [one for one in of("value") if right(one).any() and len(one.question.figures) == 1]
    models: Models = {"figure": _fitted(with_figures, lambda one: with_rules(one.evidence, one.ruled), right, RIDGE)}
    tables = [one for one in of("table") if right(one).any()]
    found, _ = _twice("table", tables, lambda one: one.evidence.figures, right, around)
    models |= found
    models["winner"] = _winner([one for one in of("superlative") if right(one).any()], tables, right, around)
    pairs = [one for one in of(*PAIRS) if len(one.question.figures) == 2 and {0, 1} <= set(one.figure)]
    found, operand = _twice("operand", pairs, lambda one: one.evidence.figures, right, around)
    models |= found | {"pair": _pair(pairs, operand)}
    subjects = [one for one in of(*BROAD, *LISTS) if one.must.any()]
    found, on_subject = _twice(
        "clause", subjects, lambda one: one.evidence.sentences, lambda one: one.fine, lambda one: (one.evidence.arrays.paragraph,)
    )
    models |= found | {"group": _group(subjects, on_subject)}
    said = [one for one in of("statement", "mention") if one.must.any()]
    models["statement"] = _fitted(
        said, lambda one: with_ruled(one.evidence.sentences, one.evidence.arrays.spans, one.said), lambda one: one.must, RIDGE
    )
    return models


def _winner(examples: Sequence[Example], tables: Sequence[Example], right: Labels, around: Groups) -> Linear:
    """By what tables say of the report's figures, of models that did not see the report."""
    docs = sorted({one.question.doc for one in examples})
    table: dict[int, Floats] = {}
    for _, test in GroupKFold(min(INNER, len(docs))).split(docs, groups=docs):
        out = {docs[at] for at in test}
        found, _ = _twice("t", [one for one in tables if one.question.doc not in out], lambda one: one.evidence.figures, right, around)
        for one in (one for one in examples if one.question.doc in out):
            figures = one.evidence.figures
            table[id(one)] = applied(found["t.again"], np.hstack([in_context(applied(found["t"], figures), *around(one)), figures]))

    def rows(one: Example) -> Floats:
        return winner_features(one.evidence, table[id(one)], descending=_descending(one))

    return _fitted(examples, rows, right, RIDGE_AGAIN)


def _descending(one: Example) -> bool:
    return bool((one.question.row["plan"].get("order") or {}).get("descending", True))


def _pair(examples: Sequence[Example], operand: Sequence[Floats]) -> Linear:
    from index.encode.encoder import open_encoder

    encoder = open_encoder()
    rows, labels = [], []
    for one, chances in zip(examples, operand, strict=True):
        question = one.gathered.asked.question
        plan = Plan(one.question.form, 1.0, cells_of(question, one.reading, one.gathered.asked.report, one.question.form))
        texts = [cell.question(question.matched) for cell in plan.cells] if len(plan.cells) == 2 else []
        vectors = list(encoder.encode_query(texts)) if texts else []
        sought = sought_of(plan, one.gathered.asked, one.evidence.arrays, vectors)
        found, pairs = pair_features(one.evidence, chances, sought, ruled_pair(one.gathered))
        rows.append(found)
        labels += [{int(one.figure[a]), int(one.figure[b])} == {0, 1} for a, b in pairs]
    return fit_linear(np.concatenate(rows), labels, RIDGE)


def _group(subjects: Sequence[Example], on_subject: Sequence[Floats]) -> Linear:
    rows, labels = [], []
    for one, clause in zip(subjects, on_subject, strict=True):
        if one.question.form not in LISTS:
            continue
        groups = groups_of(one.evidence, clause)
        if groups:
            outline = dict(one.reading.forms).get("outline", 0.0)
            rows.append(group_features(one.evidence, clause, groups, outline))
            labels += [
                is_whole(one, [span.of(one.evidence.arrays.matched) for span in quotes_of(one.evidence.arrays, group)]) for group in groups
            ]
    return fit_linear(np.concatenate(rows), labels, RIDGE_AGAIN)


def is_whole(one: Example, quotes: Sequence[str]) -> bool:
    """Whether what a group cites shows all members: as answers are judged (search/evaluate/asks.py)."""
    cited = [quote for quote in dict.fromkeys(map(fold, quotes)) if quote][:MOST_CITED]
    must = [[fold(quote) for quote in choices] for choices in one.question.row["must"]]
    allowed = [quote for choices in must for quote in choices] + [fold(quote) for quote in one.question.row.get("fine") or []]
    short = [quote for quote in cited if len(quote) <= LONG]
    shown = [any(any(quote in text or (len(text) >= SHORT and text in quote) for text in short) for quote in choices) for choices in must]
    precise = [any(quote in text or text in quote or quote[:12] in text for quote in allowed) for text in cited]
    return bool(cited) and float(np.mean(shown)) >= 0.8 and float(np.mean(precise)) >= 0.6


@contextmanager
def used(models: Models) -> Iterator[None]:
    """These models in place of those of the file."""
    with patch.object(model, "models", lambda: models):
        yield


def save(models: Models, file: Path = model.MODEL) -> None:
    rows = {
        name: {"bias": round(one.bias, 5), "weights": [round(float(weight), 5) for weight in one.weights]} for name, one in models.items()
    }
    lines = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(rows.items())]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
