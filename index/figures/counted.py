"""The noun a number counts or qualifies, right after it: 24户重点国有企业, 356平方公里细河经济区."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.figures.clauses import Word, is_mark
from index.figures.draft import Draft, SentenceDraft
from index.figures.subject import is_verb
from index.lexicon import load
from index.records import Span

NUMERAL = re.compile(r"[\d一二两三四五六七八九十百]+[个大项]?$")  # 三个大台阶 counts the numbers before it


def counted(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    """The words of the noun; none where the number is of another kind or nothing follows it."""
    if draft.kind not in ("count", "amount") or draft.role == "base":
        return []
    start, end = draft.mention.span.end + len(draft.after or ""), draft.clause.span.end
    later = [other for other in sentence.of_clause(draft.clause) if other.mention.span.start >= start]
    values = [other.mention.span.start for other in later if other.role != "threshold"]
    if draft.role == "value" and _is_money(draft) and values:
        return []  # 投资1200万元建设300个蔬菜大棚: what the money went to is the next number's
    bounds = [Span(d.mention.span.start - len(d.before or ""), d.mention.span.end + len(d.after or "")) for d in later]
    words = [w for w in draft.clause.between(start, min([end, *values])) if not any(b.overlaps(w.span) for b in bounds)]
    return _noun(words)


def _is_money(draft: Draft) -> bool:
    return draft.kind == "amount" and "元" in (draft.mention.unit or "")


def _noun(words: list[Word]) -> list[Word]:
    found = list(_up_to_verb(words))
    while found and found[-1].text in _set("closers"):
        found.pop()
    return found


def _up_to_verb(words: list[Word]) -> Iterator[Word]:
    """The words up to a verb, a mark or an "and"; what stands in quotes is passed with its marks."""
    quoted, begun = False, False
    for word in words:
        if word.text in ("“", "”"):
            quoted = word.text == "“"
            continue
        if not begun and word.text in _set("openers"):
            continue
        if not begun and not quoted and NUMERAL.match(word.text):
            return
        if not quoted and (is_mark(word) or is_verb(word) or word.text in _set("ends")):
            return
        if not is_mark(word):
            begun = True
            yield word


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(load("figures")["counted"][key])
