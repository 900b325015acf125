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
    text, doubtful = question.matched, _doubtful(question.matched, unknown)
    for length in range(LONGEST_WORD, 1, -1):
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            if not doubtful & set(range(start, start + length)) or run in view.texts[report] or not run.isalpha():
                continue
            word = view.words_by_sound(report).get(tokens.sound(run))
            if word is not None:
                text = text[:start] + word + text[start + length :]
                doubtful -= set(range(start, start + length))
    return text if text != question.matched else None


def _doubtful(text: str, unknown: list[str]) -> set[int]:
    """The positions of the unknown words, and of one character either side: a misspelt word is cut apart."""
    found: set[int] = set()
    for word in unknown:
        start = text.find(word)
        if start >= 0:
            found |= set(range(start, start + len(word)))
    return found
