"""What decides between the figures of several reports (`across` in search/match/model.json), fitted on cells whose figures are known.

Cells of questions on one report stand among reports drawn by chance, so that there is company for its figures too.
"""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from index.records import Report, Status
from index.text import normal
from search import Engine
from search.evaluate.asks import fold
from search.library.extent import extent_of
from search.library.filters import report_by_id
from search.match.across import Candidates, When, _measure, candidates_of, in_company, sought_of
from search.match.arrays import dice, pairs_of
from search.match.model import Linear, applied
from search.over.intent import masked, newest_of
from train.intent import measures
from train.match import INNER, RIDGE, RIDGE_AGAIN, SEED, fit_linear
from train.questions import DATA, STEMS, Labelled

SAID_WEIGHT = 0.1  # of their candidates: names that are alike are not always of one measure
SAID_EVERY = 3  # of the ways in which people name measures one in so many is taken
SAME, OTHER = 0.8, 0.4  # likeness (0..1) of names from which two measures are one, and to which they are two
COMPANY = 8  # reports beside the one that a question is on
FIGURE_FORMS = ("across", "rank", "mean", "change", "kept", "years", "place")
Gold = Mapping[int, Sequence[frozenset[str]]]  # report's position → the spellings of each figure that is right; none where it does not say


@dataclass(frozen=True, slots=True)
class Example:
    group: str  # examples of one group are never in both of two folds
    candidates: Candidates
    gold: Gold
    right: NDArray[np.int64]  # of each candidate 1 or 0; -1 where it is not known
    weight: float = 1.0
    file: str = ""  # of questions over reports


def stem(doc: str) -> str:
    plain = doc.removeprefix("gb18030_")
    return STEMS.get(plain, plain)


