"""Cells × figures of many reports → the figure of each report that is meant, with its chance (0..1).

All reports of a question are looked at together: what one report calls an indicator tells what another one means by it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

import numpy as np

from index.encode.pieces import Vectors
from index.periods import within
from index.records import Figure, Report, Status
from index.retrieve.rows import Ranking, Where
from index.text import normal
from search.check.measures import measure_of, names_surely
from search.find.candidates import same_measure
from search.find.gather import Encode
from search.library.extent import MARK
from search.library.given import is_own, measured, named, other_names
from search.library.view import View, indicator_words
from search.match.arrays import PERCENT, Floats, dice, pairs_of
from search.match.model import chances
from search.plan.follow import WHEN
from search.plan.question import parse
from search.plan.reader import head, runs_of
from search.plan.terms import Term, read_terms, share
from search.plan.wanted import Wanted

MANY, EACH = 100, 16  # reports to which all figures are looked at; of more so many of each
CLOSEST = 4  # of more than MANY reports the figures of the year and status, nearest by the subject and by the question, that are weighed
LIKELY, OTHER = 0.5, 0.2  # chance from which a report speaks of a measure; what that of another measure is then worth
WHOLE = 0.5  # of the words of a subject, that a term makes up which names it
NEAR = 0.3  # of the likeliest figure's chance, from which one of the measure that all reports speak for is taken: by folds over reports
BATCH = 16_000  # rows of the reports that one search is over: so many are searched one by one, and Milvus gives no more at once
FEATURES = (
    "behind", "behind_own", "rank", "stands_out", "question_behind", "question_behind_own", "question_rank", "question_stands_out",
    "named", "indicator_terms", "clause_terms", "indicator_pairs", "indicator_asked",
    "clause_pairs", "clause_asked", "percent", "percent_clear", "kind", "unit", "likely_unit",
    "own", "sure", "value", "threshold", "base", "hedged",
    "growth", "down", "step", "average", "partial", "dated", "longer", "early", "named_percent",
    "measure", "measure_alike", "measure_name", "measure_first", "question_measure", "question_alike", "question_name", "question_first",
    "known_measure", "pairs_of_unknown", "asked_of_unknown", "terms_of_unknown", "named_unknown",
)  # fmt: skip


Measures = tuple[tuple[tuple[frozenset[str], bool], float], ...]  # pairs of characters of a name, whether it is a growth; its chance
LIKELIEST = 12  # measures that a text may mean
RATES = ("增长", "涨幅", "下降")  # behind the name of a measure of train/data: its growth is meant
OTHER_RATE, NEARLY = 0.3, 0.6  # what a level is worth where a growth is meant; likeness (0..1) from which two names are nearly one


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in each of some reports: an indicator in the words of a question, and its vector of shape (d,)."""

    words: str  # in normal form
    word_measures: Measures  # what the words may mean by name, with the chance (0..1) of each
    text_measures: Measures  # the same of all of the question without places and years
    terms: tuple[Term, ...]
    wanted: tuple[Wanted, ...]
    percent: float  # the chance (0..1) that a percentage is asked for
    vector: Vectors
    text_vector: Vectors


def measures_meant(text: str, vector: Vectors) -> Measures:
    """What a text in normal form may mean of what reports measure, by the trained reader."""
    return tuple((_measure(label), chance) for label, chance in head("measure", runs_of(text), vector)[:LIKELIEST])


@lru_cache(maxsize=1_000)
def _measure(label: str) -> tuple[frozenset[str], bool]:
    name, *said = normal(label).split(" ")
    return pairs_of(named(name)), any(one in RATES for one in said)


def _meant(measures: Measures, name: tuple[str, bool]) -> tuple[float, float, float, float]:
    """How far a figure's name is what words mean: by all that they may mean, by what is nearly the same, without regard to growth, by the
    likeliest."""
    own = pairs_of(name[0])
    alike = [dice(own, pairs) for (pairs, _), _ in measures]
    same = [one * (1 if growth == name[1] else OTHER_RATE) for one, ((_, growth), _) in zip(alike, measures, strict=True)]
    weights = [chance for _, chance in measures]
    return (
        sum(map(mul, weights, same)), sum(weight for weight, one in zip(weights, same, strict=True) if one > NEARLY),
        sum(map(mul, weights, alike)), same[0],
    )  # fmt: skip


