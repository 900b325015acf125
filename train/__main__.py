"""make train: labelled questions → the models that search/ loads, and what they reach on reports that they did not see.

python -m train [--check]: with --check nothing is written.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from gold.shelf import SHARED
from search import Engine
from search.commands.show import progress
from search.evaluate.asks import judge
from search.match.model import Linear
from search.plan import reader as reading
from search.plan.reader import Reading, read
from train import across, intent, match, mention, reader, sure
from train import whole as over_whole
from train.documents import engine_of
from train.questions import Labelled, manifest_of, read_exam, read_questions

OUTER = 4  # folds of reports by which whole answers are judged
CURVE = (250, 500, 1000, 2000)
SHOWN = ("whole", "points", "precise", "figures", "hedge", "first", "number", "says", "refuse", "false", "wrong", "sure", "stated")


def main() -> int:
    """0 where the models were made; 2 where the reports are not there."""
    options = argparse.ArgumentParser(prog="make train", description="fit the models of search/ on train/data and tests/data")
    options.add_argument("--check", action="store_true", help="print what is reached, write nothing")
    asked, start = options.parse_args(), time.perf_counter()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: the reports that questions are about stand beside the project", file=sys.stderr)
        return 2
    questions = read_questions()
    exam_docs = {stem for one in manifest_of()["set"] for stem in one["reports"] if "*" not in stem}
    engine = engine_of([*(question.doc for question in questions), *sorted(exam_docs - _aside())], progress(sys.stderr))
    vectors = reader.vectors_of(questions)
    readings = readings_left_out(questions, vectors)
    print(f"{len(questions)} questions on {len({question.doc for question in questions})} documents\n")
    print(curve(questions, vectors))
    read_by = reader.fit(questions, vectors, plain=True)
    # Exam questions teach what decides between figures, not how people ask.
    exam = read_exam({report.id: report for report in engine.corpus.reports})
    exam_vectors = reader.vectors_of(exam)
    with reading_with(read_by):
        readings += [read(question.text, vector) for question, vector in zip(exam, exam_vectors, strict=True)]
    questions, vectors = questions + exam, np.concatenate([vectors, exam_vectors])
    examples = match.examples_of(engine, questions, vectors, readings)
    outcomes = list(outcomes_left_out(engine, questions, vectors, examples))
    print(whole(outcomes))
    models = match.fit(examples) | sure.fit([one for _, seen, hidden in outcomes for one in (*seen, *hidden)])
    read_over, told = intent.fit_all()
    print(told)
    read_by |= read_over
    models |= over_reports(models, read_by)
    if not asked.check:
        match.save(models)
        reader.save(read_by)
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def over_reports(models: Mapping[str, Linear], read_by: dict[str, NDArray[np.float32]]) -> dict[str, Linear]:
    """The models of answers over several reports; what they reach on reports, or files of questions, left out is printed."""
    multi = across.multi_rows()
    single = [one for one in read_questions() if one.form in ("value", *mention.FORMS) and "/" not in str(one.row["id"])]
    values = [one for one in single if one.form == "value" and len(one.cells) == 1 and len(one.figures) <= 1]
    engine = engine_of([*across.docs_of(multi), *(one.doc for one in single)], progress(sys.stderr))
    with reading_with(read_by):
        examples = across.examples_of(engine, values, multi)
        said = across.said_examples(engine, [{**read_by, **own} for own in intent.fit_measures(match.INNER)], reading_with)
        found, chances = across.fit([*examples, *said])
        print(across.told(examples, chances[: len(examples)]))
        found["mention"], told = mention.fit(mention.examples_of(engine, single, multi))
        print(told)
        found["sure.over"] = over_whole.fit_sure(engine, multi, [*examples, *said], {**models, **found})
    return found


def _aside() -> set[str]:
    """The documents that no model is trained on, provinces by both years' names."""
    table = manifest_of()["aside"]
    provinces = {f"province_2026_{name}" for name in table["over_reports"]} | {"province_2026_广西壮族自治区"}
    return {stem for key, stems in table.items() if key != "over_reports" for stem in stems} | provinces


@contextmanager
def reading_with(arrays: dict[str, NDArray[np.float32]]) -> Iterator[None]:
    """A reader in place of the file's."""
    wide = {name: value.astype(np.float32) if value.dtype == np.float16 else value for name, value in arrays.items()}
    with patch.object(reading, "_model", lambda: wide):
        yield


