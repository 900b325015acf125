"""The noun a number counts or qualifies, right after it: 24户重点国有企业, 356平方公里细河经济区."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.figures.clauses import Word, is_mark
from index.figures.draft import Draft, SentenceDraft
from index.figures.subject import AND, enclosed, is_verb
from index.lexicon import load
from index.records import Span

NUMERAL = re.compile(r"[\d一二两三四五六七八九十百]+[个大项]?$")  # 三个大台阶 counts the numbers before it


def counted(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    """The words of the noun; none where the number is of another kind or nothing follows it."""
    if draft.kind not in ("count", "amount") or (
        draft.role == "base" and draft.left
    ):  # 188个园区整合为120个 names it behind
        return []
    start, end = draft.mention.span.end + len(draft.after or ""), draft.clause.span.end
    later = [other for other in sentence.of_clause(draft.clause) if other.mention.span.start >= start]
    values = [other for other in later if other.role != "threshold"]
    if draft.role == "value" and values and _shares_noun(sentence, draft, values[0]):
        return counted(sentence, values[0])  # 12类45件民生实事
    of_it = sentence.setting.matched.startswith("的", start)  # 投资3500万元的甲、3800万元的乙
    if draft.role == "value" and _is_money(draft) and values and not of_it:
        return []  # 投资1200万元建设300个蔬菜大棚: what the money went to is the next number's
    bounds = [Span(d.mention.span.start - len(d.before or ""), d.mention.span.end + len(d.after or "")) for d in later]
    stop = min([end, *(other.mention.span.start for other in values)])
    words = [w for w in draft.clause.between(start, stop) if not any(b.overlaps(w.span) for b in bounds)]
    return _noun(_acted_on(draft, words), joins=not values)


def _is_money(draft: Draft) -> bool:
    return draft.kind == "amount" and "元" in (draft.mention.unit or "")


def _shares_noun(sentence: SentenceDraft, draft: Draft, after: Draft) -> bool:
    """Whether the next number follows at once, or behind a 、 in another unit: 20.9万户69.3万人, 1.8万户、189万平方米棚改任务."""
    between = sentence.setting.matched[draft.mention.span.end : after.mention.span.start]
    return not between or (between == "、" and draft.mention.unit != after.mention.unit and not _is_money(after))


def _acted_on(draft: Draft, words: list[Word]) -> list[Word]:
    """What was done so many times: 5次调高养老金标准."""
    times = draft.mention.unit == "次"
    return words[1:] if times and words and is_verb(words[0]) else words


def _noun(words: list[Word], joins: bool) -> list[Word]:
    """`joins`: whether what "and" adds is counted too, as it is where no other number follows (4个地区和园区)."""
    found = list(_up_to_verb(_without_bracket(words), joins))
    while found and found[-1].text in _set("closers"):
        found.pop()
    return found


def _without_bracket(words: list[Word]) -> list[Word]:
    """100条(个)幸福河湖: another measure word in brackets."""
    if words and words[0].text == "(":
        close = next((i for i, word in enumerate(words) if word.text == ")"), None)
        return words if close is None else words[close + 1 :]
    return words


def _up_to_verb(words: list[Word], joins: bool) -> Iterator[Word]:
    """The words up to a verb, a mark or an "and"; what stands in quotes goes on to their end."""
    before: Word | None = None
    inside = enclosed(words)
    for position, word in enumerate(words):
        if before is None and word.text in _set("openers"):
            continue
        if before is None and NUMERAL.match(word.text):
            return
        noun = position in inside or (before is not None and before.text in _set("attributes"))  # 十大新突破
        if is_mark(word) and position not in inside:
            return
        if not noun and (is_verb(word) or word.text in _set("ends") or (word.text in AND and not joins)):
            return
        before = word
        yield word


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(load("figures")["counted"][key])
