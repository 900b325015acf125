"""A sentence as clauses of words: what stands left and right of a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lexicon import load
from index.records import Span
from index.tokens import words

BREAK = re.compile(r"[，;。!?]|:(?!\s?\d)|,(?!\d{3})")
PUNCTUATION = re.compile(r"[\s、，,;:。!?()\"“”'‘’—–\-《》〈〉【】\[\]·…/∶]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the sentence and where it stands."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two commas."""

    span: Span
    words: tuple[Word, ...]

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        return tuple(word for word in self.words if start <= word.start and word.end <= end)


def clauses(matched: str, sentence: Span, numbers: Sequence[Span] = ()) -> list[Clause]:
    """The clauses of a sentence, in order, without the marks that part them. No word runs over the edge of a number."""
    found, start = [], sentence.start
    for stop in [*(m.start() for m in BREAK.finditer(matched, sentence.start, sentence.end)), sentence.end]:
        if stop > start:
            span = Span(start, stop)
            found.append(Clause(span, tuple(words_of(matched, span, numbers))))
        start = stop + 1
    return found


def words_of(matched: str, span: Span, numbers: Sequence[Span] = ()) -> Iterator[Word]:
    """The words of a span of a text in normal form, marks among them; cut at the edges of the numbers given."""
    edges = {edge for number in numbers for edge in (number.start, number.end) if span.start < edge < span.end}
    starts = {number.start for number in numbers}
    position = span.start
    for edge in [*sorted(edges), span.end]:
        for word in words(matched[position:edge]):
            for text in _unglued(word, position + len(word) in starts):
                yield Word(text, position, position + len(text))
                position += len(text)


def _unglued(word: str, before_number: bool) -> tuple[str, ...]:
    """A verb that jieba leaves at the end of a name is a word of its own: 价格上涨, and before a number 友城达."""
    glued = load("words")["glued"]
    for verb in [*glued["anywhere"], *(glued["before_number"] if before_number else ())]:
        if len(word) > len(verb) + 1 and word.endswith(verb) and word not in load("words")["words"]:
            return word[: -len(verb)], verb
    return (word,)


def is_mark(word: Word) -> bool:
    return PUNCTUATION.fullmatch(word.text) is not None


def joined(matched: str, found: Sequence[Word]) -> str:
    """The words as the report writes them; a space where something was left out between two."""
    text = ""
    for before, word in zip([None, *found], found, strict=False):
        gap = before is not None and before.end != word.start
        text += (" " if gap else "") + matched[word.start : word.end]
    return text
