"""哪些, 哪几家: the members that a clause enumerates, without the words that stand around them, and how well they are what is asked for."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import dropwhile, takewhile

from index import tokens
from index.figures import numerals
from index.figures.clauses import BREAK, Word, words_of
from index.lexicon import load
from index.lexicon.compiled import one_of
from index.records import Span
from search.library.view import Asked

_words = partial(one_of, "lists")

LONGEST = 24  # characters of a member: what is longer is a sentence of its own
INSIDE = re.compile(r"[“\"「『]([^”\"」』]*)[”\"」』]|\(([^)]*)\)|《[^》]*》")
QUOTED = re.compile(r"[“\"「『](.*)[”\"」』]", re.DOTALL)
AND = ("以及", "和", "及", "与")
OPEN = re.compile(r"等(?!于|级|待|候|额|效|离子)")
AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:%|[余多]?[万亿]|[余多]?(?:元|吨|人|户|公里|亩|家|个|项|所|座|条|名|台|辆|倍|天|件|处)|$)")
HIDDEN = "□"


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
    text = sentence.of(matched)
    hidden = INSIDE.sub(lambda match: match[0][0] + HIDDEN * (len(match[0]) - 2) + match[0][-1], text)
    edges = [0, *(match.end() for match in BREAK.finditer(hidden)), len(text)]
    for start, end in itertools.pairwise(edges):
        stop = end - 1 if start < end and BREAK.match(hidden, end - 1) else end
        for inner in INSIDE.finditer(text, start, stop):
            if "、" in inner[0] and not BREAK.search(inner[0]) and inner[0][0] != "《":
                yield from _read(matched, hidden=None, clause=_at(sentence, inner.start() + 1, inner.end() - 1))
        yield from _read(matched, hidden[start:stop], _at(sentence, start, stop))


def _at(sentence: Span, start: int, end: int) -> Span:
    return Span(sentence.start + start, sentence.start + end)


def _read(matched: str, hidden: str | None, clause: Span) -> Iterator[Listing]:
    """The one enumeration of a clause, if it holds any; `hidden` is its text without what stands in quotes and brackets."""
    shown = hidden if hidden is not None else clause.of(matched)
    cuts = [clause.start + match.start() for match in re.finditer("、", shown)]
    if not cuts:
        return
    pieces = [Span(a, b) for a, b in zip([clause.start, *(cut + 1 for cut in cuts)], [*cuts, clause.end], strict=True)]
    plain = hidden is None
    other = [piece.of(matched) for piece in pieces[1:-1]]
    first = pieces[0] if plain else _from(matched, pieces[0], has_of="的" in "".join(other))
    last = pieces[-1] if plain else _until(matched, pieces[-1], has_of=any("的" in text for text in other))
    after = Span(last.end, clause.end)
    count = _count(after.of(matched))
    quoted = HIDDEN in shown[last.start - clause.start : last.end - clause.start]
    members = [first, *pieces[1:-1], *_parted(matched, last, len(pieces) - 1, count, whole=quoted)]
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
    return _patterns()["number"].match(matched, word.start, end) is not None


def _count(after: str) -> int | None:
    match = re.match(rf"(?:等|这)?{_patterns()['number'].pattern}", after)
    value = numerals.parse(match[1]) if match else None
    return None if value is None else int(value)


def _parted(matched: str, last: Span, before: int, count: int | None, *, whole: bool) -> list[Span]:
    """The last piece as one member or two (A和B): as many as the text counts; uncounted, an "and" outside quotes parts."""
    joined = [word for word in words_of(matched, last) if word.text in AND and last.start < word.start]
    if whole or not joined or (count is not None and before + 1 == count):
        return [last]
    return [Span(last.start, joined[-1].start), Span(joined[-1].end, last.end)]


def _bare(matched: str, member: Span) -> Span:
    """A member without blanks and without quotes that hold all of it."""
    text = member.of(matched)
    start = member.start + len(text) - len(text.lstrip())
    end = member.end - (len(text) - len(text.rstrip()))
    whole = QUOTED.fullmatch(matched, start, max(start, end))
    return Span(*whole.span(1)) if whole and len(whole[1]) and not re.search(r"[“”]", whole[1]) else Span(start, end)


def _is_name(matched: str, member: Span) -> bool:
    """Whether a member may be the name of something: no amount, no verb with what it acts on."""
    text = member.of(matched)
    if not 1 < len(text) <= LONGEST or BREAK.search(text) or AMOUNT.search(text):
        return False
    head = next(words_of(matched, member)).text
    return head not in _words("lead")


# What speaks for an enumeration, beside the share (0..1) of the question's words that its sentence has.
NAMED, COUNTED, CLAUSE = 0.5, 0.3, 0.4
NOUNS = 3  # words behind 哪些 that may say what is asked for
HEAD = 2  # last characters of a noun, by which it is known: 外资银行 is a 银行
NUMERAL = r"(\d+|[两二三四五六七八九十]+)"


@dataclass(frozen=True, slots=True)
class Members:
    """What members are asked for: the noun that says what they are (银行), and how many of them the question says there are."""

    noun: str | None
    count: int | None


def members_asked(matched: str) -> Members:
    """哪几家外资银行来落户 → 银行; 4个集群是哪几个 → 集群, 4."""
    matched = re.sub('[“”"]', "", matched)
    asking, counted = _patterns()["which"].search(matched), _patterns()["counted"].search(matched)
    if asking is None:
        return Members(None, None)
    number = asking[1] or (counted[1] if counted else None)
    value = numerals.parse(number) if number else None
    after = _until_stop(tokens.words(matched[asking.end() :]))[:NOUNS]
    before = _patterns()["link"].sub("", matched[: asking.start()])
    nouns = after[-1:] or _until_stop(reversed(tokens.words(before)))[:1]
    return Members(nouns[0] if nouns else None, None if value is None else int(value))


def _until_stop(words: Iterable[str]) -> list[str]:
    stop = {*load("question")["stop"]["words"], *load("lists")["lead"], *load("lists")["tail"]}
    noun = dropwhile(lambda word: len(word) < 2, words)  # 大, 新
    return list(takewhile(lambda word: tokens.WORD.search(word) and word not in stop, noun))


def fit(asked: Asked, wanted: Members, listing: Listing, sentence: Span) -> float:
    """How surely an enumeration is the one asked for."""
    members, after = [member.of(asked.matched) for member in listing.members], listing.after.of(asked.matched)
    noun = (wanted.noun or "")[-HEAD:]
    named = noun != "" and (noun in after or 2 * sum(noun in member for member in members) > len(members))
    if wanted.count is not None and len(members) != wanted.count:
        return 0.0  # another enumeration, or one that leaves members out
    of_sentence, of_clause = (asked.share_in(span.of(asked.matched)) for span in (sentence, listing.clause))
    classed = wanted.noun in (None, *load("lists")["classes"]) and of_clause > 0
    if not (named or wanted.count is not None or classed):
        return 0.0
    return of_sentence + CLAUSE * of_clause + NAMED * named + COUNTED * (wanted.count is not None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """lexicon/lists.toml compiled."""
    counters = "|".join(map(re.escape, load("lists")["counters"]))
    return {
        "which": re.compile(rf"哪(?:些|几|{NUMERAL})(?:大)?(?:{counters})?"),
        "number": re.compile(rf"{NUMERAL}(?:大)?(?:{counters})"),
        "counted": re.compile(rf"(?<!第){NUMERAL}(?:大)?(?:{counters})"),
        "link": re.compile(load("lists")["link"]),
    }