def unmarked(text: str) -> str:
    """A masked question without its years and the marks of its places."""
    return WHEN.sub("", text).replace(MARK, "")


def sought_of(report: Report, words: str, text: str, encode: Encode) -> Sought:
    """What is looked for by the words of a subject in a masked question; `report` is one of those that are asked."""
    plain = unmarked(text).strip(" ,，、的和与跟") or words
    vector, around = encode(words), encode(plain)
    wanted = parse(plain, report).wanted
    percent = dict(head("percent", runs_of(plain), around))["yes"]
    meant = measures_meant(words, vector), measures_meant(plain, around)
    return Sought(words, *meant, read_terms(words, report), wanted, percent, vector, around)


@dataclass(frozen=True, slots=True)
class When:
    """Of a report: the year and the status of the figures that are looked for there."""

    year: str | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class Found:
    """A figure by its report's position, and its chance (0..1)."""

    report: int
    figure: Figure
    chance: float
    behind: float  # the chance of the next one of its report


def near(view: View, vector: Vectors, reports: Sequence[int]) -> Ranking:
    """The figures of some reports with their cosines, in batches of reports; of more than MANY the nearest ones, EACH a report."""
    found: Ranking = {}
    for batch in batches(view, reports):
        count = BATCH if len(reports) <= MANY else EACH * len(batch)
        found |= view.index.backend.by_vector("figures", vector, count, Where(reports=tuple(batch)))
    return found


def batches(view: View, reports: Sequence[int]) -> list[list[int]]:
    """Reports in runs of at most BATCH figures."""
    found: list[list[int]] = []
    rows = BATCH + 1
    for report in sorted(reports):
        own = len(view.corpus.reports[report].figures)
        if rows + own > BATCH:
            found.append([])
            rows = 0
        found[-1].append(report)
        rows += own
    return found


@dataclass(frozen=True, eq=False)
class Candidates:
    """Figures that may be meant, by report: shape (candidates, features) of what speaks for each."""

    reports: tuple[int, ...]
    figures: tuple[Figure, ...]
    names: tuple[tuple[str, bool], ...]  # what each measures under one name, and whether as a growth
    features: Floats


def candidates_of(view: View, sought: Sought, when: Mapping[int, When]) -> Candidates:
    """The figures of each report that are of its year and status, nearest first."""
    by_words, by_text = (near(view, vector, [*when]) for vector in (sought.vector, sought.text_vector))
    found = [(row, view.index.figures[row][0], view.figure(row)) for row in by_words | by_text]
    found = [one for one in found if _is_of(one[2], when[one[1]])]
    if len(when) > MANY:
        closest = _closest(found, by_words) | _closest(found, by_text)
        found = [one for one in found if one[0] in closest]
    named_so = [(row, report, figure, name_of(figure)) for row, report, figure in found]
    dated = {(report, name) for _, report, figure, name in named_so if "-" not in (figure.period or "-")}
    kept = [one for one in named_so if "-" not in (one[2].period or "") or (one[1], one[3]) not in dated]
    rows = tuple(row for row, *_ in kept)
    reports = tuple(report for _, report, *_ in kept)
    figures = tuple(figure for *_, figure, _ in kept)
    names = tuple(name for *_, name in kept)
    standing = []
    for ranking in (by_words, by_text):
        least = min(ranking.values(), default=0.0)  # what is not among the nearest is no nearer than the last of them
        standing.append(_standing(reports, np.array([ranking.get(row, least) for row in rows])))
    return Candidates(reports, figures, names, _features(view, sought, when, reports, figures, names, np.hstack(standing)))


def _closest(found: Sequence[tuple[int, int, Figure]], ranking: Ranking) -> set[int]:
    """The rows of each report that come first in a ranking, CLOSEST of each."""
    counts: Counter[int] = Counter()
    kept = set()
    for row, report, _ in sorted(found, key=lambda one: -ranking.get(one[0], -1.0)):
        counts[report] += 1
        if counts[report] <= CLOSEST:
            kept.add(row)
    return kept


