"""Mentions of one sentence → Figures: what each number measures, for when, and whether reached or planned."""

from __future__ import annotations

import re
from functools import cache

from index.figures.clauses import Clause, Word, clauses
from index.figures.draft import Draft, SentenceDraft, Setting
from index.figures.lists import distribute, share_bounds
from index.figures.measure import measure, settled_kind
from index.figures.mention import Mention
from index.figures.modifiers import modifier_of, modifiers_of
from index.figures.named import named_periods
from index.figures.naming import name
from index.figures.subject import comparisons, set_against
from index.figures.when import when
from index.lexicon import load
from index.records import Figure, Span


def attribute(sentence: SentenceDraft, mentions: list[Mention], topic: str) -> list[Figure]:
    """The figures of one sentence, which is filled in. `topic` is what the sentence before it was about, for one that names no subject."""
    for mention in mentions:
        clause = next((c for c in sentence.clauses if c.span.contains(mention.span)), None)
        if clause is None:  # a full stop inside the number's unit: none known, but a lost figure is no wrong one
            continue
        _draft(sentence, mention, clause)
    share_bounds(sentence)
    for draft in sentence.drafts:
        name(sentence, draft, topic)
    distribute(sentence)
    return [_figure(sentence, draft) for draft in sentence.drafts]


def draft_sentence(setting: Setting, span: Span, mentions: list[Mention]) -> SentenceDraft:
    """A sentence cut into clauses, with the periods that it names up to its end from the last full stop on."""
    start = max(setting.matched.rfind("。", setting.paragraph.span.start, span.start) + 1, setting.paragraph.span.start)
    named = named_periods(setting.matched, Span(start, span.end), setting.year_reported)
    numbers = [_with_bounds(setting.matched, span, mention) for mention in mentions]
    against = set_against(setting.matched, span)
    noise = [*comparisons(setting.matched, named), *against, *numbers]
    parts = clauses(setting.matched, span, [*numbers, *against, *(mention.span for mention in mentions)])
    return SentenceDraft(setting, span, parts, named, noise)


def _with_bounds(matched: str, sentence: Span, mention: Mention) -> Span:
    """A number with the bounds around it: 超1000万美元以上."""
    before, after = modifiers_of(matched, sentence, mention)
    start = mention.span.start - len(before or "")
    return Span(
        start if matched.startswith(before or "", start) else mention.span.start, mention.span.end + len(after or "")
    )


def _draft(sentence: SentenceDraft, mention: Mention, clause: Clause) -> None:
    matched = sentence.setting.matched
    earlier = sentence.of_clause(clause)
    before, after = modifiers_of(matched, sentence.span, mention)
    end = mention.span.start - len(before or "") if before and matched[: mention.span.start].endswith(before) else None
    left = _left(sentence, clause, earlier, mention.span.start if end is None else end)
    draft = Draft(mention, clause, left, before, after)
    measure(sentence, draft, earlier[-1] if earlier else None)
    sentence.drafts.append(draft)


def _left(sentence: SentenceDraft, clause: Clause, earlier: list[Draft], end: int) -> tuple[Word, ...]:
    """The words a number may take its measure from: those since the number before it, thresholds and durations passed over."""
    start = clause.span.start
    phrase = _phrase().match(sentence.setting.matched, start, end)
    values = [draft for draft in earlier if draft.role != "threshold" and draft.kind != "duration"]
    if values:
        start = values[-1].mention.span.end + len(values[-1].after or "")
    if phrase and phrase.end() >= start:
        start = phrase.end()
    bounds = [
        Span(d.mention.span.start - len(d.before or ""), d.mention.span.end + len(d.after or "")) for d in earlier
    ]
    return tuple(w for w in clause.between(start, end) if not any(bound.overlaps(w.span) for bound in bounds))


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
