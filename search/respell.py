"""A question misspelt by sound: 粮实 where the report has 粮食. A fallback, for words that the report does not know."""

from __future__ import annotations

import re

from index import tokens
from search.question import Question
from search.question.terms import is_filler, is_indicator
from search.sounds import Sounds
from search.view import View

LONGEST_WORD = 6  # characters
SHORT = 2  # a run of two characters sounds like something by chance, once a filler or a unit may be part of it
NUMERAL = re.compile(r"[一二两三四五六七八九十百千万亿几]{2}")  # 六十周年 is not 流失
RARE = 1.0  # 公共 sounds like 公公, but who writes so common a word means it


def respell(view: View, question: Question, report: int) -> str | None:
    """The question's text in normal form with its unknown words as the report's words of the same sound; None without any.

    A replacement has the length of what it replaces, and touches at least one word that the report lacks.
    """
    unknown = [term.text for term in question.terms if not term.text.isascii() and not view.knows(term, report)]
    if not unknown:
        return None
    text = question.matched
    terms = [term.text for term in question.terms]
    doubtful = _positions(text, unknown + [word for word in terms if len(word) == 1])
    doubtful -= _positions(
        text, [text[start : start + len(place) + 1] for place in question.places if (start := text.find(place)) >= 0]
    )
    subject, sure, sounds = _positions(text, terms), _sure(view, text, report), Sounds(view.texts[report])
    for length in range(LONGEST_WORD, 1, -1):
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            here = set(range(start, start + length))
            if not doubtful & here or here & sure or not _misspelt(run, here <= subject) or run in view.texts[report]:
                continue
            word = sounds.word(tokens.sound(run))
            if word is not None:
                text = text[:start] + word + text[start + length :]
                doubtful -= here
    return text if text != question.matched else None


def _misspelt(run: str, in_subject: bool) -> bool:
    """Whether a run may be a misspelling: no word that every reader knows, and, if it is short, of the subject alone."""
    if any("a" <= character <= "z" or character.isdigit() for character in run):
        return False
    return (in_subject or len(run) > SHORT) and (tokens.is_new(run) or tokens.rarity(run) >= RARE)


def _sure(view: View, text: str, report: int) -> set[int]:
    """Where words stand that are spelt right: those of the report, names of indicators, what asks (省里, 老几), numerals, and what
    every reader knows (还有, 财政)."""
    found: set[int] = set()
    start = 0
    for word in tokens.words(text):
        end = start + len(word)
        common = not tokens.is_new(word) and tokens.rarity(word) < RARE
        plain = common or is_filler(word) or NUMERAL.match(word) is not None
        if len(word) > 1 and (plain or word in view.texts[report] or is_indicator(word)):
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