def name_of(figure: Figure) -> tuple[str, bool]:
    """What a figure measures under one name, and whether it is a growth."""
    name, kind = next(measured(figure))
    return name, kind == "growth"


def _is_of(figure: Figure, when: When) -> bool:
    if figure.kind in ("duration", "date") or (when.status is not None and figure.status != when.status):
        return False
    return (
        when.year is None
        or figure.period is None
        or figure.period == when.year
        or ("-" in figure.period and within(when.year, figure.period))
    )


def _features(
    view: View,
    sought: Sought,
    when: Mapping[int, When],
    reports: Sequence[int],
    figures: Sequence[Figure],
    names: Sequence[tuple[str, bool]],
    standing: Floats,
) -> Floats:
    if not figures:
        return np.zeros((0, len(FEATURES)))
    whole = [term for term in sought.terms if len(term.text) >= WHOLE * len(sought.words)]  # gdp names not what is a share of it
    asked = frozenset((named(sought.words), *other_names(sought.words), *(name for term in whole for name in map(named, term.names))))
    meant = {name: (*_meant(sought.word_measures, name), *_meant(sought.text_measures, name)) for name in set(names)}
    known = sought.word_measures[0][1]  # words that name no measure of train/data have to stand in the report
    unknown = 1 - known
    pairs, own = pairs_of(sought.words), lru_cache(None)(lambda text: share(sought.terms, text))
    rows = []
    for at, figure in enumerate(figures):
        report, matched = view.corpus.reports[reports[at]], view.texts[reports[at]]
        indicator, clause = indicator_words(figure).replace(" ", ""), figure.clause.of(matched)
        is_named = float(any(name in asked for name, _ in measured(figure)))
        measure = measure_of(figure, matched)
        in_indicator, in_clause = pairs_of(indicator), pairs_of(clause)
        percent = figure.kind in PERCENT
        clear = sought.percent if percent else 1 - sought.percent
        period = when[reports[at]].year
        rows.append((
            *standing[at], is_named, own(indicator), own(clause),
            len(pairs & in_indicator) / max(1, len(pairs)), len(pairs & in_indicator) / max(1, len(in_indicator)),
            len(pairs & in_clause) / max(1, len(pairs)), len(pairs & in_clause) / max(1, len(in_clause)),
            clear, float(clear > 0.5), _kind(sought, figure), *_units(sought, figure),
            float(is_own(report, matched, measure)), float(names_surely(report, matched, figure)),
            figure.role == "value", figure.role == "threshold", figure.role == "base",
            figure.modifier is not None, figure.kind == "growth", figure.direction == "down",
            measure.step, measure.average, measure.partial,
            0.0 if figure.period is None else 1.0 if figure.period == period else -1.0,
            min(len(indicator), 20) / 20, figure.paragraph / max(1, len(report.paragraphs)), is_named * clear,
            *meant[names[at]], known, unknown * len(pairs & in_indicator) / max(1, len(pairs)),
            unknown * len(pairs & in_indicator) / max(1, len(in_indicator)), unknown * own(indicator), unknown * is_named,
        ))  # fmt: skip
    return np.array(rows, dtype=np.float64)


def _standing(reports: Sequence[int], cosines: Floats) -> Floats:
    """How far each cosine is behind the best of all and of its report, 1 / its rank there, and how far it is above the mean."""
    if not len(cosines):
        return np.zeros((0, 4))
    best, rank, of = np.zeros(len(cosines)), np.zeros(len(cosines)), np.array(reports)
    for report in set(reports):
        rows = np.flatnonzero(of == report)
        best[rows] = cosines[rows].max()
        rank[rows[np.argsort(-cosines[rows], kind="stable")]] = 1 / np.arange(1, len(rows) + 1)
    spread = 3 * (float(cosines.std()) or 1.0)
    return np.stack([(cosines - cosines.max()) / spread, (cosines - best) / spread, rank, (cosines - cosines.mean()) / spread], axis=1)


def _kind(sought: Sought, figure: Figure) -> float:
    return float(any(figure.kind in one.kinds for one in sought.wanted)) if sought.wanted else 0.5


