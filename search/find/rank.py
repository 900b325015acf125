"""Rankings → Hits: one score a passage from words, vectors, figures and period. Pure: no index, no model, no text."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from statistics import fmean

from index.errors import UsageError
from index.retrieve.rows import Ranking

LEAST_TRUST = 0.05  # what words are still worth where the report knows none of them: parts of words match too
FUSED = "fused"  # the part of a hit in which a reranker keeps the score it had before
SAME = 1e-9  # below this scores are one score, rounded
STANDS_OUT = 4.0  # standard deviations above the mean at which a cosine counts in full; the best of a report are 2.5 to 4 above


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ranking is worth. All scaled to 0..1 before."""

    words: float = 1.0  # BM25 over passages
    sentence_words: float = 0.4  # BM25 over sentences: the words asked for stand close together
    vectors: float = 0.7
    sentence_vectors: float = 0.7
    figures: float = 1.6  # the figure records
    period: float = 0.35  # the part of the year asked for


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rankings of one question: passage → score; each may be empty."""

    words: Ranking = field(default_factory=dict)
    sentence_words: Ranking = field(default_factory=dict)
    vectors: Ranking = field(default_factory=dict)
    sentence_vectors: Ranking = field(default_factory=dict)
    figures: Ranking = field(default_factory=dict)
    period: Ranking = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score (0..1, higher is better) and what each part gave."""

    passage: int
    score: float
    parts: Mapping[str, float]


def weights_for(weights: Weights, known: float) -> Weights:
    """Words that the report does not use say little by the few that it happens to share: trust them as far as they are known.

    The square, and how little is left at 0, were read off XQuAD in both languages; CMRC is the check (docs/evaluation.md).

    `known` is the share (0..1) of the question's telling words that the report has.
    """
    trust = LEAST_TRUST + (1 - LEAST_TRUST) * known**2
    return replace(weights, words=weights.words * trust, sentence_words=weights.sentence_words * trust)


def fuse(evidence: Evidence, weights: Weights, k: int) -> list[Hit]:
    """The k best passages. A weighted sum: words by their share of the best, vectors by how far they stand out."""
    scaled = _scaled(evidence)
    return [_hit(passage, score, scaled, weights) for passage, score in _sums(scaled, weights, k).items()]


def fused(evidence: Evidence, weights: Weights, k: int) -> Ranking:
    """The scores of the k best alone, as `fuse` gives them."""
    return _sums(_scaled(evidence), weights, k)


def _scaled(evidence: Evidence) -> dict[str, Ranking]:
    """The rankings that say anything, each from 0 to 1."""
    scaled = {
        "words": _share_of_best(evidence.words),
        "sentence_words": _share_of_best(evidence.sentence_words),
        "vectors": standing_out(evidence.vectors),
        "sentence_vectors": standing_out(evidence.sentence_vectors),
        "figures": evidence.figures,
        "period": evidence.period,
    }
    return {name: ranking for name, ranking in scaled.items() if ranking}


def _sums(scaled: Mapping[str, Ranking], weights: Weights, k: int) -> Ranking:
    """The weighted sum (0..1) of each of the k best, best first."""
    total = sum(getattr(weights, name) for name in scaled if name != "period")
    sums = {passage: 0.0 for name, ranking in scaled.items() if name != "period" for passage in ranking}
    for name, ranking in scaled.items():
        weight = getattr(weights, name)
        for passage in ranking.keys() & sums.keys():
            sums[passage] += weight * ranking[passage]
    best = nsmallest(k, sums, key=lambda passage: (-sums[passage], passage))
    # ordered before they are cut to 1: a cosine may stand out by more than 1
    return {passage: min(1.0, sums[passage] / total) if total else 0.0 for passage in best}


def _hit(passage: int, score: float, scaled: Mapping[str, Ranking], weights: Weights) -> Hit:
    parts = {name: getattr(weights, name) * ranking.get(passage, 0.0) for name, ranking in scaled.items()}
    return Hit(passage, score, parts)


def _share_of_best(ranking: Ranking) -> Ranking:
    best = max(ranking.values(), default=0.0)
    return {row: score / best for row, score in ranking.items()} if best > 0 else {}


def standing_out(ranking: Ranking) -> Ranking:
    """Cosines of this encoder all lie between 0.8 and 0.9: what tells is how far one is from the rest."""
    if len(ranking) < 2:
        return dict.fromkeys(ranking, 1.0)
    mean = fmean(ranking.values())
    spread = math.sqrt(fmean((score - mean) ** 2 for score in ranking.values()))  # pstdev's exact fractions take 0.3 ms
    if spread < SAME:
        return dict.fromkeys(ranking, 0.0)
    return {row: max(0.0, (score - mean) / spread / STANDS_OUT) for row, score in ranking.items()}


@dataclass(frozen=True, slots=True)
class Reads:
    """What a mode looks at. Without `vectors` the encoder is never loaded."""

    words: bool
    vectors: bool
    figures: bool  # the figure records and the part of the asked year: how `ask` ranks


DEFAULT = "hybrid"
MODES: Mapping[str, Reads] = {
    "hybrid": Reads(words=True, vectors=True, figures=True),
    "keyword": Reads(words=True, vectors=False, figures=False),
    "semantic": Reads(words=False, vectors=True, figures=False),
}


def reads(mode: str) -> Reads:
    """What a mode looks at. Raises UsageError for a name that is none."""
    if not isinstance(mode, str) or mode not in MODES:
        raise UsageError(f"没有检索方式 {mode}；可用：{'、'.join(MODES)}")
    return MODES[mode]
