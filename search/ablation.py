"""What each part of the ranking is worth: the metrics with that part left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from search.engine import Engine
from search.evaluate import Gold, evaluate
from search.rank import Weights
from search.scores import means_of

SHOWN = ("R@1", "R@5", "MRR@10", "answer")


def ablation(engine: Engine, questions: Sequence[Gold]) -> str:
    """A row for the whole ranking and one for each part without which it is run."""
    rows = [f"{'without':<18}" + "".join(f"{name:>8}" for name in SHOWN)]
    for part in [None, *(field.name for field in fields(Weights))]:
        weights = engine.weights if part is None else replace(engine.weights, **{part: 0.0})
        means = means_of(evaluate(engine.with_weights(weights), questions))
        rows.append(f"{part or '–':<18}" + "".join(f"{means.get(name, 0.0):>8.3f}" for name in SHOWN))
    return "\n".join(rows)
