"""The words of a text by how they sound. A clause is cut into words only where something in it sounds so: all of a report takes long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index import tokens

CUT_ALONE = re.compile(r"[一-\u9fd5a-z\d+#&._%-]+")  # what jieba cuts by itself: no word reaches past it
HAN = re.compile(r"[一-\u9fd5]")


class Sounds:
    """A text in normal form, to be listened to."""

    def __init__(self, text: str) -> None:
        self._clauses = CUT_ALONE.findall(text)
        self._characters: dict[str, str] = {}  # syllable → the characters of the text that may be read so
        for character in filter(HAN.match, {*text}):
            for syllable in tokens.readings(character):
                self._characters[syllable] = self._characters.get(syllable, "") + character

    def word(self, sound: Sequence[str]) -> str | None:
        """The word of the text that sounds so, of several the most frequent, of these the first; None without any."""
        if not all(syllable in self._characters for syllable in sound):
            return None
        heard = re.compile("".join(f"[{self._characters[syllable]}]" for syllable in sound))
        clauses = filter(heard.search, self._clauses)
        words = (word for clause in clauses for word in tokens.search_words(clause) if len(word) == len(sound))
        counts = Counter(word for word in words if tokens.sound(word) == sound)
        return max(counts, key=counts.__getitem__, default=None)
