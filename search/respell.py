"""A question misspelt by sound: 粮实 where the report has 粮食. A fallback, for words that the report does not know."""

from __future__ import annotations

from index import tokens
from search.question import Question
from search.view import View

LONGEST_WORD = 6  # characters


def respell(view: View, question: Question, report: int) -> str | None:
    """The question's text in normal form with its unknown words as the report's words of the same sound; None without any.

    A replacement has the length of what it replaces, and touches at least one word that the report lacks.
    """
    unknown = [term.text for term in question.terms if not term.text.isascii() and not view.knows(term, report)]
    if not unknown:
        return None
    text = question.matched
    doubtful, subject = _positions(text, unknown), _positions(text, [term.text for term in question.terms])
    for length in range(LONGEST_WORD, 1, -1):
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            here = set(range(start, start + length))
            if not doubtful & here or not here <= subject or run in view.texts[report]:
                continue
            word = view.words_by_sound(report).get(tokens.sound(run))
            if word is not None:
                text = text[:start] + word + text[start + length :]
                doubtful -= here
    return text if text != question.matched else None


def _positions(text: str, words: list[str]) -> set[int]:
    """Where words stand in a text: a misspelling is looked for in the subject only, never across a unit or a filler."""
    found: set[int] = set()
    for word in words:
        start = text.find(word)
        if start >= 0:
            found |= set(range(start, start + len(word)))
    return found
