"""A condition × evidence → what the report has of it: figures, clauses on a subject, members of a list, a sentence, a word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.records import Figure, Report, Span
from search.answer import compose
from search.answer.cells import Gathered
from search.match.arrays import STATUSES, Floats
from search.match.choose import selected, winners
from search.match.features import CONDITION, PERIOD_FITS
from search.match.groups import ENOUGH, QUOTED, Group, group_chances, quotes_of
from search.match.listed import members_asked
from search.match.model import chances
from search.plan.conditions import DENIED, conditions_in, goes_as_asked
from search.plan.plans import Plan, bounds_of
from search.plan.question import Question
from search.plan.reader import Reading
from search.results import STATUS, Citation, Item, citation

# Chances (0..1) from which a figure belongs to a table, and a sentence to the points of a subject: fitted on questions left out.
IN_TABLE, ON_SUBJECT = 0.2, 0.4
IN_BOUND = 0.05  # the same where the question sets a bound, beyond which few figures are
MOST_ROWS = 40
FEWEST, ASIDE = 3, 0.2  # of a side of a comparison: so many are shown at least; chance (0..1) from which more are
MOST_POINTS, MOST_EACH = 8, 5  # shown of one group, and of each of several: design/answers.md
# What stands for a figure of whatever it is.
ANYTHING = ("指标", "数字", "数据", "figures", "figure", "indicators", "grew", "grow", "rose", "no", "not")
BEHIND = 0.0  # what the chance of a sentence is worth that is not of the first passage
TIE = 0.5  # of the winner's chance: what has its value and unit and is as likely as this ties with it
COUNTED = 5  # sentences that are cited for a word that is counted
LONGEST_ITEM = 80  # characters: contract.md


@dataclass(frozen=True, slots=True)
class Picked:
    """What a selection found, with what its confidence is told from."""

    chance: float  # of the likeliest, 0..1
    ahead: float  # of the next that is not given
    mean: float  # of all that is given
    figures: tuple[Figure, ...] = ()
    items: tuple[Item, ...] = ()
    spans: tuple[Span, ...] = ()  # sentences
    more: int = 0
    examined: int = 0
    others: tuple[Figure, ...] = ()
    count: int | None = None  # of a word
    best: int = 0  # which item is the likeliest: it is cited first
    open: bool = False  # the text says that there are more


def table(gathered: Gathered) -> Picked:
    """The figures that a condition leaves, in text order."""
    evidence, figures = gathered.evidence, gathered.evidence.arrays.figures
    found = _of_table(gathered)
    bounded = any(bounds_of(gathered.asked.question))
    chosen = [int(at) for at in np.argsort(-found, kind="stable") if found[at] >= (IN_BOUND if bounded else IN_TABLE)][:MOST_ROWS]
    left = np.delete(found, chosen)
    ahead = (float(found[chosen].min()) if chosen else 0.0) - float(left.max() if len(left) else 0.0)
    given = tuple(figures[at] for at in sorted(chosen))
    return Picked(_best(found), ahead, _mean(found[chosen]), figures=given, examined=len(evidence.arrays.figures))


def _of_table(gathered: Gathered) -> Floats:
    """Of each figure the chance that it is asked about; 0 for what is within a bound that the question sets."""
    evidence = gathered.evidence
    if not evidence.arrays.figures:
        return np.zeros(0)
    question, figures = gathered.asked.question, evidence.arrays.figures
    beyond = evidence.figures[:, CONDITION] >= 0
    beyond &= (evidence.figures[:, PERIOD_FITS] > 0) | np.array([figure.period is None for figure in figures])
    bound = next((span for _, span in conditions_in(question.matched, question.numbers)), None)
    if bound is not None:
        if DENIED.search(question.matched[: bound.start]):
            return np.zeros(len(figures))
        beyond &= np.array([figure.role == "value" and goes_as_asked(question.matched, figure) for figure in figures])
        if is_open(question):
            return beyond * evidence.left_figures  # 哪些指标增长超过30% asks for all of them
    return selected(evidence, "table") * beyond * evidence.left_figures


def is_open(question: Question) -> bool:
    """Whether all figures beyond a bound are asked for, of whatever: 哪些指标增长超过30%."""
    return any(bounds_of(question)) and not _subject(question)


def _subject(question: Question) -> list[str]:
    """The words that say of what the figures are to be, beside the bound itself."""
    said = "".join(bound or "" for bound in bounds_of(question))
    return [term.text for term in question.terms if term.text not in said and term.text not in ANYTHING]


def superlative(gathered: Gathered, plan: Plan) -> Picked:
    """The highest of the figures that are asked about, or the lowest; what ties with it too."""
    evidence, figures = gathered.evidence, gathered.evidence.arrays.figures
    found = winners(evidence, _of_table(gathered), descending=plan.descending) * evidence.left_figures
    if not len(found):
        return Picked(0.0, 0.0, 0.0)
    order = [int(at) for at in np.argsort(-found, kind="stable")]
    first = figures[order[0]]
    chosen = [at for at in order if _same(figures[at], first) and found[at] >= TIE * found[order[0]]]
    if plan.take > 1:
        ranked = sorted(
            (at for at in order[: 4 * plan.take] if figures[at].unit == first.unit and figures[at].kind == first.kind),
            key=lambda at: -figures[at].value if plan.descending else figures[at].value,
        )
        chosen = ranked[ranked.index(order[0]) :][: plan.take]
    rest = [at for at in order if at not in chosen]
    ahead = float(found[order[0]]) - (float(found[rest[0]]) if rest else 0.0)
    given, others = tuple(figures[at] for at in chosen), tuple(figures[at] for at in rest[:2])
    return Picked(_best(found), ahead, _mean(found[chosen]), figures=given, others=others, examined=len(figures))


def _same(one: Figure, other: Figure) -> bool:
    return (one.value, one.unit, one.kind, one.direction) == (other.value, other.unit, other.kind, other.direction)


def points(gathered: Gathered, *, everything: bool = False) -> Picked:
    """The sentences on a subject: what was done and what is planned, where the question does not say which."""
    arrays, found = gathered.evidence.arrays, gathered.on_subject
    if gathered.found.reranked:  # a cross encoder has read the passages: what stands in its first goes first
        first = gathered.found.hits[0].passage
        found = found * np.array([1.0 if passage == first else BEHIND for passage in arrays.passages])
    order = [int(at) for at in np.argsort(-found, kind="stable")]
    fitting = [at for at in order if found[at] >= ON_SUBJECT] or order[:1]
    asked = {period.status for period in gathered.asked.question.periods if period.status}
    parts = {at: int(arrays.part_status[arrays.paragraph[at]]) for at in fitting}
    grouped = not asked and len({part for part in parts.values() if part}) > 1
    runs = _runs(gathered, sorted(fitting), together=not everything and len(fitting) > MOST_POINTS)
    runs.sort(key=lambda run: -max(found[at] for at in run))
    kept = runs if everything else _few(runs, parts, MOST_EACH if grouped else MOST_POINTS)
    shown = [at for run in kept for at in run]
    left = len(fitting) - len(shown)
    items = [_item(gathered, run, _part_said(gathered, run[0])) for run in sorted(kept)]
    ahead = float(found[order[0]]) - float(np.median(found)) if order else 0.0
    best = next((number for number, run in enumerate(sorted(kept)) if order[0] in run), 0)
    return Picked(_best(found), ahead, _mean(found[shown]), items=tuple(items), more=left, examined=len(arrays.numbers), best=best)


def likeliest(gathered: Gathered, most: int, group: str) -> Picked:
    """The sentences that are likeliest on a subject, in text order: what one side of a comparison says."""
    found = gathered.on_subject
    order = [int(at) for at in np.argsort(-found, kind="stable")[:most] if found[at] > 0]
    kept = [at for number, at in enumerate(order) if number < FEWEST or found[at] >= ASIDE]
    items = tuple(_item(gathered, [at], group) for at in sorted(kept))
    return Picked(_best(found), 0.0, _mean(found[kept]), items=items, more=max(0, int((found >= ON_SUBJECT).sum()) - len(kept)))


def _runs(gathered: Gathered, fitting: Sequence[int], *, together: bool) -> list[list[int]]:
    """Each sentence by itself, or `together` with those right behind it, as far as one quote holds them."""
    arrays, runs = gathered.evidence.arrays, list[list[int]]()
    for at in fitting:
        last = runs[-1] if runs else []
        near = together and last and at == last[-1] + 1 and arrays.paragraph[at] == arrays.paragraph[last[0]]
        if near and arrays.spans[at].end - arrays.spans[last[0]].start <= QUOTED:
            last.append(at)
        else:
            runs.append([at])
    return runs


def _few(runs: Sequence[list[int]], parts: dict[int, int], most: int) -> list[list[int]]:
    """The likeliest, at most so many of each part."""
    counts: dict[int, int] = {}
    kept: list[list[int]] = []
    for run in runs:
        part = parts[run[0]] if most == MOST_EACH else 0
        counts[part] = counts.get(part, 0) + 1
        if counts[part] <= most and len(kept) < 2 * MOST_POINTS:
            kept.append(run)
    return kept


def _part_said(gathered: Gathered, at: int) -> str | None:
    """What a sentence's part of the report is: 2006年已完成."""
    year, status = gathered.evidence.arrays.parts[gathered.evidence.arrays.paragraph[at]]
    name = next((name for name, number in STATUSES.items() if number == status), None)
    return f"{year or ''}{'年' if year else ''}{STATUS[name]}" if name else None


