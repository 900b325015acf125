"""A question misspelt by sound: 粮实 where the report has 粮食. A fallback, for words that the report does not know."""

from __future__ import annotations

from index import tokens
from search.question import Question
from search.question.vocabulary import is_filler, is_indicator
from search.view import View

LONGEST_WORD = 6  # characters
LONG = 3  # characters of a word of the dictionary that nobody writes by mistake: 市场主体, 住房面积
TELLING = 4  # characters of a run that sounds like a word of the report by no chance, whatever it is cut into: 预期受命
SHORT = 2  # a run of two characters sounds like something by chance, once a filler or a unit may be part of it
NEXT = 2  # characters beside a word that tell that it belongs there
RARE = 1.0  # 公共 sounds like 公公, but who writes so common a word means it


def respell(view: View, question: Question, report: int) -> str | None:
    """The question's text in normal form with its unknown words as the report's words of the same sound; None without any.

    A replacement has the length of what it replaces, and touches at least one word that the report lacks.
    """
    unknown = [term.text for term in question.terms if not term.text.isascii() and not view.knows(term, report)]
    if not unknown:
        return None
    text, known = question.matched, view.texts[report]
    terms = [term.text for term in question.terms]
    doubtful = _positions(text, unknown + [word for word in terms if len(word) == 1])
    doubtful -= _positions(
        text, [text[start : start + len(place) + 1] for place in question.places if (start := text.find(place)) >= 0]
    )
    subject, sure, whole = _positions(text, terms), _sure(view, text, report), set(tokens.words(text))
    sounds = view.sounds(report)
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


def _sure(view: View, text: str, report: int) -> set[int]:
    """Where words stand that are spelt right: those of the report, names of indicators, what asks (省里, 老几), and what
    every reader knows (还有, 财政)."""
    found: set[int] = set()
    start = 0
    for word in tokens.words(text):
        end = start + len(word)
        common = not tokens.is_new(word) and (tokens.rarity(word) < RARE or len(word) >= LONG)
        plain = common or is_filler(word)
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
