"""SQuAD-format files as passage retrieval: does the paragraph a question was written on come first?

The paragraphs are indexed in memory, each question is put to all of them. Beside the product's own ranking the same run scores its parts
and two usual fusions: reciprocal ranks (Cormack et al. 2009, k = 60) and equal-weight z-scores.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev

import numpy as np

from index.build import embed, vector_cache
from index.encode.encoder import Encoder, open_builder
from index.encode.pieces import Vectors
from index.errors import UsageError
from index.outline.passages import split_passages
from index.outline.sections import split_sentences
from index.records import Corpus, Paragraph, Progress, Report, Span
from index.retrieve.rows import Ranking
from index.store.cache import VectorCache
from index.text import normal
from search.export import Table
from search.find.gather import gather, text_evidence
from search.find.rank import Weights
from search.library.filters import EVERYWHERE
from search.library.view import Asked, View
from search.plan.question import parse

RECIPROCAL = 60  # Cormack, Clarke, Büttcher 2009
RESAMPLES, SEED = 2000, 20070119  # of the bootstrap
SYSTEMS = ("wenbao", "BM25", "vectors", "reciprocal ranks", "z-scores")


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    question: str
    paragraph: int  # position of its paragraph


def is_squad(path: Path) -> bool:
    """A JSON object with `data`, as against JSON Lines of questions."""
    return path.suffix == ".json"


def read_squad(path: Path, paragraphs: Path | None = None) -> tuple[list[str], list[Pair]]:
    """Paragraphs and questions; with a second file its paragraphs, the questions matched by id. Raises UsageError."""
    contexts, asked = _read(path)
    if paragraphs is None:
        return contexts, asked
    contexts, others = _read(paragraphs)
    place = {question.id: question.paragraph for question in others}
    missing = [question.id for question in asked if question.id not in place]
    if missing:
        raise UsageError(f"{paragraphs}：没有编号为 {missing[0]} 的问题（共缺 {len(missing)} 个）")
    return contexts, [Pair(question.id, question.question, place[question.id]) for question in asked]


def _read(path: Path) -> tuple[list[str], list[Pair]]:
    contexts: list[str] = []
    asked: list[Pair] = []
    try:
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                for row in paragraph["qas"]:
                    asked.append(Pair(str(row["id"]), str(row["question"]), len(contexts)))
                contexts.append(" ".join(str(paragraph["context"]).split()))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}：不是 SQuAD 格式的文件（{type(error).__name__}）") from None
    return contexts, asked


def evaluate(files: list[Path], paragraphs: Path | None, progress: Progress) -> dict[str, list[float]]:
    """`score` of one file by the encoder that embeds reports. Raises UsageError."""
    if len(files) > 1:
        raise UsageError("SQuAD 格式的文件一次评一个")
    contexts, asked = read_squad(files[0], paragraphs)
    encoder = open_builder()
    return score(contexts, asked, encoder, progress, vector_cache(encoder))


def score(
    contexts: list[str], asked: list[Pair], encoder: Encoder, progress: Progress, cache: VectorCache | None = None
) -> dict[str, list[float]]:
    """For each system, 1 or 0 for each question: whether its paragraph came first.

    Sentences are embedded as passages are, for the product ranks by both. Vectors that the cache has are taken from it.
    """
    view = View(embed(as_corpus(contexts), encoder, progress, cache))
    # all at once: the encoder that embeds reports takes as long for one question as for dozens
    vectors = encoder.encode_query([question.question for question in asked])
    hits: dict[str, list[float]] = {name: [] for name in SYSTEMS}
    for number, (question, vector) in enumerate(zip(asked, vectors, strict=True), start=1):
        for name, first in _firsts(view, question.question, vector).items():
            hits[name].append(float(first == question.paragraph + 1))
        progress("ask", number, len(asked))
    return hits


def _firsts(view: View, text: str, vector: Vectors) -> dict[str, int | None]:
    """The number of the paragraph each system puts first."""
    question = parse(text, view.corpus.reports[0])
    found = gather(Asked(view, question, 0), EVERYWHERE, Weights(), 1, vector)
    evidence = text_evidence(view, question, vector, EVERYWHERE, words=True)
    rankings = (evidence.words, evidence.vectors)
    firsts = {
        "wenbao": found.hits[0].passage if found.hits else None,
        "BM25": _first(evidence.words),
        "vectors": _first(evidence.vectors),
        "reciprocal ranks": _first(_fused(rankings, _reciprocal)),
        "z-scores": _first(_fused(rankings, _standard)),
    }
    return {name: None if row is None else view.corpus.passages[row].paragraph for name, row in firsts.items()}


def _first(ranking: Ranking) -> int | None:
    return max(ranking, key=lambda row: (ranking[row], -row), default=None)


def _fused(rankings: tuple[Ranking, ...], scale: Callable[[Ranking], Ranking]) -> Ranking:
    total: Ranking = {}
    for ranking in map(scale, rankings):
        for row, value in ranking.items():
            total[row] = total.get(row, 0.0) + value
    return total


def _reciprocal(ranking: Ranking) -> Ranking:
    ordered = sorted(ranking, key=lambda row: (-ranking[row], row))
    return {row: 1 / (RECIPROCAL + rank) for rank, row in enumerate(ordered, start=1)}


def _standard(ranking: Ranking) -> Ranking:
    if len(ranking) < 2 or not (spread := pstdev(ranking.values())):
        return dict.fromkeys(ranking, 0.0)
    mean = fmean(ranking.values())
    return {row: (value - mean) / spread for row, value in ranking.items()}


def as_corpus(contexts: list[str]) -> Corpus:
    """The paragraphs as those of one report without headings or figures."""
    text, paragraphs = "", []
    for number, context in enumerate(contexts, start=1):
        span = Span(len(text), len(text) + len(context))
        paragraphs.append((number, span))
        text += context + "\n"
    matched = normal(text)
    report = Report(
        id="squad", title="", title_span=None, place=None, date=None, speaker=None, office=None,
        year_reported=None, year_planned=None, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), sections=(),
        paragraphs=tuple(Paragraph(n, n, None, n, n, span, split_sentences(matched, span)) for n, span in paragraphs),
    )  # fmt: skip
    return Corpus((report,), split_passages(report, 0))


def interval(values: list[float]) -> tuple[float, float]:
    """The 95 % interval of a mean, by the percentile bootstrap with a fixed seed."""
    rows = np.asarray(values)
    means = np.random.default_rng(SEED).choice(rows, (RESAMPLES, len(rows))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def as_table(hits: dict[str, list[float]]) -> Table:
    """A row for each system: its mean with its interval."""
    rows = [(name, len(values), fmean(values), *interval(values)) for name, values in hits.items()]
    listing = [f"{'R@1':<18}{'n':>6}{'mean':>8}   95 %"]
    listing += [f"{name:<18}{n:>6}{mean:>8.3f}   {low:.3f}–{high:.3f}" for name, n, mean, low, high in rows]
    return Table(hits, ("R@1", "n", "mean", "low", "high"), rows, listing="\n".join(listing))
