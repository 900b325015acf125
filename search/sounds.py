"""The words of a text by how they sound. A clause is cut into words only where something in it sounds so: all of a report takes long."""

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

CUT_ALONE = re.compile(r"[一-\u9fd5a-z\d+#&._%-]+")  # what jieba cuts by itself: no word reaches past it
HAN = re.compile(r"[一-\u9fd5]")
PAIRS = 1_000  # of syllables that a text is known to have or lack: of the runs of one question


class Sounds:
    """A text in normal form, to be listened to."""

    def __init__(self, text: str) -> None:
        self._text = text
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        different, numbers = np.unique(
            codes, return_inverse=True
        )  # each character by its number among the different ones
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
        words = (
            word for clause in self._heard(sound) for word in tokens.search_words(clause) if len(word) == len(sound)
        )
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


def _places(
    numbers: npt.NDArray[np.intp], different: int, spoken: Mapping[str, list[int]], sound: Sequence[str]
) -> npt.NDArray[np.intp]:
    """Where a run of characters that may be read so begins."""
    runs = np.ones(max(0, len(numbers) - len(sound) + 1), dtype=np.bool_)
    for behind, syllable in enumerate(sound):
        may_be = np.zeros(different, dtype=np.bool_)
        may_be[spoken.get(syllable, [])] = True
        runs &= may_be[numbers[behind : behind + len(runs)]]
    return np.flatnonzero(runs)
