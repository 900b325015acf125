"""What reads questions over reports (in search/plan/reader.npz), fitted: what is done, when, in which order, and which measure is meant.

`over_*.jsonl` hold questions with what they ask for and no report, `said_*.jsonl` the ways in which people name what reports measure.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gold.shelf import SHARED, Shelf
from index.records import Report
from index.text import normal
from search.library.directory import Directory
from search.library.extent import extent_of
from search.over.intent import OPERATIONS, masked, over_features, years_of
from search.plan import reader
from train.questions import DATA, read_exam, read_questions
from train.reader import SEED, fit_bio, fit_head, vectors_of_texts

STRENGTH, MEASURE_STRENGTH = 200.0, 30.0  # inverse of the ridge, by folds over files
OPERATORS = {"across": "give", "years": "give", "one": "give", "place": "give", "absent": "give"}
VECTOR = 384  # numbers of the packaged model's vector
EXAM_SHARE = 1  # of those of exams
PLAIN_SHARE = 24  # of so many questions on one report one is read as what it is: given from one
HEADS = ("operator", "status", "operation", "descending", "whole")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over reports as it is read, with its labels."""

    text: str  # masked
    row: dict[str, Any]
    features: NDArray[np.float32]


def shelf_reports() -> list[Report]:
    """The reports by whose places questions are read: all that stand beside the project."""
    shelf = Shelf()
    return [shelf.report(stem) for stem in shelf.stems(["*"]) if shelf.files[stem].parent.name != "gb18030"] if SHARED.is_dir() else []


