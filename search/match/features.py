"""What speaks for each sentence and each figure of a report, as one matrix: what the fitted models weigh.

Cosines are told as how far they stand out in their report, in standard deviations: by themselves they are all alike.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.encode.pieces import Vectors
from index.records import Figure
from index.retrieve.rows import Table, Where
from search.find.candidates import fits_period, same_measure
from search.library.view import Asked
from search.match.arrays import STATUSES, Floats, Ints, Pairs, ReportArrays, pairs_of
from search.plan.conditions import conditions_in, exceeds

FALLING, RISING = re.compile("降|减|跌|少|fell|down|decreas|drop"), re.compile("增|涨|长|升|提高|grew|increas|rose")
TOP = 3  # nearest sentences of a paragraph, on average: a subject has its paragraph in these reports
SCALE = 4.0  # standard deviations at which a cosine counts 1
LONG, LONG_QUESTION = 150, 40  # characters
SENTENCE = (
    "stands_out", "behind", "rank", "paragraph", "paragraph_behind", "paragraph_rank", "nearest", "words", "paragraph_words",
    "heading_words", "pairs", "heading_pairs", "heading_asked", "status", "year", "before", "after", "opens", "length", "digits",
    "planned", "done", "crowd", "known", "question_length",
)  # fmt: skip
FIGURE = (
    "figure_stands_out", "figure_behind", "figure_rank", "indicator_words", "clause_words", "indicator_pairs", "indicator_asked",
    "clause_pairs", "clause_asked", "percent_asked", "kind", "unit", "likely_unit", "figure_status", "period", "period_fits",
    "condition", "value", "threshold", "base", "down", "up", "percent", "hedged", "figures_around", "plans_around", "years", "order",
    "target", "actual", "growth", "number_asked", "status_asked", "position",
)  # fmt: skip
CONDITION, PERIOD_FITS = FIGURE.index("condition"), FIGURE.index("period_fits")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One gathering: for a question, or one of its cells, every sentence and figure of a report."""

    asked: Asked
    arrays: ReportArrays
    sentences: Floats  # shape (sentences, len(SENTENCE))
    figures: Floats  # shape (figures, len(FIGURE) + len(SENTENCE)): its own, then its sentence's
    left: Floats  # 1 for each sentence that a filter leaves, else 0

    @property
    def left_figures(self) -> Floats:
        """The same of figures."""
        return self.left[self.arrays.sentence]


def gather_evidence(asked: Asked, arrays: ReportArrays, vector: Vectors, percent: float, allowed: frozenset[int] | None = None) -> Evidence:
    """What words and the `vector` of a text, of shape (d,), say. `percent` is the chance (0..1) that a percentage is asked for, `allowed`
    the passages that a filter leaves (None: all)."""
    sentences = _of_sentences(asked, arrays, cosines_of(asked, "sentences", vector, arrays))
    left = np.array([allowed is None or passage in allowed for passage in arrays.passages], dtype=np.float64)
    if not arrays.figures:
        return Evidence(asked, arrays, sentences, np.zeros((0, len(FIGURE) + len(SENTENCE))), left)
    own = _of_figures(asked, arrays, cosines_of(asked, "figures", vector, arrays), percent)
    return Evidence(asked, arrays, sentences, np.hstack([own, sentences[arrays.sentence]]), left)


def cosines_of(asked: Asked, table: Table, vector: Vectors, arrays: ReportArrays) -> Floats:
    """Of each row of a report; all rows are ranked, as a backend may be far away."""
    of_sentences = table == "sentences"
    first, count = (arrays.first, len(arrays.spans)) if of_sentences else (arrays.first_figure, len(arrays.figures))
    ranking = asked.view.index.backend.by_vector(table, vector, count, Where(asked.row))
    found = np.full(count, min(ranking.values(), default=0.0))
    found[np.fromiter(ranking, dtype=np.int64, count=len(ranking)) - first] = np.fromiter(
        ranking.values(), dtype=np.float64, count=len(ranking)
    )
    return found


