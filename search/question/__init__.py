"""str → Question: what is asked for, for when, of which place, and which words name the subject."""

from __future__ import annotations

import re
from typing import cast

from index.errors import QuestionError
from index.figures.recognise import recognise
from index.records import Report, Span
from index.text import normal
from search.question.patterns import ASKED, found, patterns
from search.question.records import ALL_KINDS, Asks, Period, Question, Term, Wanted
from search.question.terms import names_of, other_places, other_words, read_terms, search_words
from search.question.wanted import read_wanted
from search.question.when import read_periods

__all__ = ["ALL_KINDS", "LONGEST", "Period", "Question", "Term", "Wanted", "check", "names_of", "parse"]

LONGEST = 2000  # characters: contract.md


def check(text: object) -> str:
    """The question, if it can be asked at all. Raises QuestionError."""
    if not isinstance(text, str):
        raise QuestionError("问题应该是一段文字")
    if len(text) > LONGEST:
        raise QuestionError(f"问题太长了：{len(text)} 个字符，最多 {LONGEST} 个；请缩短后再问")
    if not any(character.isalnum() for character in text):
        raise QuestionError("问题是空的；请输入要问的内容，例如：地区生产总值是多少？")
    return text


def parse(text: str, report: Report) -> Question:
    """Read a question as one put to `report`, whose years 去年 and 今年 are. Raises QuestionError."""
    check(text)
    matched = re.sub(r"\s+", " ", normal(text)).strip()
    asks = frozenset(cast(Asks, name) for name in patterns("asks") if found("asks", name, matched))
    numbers = tuple(recognise(matched, Span(0, len(matched))))
    places = other_places(matched, report)
    when = read_periods(matched, report)
    terms = read_terms(matched, report)
    words = search_words(matched, report)
    return Question(
        text=text,
        matched=matched,
        terms=terms,
        words=words,
        other_words=other_words(terms, words),
        wanted=read_wanted(matched, asks),
        firm=ASKED.search(matched) is not None,
        asks=asks,
        periods=when,
        numbers=numbers,
        places=places,
    )
