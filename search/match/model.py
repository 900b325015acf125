"""Features → chances (0..1): logistic models that `make train` fits, kept in model.json."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.match.arrays import Floats

MODEL = Path(__file__).with_name("model.json")


class Linear(NamedTuple):
    """A bias and a weight for each feature."""

    bias: float
    weights: Floats


def chances(name: str, features: Floats) -> Floats:
    """The chance of each row of a matrix of shape (rows, features) by the model of this name."""
    model = models()[name]
    return np.asarray(1 / (1 + np.exp(-(features @ model.weights + model.bias))), dtype=np.float64)


@cache
def models() -> dict[str, Linear]:
    rows = json.loads(MODEL.read_text(encoding="utf-8"))
    return {name: Linear(row["bias"], np.array(row["weights"], dtype=np.float64)) for name, row in rows.items()}