def folds(questions: Sequence[Labelled], count: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Positions to train on and to judge by, of reports that are in one of the two."""
    docs = [question.doc for question in questions]
    yield from GroupKFold(count).split(docs, groups=docs)


def readings_left_out(questions: Sequence[Labelled], vectors: NDArray[np.float32]) -> list[Reading]:
    """Each question read by a reader that was fitted on other reports."""
    found: dict[int, Reading] = {}
    for train, test in folds(questions, match.INNER):
        with reading_with(reader.fit([questions[at] for at in train], vectors[train])):
            found |= {int(at): read(questions[at].text, vectors[at]) for at in test}
    return [found[at] for at in range(len(questions))]


def curve(questions: Sequence[Labelled], vectors: NDArray[np.float32]) -> str:
    """How often the form is read rightly, and is among the two likeliest, by how many labels there are; judged on blind questions."""
    rows = np.array([reading.features(reading.runs_of(one.text), vector) for one, vector in zip(questions, vectors, strict=True)])
    forms = np.array([question.form for question in questions])
    judged = np.array(["must" in question.row and "/" not in str(question.row["id"]) for question in questions])
    lines = ["labels   form   among two"]
    for count in (*CURVE, len(questions)):
        first, two, total = 0, 0, 0
        used = 0
        for train, test in folds(questions, match.INNER):
            chosen = np.random.default_rng(reader.SEED).permutation(train)[: round(count * len(train) / len(questions))]
            fitted, used = reader.fit_head(rows[chosen], list(forms[chosen]), reader.STRENGTH["form"]), len(chosen)
            test = test[judged[test]]
            order = np.argsort(-fitted.predict_proba(rows[test]), axis=1)
            likeliest = fitted.classes_[order]
            first += int((likeliest[:, 0] == forms[test]).sum())
            two += int((likeliest[:, :2] == forms[test][:, None]).any(axis=1).sum())
            total += len(test)
        lines.append(f"{used:6d}   {first / total:.3f}   {two / total:.3f}")
    return "\n".join(lines) + "\n"


Tried = tuple[Labelled, list[sure.Outcome], list[sure.Outcome]]


def outcomes_left_out(
    engine: Engine, questions: Sequence[Labelled], vectors: NDArray[np.float32], examples: Sequence[match.Example]
) -> Iterator[Tried]:
    """Each question with gold answered by models fitted on other reports, with what answers it in sight and hidden."""
    with_gold = {id(example.question) for example in examples}
    for train, test in folds(questions, OUTER):
        docs = {questions[at].doc for at in test}
        models = match.fit([example for example in examples if example.question.doc not in docs])
        taught = [at for at in train if "/" not in str(questions[at].row["id"])]
        with match.used(models), reading_with(reader.fit([questions[at] for at in taught], vectors[taught])), sure.all_stated():
            for question in (questions[at] for at in test if id(questions[at]) in with_gold):
                hides = "/" not in str(question.row["id"]) and question.row["form"] in sure.HIDES and question.row["must"]
                yield question, sure.outcomes_of(engine, question), sure.outcomes_of(engine, question, hidden=True) if hides else []
        print(f"{len(docs)} documents answered by models of the others", file=sys.stderr, flush=True)


def whole(tried: Sequence[Tried]) -> str:
    """What whole answers come to on reports that no model saw, how sure they are fitted on yet others; exam questions are not counted."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    ranked: list[tuple[float, float]] = []
    docs = [question.doc for question, _, _ in tried]
    for train, test in GroupKFold(match.INNER).split(docs, groups=docs):
        models = sure.fit([one for at in train for one in (*tried[at][1], *tried[at][2])])
        for question, seen, _ in (tried[at] for at in test):
            if "/" in str(question.row["id"]):
                continue
            answer = sure.chosen(seen, models)
            judged = judge(question.row, answer)
            for name, value in judged.items():
                for group in (question.row["form"], "all"):
                    values[group][name].append(float(value))
            if "whole" in judged:
                ranked.append((float(answer["confidence"]) if answer["stated"] else 0.0, float(judged["whole"])))
    ranked.sort(key=lambda pair: -pair[0])
    lines = [f"{'':12s}    n " + " ".join(f"{name:>7s}" for name in SHOWN)]
    for group in sorted(values, key=lambda name: (name == "all", name)):
        own = values[group]
        cells = [f"{np.mean(own[name]):7.3f}" if own.get(name) else f"{'–':>7s}" for name in SHOWN]
        lines.append(f"{group:12s} {len(own['stated']):4d} " + " ".join(cells))
    top = ranked[: max(1, round(0.8 * len(ranked)))]
    return "\n".join([*lines, f"risk80 {1 - np.mean([right for _, right in top]):.3f}"]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
