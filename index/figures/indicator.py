"""The indicator of a number: its own subject, the noun that it counts, or the measure carried over from before."""

import re
from collections.abc import Iterator
from functools import partial

from index.figures.clauses import Clause, Draft, SentenceDraft, Word, is_mark, joined
from index.figures.subject import AND, enclosed, is_bare, is_change, is_filler, is_verb, subject
from index.lexicon import load
from index.lexicon.compiled import one_of
from index.records import Span

_set = partial(one_of, "figures", "counted")

NUMERAL = re.compile(r"[\d一二两三四五六七八九十百]+[个大项]?$")  # 三个大台阶 counts the numbers before it


def counted(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    """The words of the noun; none where the number is of another kind or nothing follows it."""
    if draft.kind not in ("count", "amount") or (draft.role == "base" and draft.left):  # 188个园区整合为120个 names it behind
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


LONGEST_INDICATOR = 40  # characters: what is longer is a clause, not a name; its last words name the measure
SHORT_CLAUSE = 8  # words: one without a verb is a topic as a whole


def name(sentence: SentenceDraft, draft: Draft, topic: str) -> None:
    """Set the draft's indicator, and whether it names its measure itself."""
    text = sentence.setting.text
    after = counted(sentence, draft)
    unit = draft.mention.unit or ""
    named = _own_words(sentence, draft, bool(after))
    draft.stem = joined(text, named)
    parts = [draft.stem if named or not after else _stem_before(sentence, draft)]
    parts.append(draft.mention.noun.of(text) if draft.mention.noun else "")
    parts.append(unit if unit in load("units")["nouns"]["units"] else joined(text, after))
    draft.own = any(parts)
    if not draft.own:
        draft.indicator = _carried(sentence, draft) or topic
    elif is_bare(named) and not after:
        draft.indicator = f"{_thing_before(sentence, draft) or topic} {draft.stem}".strip()
    else:
        draft.indicator = " ".join(part for part in parts if part)
    if len(draft.indicator) > LONGEST_INDICATOR and " " in draft.indicator:
        draft.indicator = _shortened(draft.indicator)


def _own_words(sentence: SentenceDraft, draft: Draft, counts: bool) -> list[Word]:
    if draft.kind == "duration":
        return _lasting(sentence, draft)
    left = _behind_noun_before(sentence, draft) if counts else draft.left
    if draft.kind == "share":
        left = _before_share(left)
    named = subject(left, sentence.noise)
    nowhere = all(
        word.text in one_of("figures", "places", "scope") or is_filler(word) for word in named
    )  # 扩大到全国86%的县: not what is measured
    if draft.kind == "rank" or nowhere:
        named = [word for word in named if word.text not in one_of("figures", "places", "scope") and not nowhere]
    return named


def _lasting(sentence: SentenceDraft, draft: Draft) -> list[Word]:
    """What goes on for so long: what stands before the number, and behind 连续 also what it is done to (连续三年提高养老金)."""
    later = [d.mention.span.start for d in sentence.of_clause(draft.clause) if d.mention.span > draft.mention.span]
    rest = draft.clause.between(draft.mention.span.end, min([draft.clause.span.end, *later]))
    named = subject(draft.left, sentence.noise)
    running = bool(draft.left) and draft.left[-1].text.endswith("连续")
    if not running and (not named or named[-1].end != draft.mention.span.start):
        named = []
    if running and rest and (named or is_change(rest[0])):
        named += subject(rest, sentence.noise)
    return [word for word in named if word.text not in one_of("figures", "places", "scope")]


def _before(sentence: SentenceDraft, draft: Draft) -> Draft | None:
    """The number before it in its clause."""
    position = sentence.drafts.index(draft)
    before = sentence.drafts[position - 1] if position else None
    return before if before is not None and before.clause is draft.clause else None


def _behind_noun_before(sentence: SentenceDraft, draft: Draft) -> tuple[Word, ...]:
    """The words that are not of the noun the number before counts: 5个商品粮大县、3个优质棉大县."""
    before = _before(sentence, draft)
    parted = [i for i, word in enumerate(draft.left) if word.text in AND]
    counts = before is not None and before.role == "value" and counted(sentence, before)
    return draft.left[parted[-1] + 1 :] if counts and parted else draft.left


def _stem_before(sentence: SentenceDraft, draft: Draft) -> str:
    """投资3500万元的甲、3800万元的乙: the words before the first of a list of one unit hold for those after it."""
    before = _before(sentence, draft)
    listed = before is not None and before.mention.unit == draft.mention.unit and draft.left
    return before.stem if before is not None and listed and not _behind_noun_before(sentence, draft) else ""


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
        passing = earlier.kind == "duration" and not (earlier.own and earlier.clause is draft.clause)
        if earlier.indicator and earlier.role != "threshold" and not passing:
            return earlier.indicator
    found = _topic_before(sentence, draft)
    return found or (topic_of(sentence, draft.clause) if draft.kind == "duration" else "")


def _thing_before(sentence: SentenceDraft, draft: Draft) -> str:
    """What a bare measure is of: what the number before it in its clause measures, else the topic of the clauses before."""
    before = _before(sentence, draft)
    if before is not None and before.role == "value" and before.kind != "duration":
        return before.indicator
    return _topic_before(sentence, draft)


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
