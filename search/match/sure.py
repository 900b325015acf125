"""How sure a whole answer is: a logistic model a form, fitted on questions to reports left out."""

import numpy as np

from search.match.model import chances, models

# What it is told from: the plan's probability; of the likeliest candidate its chance, and how far it is ahead; of all that is given the
# mean chance; whether rules agree (-1..1); the share of the question's telling words that the report has; how much is given; the share found.
SIGNALS = ("plan", "chance", "ahead", "mean", "ruled", "known", "size", "found")
Signals = tuple[float, float, float, float, float, float, float, float]


def sure(form: str, signals: Signals) -> float:
    """The chance (0..1) that an answer of this form is right as asked."""
    name = f"sure.{form}"
    return float(chances(name, expanded(signals))[0]) if name in models() else signals[0] * signals[1]


def expanded(signals: Signals) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The signals with the logits of the chances: shape (1, features)."""
    values = np.array(signals, dtype=np.float64)
    odds = np.clip(values[:4], 0.01, 0.99)
    logs = np.log(odds / (1 - odds))
    return np.concatenate([values, logs, [logs[0] * logs[1] / 4]])[None, :]
