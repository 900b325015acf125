"""The indicator of a number: its own subject, the noun it counts, or the measure carried over from before."""

from __future__ import annotations

from functools import cache

from index.figures.clauses import Clause, Word, joined
from index.figures.counted import counted
from index.figures.draft import Draft, SentenceDraft
from index.figures.subject import is_bare, is_verb, subject
from index.lexicon import load

LONGEST_INDICATOR = 40  # characters: what is longer is a clause, not a name; its last words name the measure
SHORT_CLAUSE = 8  # words: one without a verb is a topic as a whole


def name(sentence: SentenceDraft, draft: Draft, topic: str) -> None:
    """Set the draft's indicator, and whether it names its measure itself."""
    named = _own_words(sentence, draft)
    text = sentence.setting.text
    parts = [joined(text, named)] if named else []
    if draft.mention.noun:
        parts.append(draft.mention.noun.of(text))
    after = counted(sentence, draft)
    if after:
        parts.append(joined(text, after))
    draft.own = bool(parts)
    if not parts:
        draft.indicator = _carried(sentence, draft) or topic
    elif is_bare(named) and not after:
        draft.indicator = f"{_topic_before(sentence, draft) or topic} {parts[0]}".strip()
    else:
        draft.indicator = " ".join(parts)
    if len(draft.indicator) > LONGEST_INDICATOR and " " in draft.indicator:
        draft.indicator = _shortened(draft.indicator)


def _own_words(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    if draft.kind == "duration":
        return []
    left = _before_share(draft.left) if draft.kind == "share" else draft.left
    named = subject(left, sentence.noise)
    if draft.kind == "rank" or all(word.text in _scope() for word in named):  # 扩大到全国86%的县: not what is measured
        named = [word for word in named if word.text not in _scope()]
    return named


def _shortened(indicator: str) -> str:
    pieces = indicator.split(" ")
    while len(pieces) > 1 and sum(map(len, pieces)) > LONGEST_INDICATOR:
        pieces.pop(0)
    return " ".join(pieces)


def _before_share(left: tuple[Word, ...]) -> tuple[Word, ...]:
    """制造业外资 in 其中制造业外资占40.9%."""
    for position, word in enumerate(left):
        if word.text.startswith("占") or word.text == "约占":
            return left[:position]
    return left


def _carried(sentence: SentenceDraft, draft: Draft) -> str:
    """The measure of the number before, else what the clauses before are about."""
    position = sentence.drafts.index(draft)
    for earlier in reversed(sentence.drafts[:position]):
        if earlier.indicator and earlier.role != "threshold" and earlier.kind != "duration":
            return earlier.indicator
    found = _topic_before(sentence, draft)
    return found or (topic_of(sentence, draft.clause) if draft.kind == "duration" else "")


def _topic_before(sentence: SentenceDraft, draft: Draft) -> str:
    """What the nearest clause before is about that says so."""
    before = sentence.clauses[: sentence.clauses.index(draft.clause)]
    return next((topic for clause in reversed(before) if (topic := topic_of(sentence, clause))), "")


def topic_of(sentence: SentenceDraft, clause: Clause) -> str:
    """What a clause is about: its words up to the first verb."""
    text = sentence.setting.text
    for position, word in enumerate(clause.words):
        if is_verb(word) and (found := subject(clause.words[:position], sentence.noise)):
            return joined(text, found)
    return joined(text, subject(clause.words, sentence.noise)) if len(clause.words) <= SHORT_CLAUSE else ""


@cache
def _scope() -> frozenset[str]:
    return frozenset(load("figures")["places"]["scope"])