def multi_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(DATA.glob("multi_*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]


def docs_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [*dict.fromkeys(stem(doc) for row in rows for doc in [*row["docs"], *(cell["doc"] for cell in row["cells"])])]


def examples_of(engine: Engine, single: Sequence[Labelled], multi: Sequence[Mapping[str, Any]]) -> list[Example]:
    reports = engine.corpus.reports
    known = {report.id for report in reports}
    drawn = random.Random(SEED)
    found = [_on_one(engine, one, drawn) for one in single if one.doc in known and len(one.cells) == 1 and one.cells[0][0]]
    for row in multi:
        if row["form"] in FIGURE_FORMS:
            found += _on_several(engine, row)
    return [one for one in found if len(one.candidates.figures)]


def said_examples(engine: Engine, left_out: Sequence[Mapping[str, NDArray[np.float32]]], reading_with: Callable[..., Any]) -> list[Example]:
    """Ways in which people name measures, each put to reports drawn by chance; the figures of that name are right. `left_out`: of each fold
    the reader's arrays, fitted on the other folds."""
    drawn, found = random.Random(SEED), list[Example]()
    texts, labels = measures()
    for fold_number, arrays in enumerate(left_out):
        with reading_with(arrays):
            for at in range(fold_number, len(texts), len(left_out) * SAID_EVERY):
                found.append(_on_said(engine, texts[at], labels[at], drawn))
    return [one for one in found if len(one.candidates.figures)]


def _on_said(engine: Engine, text: str, label: str, drawn: random.Random) -> Example:
    reports = engine.corpus.reports
    chosen = drawn.sample(range(len(reports)), COMPANY)
    status: Status = drawn.choice(("target", "actual"))
    when = {row: When(own_year(reports[row], status), status) for row in chosen}
    candidates = candidates_of(engine.view, sought_of(reports[chosen[0]], text, text, engine.encode), when)
    wanted, growth = _measure(label)
    alike = [dice(pairs_of(name), wanted) * (1 if rate == growth else 0) for name, rate in candidates.names]
    right = np.array([1 if one >= SAME else 0 if one <= OTHER else -1 for one in alike], dtype=np.int64)
    has = {row for row, one in zip(candidates.reports, right, strict=True) if one}
    return Example(f"said {label}", candidates, {row: [] for row in chosen if row not in has}, right, SAID_WEIGHT)


def own_year(report: Report, status: str) -> str | None:
    return report.year_planned if status == "target" else report.year_reported if status == "actual" else None


def _on_one(engine: Engine, question: Labelled, drawn: random.Random) -> Example:
    reports = engine.corpus.reports
    row = report_by_id(reports, question.doc)
    spans, period, status = question.cells[0]
    others = drawn.sample([at for at in range(len(reports)) if at != row], COMPANY)
    asked: Status | None = status or None  # type: ignore[assignment]
    when = {at: When(own_year(reports[at], status or "actual") if period else None, asked) for at in others}
    when[row] = When(period or None, asked)
    text = normal(question.row["question"])
    extent = extent_of(engine.view.directory, reports, text)
    words = "".join(span.of(question.text) for span in spans)
    sought = sought_of(reports[row], words, masked(extent, reports[row]), engine.encode)
    candidates = candidates_of(engine.view, sought, when)
    gold = [frozenset(fold(spelling) for spelling in figure.split("|")) for figure in question.figures]
    must = [fold(quote) for choices in question.row.get("must") or [] for quote in choices]
    right = np.full(len(candidates.figures), -1)
    for at, (report, figure) in enumerate(zip(candidates.reports, candidates.figures, strict=True)):
        if report == row:
            sentence = fold(figure.sentence.of(reports[row].text))
            held = not must or any(quote in sentence or sentence in quote for quote in must)
            right[at] = held and any(fold(figure.text) in spellings for spellings in gold)
    return Example(question.doc, candidates, {row: gold}, right)


def _on_several(engine: Engine, row: Mapping[str, Any]) -> Iterator[Example]:
    """The cells of one subject, of each status by themselves."""
    reports = engine.corpus.reports
    text = normal(row["question"])
    subjects = {tuple(map(tuple, cell["subject"])) for cell in row["plan"]["cells"]}
    if len(subjects) != 1:
        return
    words = "".join(text[start:end] for start, end in next(iter(subjects)))
    extent = extent_of(engine.view.directory, reports, text)
    given = [cell for cell in row["cells"] if cell.get("figures") and len(cell["figures"]) == 1]
    for status in dict.fromkeys(cell["status"] for cell in given):
        own = [cell for cell in given if cell["status"] == status]
        years = {cell["year"] for cell in own}
        when = {report_by_id(reports, stem(cell["doc"])): When(cell["year"], status) for cell in own}
        gold = {report_by_id(reports, stem(cell["doc"])): [frozenset(fold(one) for one in cell["figures"][0].split("|"))] for cell in own}
        for cell in row["cells"]:
            at = report_by_id(reports, stem(cell["doc"]))
            if cell.get("none") and len(years) == 1 and at not in when:
                when[at], gold[at] = When(next(iter(years)), status), []
        sought = sought_of(reports[min(when)], words, masked(extent, newest_of(reports, extent)), engine.encode)
        candidates = candidates_of(engine.view, sought, when)
        right = np.array(
            [
                int(any(fold(figure.text) in spellings for spellings in gold[report]))
                for report, figure in zip(candidates.reports, candidates.figures, strict=True)
            ]
        )
        yield Example(_group(row), candidates, gold, right, file=str(row["id"])[:2])


def _group(row: Mapping[str, Any]) -> str:
    """National reports, those of one county, those of provinces: what is told alike is in one fold."""
    return str(row["docs"][0])[:9] if row["docs"] else str(row["cells"][0]["doc"])[:9]


def fit(examples: Sequence[Example]) -> tuple[dict[str, Linear], list[NDArray[np.float64]]]:
    """Both models, and of each example the chances by models of the other groups."""
    first = _left_out(examples, [one.candidates.features for one in examples], RIDGE)
    around = [
        np.hstack([in_company(one.candidates, chances), one.candidates.features]) for one, chances in zip(examples, first, strict=True)
    ]
    models = {
        "across": _fitted(examples, [one.candidates.features for one in examples], RIDGE),
        "across.again": _fitted(examples, around, RIDGE_AGAIN),
    }
    return models, _left_out(examples, around, RIDGE_AGAIN)


def _left_out(examples: Sequence[Example], rows: Sequence[NDArray[np.float64]], ridge: float) -> list[NDArray[np.float64]]:
    groups = [one.group for one in examples]
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for train, test in GroupKFold(INNER).split(examples, groups=groups):
        model = _fitted([examples[at] for at in train], [rows[at] for at in train], ridge)
        for at in test:
            found[at] = applied(model, rows[at])
    return found


def _fitted(examples: Sequence[Example], rows: Sequence[NDArray[np.float64]], ridge: float) -> Linear:
    kept = [(own[one.right >= 0], one.right[one.right >= 0], one.weight) for one, own in zip(examples, rows, strict=True)]
    weights = np.concatenate([np.full(len(right), weight) for _, right, weight in kept])
    return fit_linear(np.concatenate([own for own, _, _ in kept]), np.concatenate([right for _, right, _ in kept]) > 0, ridge, weights)


def told(examples: Sequence[Example], chances: Sequence[NDArray[np.float64]]) -> str:
    """How often the figure of a report is the likeliest one, and how often one is given by what chance where there is none."""
    counts: dict[str, list[float]] = defaultdict(list)
    for one, own in zip(examples, chances, strict=True):
        for report, gold in one.gold.items():
            rows = [at for at, row in enumerate(one.candidates.reports) if row == report]
            best = max(rows, key=lambda at: own[at], default=None)
            name = "several" if len(one.gold) > 1 else "one"
            if gold:
                counts[f"{name}: first"].append(float(best is not None and one.right[best] == 1))
            for least in (0.1, 0.2, 0.3, 0.5):
                given = best is not None and own[best] >= least
                counts[f"{name}: given from {least}{'' if gold else ' though there is none'}"].append(float(given))
    return "\n".join(f"{name:44s} {len(own):4d} {np.mean(own):.3f}" for name, own in sorted(counts.items())) + "\n"
