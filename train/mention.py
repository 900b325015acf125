"""What tells whether a sentence says what words ask for (`mention` in search/match/model.json)."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from index.text import normal
from search import Engine
from search.evaluate.asks import fold
from search.library.filters import report_by_id
from search.match.model import Linear, applied
from search.over.mentioned import mentions
from train.across import stem
from train.match import INNER, RIDGE, SEED, fit_linear
from train.questions import Labelled

COMPANY = 5  # reports beside the one that a question is on, which are taken not to say it
FORMS = ("statement", "mention")
Rows = tuple[str, NDArray[np.float64], NDArray[np.bool_], list[int]]  # a group, features, what is right, the report of each


def examples_of(engine: Engine, single: Sequence[Labelled], multi: Sequence[Mapping[str, Any]]) -> list[Rows]:
    reports, drawn, found = engine.corpus.reports, random.Random(SEED), list[Rows]()
    known = {report.id: row for row, report in enumerate(reports)}
    for question in single:
        spans = question.subject or (question.cells[0][0] if question.cells else ())
        if question.form in FORMS and question.doc in known and spans and question.row.get("must"):
            row = known[question.doc]
            rows = [row, *drawn.sample([at for at in range(len(reports)) if at != row], COMPANY)]
            words = "".join(span.of(question.text) for span in spans)
            found.append(_rows(engine, question.doc, words, rows, {row: [one for choices in question.row["must"] for one in choices]}))
    for one in multi:
        if one["form"] == "which" and any(cell.get("must") for cell in one["cells"]) and one["plan"]["cells"]:
            subjects = dict.fromkeys(tuple(map(tuple, cell["subject"])) for cell in one["plan"]["cells"])
            words = "".join(normal(one["question"])[start:end] for spans in subjects for start, end in spans)
            quotes = {
                report_by_id(reports, stem(cell["doc"])): [text for choices in cell["must"] for text in choices]
                for cell in one["cells"]
                if cell.get("must")
            }
            others = [known[stem(doc)] for row in multi for doc in row["docs"] if row["id"][:2] == one["id"][:2]]
            found.append(_rows(engine, one["id"][:2], words, [*dict.fromkeys([*quotes, *others])], quotes))
    return found


def _rows(engine: Engine, group: str, words: str, rows: Sequence[int], quotes: Mapping[int, Sequence[str]]) -> Rows:
    reports = engine.corpus.reports
    found = mentions(engine.view, words, reports[rows[0]], engine.encode(words), rows)
    right = [_touches(span.of(reports[row].text), quotes.get(row, ())) for row, span, _ in found]
    return group, np.array([features for _, _, features in found]), np.array(right), [row for row, _, _ in found]


def _touches(sentence: str, quotes: Sequence[str]) -> bool:
    text = fold(sentence)
    return any(fold(quote) in text or text in fold(quote) for quote in quotes)


def fit(examples: Sequence[Rows]) -> tuple[Linear, str]:
    """The model, and how often it finds the reports that say it, and only these, on groups left out."""
    values = [*_left_out(examples)]
    lines = ["mention: from   found  given wrongly"]
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        found, wrong = list[bool](), list[bool]()
        for (_, _, right, rows), chances in values:
            for row in set(rows):
                own = [at for at, one in enumerate(rows) if one == row]
                given = max(chances[at] for at in own) >= least
                (found if any(right[at] for at in own) else wrong).append(given)
        lines.append(f"{least:13.1f} {np.mean(found):7.3f} {np.mean(wrong):7.3f}")
    return _fitted(examples), "\n".join(lines) + "\n"


def _left_out(examples: Sequence[Rows]) -> Iterator[tuple[Rows, NDArray[np.float64]]]:
    groups = [group for group, _, _, _ in examples]
    for train, test in GroupKFold(INNER).split(examples, groups=groups):
        model = _fitted([examples[at] for at in train])
        for at in test:
            yield examples[at], applied(model, examples[at][1])


def _fitted(examples: Sequence[Rows]) -> Linear:
    return fit_linear(np.concatenate([rows for _, rows, _, _ in examples]), np.concatenate([right for _, _, right, _ in examples]), RIDGE)
