"""The bounds and hedges a number stands with: 超过, 以上, 左右, 预计."""

from __future__ import annotations

from index.figures.draft import Draft, SentenceDraft
from index.figures.mention import Mention
from index.lexicon import load
from index.records import Span


def modifiers_of(matched: str, sentence: Span, mention: Mention) -> tuple[str | None, str | None]:
    """The bound directly before a number, and the one directly after its unit."""
    words = load("figures")["modifier"]
    head = matched[sentence.start : mention.span.start].rstrip(" ")
    tail = matched[mention.span.end : sentence.end]
    before = max((word for word in words["before"] if head.endswith(word)), key=len, default=None)
    if before in ("过", "高于", "低于") and head.removesuffix(before).endswith(("超", "突", "通", "不")):
        before = None
    after = next((word for word in words["after"] if tail.startswith(word)), None)
    if mention.kind in ("duration", "rank") or (mention.kind == "points" and before in ("高于", "低于")):
        before = before if before in ("超过", "至少") else None
    return before, after


def modifier_of(sentence: SentenceDraft, draft: Draft) -> str | None:
    """All of a figure's bounds and hedges, joined by a space; what opens a clause goes with its first number."""
    found = [word for word in (draft.before, draft.mention.inner, draft.after) if word]
    first = next(other for other in sentence.drafts if other.clause is draft.clause)
    if first is draft and not found:
        head = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
        found = [word for word in load("figures")["modifier"]["clause"] if word in head]
    return " ".join(found) or None
