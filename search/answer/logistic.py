"""The chance (0..1) that a logistic model gives."""

from __future__ import annotations

import math
from collections.abc import Sequence


def logistic(bias: float, slopes: Sequence[float], values: Sequence[float]) -> float:
    """1 / (1 + e^-(bias + slopes · values))."""
    return 1 / (1 + math.exp(-(bias + sum(slope * value for slope, value in zip(slopes, values, strict=True)))))
