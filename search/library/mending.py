"""A question with its places spelt as they are, where one is misspelt by sound or by shape."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from index import tokens
from index.records import Span
from search.library.directory import Directory
from search.plan.vocabulary import is_filler

ENDING = re.compile(
    r"自治[区州县旗]|(?:省|市|区|县|旗|州|盟|地区(?!生产总值|gdp))(?![场民域级里委属辖外内会])|"
    r"(?:壮族|回族|维吾尔)自治区"
)


@lru_cache(maxsize=256)
def word_edges(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for word in tokens.words(text):
        found.append((start, start + len(word)))
        start += len(word)
    return tuple(found)


LATIN = re.compile(r"[a-z]{4,}(?: (?:mongolia|kong))?")
CLOSE = 0.84  # likeness (0..1) of an English name to one that is misspelt: zhejang
SYLLABLES = (2, 3)  # of names that are heard through a misspelling; one of two has a character right, or no word is written so


def mended(directory: Directory, text: str) -> str:
    """A question with its places spelt as they are, where one is misspelt by sound or shape: 浙将, 淅江, zhejang."""
    known = directory.names
    for match in LATIN.finditer(text):
        close = (
            []
            if match[0] in known
            else get_close_matches(match[0], [n for n in directory.known if n.isascii() and n[0] == match[0][0]], 1, CLOSE)
        )
        if close:
            return mended(directory, text[: match.start()] + close[0] + text[match.end() :])
    edges = word_edges(text)
    inside = [Span(m.start(), m.end()) for name in known if len(name) > 1 and name in text for m in re.finditer(re.escape(name), text)]
    for length in (4, *reversed(SYLLABLES)):
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            here = Span(start, start + length)
            if run.isascii() or not re.fullmatch("[一-鿿]+", run) or any(here.overlaps(one) for one in inside):
                continue
            name = directory.drawn.get(run) or _heard(directory, run)
            if name and (_is_odd(run, start, edges, text) or ENDING.match(text, start + length)):
                return mended(directory, text[:start] + name + text[start + length :])
    return text


def _is_odd(run: str, start: int, edges: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a run is no word that people write, nor the end of one and the head of another."""
    if not tokens.is_new(run) or all(map(is_filler, run)):
        return False
    longer = (text[first:last] for first, last in edges if first < start + len(run) and last > start)
    return all(len(word) <= len(run) or tokens.is_new(word) for word in longer) and not any(
        len(text[a:b]) > 1 and not tokens.is_new(text[a:b]) and (a < start or b > start + len(run))
        for a, b in edges
        if a < start + len(run) and b > start
    )


def _heard(directory: Directory, run: str) -> str | None:
    """The one place that sounds like a run and has one of its characters where the run has it."""
    named = dict.fromkeys(name for at, character in enumerate(run) for name in directory.having(len(run), at, character))
    found = [name for name in named if all(one == other or _sounds(one, other) for one, other in zip(name, run, strict=True))]
    return found[0] if len(found) == 1 else None


def _sounds(one: str, other: str) -> bool:
    """Whether two characters may be read alike: 夏 and 厦."""
    return not tokens.readings(one).isdisjoint(tokens.readings(other))
