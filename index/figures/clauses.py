"""A sentence as clauses of words: what stands left and right of a number, and which of it are verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.lexicon import load
from index.records import Span
from index.tokens import words

BREAK = re.compile(r"[，;:。!?]|,(?!\d{3})")
PUNCTUATION = re.compile(r"[\s、，,;:。!?()\"“”'‘’—–\-《》〈〉【】\[\]·…/]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the sentence and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two commas."""

    span: Span
    words: tuple[Word, ...]

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        return tuple(word for word in self.words if start <= word.start and word.end <= end)


def clauses(matched: str, sentence: Span) -> list[Clause]:
    """The clauses of a sentence, in order, without the marks that part them."""
    found, start = [], sentence.start
    for stop in [*(m.start() for m in BREAK.finditer(matched, sentence.start, sentence.end)), sentence.end]:
        if stop > start:
            span = Span(start, stop)
            found.append(Clause(span, tuple(words_of(matched, span))))
        start = stop + 1
    return found


def words_of(matched: str, span: Span) -> Iterator[Word]:
    """The words of a span of a text in normal form, marks among them."""
    position = span.start
    for text in words(span.of(matched)):
        yield Word(text, position, position + len(text))
        position += len(text)


def is_mark(word: Word) -> bool:
    return PUNCTUATION.fullmatch(word.text) is not None


def is_change(word: Word) -> bool:
    return word.text in _set("verbs", "up") or word.text in _set("verbs", "down")


def is_verb(word: Word) -> bool:
    return is_change(word) or word.text in _set("verbs", "level") or word.text in _set("verbs", "rank")


def is_filler(word: Word) -> bool:
    """Whether a word adds nothing to what is measured: a verb, a mark, what tells when and how."""
    stripped = word.text in _set("strip", "head") or word.text in _set("strip", "tail")
    return stripped or is_verb(word) or is_mark(word) or _is_time(word)


def subject(tokens: tuple[Word, ...]) -> list[Word]:
    """The words that name what is measured: neither verbs nor what tells only when and how."""
    head, tail = _set("strip", "head"), _set("strip", "tail")
    pieces: list[list[Word]] = [[]]
    for word in tokens:
        if is_verb(word) or (is_mark(word) and word.text != "、"):
            pieces.append([])
        else:
            pieces[-1].append(word)
    kept: list[Word] = []
    for piece in pieces:
        while piece and (piece[0].text in head or piece[0].text == "、" or _is_time(piece[0])):
            piece.pop(0)
        while piece and (piece[-1].text in tail or piece[-1].text in head or piece[-1].text == "、"):
            piece.pop()
        kept += piece
    return kept


def joined(matched: str, found: list[Word]) -> str:
    """The words as the report writes them; a space where something was left out between two."""
    text = ""
    for before, word in zip([None, *found], found, strict=False):
        gap = before is not None and before.end != word.start
        text += (" " if gap else "") + matched[word.start : word.end]
    return text


def _is_time(word: Word) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:-\d+)?|\d{4}年|[\d.]+", word.text) is not None


@cache
def _set(table: str, key: str) -> frozenset[str]:
    return frozenset(load("figures")[table][key])