def _of_sentences(asked: Asked, arrays: ReportArrays, cosines: Floats) -> Floats:
    question, at = asked.question, arrays.paragraph
    out, behind, rank = _standing(cosines)
    tops = np.array([_mean_of_best(out[a:b]) for a, b in zip(arrays.edges[:-1], arrays.edges[1:], strict=True)])
    nearest = np.maximum.reduceat(out, arrays.edges[:-1])
    words = partial(_words, asked)
    pairs, _ = _overlap(pairs_of(question.matched), arrays.sentence_pairs)
    heading_pairs, heading_asked = _overlap(pairs_of(question.matched), arrays.heading_pairs)
    status, years = _status_asked(asked), [period.year for period in question.periods if period.year]
    fits_status = np.where((status == 0) | (arrays.part_status == 0), 0.0, np.where(arrays.part_status == status, 1.0, -1.0))
    fits_year = np.array([0.0 if not years or year is None else 1.0 if year in years else -1.0 for year, _ in arrays.parts])
    columns = (
        out / SCALE, behind / SCALE, rank, tops[at] / SCALE, (tops - tops.max())[at] / SCALE, _ranks(tops)[at], nearest[at] / SCALE,
        words(arrays.sentences), words(arrays.paragraphs)[at], words(arrays.headings)[at],
        pairs, heading_pairs[at], heading_asked[at], fits_status[at], fits_year[at],
        np.append(out.min(), out[:-1]) / SCALE, np.append(out[1:], out.min()) / SCALE, arrays.opens,
        np.minimum(arrays.lengths, LONG) / 100, arrays.digits,
        arrays.part_status[at] == STATUSES["target"], arrays.part_status[at] == STATUSES["actual"],
        np.log1p(arrays.of_figures.crowd[at]) / 3, np.full(len(at), asked.known),
        np.full(len(at), min(len(question.text), LONG_QUESTION) / LONG_QUESTION),
    )  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def _words(asked: Asked, texts: Sequence[str]) -> Floats:
    """The share of the question's telling words that each text has, as Asked.share_in gives it."""
    weights = np.array([asked.view.weight(term, asked.row) for term in asked.question.terms])
    shares = np.array([[term.share_in(text) for text in texts] for term in asked.question.terms]).reshape(-1, len(texts))
    return weights @ shares / weights.sum() if weights.sum() else np.zeros(len(texts))


def _of_figures(asked: Asked, arrays: ReportArrays, cosines: Floats, percent: float) -> Floats:
    question, own, count = asked.question, arrays.of_figures, len(arrays.figures)
    out, behind, rank = _standing(cosines)
    words = partial(_words, asked)
    pairs = pairs_of(question.matched)
    units = [wanted.unit for wanted in question.wanted if wanted.unit]
    likely = [unit for wanted in question.wanted for unit in wanted.likely_units]
    status, years = _status_asked(asked), [period.year for period in question.periods if period.year]
    down, up = (1.0 if pattern.search(question.matched) else -1.0 for pattern in (FALLING, RISING))

    def each(value: Sequence[float]) -> Floats:
        return np.array(value, dtype=np.float64)

    columns = (
        out / SCALE, behind / SCALE, rank, words(own.indicators), words(own.clauses),
        *_overlap(pairs, own.indicator_pairs), *_overlap(pairs, own.clause_pairs),
        np.where(own.percent > 0, percent, 1 - percent),
        each([_kind(asked, figure) for figure in arrays.figures]),
        each([_one_of(figure, units) for figure in arrays.figures]), each([_one_of(figure, likely) for figure in arrays.figures]),
        np.where((status == 0) | (own.status == 0), 0.0, np.where(own.status == status, 1.0, -1.0)),
        each([0.0 if not years else -0.5 if f.period is None else 1.0 if f.period in years else -1.0 for f in arrays.figures]),
        each([fits_period(figure, question.periods) for figure in arrays.figures]),
        each(_conditions(asked, arrays.figures)), own.value, own.threshold, own.base, own.down * down, own.up * up, own.percent, own.hedged,
        np.log1p(own.crowd[own.paragraph]) / 3, np.log1p(own.plans[own.paragraph]) / 3, own.ranges, np.minimum(own.order, 4) / 4,
        own.status == STATUSES["target"], own.status == STATUSES["actual"], own.growth,
        np.full(count, float(bool(question.wanted))), np.full(count, float(status)), np.arange(count) / count,
    )  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def _conditions(asked: Asked, figures: Sequence[Figure]) -> list[float]:
    """For each figure 1 where it is beyond every bound that the question sets, -1 where not, 0 without a bound."""
    bounds = [bound for bound, _ in conditions_in(asked.question.matched, asked.question.numbers)]
    return [(1.0 if all(exceeds(bound, figure) for bound in bounds) else -1.0) if bounds else 0.0 for figure in figures]


