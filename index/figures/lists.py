"""Lists: measures and numbers that 分别 pairs, and a bound that holds for all numbers of a list."""

from __future__ import annotations

from index.figures.clauses import Clause, Word, is_mark, joined
from index.figures.draft import Draft, SentenceDraft
from index.figures.subject import subject

AND = ("、", "和", "与", "及")


def is_listed(draft: Draft) -> bool:
    """Whether only 、 or 和 stands between a number and the one before it."""
    return bool(draft.left) and all(is_mark(word) or word.text in AND for word in draft.left)


def share_bounds(sentence: SentenceDraft) -> None:
    """超过8万元、4.5万元 and 90%和98%以上: the bound before the first goes with each, and that behind the last."""
    for earlier, draft in zip(sentence.drafts, sentence.drafts[1:], strict=False):
        if _same_list(earlier, draft) and earlier.before and not draft.before and not draft.after:
            draft.before = earlier.before
    for earlier, draft in reversed([*zip(sentence.drafts, sentence.drafts[1:], strict=False)]):
        if _same_list(earlier, draft) and draft.after and not earlier.after and not earlier.before:
            earlier.after = draft.after


def _same_list(earlier: Draft, draft: Draft) -> bool:
    same = (earlier.mention.unit, earlier.kind) == (draft.mention.unit, draft.kind)
    return same and earlier.clause is draft.clause and is_listed(draft)


def distribute(sentence: SentenceDraft) -> None:
    """分别 hands out a list of measures to a list of numbers: 肉、蛋、奶产量分别达到…, or to the numbers before it."""
    for clause in sentence.clauses:
        mark = next((word for word in clause.words if word.text == "分别"), None)
        if mark is None:
            continue
        drafts = [d for d in sentence.of_clause(clause) if d.mention.span.start > mark.start and d.kind != "duration"]
        names = _listed(sentence, clause, mark, len(drafts)) or _measures_before(sentence, drafts)
        if len(names) == len(drafts):
            for draft, name in zip(drafts, names, strict=True):
                draft.indicator = name


def _listed(sentence: SentenceDraft, clause: Clause, mark: Word, wanted: int) -> list[str]:
    left = [word for word in clause.words if word.end <= mark.start]
    for separators in (
        AND,
        ("、",),
        ("和", "与", "及"),
    ):  # 城镇和农村居民收入: which of them part the list, its length tells
        kept = [subject(item, sentence.noise) for item in _parted(left, separators)]
        if len(kept) == wanted and len(kept) > 1 and all(kept):
            return _with_shared(sentence.setting.text, kept)
    return []


def _parted(words: list[Word], separators: tuple[str, ...]) -> list[list[Word]]:
    items: list[list[Word]] = [[]]
    for word in words:
        if word.text in separators:
            items.append([])
        else:
            items[-1].append(word)
    return items


def _with_shared(text: str, kept: list[list[Word]]) -> list[str]:
    """肉、蛋、奶产量: what the last names beyond its own first word goes with the shorter ones before it."""
    last = kept[-1]
    names = []
    for item in kept:
        name = joined(text, item)
        shared = last[1:] if item is not last and len(item) < len(last) and item[-1].text != last[-1].text else []
        names.append(f"{name} {joined(text, shared)}" if shared else name)
    return names


def _measures_before(sentence: SentenceDraft, drafts: list[Draft]) -> list[str]:
    if not drafts:
        return []
    first = sentence.drafts.index(drafts[0])
    names: list[str] = []
    for earlier in sentence.drafts[:first]:
        if earlier.role == "value" and earlier.kind in ("amount", "count") and earlier.indicator not in names:
            names.append(earlier.indicator)
    return names[-len(drafts) :]
