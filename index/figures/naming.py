"""The indicator of a number: its own subject, the noun it counts, or the measure carried over from before; lists with 分别."""

from __future__ import annotations

from index.figures.clauses import Clause, Word, is_mark, is_verb, joined, subject
from index.figures.draft import Draft, SentenceDraft, Setting
from index.figures.recognise import Mention
from index.lexicon import load

LONGEST_INDICATOR = 40  # characters: what is longer is a clause, not a name; its last words name the measure


def name(sentence: SentenceDraft, draft: Draft, topic: str) -> None:
    matched = sentence.setting.matched
    named = subject(draft.left)
    if draft.kind == "share":
        named = _before_share(draft.left)
    if draft.kind == "rank":
        named = [word for word in named if word.text not in load("figures")["places"]["scope"]]
        named = [] if all(word.text in ("位", "第") for word in named) else named
    if draft.kind in ("duration",):
        named = []
    counted = _counted(sentence, draft)
    parts = [joined(sentence.setting.text, named)] if named else []
    if counted:
        parts.append(joined(sentence.setting.text, counted))
    draft.indicator = " ".join(parts)
    draft.own = bool(draft.indicator)
    if not draft.own:
        draft.indicator = _carried(sentence, draft, matched) or topic
    if len(draft.indicator) > LONGEST_INDICATOR and " " in draft.indicator:
        draft.indicator = _shortened(draft.indicator)


def _shortened(indicator: str) -> str:
    pieces = indicator.split(" ")
    while len(pieces) > 1 and sum(map(len, pieces)) > LONGEST_INDICATOR:
        pieces.pop(0)
    return " ".join(pieces)


def _before_share(left: tuple[Word, ...]) -> list[Word]:
    for position, word in enumerate(left):
        if word.text.startswith("占") or word.text == "约占":
            return subject(left[:position])
    return subject(left)


def _counted(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    """The noun right after a count, or after an amount that qualifies it: 24户重点国有企业, 356平方公里细河经济区."""
    if draft.kind not in ("count", "amount") or draft.role != "value":
        return []
    start, end = draft.mention.span.end + len(draft.after or ""), draft.clause.span.end
    later = [other.span.start for other in _mentions_of(sentence, draft.clause) if other.span.start >= start]
    found: list[Word] = []
    for word in draft.clause.between(start, min([end, *later])):
        if (
            (is_verb(word) and found)
            or (is_mark(word) and word.text not in "“”")
            or word.text in ("和", "与", "及", "以及")
        ):
            break
        if is_verb(word) or word.text in ("转制", "进行"):
            break
        found.append(word)
    while found and found[0].text in ("的", "“", "来", "以来", "左右"):
        found.pop(0)
    while found and found[-1].text in ("“", "”", "的", "进行", "分别", "等"):
        found.pop()
    if draft.kind == "amount" and draft.mention.unit and "元" in draft.mention.unit and later:
        return []  # 投资1200万元建设300个蔬菜大棚: what the money went to is the next number's
    return [] if not draft.clause.between(start, end) or not found or found[0].start != _first(draft, start) else found


def _first(draft: Draft, start: int) -> int:
    """Where the word right after the number begins, 的 and an opening quote passed over."""
    for word in draft.clause.between(start, draft.clause.span.end):
        if word.text not in ("的", "“"):
            return word.start
    return -1


def _mentions_of(sentence: SentenceDraft, clause: Clause) -> list[Mention]:
    return [draft.mention for draft in sentence.drafts if draft.clause is clause]


def _carried(sentence: SentenceDraft, draft: Draft, matched: str) -> str:
    """The measure of the number before, else what the clauses before are about."""
    position = sentence.drafts.index(draft)
    for earlier in reversed(sentence.drafts[:position]):
        if earlier.indicator and earlier.role != "threshold" and earlier.kind != "duration":
            return earlier.indicator
    for clause in reversed(sentence.clauses[: sentence.clauses.index(draft.clause)]):
        topic = topic_of(sentence.setting, clause)
        if topic:
            return topic
    return topic_of(sentence.setting, draft.clause) if draft.kind == "duration" else ""


def topic_of(setting: Setting, clause: Clause) -> str:
    """What a clause is about: its words up to the first verb."""
    for position, word in enumerate(clause.words):
        if is_verb(word) and subject(clause.words[:position]):
            return joined(setting.text, subject(clause.words[:position]))
    return joined(setting.text, subject(clause.words)) if len(clause.words) <= 8 else ""


def distribute(sentence: SentenceDraft) -> None:
    """分别 hands out a list of measures to a list of numbers: 肉、蛋、奶产量分别达到…, or to the numbers before it."""
    for clause in sentence.clauses:
        mark = next((word for word in clause.words if word.text in ("分别", "各")), None)
        if mark is None or mark.text == "各":
            continue
        drafts = [d for d in sentence.drafts if d.clause is clause and d.mention.span.start > mark.start]
        names = _listed(sentence, clause, mark) or _measures_before(sentence, drafts)
        if len(names) == len(drafts):
            for draft, name in zip(drafts, names, strict=True):
                draft.indicator = name


def _listed(sentence: SentenceDraft, clause: Clause, mark: Word) -> list[str]:
    left = [word for word in clause.words if word.end <= mark.start]
    items: list[list[Word]] = [[]]
    for word in left:
        if word.text in ("、", "和", "与", "及"):
            items.append([])
        else:
            items[-1].append(word)
    kept = [subject(tuple(item)) for item in items]
    if len(kept) < 2 or not all(kept):
        return []
    text, last = sentence.setting.text, kept[-1]
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