def _item(gathered: Gathered, run: Sequence[int], group: str | None) -> Item:
    """A sentence, or some, as an item: whole clauses of it, and all of it cited."""
    asked, spans = gathered.asked, gathered.evidence.arrays.spans
    span = Span(spans[run[0]].start, spans[run[-1]].end)
    quote = compose.fitting(asked, span, longest=QUOTED)
    clauses = compose.fitting(asked, quote, longest=LONGEST_ITEM)
    # Whole sentences where some say as much: 增长36.1% is not parted from what grew.
    whole = [Span(spans[a].start, spans[b].end) for at, a in enumerate(run) for b in run[at:]]
    names = [name for term in asked.question.terms for name in term.names]
    said = {one: sum(name in one.of(asked.matched) for name in names) for one in (clauses, *whole)}
    fitting = [one for one in whole if one.end - one.start <= LONGEST_ITEM and quote.contains(one) and said[one] >= said[clauses]]
    short = max(fitting, key=lambda one: one.end - one.start, default=clauses)
    return Item(short.of(asked.report.text), gathered.cite(quote), group)


def members(gathered: Gathered, reading: Reading) -> Picked:
    """The members of a list: headings, sentences, clauses or names that stand together."""
    arrays, groups = gathered.evidence.arrays, gathered.groups
    found = group_chances(gathered.evidence, gathered.on_subject, groups, dict(reading.forms).get("outline", 0.0))
    if not len(found):
        return Picked(0.0, 0.0, 0.0)
    best = int(found.argmax())
    group = groups[best]
    rivals = [float(found[at]) for at, other in enumerate(groups) if other.paragraphs != group.paragraphs]
    ahead = float(found[best]) - max(rivals, default=0.0)
    counted = members_asked(gathered.asked.question.matched).count
    if counted is not None and counted != len(group.members):  # 哪三条: another list, or one that leaves members out
        return Picked(_best(found) / 2, ahead, 0.0, examined=len(arrays.numbers))
    return _of_group(gathered, group, _best(found), ahead)


