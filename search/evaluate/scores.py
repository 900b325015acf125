"""Scores → what is printed of them: means by kind of question, as a table or JSON, and the misses."""

import itertools
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from search.evaluate.exam import Score
from search.export import Table

METRICS = ("report", "R@1", "R@5", "MRR@10", "answer", "cite", "quote", "refused", "answered")


def table(scores: list[Score]) -> str:
    """The metrics of all questions and of each kind, one row each; – where a metric does not apply."""
    rows = [f"{'kind':<10}{'n':>5}" + "".join(f"{name:>10}" for name in METRICS)]
    for name, count, *means in _rows(scores):
        rows.append(f"{name:<10}{count:>5}" + "".join(f"{mean:>10}" for mean in map(shown, means)))
    return "\n".join(rows)


def as_table(scores: list[Score]) -> Table:
    rows, head = _rows(scores), ("kind", "n", *METRICS)
    lines = [[name, count, *map(shown, means)] for name, count, *means in rows]
    return Table(as_json(scores), head, rows, head, lines, listing=table(scores))


def _rows(scores: list[Score]) -> list[list[Any]]:
    """All and each kind: the name, how many, the means in the order of METRICS."""
    kinds = dict.fromkeys(score.gold.kind for score in scores)
    groups = {"all": scores, **{kind: [score for score in scores if score.gold.kind == kind] for kind in kinds}}
    return [[name, len(group), *map(means_of(group).get, METRICS)] for name, group in groups.items()]


def shown(mean: float | None) -> str:
    """A mean as a table has it; – where it does not apply."""
    return "–" if mean is None else f"{mean:.3f}"


def means_of(scores: list[Score]) -> dict[str, float]:
    found = {name: [score.values[name] for score in scores if name in score.values] for name in METRICS}
    return {name: fmean(values) for name, values in found.items() if values}


def as_json(scores: list[Score]) -> dict[str, Any]:
    """The means of all questions and of each kind, and each question's own metrics."""
    kinds = dict.fromkeys(score.gold.kind for score in scores)
    return {
        "all": means_of(scores),
        "kinds": {kind: means_of([score for score in scores if score.gold.kind == kind]) for kind in kinds},
        "questions": [{"id": score.gold.id, "kind": score.gold.kind, **score.values} for score in scores],
    }


def misses(scores: list[Score]) -> str:
    """A line for each question with a metric below 1 that decides: what was said, and what is right."""
    lines = []
    for score in scores:
        wrong = [name for name, value in score.values.items() if value < 1 and name != "MRR@10"]
        if wrong:
            gold, first = score.gold, score.result.passages[:3]
            lines.append(
                f"{gold.id} {gold.kind} {','.join(wrong)}: {gold.question}\n    said {score.result.answer.text}"
                f"\n    gold {'、'.join(gold.answers) or '–'} at {list(gold.lines or gold.spans)},"
                f" found {[p.line if gold.lines else (p.start, p.end) for p in first]}"
            )
    return "\n".join(lines)


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def is_right_as_stated(score: Score) -> bool:
    """A stated answer is right where it says what is expected, or, where nothing is, cites it; to kind `none` none is."""
    return score.values.get("answer", score.values.get("cite", 0.0)) == 1.0


def reliability(scores: Sequence[Score]) -> str:
    """A row for each bin, and the expected calibration error: the bins' gaps, weighed by how many answers they hold."""
    stated = [score for score in scores if score.result.answer.stated]
    rows = [f"{'confidence':<14}{'n':>5}{'mean':>8}{'right':>8}"]
    error = 0.0
    for low, high in itertools.pairwise(EDGES):
        held = [s for s in stated if low < s.result.answer.confidence <= high]
        if held:
            said, right = (fmean(s.result.answer.confidence for s in held), fmean(float(is_right_as_stated(s)) for s in held))
            error += abs(said - right) * len(held) / len(stated)
            rows.append(f"{low:.1f}–{high:.1f}{'':<7}{len(held):>5}{said:>8.3f}{right:>8.3f}")
    return "\n".join([*rows, f"expected calibration error {error:.3f} over {len(stated)} stated answers"])
