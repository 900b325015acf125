"""Features → chances (0..1): logistic models that `make train` fits, kept in model.json; and how sure a whole answer is."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.match.arrays import Floats
from search.match.chance import unsaid
from search.match.features import Evidence

MODEL = Path(__file__).with_name("model.json")


class Linear(NamedTuple):
    """A bias and a weight for each feature."""

    bias: float
    weights: Floats


def chances(name: str, features: Floats) -> Floats:
    """The chance of each row of a matrix of shape (rows, features) by the model of this name."""
    return applied(models()[name], features)


def applied(model: Linear, features: Floats) -> Floats:
    """The chance of each row of a matrix of shape (rows, features)."""
    return np.asarray(1 / (1 + np.exp(-(features @ model.weights + model.bias))), dtype=np.float64)


@cache
def models() -> dict[str, Linear]:
    rows = json.loads(MODEL.read_text(encoding="utf-8"))
    return {name: Linear(row["bias"], np.array(row["weights"], dtype=np.float64)) for name, row in rows.items()}


@dataclass(frozen=True, slots=True)
class Signals:
    """What an answer was told from."""

    plan: float  # the plan's probability
    chance: float  # of the likeliest candidate
    ahead: float  # how far it is ahead of the next
    mean: float  # of all that is given, the mean chance
    ruled: float  # whether rules agree, -1..1
    known: float  # the share of the question's telling words that the report has
    size: float  # how much is given
    found: float  # the share of what is asked for that is found


@dataclass(frozen=True, slots=True)
class Sureness:
    """Chances (0..1): that an answer is right as asked, and that the report says what is asked at all."""

    right: float
    said: float


def sure(form: str, signals: Signals, evidence: Evidence, sentences: Sequence[int], figures: Sequence[int] | None) -> Sureness:
    """How sure an answer of this form is; of what it gives the rows of the evidence are told."""
    told, known = expanded(signals, evidence, sentences, figures), models()
    right, said = (float(chances(f"{name}.{form}", told)[0]) if f"{name}.{form}" in known else None for name in ("sure", "said"))
    return Sureness(signals.plan * signals.chance if right is None else right, signals.known if said is None else said)


def expanded(signals: Signals, evidence: Evidence, sentences: Sequence[int], figures: Sequence[int] | None) -> Floats:
    """The signals, the odds of their chances, and what speaks for the figures given, or the sentences, on average (1, features)."""
    values = np.array(astuple(signals), dtype=np.float64)
    odds = np.clip(values[:4], 0.01, 0.99)
    logs = np.log(odds / (1 - odds))
    rows = evidence.sentences[list(sentences)] if figures is None else evidence.figures[list(figures)]
    own = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1])
    at = [*sentences, *(int(evidence.arrays.sentence[figure]) for figure in figures or ())]
    lacking = max((_unsaid(evidence, one) for one in at[:4]), default=1.0)
    return np.concatenate([values, logs, [logs[0] * logs[1] / 4, lacking], own])[None, :]


def _unsaid(evidence: Evidence, sentence: int) -> float:
    """What a sentence with the headings above it lacks of the question."""
    arrays, at = evidence.arrays, int(evidence.arrays.paragraph[sentence])
    return unsaid(evidence.asked, arrays.sentences[sentence] + arrays.headings[at], arrays.paragraphs[at])
