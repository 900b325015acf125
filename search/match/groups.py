"""What a report lists: members that stand together, as headings, sentences, clauses or names, and how likely each group is asked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from index.records import Section, Span
from index.text import normal
from search.match.arrays import STATUSES, Floats, ReportArrays, pairs_of
from search.match.features import Evidence
from search.match.listed import HEAD, Members, fit, listings, members_asked
from search.match.model import chances

Kind = Literal["heads", "leads", "sentences", "parts", "clauses", "names", "ordinals", "likely"]
KINDS: tuple[Kind, ...] = ("heads", "leads", "sentences", "parts", "clauses", "names", "ordinals", "likely")
MOST, FEWEST = 30, 2  # members
LOOKED_AT = 8  # paragraphs, likeliest first, whose sentences and clauses are groups; all headings are
SEMICOLON, COMMA, LEAD_ENDS = re.compile("[;。!?]"), re.compile("[,;。!?]"), re.compile("[。:;]")
ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[是要]|(?:第[一二三四五六七八九十]+|其[一二三四五六七八九]|首先|其次|再次|最后)[,是、:]?|\(?[一二三四五六七八九十]+[)、]|\(?\d{1,2}[.、)])"
)
ENOUGH = 1.0  # fit of names from which rules would give them
LIKELY = 0.4  # chance (0..1) of a sentence, from which it is one of those that stand far apart
# Features that say different things of different kinds: size, count, chances of the members, cosines, words that announce them.
TELLING = [len(KINDS) + at for at in (0, 2, 3, 5, 8, 9, 13, 14, 23)]
APART = 15  # sentences between two that are counted
QUOTED = 200  # characters of a sentence that is cited whole
LEAD = 80  # characters of the first clause of a paragraph that stands for it
SHORTEST = 4  # characters of a member that is no name


@dataclass(frozen=True, slots=True)
class Group:
    """Members in text order, and what announces them: a heading, the sentence before, the sentence that holds them."""

    kind: Kind
    members: tuple[Span, ...]
    intro: str  # in normal form
    paragraphs: tuple[int, ...]  # where they stand, as positions in ReportArrays
    names_fit: float = 0.0  # how well names are what a question asks for by its noun
    open: bool = False  # the text ends them with 等


def groups_of(evidence: Evidence, clause: Floats) -> list[Group]:
    """All groups of a report that may be meant; of paragraphs those of the sentences that are likeliest on the subject."""
    arrays = evidence.arrays
    order = np.argsort(-np.maximum.reduceat(clause, arrays.edges[:-1]), kind="stable") if len(clause) else np.zeros(0, dtype=np.int64)
    members = members_asked(evidence.asked.question.matched)
    found = [*_headings(arrays), *_leads(arrays), *_ordinals(arrays)]
    for at in order[:LOOKED_AT]:
        found += _within(evidence, int(at), members)
    likely = np.flatnonzero(clause >= LIKELY)
    spread = tuple(sorted({int(arrays.paragraph[at]) for at in likely}))
    found.append(Group("likely", tuple(arrays.spans[at] for at in likely[:MOST]), "", spread))
    left = np.minimum.reduceat(evidence.left, arrays.edges[:-1]) if len(evidence.left) else evidence.left  # of paragraphs
    return [group for group in found if FEWEST <= len(group.members) <= MOST and all(left[at] > 0 for at in group.paragraphs)]


def quotes_of(arrays: ReportArrays, group: Group) -> list[Span]:
    """What is cited for each member: for what stands in one sentence that, or its clauses with all members; else the member itself."""
    if group.kind in ("names", "clauses", "parts"):
        whole = Span(group.members[0].start, group.members[-1].end)
        held = arrays.spans[arrays.sentence_at(whole.start)]
        if not (held.contains(whole) and held.end - held.start <= QUOTED):
            around = arrays.paragraph_at(whole.start).span
            start, end = _edge(arrays.matched, whole.start, -1), _edge(arrays.matched, whole.end, 1)
            held = Span(max(start, around.start), min(end, around.end))
        if held.end - held.start <= QUOTED:
            return [held] * len(group.members)
    return [Span(member.start, min(member.end, member.start + QUOTED)) for member in group.members]


def _edge(matched: str, at: int, step: int) -> int:
    """The nearest break between clauses, to the left or to the right."""
    while 0 < at < len(matched):
        beside = matched[at - 1 if step < 0 else at]
        if beside == "\n" or COMMA.match(beside):
            break
        at += step
    return at


def _headings(arrays: ReportArrays) -> Iterator[Group]:
    """The headings right below another, and those of the first level."""
    below: dict[tuple[str, ...], list[Section]] = {}
    for section in arrays.report.sections:
        below.setdefault(section.path[:-1], []).append(section)
    for path, sections in below.items():
        inside = {at for at, own in enumerate(arrays.section_paths) if own[: len(path)] == path}
        yield Group("heads", tuple(one.span for one in sections), normal(" ".join(path)), tuple(sorted(inside)))


def _leads(arrays: ReportArrays) -> Iterator[Group]:
    """The first clauses of the paragraphs below one heading."""
    below: dict[tuple[str, ...], list[int]] = {}
    for at, path in enumerate(arrays.section_paths):
        below.setdefault(path, []).append(at)
    for path, paragraphs in below.items():
        members = [_first_clause(arrays, at) for at in paragraphs]
        if len(members) > 1:
            yield Group("leads", tuple(members), normal(" ".join(path)), tuple(paragraphs))
            yield Group("leads", tuple(members[1:]), arrays.sentences[arrays.edges[paragraphs[0]]], tuple(paragraphs[1:]))


def _first_clause(arrays: ReportArrays, paragraph: int) -> Span:
    span = arrays.report.paragraph(arrays.numbers[paragraph]).span
    stop = LEAD_ENDS.search(arrays.matched, span.start, min(span.end, span.start + LEAD))
    if stop is None:
        stop = COMMA.search(arrays.matched, span.start, span.end)
    return Span(span.start, stop.start() if stop else span.end)


def _ordinals(arrays: ReportArrays) -> Iterator[Group]:
    """Runs of sentences, or paragraphs, that are counted: 一是…。二是…。"""
    run: list[int] = []
    for at in range(len(arrays.spans) + 1):
        if at < len(arrays.spans) and ORDINAL.match(arrays.sentences[at]):
            if run and (_restarts(arrays.sentences[at]) or at - run[-1] > APART):
                yield from _run(arrays, run)
                run = []
            run.append(at)
        elif at == len(arrays.spans):
            yield from _run(arrays, run)


def _restarts(sentence: str) -> bool:
    mark = ORDINAL.match(sentence)
    return mark is not None and re.search(r"首先|第?一[是要、)]?|(?<!\d)1[.、)]|其一", mark[0]) is not None and "十" not in mark[0]


def _run(arrays: ReportArrays, run: Sequence[int]) -> Iterator[Group]:
    if len(run) > 1:
        intro = arrays.sentences[run[0] - 1] if run[0] else ""
        paragraphs = sorted({int(arrays.paragraph[at]) for at in run})
        yield Group("ordinals", tuple(arrays.spans[at] for at in run), intro, tuple(paragraphs))


def _within(evidence: Evidence, paragraph: int, members: Members) -> Iterator[Group]:
    """The sentences of a paragraph, what its semicolons part, the clauses of a sentence, the names in it."""
    arrays = evidence.arrays
    first, last = int(arrays.edges[paragraph]), int(arrays.edges[paragraph + 1])
    spans, heading = arrays.spans[first:last], arrays.headings[paragraph]
    if len(spans) > 1:
        yield Group("sentences", spans, heading, (paragraph,))
        yield Group("sentences", spans[1:], arrays.sentences[first], (paragraph,))
    whole = Span(spans[0].start, spans[-1].end)
    yield Group("parts", _cut(arrays.matched, whole, SEMICOLON), heading, (paragraph,))
    for span in spans:
        text = span.of(arrays.matched)
        announced = re.search("[:：]", text)
        rest = Span(span.start + (announced.end() if announced else 0), span.end)
        yield Group("clauses", _cut(arrays.matched, rest, COMMA), text, (paragraph,))
        yield Group("parts", _cut(arrays.matched, rest, SEMICOLON), text, (paragraph,))
        for listing in listings(arrays.matched, span):
            yield Group("names", listing.members, text, (paragraph,), fit(evidence.asked, members, listing, span), listing.open)


def _cut(matched: str, span: Span, at: re.Pattern[str]) -> tuple[Span, ...]:
    """The pieces of a span between the marks."""
    edges = [span.start, *(match.end() for match in at.finditer(matched, span.start, span.end)), span.end]
    pieces = (Span(a, b) for a, b in pairwise(edges))
    bare = (Span(piece.start, piece.end - (matched[piece.end - 1] in ",;。!?")) for piece in pieces if piece.end > piece.start)
    return tuple(piece for piece in bare if piece.end - piece.start >= SHORTEST)


def group_chances(evidence: Evidence, clause: Floats, groups: Sequence[Group], outline: float) -> Floats:
    """Of each group the chance that it is the one asked for. `outline` is the chance that the report's own parts are."""
    return chances("group", group_features(evidence, clause, groups, outline)) if groups else np.zeros(0)


