"""The reader of questions (search/plan/reader.npz), fitted: forms, operations, percentages, order, and the words of a subject."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.encode.encoder import open_encoder
from index.figures.recognise import recognise
from index.records import Span
from index.text import normal
from search.plan import reader
from train.questions import Labelled

SEED = 0
STRENGTH = {"form": 30.0, "operation": 10.0, "percent": 10.0, "descending": 10.0}  # inverse of the ridge, by folds over reports
TAG_STRENGTH = 1.0
NEVER = -1e4  # the bias of a tag that no example has
OPERATIONS = {
    "difference": "difference", "ratio": "ratio", "share": "share", "sum": "sum", "multiple": "ratio", "growth since": "growth",
    "average": "mean",
}  # fmt: skip
CLOSE = 0.006  # as a computed number is judged


def vectors_of(questions: Sequence[Labelled]) -> NDArray[np.float32]:
    return vectors_of_texts([question.text for question in questions])


def vectors_of_texts(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.asarray(open_encoder().encode_query(list(texts)), dtype=np.float32)


def labels_of(question: Labelled, head: str) -> str | None:
    """What a head is to say of a question; None where the question does not tell."""
    if head == "form":
        return question.form
    if head == "operation":
        return operation_of(question)
    if head == "percent":
        return None if question.percent is None else "yes" if question.percent else "no"
    order = question.row["plan"].get("order")
    return None if not order or question.form != "superlative" else "yes" if order.get("descending", True) else "no"


def operation_of(question: Labelled) -> str | None:
    """What is computed: as the plan names it, or what gives the number from the figures; None of what is not computed."""
    if question.form != "arithmetic":
        return None
    named = question.row.get("operation")
    if named:
        return OPERATIONS.get(named)
    values = [number_in(figure) for figure in question.figures]
    number = question.row.get("number")
    if number in ("", None) or len(values) < 2 or None in values:
        return None
    wanted, known = abs(float(str(number).replace(",", ""))), [value for value in values if value]
    if len(known) < 2:
        return None
    a, b = known[:2]
    tries = {
        "difference": (a - b,), "sum": (sum(known),), "share": (a / b * 100, b / a * 100), "ratio": (a / b, b / a),
        "growth": ((a / b - 1) * 100, (b / a - 1) * 100), "mean": (sum(known) / len(known),),
    }  # fmt: skip
    scales = (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e8, 1e-4, 1e-8, 0.1)
    for name, results in tries.items():
        if any(abs(abs(result) - wanted) <= CLOSE * wanted + 1e-9 for result in results):
            return name
    return next((n for n, rs in tries.items() if any(abs(abs(r) * s - wanted) <= CLOSE * wanted for r in rs for s in scales)), None)


def number_in(figure: str) -> float | None:
    """The value of a figure's first spelling, with 万 and 亿 counted."""
    text = normal(figure.split("|")[0])
    found = list(recognise(text, Span(0, len(text))))
    return float(found[0].value) if found else None


def fit_head(rows: NDArray[np.float32], labels: Sequence[str], strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=1000, random_state=SEED).fit(csr_matrix(rows), labels)


def tags_of(question: Labelled) -> list[str]:
    """A tag for each character: words of every cell, words of one."""
    tags = ["-"] * min(len(question.text), reader.READ)
    groups = [cell for cell, _, _ in question.cells] or [question.subject]
    everywhere = set(groups[0]).intersection(*groups[1:]) if len(groups) > 1 else set(groups[0])
    for spans in groups:
        for span in spans:
            first, rest = ("b", "o") if span in everywhere else ("B", "O")
            for at in range(span.start, min(span.end, len(tags))):
                tags[at] = first if at == span.start else rest
    return tags


def fit_tags(questions: Sequence[Labelled]) -> dict[str, NDArray[np.float32]]:
    """Weights of what stands around a character, and of one tag following another."""
    return fit_bio("tag", [(one.text, one.form, tags_of(one)) for one in questions if one.cells or one.subject])


def fit_bio(name: str, tagged: Sequence[tuple[str, str, Sequence[str]]]) -> dict[str, NDArray[np.float32]]:
    """The same of texts, each with its form and a tag for each character."""
    data, rows, columns = list[float](), list[int](), list[int]()
    labels: list[int] = []
    moves = np.ones((len(reader.TAGS) + 1, len(reader.TAGS)))
    for text, form, written in tagged:
        tags = [reader.TAGS.index(tag) for tag in written]
        for at, found in enumerate(reader.tag_features(text, form)):
            rows += [len(labels)] * len(found)
            columns += found
            data += [1.0] * len(found)
            labels.append(tags[at])
        for before, after in zip([len(reader.TAGS), *tags[:-1]], tags, strict=True):
            moves[before, after] += 1
    moves[0, [2, 4]] = moves[1, 4] = moves[2, 4] = moves[3, 2] = moves[4, 2] = moves[-1, [2, 4]] = 1e-6
    shape = (len(labels), reader.TAG_BUCKETS)
    model = LogisticRegression(C=TAG_STRENGTH, max_iter=300, random_state=SEED).fit(
        csr_matrix((data, (rows, columns)), shape=shape), labels
    )
    seen = model.classes_
    prior = np.bincount(labels, minlength=len(reader.TAGS))[seen] / len(labels)
    weights, bias = np.zeros((len(reader.TAGS), reader.TAG_BUCKETS)), np.full(len(reader.TAGS), NEVER)
    weights[seen], bias[seen] = model.coef_, model.intercept_ - np.log(prior)  # what the moves say already
    return {
        f"{name}.weights": weights.astype(np.float16),
        f"{name}.bias": bias.astype(np.float32),
        f"{name}.moves": np.log(moves / moves.sum(axis=1, keepdims=True)).astype(np.float32),
    }


def fit(questions: Sequence[Labelled], vectors: NDArray[np.float32], *, plain: bool = False) -> dict[str, NDArray[np.float32]]:
    """All arrays of reader.npz; `plain` ones read the characters alone, where another encoder is used."""
    words = np.array([reader.runs_of(question.text) for question in questions])
    rows = np.array([reader.features(one, vector) for one, vector in zip(words, vectors, strict=True)])
    found: dict[str, NDArray[np.float32]] = {}
    for head, strength in STRENGTH.items():
        labels = [labels_of(question, head) for question in questions]
        known = [at for at, label in enumerate(labels) if label is not None]
        said = [str(labels[at]) for at in known]
        for name, own in ((head, rows), (f"{head}.plain", words)) if plain else ((head, rows),):
            model = fit_head(own[known], said, strength)
            weights, bias = model.coef_, model.intercept_
            if len(model.classes_) == 2:
                weights, bias = np.vstack([-weights / 2, weights / 2]), np.append(-bias / 2, bias / 2)
            found |= {
                f"{name}.weights": weights.astype(np.float16),
                f"{name}.bias": bias.astype(np.float32),
                f"{name}.labels": model.classes_,
            }
    return found | fit_tags(questions)


def save(arrays: dict[str, NDArray[np.float32]], file: Path = reader.MODEL) -> None:
    np.savez_compressed(
        file, allow_pickle=False, **{name: np.array(value, dtype=str) if value.dtype == object else value for name, value in arrays.items()}
    )
