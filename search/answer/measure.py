"""Whether a figure measures what is asked: profit is not output, and a share of the city is not one of the province."""

from __future__ import annotations

import re
from functools import cache

from index.lexicon import load
from index.records import Figure
from index.text import normal
from search.question import Question, names_of
from search.view import indicator_words

SHARE_OF = re.compile(r"占(?P<whole>[^占,，。?]{1,16}?)的?(?:比重|比例|份额|多少|多大|几|百分|%|$|[?])")


def measures_it(question: Question, figure: Figure) -> bool:
    """False where the figure names another measure than the question, or is a share of another whole."""
    asked, given = _measures(question.matched), _measures(indicator_words(figure))
    if asked and given:
        names = " ".join(name for term in question.terms if _measures(term.text) for name in term.names)
        if not given & (asked | _measures(names)):
            return False
    return _same_whole(question.matched, figure)


def _measures(text: str) -> frozenset[int]:
    """The groups of measure nouns (lexicon: the nouns of a group mean the same) in a text, longest first: 出口 not in 进出口."""
    found: set[int] = set()
    for noun, group in _nouns():
        if noun in text:
            found.add(group)
            text = text.replace(noun, " ")
    return frozenset(found)


@cache
def _nouns() -> tuple[tuple[str, int], ...]:
    """Each measure noun with the number of its group, longest first."""
    groups = enumerate(load("question")["measures"]["groups"])
    return tuple(sorted(((noun, number) for number, nouns in groups for noun in nouns), key=lambda pair: -len(pair[0])))


def _same_whole(asked: str, figure: Figure) -> bool:
    """Whether a share is of the whole that is asked for; a figure that is none, or names no whole, says nothing against it."""
    match = SHARE_OF.search(asked)
    if match is None or figure.kind != "share" or figure.of is None:
        return True
    whole, of = match["whole"], normal(figure.of)
    scope, other = _scope(whole), _scope(of)
    rest = whole.replace(scope, "").strip("的 ")
    if scope and scope != other and (other or not rest):  # 占全省的比重 is no share of the city, 占全市GDP one of GDP
        return False
    return not rest or any(name in of for name in names_of(rest)) or of in rest or _alike(rest, of)


def _scope(text: str) -> str:
    """The word for the whole place, if there is one: 全省, 全国."""
    return next((word for word in load("figures")["places"]["scope"] if len(word) > 1 and word in text), "")


def _alike(one: str, other: str) -> bool:
    """Whether two phrases share a pair of characters."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1))
