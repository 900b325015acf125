"""Text → Listings: the members that a clause enumerates, without the words that stand around them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.figures import numerals
from index.figures.clauses import BREAK, Word, words_of
from index.lexicon import load
from index.records import Span

LONGEST = 24  # characters of a member: what is longer is a sentence of its own
AND = ("以及", "和", "及", "与")
OPEN = re.compile(r"等(?!于|级|待|候|额|效|离子)")


@dataclass(frozen=True, slots=True)
class Listing:
    """Members in text order. `open`: the text ends them with 等. `count`: how many the text says there are."""

    members: tuple[Span, ...]
    open: bool
    count: int | None
    after: Span  # the words behind the members, to the end of the clause
    clause: Span

    @property
    def span(self) -> Span:
        return Span(self.members[0].start, self.members[-1].end)


def listings(matched: str, sentence: Span) -> Iterator[Listing]:
    """The enumerations of a sentence of a text in normal form, in text order."""
    edges = [sentence.start, *(m.end() for m in BREAK.finditer(matched, sentence.start, sentence.end)), sentence.end]
    for start, end in itertools.pairwise(edges):
        stop = end - 1 if start < end and BREAK.match(matched, end - 1) else end
        yield from _read(matched, Span(start, stop))


def _read(matched: str, clause: Span) -> Iterator[Listing]:
    """The one enumeration of a clause, if it holds any."""
    cuts = [clause.start + match.start() for match in re.finditer("、", clause.of(matched))]
    if not cuts:
        return
    pieces = [Span(a, b) for a, b in zip([clause.start, *(cut + 1 for cut in cuts)], [*cuts, clause.end], strict=True)]
    has_of = any("的" in piece.of(matched) for piece in pieces[1:-1])
    first, last = _from(matched, pieces[0], has_of=has_of), _until(matched, pieces[-1], has_of=has_of)
    after = Span(last.end, clause.end)
    count = _count(after.of(matched))
    members = [first, *pieces[1:-1], *_parted(matched, last, len(pieces) - 1, count)]
    bare = tuple(_bare(matched, member) for member in members)
    if all(_is_name(matched, member) for member in bare):
        yield Listing(bare, OPEN.match(matched, after.start, clause.end) is not None, count, after, clause)


def _from(matched: str, piece: Span, *, has_of: bool) -> Span:
    """The first member, without the words that lead up to it; `has_of`: other members hold 的 too."""
    lead, opening = _words("lead"), _words("opening")
    words = [word for word in words_of(matched, piece) if word.text.strip()]
    for place in range(len(words) - 2, -1, -1):
        text = words[place].text
        opens = text in opening and (place == 0 or words[place - 1].text in lead)
        leads = text in lead or (len(text) > 3 and text[-2:] in lead)  # 努力实现
        if opens or leads or text[-1] in "了着)—" or (text == "的" and not has_of):
            return Span(words[place].end, piece.end)
    return piece


def _until(matched: str, piece: Span, *, has_of: bool) -> Span:
    """The last member, without what follows it."""
    tail, words = _words("tail"), list(words_of(matched, piece))
    for word in words[1:]:
        if word.text == "的" and has_of:
            continue
        if word.text in tail or _counts(matched, word, piece.end):
            return Span(piece.start, word.start)
    return piece


def _counts(matched: str, word: Word, end: int) -> bool:
    """Whether a number of things begins here: 4个集群, 三项第一."""
    return _counted().match(matched, word.start, end) is not None


@cache
def _counted() -> re.Pattern[str]:
    counters = "|".join(map(re.escape, load("lists")["counters"]))
    return re.compile(rf"(\d+|[两二三四五六七八九十]+)(?:大)?(?:{counters})")


def _count(after: str) -> int | None:
    match = re.match(rf"(?:等|这)?{_counted().pattern}", after)
    value = numerals.parse(match[1]) if match else None
    return None if value is None else int(value)


def _parted(matched: str, last: Span, before: int, count: int | None) -> list[Span]:
    """The last piece as one member or two (A和B): as many as the text counts; uncounted, an "and" parts."""
    joined = [word for word in words_of(matched, last) if word.text in AND and last.start < word.start]
    if not joined or (count is not None and before + 1 == count):
        return [last]
    return [Span(last.start, joined[-1].start), Span(joined[-1].end, last.end)]


def _bare(matched: str, member: Span) -> Span:
    """A member without blanks around it."""
    text = member.of(matched)
    return Span(member.start + len(text) - len(text.lstrip()), member.end - (len(text) - len(text.rstrip())))


def _is_name(matched: str, member: Span) -> bool:
    """Whether a member may be the name of something: no verb with what it acts on."""
    text = member.of(matched)
    if not 1 < len(text) <= LONGEST or BREAK.search(text):
        return False
    head = next(words_of(matched, member)).text
    return head not in _words("lead")


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(load("lists")[table])
