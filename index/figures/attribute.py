"""Mentions of one sentence → Figures: what each number measures, for when, and whether reached or planned."""

from __future__ import annotations

import re
from functools import cache

from index.figures.clauses import Clause, clauses
from index.figures.draft import Draft, SentenceDraft, Setting
from index.figures.measure import measure, settled_kind
from index.figures.naming import distribute, name
from index.figures.recognise import Mention
from index.figures.when import modifier_of, modifiers_of, when
from index.lexicon import load
from index.records import Figure, Span


def attribute(setting: Setting, span: Span, mentions: list[Mention], topic: str) -> list[Figure]:
    """The figures of one sentence. `topic` is what the sentence before it was about, for one that names no subject."""
    sentence = SentenceDraft(setting, span, clauses(setting.matched, span))
    for mention in mentions:
        clause = next((c for c in sentence.clauses if c.span.contains(mention.span)), None)
        if clause is None:  # a full stop inside the number's unit: none known, but a lost figure is no wrong one
            continue
        _draft(sentence, mention, clause)
    for draft in sentence.drafts:
        name(sentence, draft, topic)
    distribute(sentence)
    return [_figure(sentence, draft) for draft in sentence.drafts]


def _draft(sentence: SentenceDraft, mention: Mention, clause: Clause) -> None:
    matched = sentence.setting.matched
    previous = sentence.drafts[-1] if sentence.drafts and sentence.drafts[-1].clause is clause else None
    start = clause.span.start
    if previous:
        start = previous.mention.span.end + len(previous.after or "")
    where = _phrase().match(matched, clause.span.start, mention.span.start)
    if where and where.end() >= start:
        start = where.end()
    before, after = modifiers_of(matched, clause, mention)
    end = mention.span.start - len(before or "") if before and matched[: mention.span.start].endswith(before) else None
    draft = Draft(mention, clause, clause.between(start, mention.span.start if end is None else end), before, after)
    measure(sentence, draft, previous)
    sentence.drafts.append(draft)


def _figure(sentence: SentenceDraft, draft: Draft) -> Figure:
    setting, mention = sentence.setting, draft.mention
    period, status = when(sentence, draft)
    return Figure(
        text=mention.span.of(setting.text),
        span=mention.span,
        value=mention.value.normalize(),
        value_to=None if mention.value_to is None else mention.value_to.normalize(),
        unit=mention.unit,
        kind=settled_kind(draft),
        role=draft.role,
        direction=draft.direction,
        modifier=modifier_of(sentence, draft),
        indicator=draft.indicator,
        of=draft.of,
        period=period,
        status=status,
        paragraph=setting.paragraph.number,
        clause=draft.clause.span,
        sentence=sentence.span,
    )


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(str(load("figures")["strip"]["phrase"]))
