"""Whether a confidence is what it says: stated answers in bins of confidence, beside the share of them that is right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import fmean

from search.evaluate.exam import Score

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def is_right(score: Score) -> bool:
    """A stated answer is right where it says what is expected, or, where nothing is, cites it; to kind `none` none is."""
    return score.values.get("answer", score.values.get("cite", 0.0)) == 1.0


def table(scores: Sequence[Score]) -> str:
    """A row for each bin, and the expected calibration error: the bins' gaps, weighed by how many answers they hold."""
    stated = [score for score in scores if score.result.answer.stated]
    rows = [f"{'confidence':<14}{'n':>5}{'mean':>8}{'right':>8}"]
    error = 0.0
    for low, high in itertools.pairwise(EDGES):
        held = [s for s in stated if low < s.result.answer.confidence <= high]
        if held:
            said, right = fmean(s.result.answer.confidence for s in held), fmean(float(is_right(s)) for s in held)
            error += abs(said - right) * len(held) / len(stated)
            rows.append(f"{low:.1f}–{high:.1f}{'':<7}{len(held):>5}{said:>8.3f}{right:>8.3f}")
    return "\n".join([*rows, f"expected calibration error {error:.3f} over {len(stated)} stated answers"])