def _units(sought: Sought, figure: Figure) -> tuple[float, float]:
    units = [one.unit for one in sought.wanted if one.unit]
    likely = [unit for one in sought.wanted for unit in one.likely_units]
    return tuple(  # type: ignore[return-value]
        (1.0 if any(same_measure(figure.unit, unit) for unit in some) else -1.0) if some else 0.0 for some in (units, likely)
    )


def in_company(candidates: Candidates, first: Floats) -> Floats:
    """What the chances of a first model say of each candidate by those of other reports, and of its own: shape (candidates, 8)."""
    count = len(candidates.figures)
    if not count:
        return np.zeros((0, 8))
    by_report, by_name = defaultdict[int, list[int]](list), defaultdict[tuple[str, bool], dict[int, float]](dict)
    for at, (report, name) in enumerate(zip(candidates.reports, candidates.names, strict=True)):
        by_report[report].append(at)
        by_name[name][report] = max(by_name[name].get(report, 0.0), float(first[at]))
    reports = len(by_report)
    sums = {name: sum(given.values()) for name, given in by_name.items()}
    most = max(sums.values())
    best = {report: max(float(first[at]) for at in own) for report, own in by_report.items()}
    alike: dict[tuple[int, tuple[str, bool]], list[int]] = defaultdict(list)
    for at, key in enumerate(zip(candidates.reports, candidates.names, strict=True)):
        alike[key].append(at)
    rows = []
    for at, (report, name) in enumerate(zip(candidates.reports, candidates.names, strict=True)):
        given = by_name[name]
        others = (sums[name] - given[report]) / max(1, reports - 1)
        own_best, same = best[report], [one for one in alike[report, name] if one != at]
        rows.append((
            np.log(first[at] + 1e-3), others, len(given) / reports, sums[name] / most, float(sums[name] == most),
            first[at] / own_best, np.log(own_best + 1e-3), max((float(first[one]) for one in same), default=0.0),
        ))  # fmt: skip
    return np.array(rows, dtype=np.float64)


def _unlike(one: tuple[str, bool], other: tuple[str, bool]) -> bool:
    own, pairs = pairs_of(one[0]), pairs_of(other[0])
    return one[1] != other[1] or 2 * len(own & pairs) < NEARLY * (len(own) + len(pairs))


def chances_of(candidates: Candidates) -> Floats:
    """Of each candidate the chance (0..1) that it is what its report gives of what is sought."""
    if not len(candidates.figures):
        return np.zeros(0)
    first = chances("across", candidates.features)
    return chances("across.again", np.hstack([in_company(candidates, first), candidates.features]))


def best_of(candidates: Candidates) -> dict[int, Found]:
    """Of each report the figure that is likeliest; where it comes near that, the one of the measure that all reports speak for most."""
    chances = chances_of(candidates)
    rows: dict[int, list[int]] = defaultdict(list)
    best: dict[tuple[int, tuple[str, bool]], float] = defaultdict(float)
    for at in np.argsort(-chances, kind="stable").tolist():
        rows[candidates.reports[at]].append(at)
        key = candidates.reports[at], candidates.names[at]
        best[key] = max(best[key], float(chances[at]))
    support: dict[tuple[str, bool], float] = defaultdict(float)
    for (_, name), chance in best.items():
        support[name] += chance**2 / len(rows)  # two that are likely go before many that are hardly
    common = max(support, key=support.__getitem__, default=None)
    told = common is not None and sum(chance >= LIKELY for (_, name), chance in best.items() if name == common) > 1
    found: dict[int, Found] = {}
    for report, own in rows.items():
        first = own[0]
        same = next((at for at in own if candidates.names[at] == common), first)
        chosen = same if len(rows) > 1 and chances[same] >= NEAR * chances[first] else first
        value = candidates.figures[chosen].value
        behind = next((float(chances[at]) for at in own if at != chosen and candidates.figures[at].value != value), 0.0)
        chance = float(chances[chosen])
        if chosen == same and len(rows) > 1 and common is not None:
            chance = max(chance, (chance + math.sqrt(support[common])) / 2)
        elif told and common is not None and _unlike(candidates.names[chosen], common):
            chance *= OTHER  # where others speak of it beyond doubt, another measure is none
        found[report] = Found(report, candidates.figures[chosen], chance, behind)
    return found
