"""The words of a text by how they sound. A clause is cut into words only where something in it sounds so: all of a report takes long."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from index import tokens

CUT_ALONE = re.compile(r"[一-\u9fd5a-z\d+#&._%-]+")  # what jieba cuts by itself: no word reaches past it
HAN = re.compile(r"[一-\u9fd5]")


class Sounds:
    """A text in normal form, to be listened to."""

    def __init__(self, text: str) -> None:
        self._clauses = CUT_ALONE.findall(text)
        places = defaultdict[str, set[int]](set)  # character → the clauses that have it
        for number, clause in enumerate(self._clauses):
            for character in clause:
                places[character].add(number)
        self._places = defaultdict[str, set[int]](set)  # syllable → the clauses with a character that may be read so
        for character in filter(HAN.match, places):
            for syllable in tokens.readings(character):
                self._places[syllable] |= places[character]

    def word(self, sound: Sequence[str]) -> str | None:
        """The word of the text that sounds so, of several the most frequent, of these the first; None without any."""
        clauses = set.intersection(*(self._places.get(syllable, set()) for syllable in sound))
        heard = [self._clauses[number] for number in sorted(clauses) if _may_sound(self._clauses[number], sound)]
        words = (word for clause in heard for word in tokens.search_words(clause) if len(word) == len(sound))
        counts = Counter(word for word in words if tokens.sound(word) == sound)
        return max(counts, key=counts.__getitem__, default=None)


def _may_sound(clause: str, sound: Sequence[str]) -> bool:
    """Whether a run of the clause's characters may be read so."""
    return any(
        all(syllable in tokens.readings(character) for character, syllable in zip(clause[start:], sound, strict=False))
        for start in range(len(clause) - len(sound) + 1)
    )