def read_over() -> list[dict[str, Any]]:
    """All labelled questions over reports: blind ones, and those that have gold."""
    rows = [json.loads(line) for file in sorted(DATA.glob("over_*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    gold = [json.loads(line) for file in sorted(DATA.glob("multi_*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    for row in gold:
        cells, text = row["plan"].get("cells") or [], normal(row["question"])
        own = dict.fromkeys("".join(text[a:b] for a, b in cell["subject"]) for cell in cells if len(cell["subject"]) == 1)
        statuses = {cell.get("status") for cell in (*cells, *row["cells"])} - {None, ""}
        order = row["plan"].get("order") or {}
        rows.append(
            {
                "id": row["id"], "form": row["form"], "question": row["question"], "subjects": [*own],
                "status": "both" if len(statuses) > 1 else next(iter(statuses), ""), "descending": order.get("descending"),
                "take": order.get("take"),
            }
        )  # fmt: skip
    return rows


def asked_of(rows: Sequence[dict[str, Any]], reports: Sequence[Report]) -> list[Asked]:
    directory, newest = Directory(reports), max(reports, key=lambda report: report.year or "")
    extents = [extent_of(directory, reports, normal(row["question"])) for row in rows]
    texts = [masked(extent, newest) for extent in extents]
    vectors = vectors_of_texts(texts)
    return [
        Asked(text, row, reader.features(over_features(extent, text, years_of(extent.text, newest)), vector))
        for text, row, extent, vector in zip(texts, rows, extents, vectors, strict=True)
    ]


def labels_of(row: dict[str, Any], name: str) -> str | None:
    """What a head is to say of a question; None where it does not tell."""
    if name == "operator":
        return OPERATORS.get(operator_of(row), operator_of(row))
    if name == "status":
        return row.get("status") or None
    if name == "operation":
        return str(row["operation"]) if row.get("operation") in OPERATIONS.get(operator_of(row), ()) else None
    if row["form"] != "rank" or row.get("descending") is None:
        return None
    return "yes" if (row["descending"] if name == "descending" else row.get("take") is None) else "no"


def operator_of(row: dict[str, Any]) -> str:
    """What is done, by the form; how far two places are apart is none of what they say."""
    apart = row["form"] == "differ" and row.get("operation") in OPERATIONS["compare"] and len(row["places"]) > 1
    return "compare" if apart else str(row["form"])


def fit(asked: Sequence[Asked], plain: Sequence[Asked]) -> dict[str, NDArray[np.float32]]:
    """The arrays of reader.npz that read questions over reports; `plain` are questions on one report."""
    found: dict[str, NDArray[np.float32]] = {}
    for name in HEADS:
        known = [(one, label) for one in asked if (label := labels_of(one.row, name))]
        known += [(one, "give") for one in plain] if name == "operator" else []
        rows, said = np.array([one.features for one, _ in known]), [label for _, label in known]
        found |= head_of(f"over.{name}", rows, said, STRENGTH)
        found |= head_of(f"over.{name}.plain", rows[:, : rows.shape[1] - VECTOR], said, STRENGTH)  # where another encoder is used
    tagged = [(one, tags) for one in asked if (tags := tags_of(one)) is not None]
    return found | fit_bio("over.tag", [(one.text, labels_of(one.row, "operator") or "", tags) for one, tags in tagged])


def head_of(name: str, rows: NDArray[np.float32], labels: Sequence[str], strength: float) -> dict[str, NDArray[np.float32]]:
    model = fit_head(rows, labels, strength)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.append(-bias / 2, bias / 2)
    return {f"{name}.weights": weights.astype(np.float16), f"{name}.bias": bias.astype(np.float32), f"{name}.labels": model.classes_}


def tags_of(asked: Asked) -> list[str] | None:
    """A tag for each character: B and O of a subject; None where a subject stands across a place or a year."""
    tags = ["-"] * min(len(asked.text), reader.READ)
    for subject in asked.row["subjects"]:
        start = asked.text.find(normal(subject))
        if start < 0:
            return None
        for at in range(start, min(start + len(normal(subject)), len(tags))):
            tags[at] = "B" if at == start else "O"
    return tags if asked.row["subjects"] else None


def measures() -> tuple[list[str], list[str]]:
    """Texts and the measures that they mean."""
    rows = [json.loads(line) for file in sorted(DATA.glob("said_*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [normal(row["text"]) for row in rows], [row["measure"] for row in rows]


def fit_measures(folds: int = 0) -> list[dict[str, NDArray[np.float32]]]:
    """The arrays that tell which measure is meant; with `folds` those of each, fitted on the others (every folds-th text is left out)."""
    texts, labels = measures()
    rows = np.array([reader.features(reader.runs_of(text), vector) for text, vector in zip(texts, vectors_of_texts(texts), strict=True)])
    fold, names = np.arange(len(texts)) % max(1, folds), np.array(labels)
    kept = [fold != number for number in range(folds)] or [np.ones(len(texts), dtype=np.bool_)]
    return [head_of("measure", rows[own], list(names[own]), MEASURE_STRENGTH) for own in kept]


def plain_rows(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Some questions on one report, and questions of exams, which name place and year."""
    own = [question for question in read_questions() if "/" not in str(question.row["id"])]
    exam = read_exam({report.id: report for report in reports})
    return [{"form": "one", "question": one.text, "subjects": []} for one in (*own[::PLAIN_SHARE], *exam[::EXAM_SHARE])]


def left_out(asked: Sequence[Asked], plain: Sequence[Asked]) -> str:
    """How often operator, status and order are read rightly in the files that a model did not see."""
    files = sorted({one.row["id"][:2] for one in asked})
    lines = ["head         n  right"]
    for name in HEADS:
        right = total = 0
        for file in files:
            train = [one for one in asked if one.row["id"][:2] != file and labels_of(one.row, name)]
            test = [one for one in asked if one.row["id"][:2] == file and labels_of(one.row, name)]
            extra = plain if name == "operator" else []
            rows = np.array([one.features for one in (*train, *extra)])
            model = fit_head(rows, [str(labels_of(one.row, name)) for one in train] + ["give"] * len(extra), STRENGTH)
            if test:
                right += int((model.predict(np.array([one.features for one in test])) == [labels_of(one.row, name) for one in test]).sum())
                total += len(test)
        lines.append(f"{name:10s} {total:4d}  {right / max(1, total):.3f}")
    return "\n".join(lines) + "\n"


def fit_all() -> tuple[dict[str, NDArray[np.float32]], str]:
    """The arrays, and what they reach on files left out."""
    np.random.default_rng(SEED)
    reports = shelf_reports()
    asked, plain = asked_of(read_over(), reports), asked_of(plain_rows(reports), reports)
    return fit(asked, plain) | fit_measures()[0], left_out(asked, plain)
