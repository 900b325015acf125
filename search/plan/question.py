"""str → Question: what is asked for, for when, of which place, and which words name the subject."""

from __future__ import annotations

import re
from typing import cast

from index.figures.recognise import recognise
from index.records import Report, Span
from index.text import normal
from search.checks import check_question
from search.question.naming import without_own_name
from search.question.patterns import ASKED, BASE_ASKED, found, patterns
from search.question.records import ALL_KINDS, Asks, Period, Question, Term, Wanted
from search.question.terms import other_places, other_words, read_terms, search_words
from search.question.vocabulary import names_indicator, names_of
from search.question.wanted import read_wanted
from search.question.when import read_periods

# 十亿以上的大项目: as people say it, without what it is counted in.
MONEY_BOUND = re.compile(
    r"([\d一二三四五六七八九十百千两][万亿])(?=(?:以上|以下)[^,，。?]{0,8}(?:项目|企业|公司|工程|工厂))"
)

__all__ = ["ALL_KINDS", "Period", "Question", "Term", "Wanted", "names_of", "parse"]


def parse(text: str, report: Report) -> Question:
    """Read a question as one put to `report`, whose years 去年 and 今年 are. Raises QuestionError."""
    check_question(text)
    matched = re.sub(r"\s+", " ", normal(text)).strip().replace("几多", "多少")
    matched = MONEY_BOUND.sub(r"\1元", matched)
    asks = frozenset(cast(Asks, name) for name in patterns("asks") if found("asks", name, matched))
    numbers = tuple(recognise(matched, Span(0, len(matched))))
    places = other_places(matched, report)
    when = read_periods(matched, report)
    terms = read_terms(matched, report)
    words, meant = search_words(matched, report), without_own_name(matched, report)
    return Question(
        text=text,
        matched=matched,
        meant=meant,
        terms=terms,
        words=words,
        other_words=other_words(terms, words),
        wanted=read_wanted(matched, asks, dated=any(p.year for p in when) and names_indicator(matched), bare=meant),
        firm=ASKED.search(matched) is not None,
        before=BASE_ASKED.search(matched) is not None,
        asks=asks,
        periods=when,
        numbers=numbers,
        places=places,
    )
