"""Evidence → the figures and texts that are meant, each with its chance (0..1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from index.records import Figure
from search.match.arrays import Floats, Ints, pairs_of
from search.match.features import Evidence, in_context
from search.match.model import chances

PAIRED = 8  # figures of a question, likeliest first, of which pairs are made: gold is among them in .92
OPERAND = ("says", "clause", "sentence", "year", "status", "behind")


def one_figure(evidence: Evidence, ruled: Sequence[tuple[int, float, bool]]) -> Floats:
    """Of each figure the chance that it is the one asked for. `ruled`: what rules found, as (figure, chance, chosen)."""
    return chances("figure", with_rules(evidence, ruled))


def with_rules(evidence: Evidence, ruled: Sequence[tuple[int, float, bool]]) -> Floats:
    """Evidence of figures with what rules say of them: shape (figures, features + 6)."""
    own = evidence.figures
    found = np.zeros((len(own), 4))
    for at, chance, chosen in ruled:
        found[at, :3] = chosen, chance, 1
    found[:, 3] = found[:, 2].any() if len(found) else 0
    return np.hstack([own, found, found[:, :1] * own[:, :1], (1 - found[:, 3:]) * own[:, :1]])


def selected(evidence: Evidence, name: str) -> Floats:
    """Of each figure the chance that it belongs to what a condition asks for (`table`) or to the operands (`operand`)."""
    groups = evidence.arrays.sentence, evidence.arrays.of_figures.paragraph
    return _twice(evidence.figures, name, groups)


def clauses(evidence: Evidence) -> Floats:
    """Of each sentence the chance that it is on the subject asked for."""
    return _twice(evidence.sentences, "clause", (evidence.arrays.paragraph,))


def _twice(features: Floats, name: str, groups: Sequence[Ints]) -> Floats:
    if not len(features):
        return np.zeros(0)
    return chances(f"{name}.again", np.hstack([in_context(chances(name, features), *groups), features]))


@dataclass(frozen=True, slots=True)
class Sought:
    """What one of two figures is to be: its own words, its year and status, and the cosines of its words to each figure."""

    words: str
    year: str | None
    status: str | None
    cosines: Floats


def pair(evidence: Evidence, sought: Sequence[Sought], ruled: frozenset[int]) -> tuple[tuple[int, int], float, float] | None:
    """The two figures that are compared or computed, in the order of `sought`, with their chance and that of the next pair."""
    rows, pairs = pair_features(evidence, selected(evidence, "operand") * evidence.left_figures, sought, ruled)
    if not pairs:
        return None
    found = chances("pair", rows)
    order = np.argsort(-found, kind="stable")
    return pairs[order[0]], float(found[order[0]]), float(found[order[1]]) if len(order) > 1 else 0.0


def pair_features(
    evidence: Evidence, operand: Floats, sought: Sequence[Sought], ruled: frozenset[int]
) -> tuple[Floats, list[tuple[int, int]]]:
    """What speaks for each pair of the likeliest operands; of a pair the first is rather what is `sought` first."""
    best = np.argsort(-operand, kind="stable")[:PAIRED]
    rows, pairs = [], []
    fits = [[_fit(evidence, one, int(at)) for at in best] for one in sought[:2]]
    for a, b in combinations(range(len(best)), 2):
        one, other = int(best[a]), int(best[b])
        own, order = np.zeros(len(OPERAND) + 1), (min(one, other), max(one, other))
        if len(fits) == 2:
            straight, crossed = fits[0][a] + fits[1][b], fits[0][b] + fits[1][a]
            own = np.append(straight if straight.sum() >= crossed.sum() else crossed, 1.0)
            order = (one, other) if straight.sum() >= crossed.sum() else (other, one)
        same = _alike(evidence, one, other)
        logs = np.log(operand[[one, other]] + 1e-3)
        both = float(one in ruled and other in ruled)
        rows.append(np.concatenate([[logs.sum(), logs.min(), abs(one - other) == 1], same, own, [both, float(len(ruled) > 1)]]))
        pairs.append(order)
    return np.array(rows, dtype=np.float64), pairs


def _alike(evidence: Evidence, one: int, other: int) -> Floats:
    """In what two figures are the same: unit, kind, indicator, period, status, sentence, paragraph, clause."""
    arrays = evidence.arrays
    a, b = arrays.figures[one], arrays.figures[other]
    paragraphs = arrays.of_figures.paragraph
    same = (
        a.unit == b.unit, a.kind == b.kind, a.indicator == b.indicator, a.period == b.period, a.status == b.status,
        a.sentence == b.sentence, paragraphs[one] == paragraphs[other], a.clause == b.clause,
    )  # fmt: skip
    return np.array(same, dtype=np.float64)


def _fit(evidence: Evidence, sought: Sought, at: int) -> Floats:
    """How far a figure is one of the two: OPERAND."""
    arrays, figure = evidence.arrays, evidence.arrays.figures[at]
    own, pairs = arrays.of_figures, pairs_of(sought.words)

    def share(text: frozenset[str]) -> float:
        return len(pairs & text) / max(1, len(pairs))

    spread = float(sought.cosines.std()) or 1.0
    return np.array([
        share(own.indicator_pairs[at]), share(own.clause_pairs[at]), share(arrays.sentence_pairs[arrays.sentence[at]]),
        _same(sought.year, figure.period), _same(sought.status, figure.status),
        (sought.cosines[at] - sought.cosines.max()) / spread / 2,
    ])  # fmt: skip


def _same(asked: str | None, given: str | None) -> float:
    return 0.0 if asked is None or given is None else 1.0 if asked == given else -1.0


def winners(evidence: Evidence, table: Floats, *, descending: bool) -> Floats:
    """Of each figure the chance that it is the highest (the lowest) of those that are asked about."""
    return chances("winner", winner_features(evidence, table, descending=descending)) if len(table) else np.zeros(0)


def winner_features(evidence: Evidence, table: Floats, *, descending: bool) -> Floats:
    """How many of those that are asked about are expected to beat a figure, of its unit: in all, its paragraph, its sentence."""
    arrays, figures = evidence.arrays, evidence.arrays.figures
    values = np.array([float(figure.value) for figure in figures]) * (1 if descending else -1)
    groups = {key: at for at, key in enumerate(dict.fromkeys(map(_rankable, figures)))}
    group = np.array([groups[_rankable(figure)] for figure in figures])
    same = group[:, None] == group[None, :]
    better = same & (values[None, :] > values[:, None])
    paragraph = arrays.of_figures.paragraph[:, None] == arrays.of_figures.paragraph[None, :]
    sentence = arrays.sentence[:, None] == arrays.sentence[None, :]
    sums = np.stack([mask @ table for mask in (better, same, better & paragraph, better & sentence, same & paragraph)], axis=1)
    return np.hstack([np.log(sums + 0.05), np.log(table + 1e-4)[:, None], evidence.figures])


def _rankable(figure: Figure) -> tuple[str | None, bool]:
    return figure.unit, figure.kind in ("growth", "points", "multiple")
