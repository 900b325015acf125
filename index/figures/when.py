"""The period a figure is for and whether it was reached or is planned; the bounds and hedges it stands with."""

from __future__ import annotations

from index.figures.clauses import Clause
from index.figures.draft import Draft, SentenceDraft, Setting
from index.figures.recognise import Mention
from index.lexicon import load
from index.periods import find_period
from index.records import Status


def range_named(lead: str, year_reported: str | None) -> str | None:
    """A span of years named in the first words of a paragraph."""
    named = find_period(lead, year_reported)
    return named if named and "-" in named else None


def when(sentence: SentenceDraft, draft: Draft) -> tuple[str | None, Status | None]:
    """The period a figure is for: the one its sentence names before it, else the part's."""
    setting = sentence.setting
    year, status = (setting.section.year, setting.section.status) if setting.section else (None, None)
    start = _full_sentence(setting, sentence.span.start)
    named = find_period(setting.matched[start : draft.mention.span.start], setting.year_reported)
    if named is None:
        named = (
            find_period(setting.matched[draft.mention.span.end : draft.clause.span.end], None) if draft.own else None
        )
    named = named or setting.lead
    if named is None or named == year:
        return year, status
    if setting.year_reported is None:
        return named, status
    last = named.split("-")[-1]
    return named, "actual" if last <= setting.year_reported else "target"


def _full_sentence(setting: Setting, start: int) -> int:
    """Where the sentence up to the full stop begins: a year named in it holds for all that semicolons part."""
    return max(setting.matched.rfind("。", setting.paragraph.span.start, start) + 1, setting.paragraph.span.start)


def modifiers_of(matched: str, clause: Clause, mention: Mention) -> tuple[str | None, str | None]:
    words = load("figures")["modifier"]
    head = matched[clause.span.start : mention.span.start].rstrip(" ")
    tail = matched[mention.span.end : clause.span.end]
    before = max((word for word in words["before"] if head.endswith(word)), key=len, default=None)
    if before in ("过", "高于", "低于") and head.removesuffix(before).endswith(("超", "突", "通", "不")):
        before = None
    after = next((word for word in words["after"] if tail.startswith(word)), None)
    if mention.kind in ("duration", "rank") or (mention.kind == "points" and before in ("高于", "低于")):
        before = before if before in ("超过", "至少") else None
    return before, after


def modifier_of(sentence: SentenceDraft, draft: Draft) -> str | None:
    found = [word for word in (draft.before, draft.mention.inner, draft.after) if word]
    first = next(other for other in sentence.drafts if other.clause is draft.clause)
    if first is draft and not found:
        head = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
        found = [word for word in load("figures")["modifier"]["clause"] if word in head]
    return " ".join(found) or None