def _kind(asked: Asked, figure: Figure) -> float:
    wanted = asked.question.wanted
    return float(any(figure.kind in one.kinds for one in wanted)) if wanted else 0.5


def _one_of(figure: Figure, units: Sequence[str]) -> float:
    return (1.0 if any(same_measure(figure.unit, unit) for unit in units) else -1.0) if units else 0.0


def _status_asked(asked: Asked) -> int:
    """The one status that is asked for, 0 where none is or both are."""
    found = {period.status for period in asked.question.periods if period.status}
    return STATUSES[found.pop()] if len(found) == 1 else 0


def _standing(cosines: Floats) -> tuple[Floats, Floats, Floats]:
    """How far each stands above the mean, and behind the best, in standard deviations; 1 / its rank."""
    spread = float(cosines.std()) or 1.0
    return (cosines - cosines.mean()) / spread, (cosines - cosines.max()) / spread, _ranks(cosines)


def _ranks(values: Floats) -> Floats:
    """1 for the highest, 1/2 for the next."""
    ranks = np.empty(len(values))
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return 1 / ranks


def _mean_of_best(values: Floats) -> float:
    """Of the TOP best; a paragraph that has fewer is worth 0.3 less for each that it lacks, as in the fit."""
    best = np.sort(values)[::-1][:TOP]
    return float(best.mean()) - 0.3 * (TOP - len(best)) if len(best) else -SCALE


def _overlap(pairs: frozenset[str], texts: Pairs) -> tuple[Floats, Floats]:
    """The share of a question's pairs of characters that each text has, and the share of each text's that the question has."""
    common = np.array([len(pairs & text) for text in texts], dtype=np.float64)
    return common / max(1, len(pairs)), common / np.array([max(1, len(text)) for text in texts])


def in_context(chances: Floats, *groups: Ints) -> Floats:
    """What the chances (0..1) of a first model say of each row by those around it: shape (rows, 5 + 3 a group).

    Of each group (the sentence, the paragraph) the mean and the highest, and how many are expected to be right; then the neighbours,
    and the best of all.
    """
    if not len(chances):
        return np.zeros((0, 6 + 3 * len(groups)))
    columns = [np.log(chances + 1e-3)]
    for group in groups:
        sums, sizes = np.bincount(group, chances), np.maximum(np.bincount(group), 1)
        highest = np.zeros(len(sums))
        np.maximum.at(highest, group, chances)
        columns += [(sums / sizes)[group], highest[group], np.log(sums + 0.05)[group]]
    best = np.sort(chances)[::-1][:5].mean()
    columns += [np.append(0.0, chances[:-1]), np.append(chances[1:], 0.0), np.full(len(chances), best), chances / chances.max()]
    columns.append(np.full(len(chances), np.log(chances.sum() + 0.01)))
    return np.stack(columns, axis=1)