def group_features(evidence: Evidence, clause: Floats, groups: Sequence[Group], outline: float) -> Floats:
    arrays, question = evidence.arrays, evidence.asked.question
    members, asked = members_asked(question.matched), pairs_of(question.matched)
    count, noun = members.count, (members.noun or "")[-HEAD:]
    most = max((group.names_fit for group in groups), default=0.0)
    rows = []
    for group in groups:
        at = np.unique(np.maximum(np.searchsorted(arrays.starts, [member.start for member in group.members], "right") - 1, 0))
        inside = np.concatenate([np.arange(arrays.edges[p], arrays.edges[p + 1]) for p in group.paragraphs] or [at])
        own, around = clause[at], clause[inside] if len(inside) else clause[at]
        size, intro = len(group.members), pairs_of(group.intro)
        lengths = [member.end - member.start for member in group.members]
        kind = [float(group.kind == one) for one in KINDS]
        sentences = evidence.sentences[at]
        rows.append([
            *kind, np.log(size), float(size > 8), 0.0 if count is None else 1.0 if count == size else -1.0,
            own.mean(), own.max(), around.mean(), around.max(), np.log(own.sum() + 0.05),
            sentences[:, 0].mean(), sentences[:, 0].max(), sentences[:, 3].mean(), sentences[:, 7].mean(), sentences[:, 13].mean(),
            len(asked & intro) / max(1, len(asked)), len(asked & intro) / max(1, len(intro)), group.names_fit,
            outline * kind[0], outline * kind[1], outline, float(np.mean(lengths)) / 50, float(np.std(lengths)) / 50,
            float(max(lengths)) / 100, float(count is not None),
            float(bool(group.paragraphs) and arrays.part_status[group.paragraphs[0]] == STATUSES["target"]),
            np.log1p(len(group.paragraphs)), evidence.sentences[max(0, int(at[0]) - 1), 0], float(_names(noun, group, arrays)),
            float(group.names_fit == most > ENOUGH),
        ])  # fmt: skip
    found = np.array(rows, dtype=np.float64)
    telling = found[:, TELLING]  # by themselves, behind the best of all groups, and by kind
    kinds = found[:, : len(KINDS)]
    return np.hstack([found, telling - telling.max(axis=0), *(kinds[:, at : at + 1] * telling for at in range(len(KINDS)))])


def _names(noun: str, group: Group, arrays: ReportArrays) -> bool:
    """Whether what announces a group, or most of its members, have the noun that a question asks by."""
    if not noun:
        return False
    return noun in group.intro or 2 * sum(noun in member.of(arrays.matched) for member in group.members) > len(group.members)