def names_listed(gathered: Gathered) -> Picked | None:
    """The names of a clause that a question with 哪些 asks for by their noun, where rules are sure of them."""
    named = [group for group in gathered.groups if group.names_fit > ENOUGH]
    return _of_group(gathered, max(named, key=lambda one: one.names_fit), 1.0, 1.0) if named else None


def _of_group(gathered: Gathered, group: Group, chance: float, ahead: float) -> Picked:
    """The members of a group; of names the clause that holds them is cited too."""
    arrays = gathered.evidence.arrays
    spans = (quotes_of(arrays, group)[0],) if group.kind == "names" else ()
    items = _items(gathered, group)
    return Picked(chance, ahead, chance, items=items, spans=spans, examined=len(arrays.numbers), open=group.open)


def _items(gathered: Gathered, group: Group) -> tuple[Item, ...]:
    asked, found = gathered.asked, []
    for member, quote in zip(group.members, quotes_of(gathered.evidence.arrays, group), strict=True):
        short = member if member.end - member.start <= LONGEST_ITEM else compose.fitting(asked, member, longest=LONGEST_ITEM)
        cited = quote if quote.contains(short) and group.kind != "names" else short
        place = _heading_cited(asked.report, cited) if group.kind == "heads" else gathered.cite(cited)
        found.append(Item(short.of(asked.report.text).strip(), place))
    return tuple(found)


