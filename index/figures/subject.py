"""Which words name what is measured: neither verbs, nor what tells only when, how and against what."""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from index.figures.clauses import Word, is_mark
from index.figures.named import Named
from index.lexicon.compiled import one_of, pattern_of
from index.records import Span

_set = partial(one_of, "figures")

ENCLOSING = {"“": "”", '"': '"', "‘": "’", "《": "》", "(": ")"}
LONGEST_ENCLOSED = 10  # words
AND = ("、", "和", "与", "及", "以及")
TIME = re.compile(r"(?:19|20)\d\d(?:-\d+)?|\d{4}年|[\d.]+")


def subject(tokens: Sequence[Word], noise: Iterable[Span] = ()) -> list[Word]:
    """The words that name what is measured; those in a span of `noise` (periods, comparisons) part it as a verb does."""
    noise = tuple(noise)
    kept: list[Word] = []
    for piece in _pieces(tokens, noise):
        kept += _trimmed(piece)
    return kept


def _pieces(tokens: Sequence[Word], noise: tuple[Span, ...]) -> list[list[Word]]:
    """The runs of words between verbs, marks and noise."""
    pieces: list[list[Word]] = [[]]
    inside = enclosed(tokens, noise)
    for position, word in enumerate(tokens):
        if position in inside:
            pieces[-1].append(word)
        elif word.text in _set("verbs", "growth_nouns") and pieces[-1] and pieces[-1][-1].end == word.start:
            pieces[-1].append(word)  # 研发投入增速: a noun here
        elif (
            any(span.overlaps(word.span) for span in noise)
            or (is_mark(word) and word.text != "、")
            or (is_verb(word) and not _is_prefix(tokens, position))
        ):
            pieces.append([])
        else:
            pieces[-1].append(word)
    return pieces


def enclosed(tokens: Sequence[Word], noise: tuple[Span, ...] = ()) -> frozenset[int]:
    """The positions of words in quotes or brackets, the marks with them, that are part of a name: “小巨人”企业, 新(改)建."""
    found: set[int] = set()
    for position, word in enumerate(tokens):
        close = ENCLOSING.get(word.text)
        ends = range(position + 1, min(position + LONGEST_ENCLOSED, len(tokens))) if close and position not in found else ()
        end = next((other for other in ends if tokens[other].text == close), None)
        if end is not None and not any(s.overlaps(w.span) for w in tokens[position : end + 1] for s in noise):
            found.update(range(position, end + 1))
    return frozenset(found)


def _trimmed(piece: list[Word]) -> list[Word]:
    head, tail = _set("strip", "head"), _set("strip", "tail")
    low, high = 0, len(piece)
    while low < high and (piece[low].text in head or piece[low].text == "、" or _is_time(piece[low])):
        low += 1
    while low < high and (piece[high - 1].text in tail or piece[high - 1].text in head or piece[high - 1].text == "、"):
        high -= 1
    return piece[low:high]


def _is_prefix(tokens: Sequence[Word], position: int) -> bool:
    """高 in 高价值发明专利 is part of a name; before a number or a mark it is a verb."""
    word = tokens[position]
    if word.text not in _set("verbs", "prefixes") or position + 1 == len(tokens):
        return False
    after = tokens[position + 1]
    return after.start == word.end and not is_mark(after) and not after.text[0].isdigit() and after.text not in _set("verbs", "reached")


def comparisons(matched: str, named: Sequence[Named]) -> list[Span]:
    """What a number is only set against: 比2010年, 是“十一五”时期的."""
    found = []
    for period in named:
        start, end = period.span.start, period.span.end
        if period.sort == "compared":
            lead = re.search(r"(?:相当于|高于|低于|超过|[比较是为与和同])$", matched[max(0, start - 3) : start])
            start -= len(lead[0]) if lead else 0
            tail = re.match(r"(?:时期|期间)?的?", matched[end : end + 3])
            end += len(tail[0]) if tail else 0
        found.append(Span(start, end))
    return found


def set_against(matched: str, within: Span) -> list[Span]:
    """What a number is set against or worked out by, without a year of its own: 比上年, 扣除价格因素, 每人每年."""
    return [Span(*match.span()) for match in pattern_of("figures", "strip", "against").finditer(matched, within.start, within.end)]


def is_change(word: Word) -> bool:
    return word.text in _set("verbs", "up") or word.text in _set("verbs", "down")


def is_verb(word: Word) -> bool:
    return is_change(word) or any(word.text in _set("verbs", key) for key in ("level", "rank", "better"))


def is_filler(word: Word) -> bool:
    """Whether a word adds nothing to what is measured: a verb, a mark, what tells when and how."""
    stripped = word.text in _set("strip", "head") or word.text in _set("strip", "tail")
    return stripped or is_verb(word) or is_mark(word) or _is_time(word)


def is_bare(found: Sequence[Word]) -> bool:
    """增加值, 规模, 收入: a measure that says nothing without the thing it is of."""
    return bool(found) and "".join(word.text for word in found) in _set("bare", "words")


def _is_time(word: Word) -> bool:
    return TIME.fullmatch(word.text) is not None
