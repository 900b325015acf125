"""A question misspelt by sound: 粮实 where the report has 粮食. A fallback, for words that the report does not know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index import tokens
from search.plan.question import Question
from search.plan.vocabulary import is_filler, is_indicator

LONGEST_WORD = 6  # characters
LONG = 3  # characters of a word of the dictionary that nobody writes by mistake: 市场主体, 住房面积
TELLING = 4  # characters of a run that sounds like a word of the report by no chance, whatever it is cut into: 预期受命
SHORT = 2  # a run of two characters sounds like something by chance, once a filler or a unit may be part of it
NEXT = 2  # characters beside a word that tell that it belongs there
RARE = 1.0  # 公共 sounds like 公公, but who writes so common a word means it


def respell(question: Question, unknown: list[str], known: str, sounds: Sounds) -> str | None:
    """The question's text in normal form with its unknown words as a report's words of the same sound; None without any.

    `unknown` are words of the question that the report lacks, `known` is the report in normal form. A replacement has the length of
    what it replaces, and touches at least one of those words.
    """
    text, terms = question.matched, [term.text for term in question.terms]
    doubtful = _positions(text, unknown + [word for word in terms if len(word) == 1])
    doubtful -= _positions(text, [text[start : start + len(place) + 1] for place in question.places if (start := text.find(place)) >= 0])
    subject, sure, whole = _positions(text, terms), _sure(text, known), set(tokens.words(text))
    for length in range(LONGEST_WORD, 1, -1):
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            here = set(range(start, start + length))
            if not doubtful & here or not run.isalpha() or run.isascii() or run in known:
                continue
            word = sounds.word(tokens.sound(run))
            if word is None:
                continue
            misspelt = not here & sure and (length > SHORT or (here <= subject and run in whole and _is_odd(run)))
            if misspelt or length >= TELLING or _belongs(word, text, start, known):
                text = text[:start] + word + text[start + length :]
                doubtful -= here
    return text if text != question.matched else None


def _belongs(word: str, text: str, start: int, report: str) -> bool:
    """Whether the report has a word right behind, or before, what stands there in a question: 寿命 behind 预期."""
    before, after = text[max(0, start - NEXT) : start], text[start + len(word) : start + len(word) + NEXT]
    return (len(before) == NEXT and before + word in report) or (len(after) == NEXT and word + after in report)


def _is_odd(run: str) -> bool:
    """Whether a run is no word, nor a word with what every sentence may have beside it: 绿画, but not 涨到, 线有."""
    return tokens.is_new(run) and not any(is_filler(character) for character in run)


def _sure(text: str, known: str) -> set[int]:
    """Where words stand that are spelt right: those of the report, names of indicators, what asks (省里, 老几), and what
    every reader knows (还有, 财政)."""
    found: set[int] = set()
    start = 0
    for word in tokens.words(text):
        end = start + len(word)
        common = not tokens.is_new(word) and (tokens.rarity(word) < RARE or len(word) >= LONG)
        plain = common or is_filler(word)
        if len(word) > 1 and (plain or word in known or is_indicator(word)):
            found |= set(range(start, end))
        start = end
    return found


def _positions(text: str, words: list[str]) -> set[int]:
    """Where words stand in a text: a misspelling is looked for in the subject only, never across a unit or a filler."""
    found: set[int] = set()
    for word in words:
        start = text.find(word)
        if start >= 0:
            found |= set(range(start, start + len(word)))
    return found


CUT_ALONE = re.compile(r"[一-\u9fd5a-z\d+#&._%-]+")  # what jieba cuts by itself: no word reaches past it
HAN = re.compile(r"[一-\u9fd5]")
PAIRS = 1_000  # of syllables that a text is known to have or lack: of the runs of one question


class Sounds:
    """A text in normal form, to be listened to."""

    def __init__(self, text: str) -> None:
        self._text = text
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        different, numbers = np.unique(codes, return_inverse=True)  # each character by its number among the different ones
        spoken = defaultdict[str, list[int]](list)  # syllable → the characters that may be read so
        for number, character in enumerate(map(chr, different.tolist())):
            for syllable in tokens.readings(character) if HAN.match(character) else ():
                spoken[syllable].append(number)
        places = self._places = partial(_places, numbers, len(different), spoken)
        self._has_pair = lru_cache(PAIRS)(lambda pair: len(places(pair)) > 0)  # holds no Sounds, as View.sounds no View

    def word(self, sound: Sequence[str]) -> str | None:
        """The word of the text that sounds so, of several the most frequent, of these the first; None without any."""
        if not all(map(self._has_pair, pairwise(sound))):  # most runs of a question end here
            return None
        words = (word for clause in self._heard(sound) for word in tokens.search_words(clause) if len(word) == len(sound))
        counts = Counter(word for word in words if tokens.sound(word) == sound)
        return max(counts, key=counts.__getitem__, default=None)

    def _heard(self, sound: Sequence[str]) -> list[str]:
        """The clauses with a run of characters that may be read so, in text order."""
        places = self._places(sound).tolist()
        numbers = dict.fromkeys(bisect_right(self._clauses, place, key=re.Match.start) - 1 for place in places)
        return [self._clauses[number][0] for number in numbers]

    @cached_property
    def _clauses(self) -> list[re.Match[str]]:
        return [*CUT_ALONE.finditer(self._text)]


def _places(numbers: npt.NDArray[np.intp], different: int, spoken: Mapping[str, list[int]], sound: Sequence[str]) -> npt.NDArray[np.intp]:
    """Where a run of characters that may be read so begins."""
    runs = np.ones(max(0, len(numbers) - len(sound) + 1), dtype=np.bool_)
    for behind, syllable in enumerate(sound):
        may_be = np.zeros(different, dtype=np.bool_)
        may_be[spoken.get(syllable, [])] = True
        runs &= may_be[numbers[behind : behind + len(runs)]]
    return np.flatnonzero(runs)