def _heading_cited(report: Report, span: Span) -> Citation:
    """A heading is cited as what stands at its line: the first paragraph below it gives its place."""
    below = next((p for p in report.paragraphs if p.span.start >= span.end), report.paragraphs[-1])
    return citation(report, below, span, line=report.text.count("\n", 0, span.start) + 1)


def statement(gathered: Gathered) -> Picked:
    """The sentence that says what is asked."""
    evidence, arrays = gathered.evidence, gathered.evidence.arrays
    found = chances("statement", with_ruled(evidence.sentences, arrays.spans, gathered.said_by_rules)) * evidence.left
    if gathered.found.reranked:  # a cross encoder has read the passages: the sentence is of its first
        found = found * np.array([passage == gathered.found.hits[0].passage for passage in arrays.passages])
    if not len(found):
        return Picked(0.0, 0.0, 0.0)
    order = np.argsort(-found, kind="stable")
    best, second = int(order[0]), float(found[order[1]]) if len(order) > 1 else 0.0
    return Picked(_best(found), float(found[best]) - second, _best(found), spans=(arrays.spans[best],), examined=len(arrays.numbers))


def with_ruled(sentences: Floats, spans: Sequence[Span], ruled: Span | None) -> Floats:
    """Sentences with whether rules choose them: shape (sentences, features + 1)."""
    chosen = [float(ruled is not None and span.overlaps(ruled)) for span in spans]
    return np.hstack([sentences, np.array(chosen)[:, None]]) if chosen else np.zeros((0, sentences.shape[1] + 1))


def word_counted(gathered: Gathered, reading: Reading) -> tuple[str, Picked]:
    """How often a word stands in the report, and the first sentences that have it."""
    matched, arrays = gathered.asked.question.matched, gathered.evidence.arrays
    quoted = re.search(r"[“\"'「『《‘]([^”\"'」』》’]+)[”\"'」』》’]", matched)
    spans = sorted((*reading.shared, *reading.own))
    word = quoted[1] if quoted else spans[0].of(matched) if spans else ""
    count = arrays.matched.count(word) if word else 0
    having = tuple(span for span, text in zip(arrays.spans, arrays.sentences, strict=True) if word and word in text)
    return word, Picked(float(count > 0), float(quoted is not None), 0.0, spans=having[:COUNTED], examined=len(arrays.numbers), count=count)


def _best(found: Floats) -> float:
    return float(found.max()) if len(found) else 0.0


def _mean(found: Floats) -> float:
    return float(found.mean()) if len(found) else 0.0
