"""Sets of whole answers: asked, judged by the rules of asks.py or multi.py, and printed by form of question."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from index.errors import UsageError
from search.engine import Engine
from search.evaluate import asks, multi
from search.evaluate.asks import Row, Values
from search.evaluate.exam import read_lines, shown
from search.export import Table
from search.results import Answer

READ_FIRST = 0.8  # of the answerable questions, those of the highest confidence: the share that is not whole is risk80


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the answer and its metrics."""

    question: Row
    answer: Answer
    values: Values


@dataclass(frozen=True, slots=True)
class _Form:
    judge: Callable[[Row, Row], Values]
    metrics: tuple[str, ...]


FORMS = {"asks": _Form(asks.judge, asks.METRICS), "multi": _Form(multi.judge, multi.METRICS)}


def is_whole(path: Path) -> bool:
    """Whether a file holds questions with a `form`, as against the exam's with a `kind`. Raises UsageError."""
    return any("form" in row for _, row in read_lines(path)[:1])


def evaluate(engine: Engine, files: Sequence[Path], ids: Mapping[str, str]) -> tuple[str, list[Judged]]:
    """The questions' form (asks: each of one report; multi: over several), and each asked and judged. Raises UsageError, NotFound.

    `ids` gives the report's id for the name a question has for its document, where that is another.
    """
    rows = [row for file in files for _, row in read_lines(file)]
    missing = next((row for row in rows if not {"id", "form", "question"} <= row.keys()), None)
    if missing is not None:
        raise UsageError(f"{files[0]}：有一行缺 id、form 或 question：{json.dumps(missing, ensure_ascii=False)[:60]}")
    form = "asks" if all("doc" in row for row in rows) else "multi"
    judged = []
    for row in rows:
        report = ids.get(row["doc"], row["doc"]) if form == "asks" else None
        answer = engine.ask(row["question"], 1, report_id=report).answer
        judged.append(Judged(row, answer, FORMS[form].judge(row, answer.to_dict())))
    return form, judged


def table(form: str, judged: Sequence[Judged]) -> str:
    """The metrics of each form of question and of all, a row each; and risk80, the lower the better."""
    names = FORMS[form].metrics
    rows = [f"{'form':<12}{'n':>5}" + "".join(f"{name:>9}" for name in names)]
    for group, count, *means in _rows(form, judged):
        rows.append(f"{group:<12}{count:>5}" + "".join(f"{shown(mean):>9}" for mean in means))
    return "\n".join([*rows, f"risk80 {risk80(judged):.3f}"])


def as_table(form: str, judged: Sequence[Judged]) -> Table:
    rows, head = _rows(form, judged), ("form", "n", *FORMS[form].metrics)
    lines = [[name, count, *map(shown, means)] for name, count, *means in rows]
    return Table(as_json(form, judged), head, rows, head, lines, listing=table(form, judged))


def _rows(form: str, judged: Sequence[Judged]) -> list[list[Any]]:
    """Each form of question and all: the name, how many, the means in the order of the form's metrics."""
    names, groups = FORMS[form].metrics, sorted({str(one.question["form"]) for one in judged})
    of_group = {name: [one.values for one in judged if name in ("all", one.question["form"])] for name in [*groups, "all"]}
    return [[name, len(some), *map(_means(some, names).get, names)] for name, some in of_group.items()]


def as_json(form: str, judged: Sequence[Judged]) -> dict[str, Any]:
    """The means of all questions, and each question's own metrics."""
    means = _means([one.values for one in judged], FORMS[form].metrics)
    questions = [{"id": one.question["id"], "form": one.question["form"], **one.values} for one in judged]
    return {"all": {**means, "risk80": risk80(judged)}, "questions": questions}


def risk80(judged: Sequence[Judged]) -> float:
    """Of the READ_FIRST of the answerable questions with the highest confidence, the share that is not whole."""
    ranked = [(one.answer.confidence if one.answer.stated else 0.0, one.values["whole"]) for one in judged if "whole" in one.values]
    first = sorted(ranked, key=lambda pair: -pair[0])[: max(1, round(READ_FIRST * len(ranked)))]
    return 1 - fmean(whole for _, whole in first) if first else 0.0


def misses(judged: Sequence[Judged]) -> str:
    """Two lines for each question whose answer is not whole, or that was not refused: what was said, what was wanted."""
    lines = []
    for one in judged:
        if not one.values.get("whole", one.values.get("refuse")):
            question, answer, values = one.question, one.answer, one.values
            wanted = question.get("number") or question.get("figures") or question.get("must") or question.get("cells")
            verdict = "WRONG" if values["wrong"] else "FALSE" if values["false"] else ""
            lines.append(
                f"{question['id']} {question['form']}: {question['question']}\n    said {answer.text[:110]} ({answer.confidence},"
                f" {'stated' if answer.stated else answer.reason}) {verdict}\n    gold {str(wanted)[:160]}"
            )
    return "\n".join(lines)


def _means(values: Sequence[Values], names: Sequence[str]) -> dict[str, float]:
    found = {name: [float(one[name]) for one in values if name in one] for name in names}
    return {name: fmean(some) for name, some in found.items() if some}
