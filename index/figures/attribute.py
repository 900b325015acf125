"""Mentions of one sentence → Figures: what each number measures, for when, and whether reached or planned."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from index.figures.clauses import Clause, Word, clauses, is_change, is_mark, is_verb, joined, subject
from index.figures.recognise import Mention
from index.lexicon import load
from index.periods import find_period
from index.records import Direction, Figure, Kind, Paragraph, Role, Section, Span, Status

LONGEST_INDICATOR = 40  # characters: what is longer is a clause, not a name; its last words name the measure


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands: the report's text in both forms, its years, the paragraph and the part."""

    text: str
    matched: str
    year_reported: str | None
    year_planned: str | None
    paragraph: Paragraph
    section: Section | None
    lead: str | None  # the span of years at the head of the paragraph, where there is one


@dataclass(slots=True)
class _Draft:
    """A figure in the making."""

    mention: Mention
    clause: Clause
    left: tuple[Word, ...]  # between the number before it in its clause, or the clause's start, and it
    before: str | None = None
    after: str | None = None
    indicator: str = ""
    own: bool = False  # names its measure itself, not by what went before
    kind: Kind = "amount"
    direction: Direction | None = None
    of: str | None = None
    role: Role = "value"


@dataclass(slots=True)
class _Sentence:
    setting: Setting
    span: Span
    clauses: list[Clause]
    drafts: list[_Draft] = field(default_factory=list)


def attribute(setting: Setting, span: Span, mentions: list[Mention], topic: str) -> list[Figure]:
    """The figures of one sentence. `topic` is what the sentence before it was about, for one that names no subject."""
    sentence = _Sentence(setting, span, clauses(setting.matched, span))
    for mention in mentions:
        clause = next((c for c in sentence.clauses if c.span.contains(mention.span)), None)
        if clause is None:  # a full stop inside the number's unit: none known, but a lost figure is no wrong one
            continue
        _draft(sentence, mention, clause)
    for draft in sentence.drafts:
        _name(sentence, draft, topic)
    _distribute(sentence)
    return [_figure(sentence, draft) for draft in sentence.drafts]


def _draft(sentence: _Sentence, mention: Mention, clause: Clause) -> None:
    matched = sentence.setting.matched
    previous = sentence.drafts[-1] if sentence.drafts and sentence.drafts[-1].clause is clause else None
    start = clause.span.start
    if previous:
        start = previous.mention.span.end + len(previous.after or "")
    phrase = _phrase().match(matched, clause.span.start, mention.span.start)
    if phrase and phrase.end() >= start:
        start = phrase.end()
    before, after = _modifiers(matched, clause, mention)
    end = mention.span.start - len(before or "") if before and matched[: mention.span.start].endswith(before) else None
    draft = _Draft(mention, clause, clause.between(start, mention.span.start if end is None else end), before, after)
    _measure(sentence, draft, previous)
    sentence.drafts.append(draft)


def _modifiers(matched: str, clause: Clause, mention: Mention) -> tuple[str | None, str | None]:
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


def _measure(sentence: _Sentence, draft: _Draft, previous: _Draft | None) -> None:
    """Kind, direction, of and role, from the words before the number and right after it."""
    mention, matched = draft.mention, sentence.setting.matched
    after = matched[mention.span.end + len(draft.after or "") : draft.clause.span.end]
    draft.kind = mention.kind
    change = _change(draft.left)
    listed = previous is not None and all(is_mark(word) or word.text in "和与及" for word in draft.left)
    if mention.unit in ("%", "‰") and mention.kind != "share":
        if listed and previous is not None and previous.mention.unit == mention.unit:
            draft.kind, draft.direction, draft.of = previous.kind, previous.direction, previous.of
        else:
            _percentage(draft, change, after, matched)
    elif mention.kind in ("points", "multiple"):
        draft.direction = change or ("up" if mention.kind == "points" or mention.unit == "番" else None)
        if mention.kind == "multiple" and "的" in [word.text for word in draft.left[-1:]]:
            draft.direction = None
    if _is_threshold(draft, after):
        draft.role = "threshold"
    if re.search(r"[由从](?:[^,，。;]{0,8}年的?)?$", _text(matched, draft.left)) and re.match(
        r"[^,，。;]{0,8}?(?:提高|增加|上升|增长|提升|扩大|缩小|下降|降低|减少|降|增|升|到|至|，)", after
    ):
        draft.role = "base"


def _percentage(draft: _Draft, change: Direction | None, after: str, matched: str) -> None:
    words = load("figures")
    left = [word.text for word in draft.left]
    text = _text(matched, draft.left)
    share = re.search(r"占(?:到)?([^占]*?)(?:的)?(?:比重|比例|份额)?(?:[为达至到超约近提高上升下降]*)$", text)
    if share or any(word in text for word in words["verbs"]["share"]):
        draft.kind = "share"
        draft.of = _whole(text)
    elif change is not None:
        draft.kind, draft.direction = "growth", change
    elif re.search(rf"(?:{'|'.join(words['verbs']['growth_nouns'])})", "".join(left[-6:])):
        draft.kind, draft.direction = "growth", "down" if "降幅" in text else "up"
    elif re.match(r"(?:的)?(?:速度|增速|以上速度|幅度)", after):
        draft.kind, draft.direction = "growth", "down" if "下降" in after else "up"
    elif after.startswith("的") and not after.startswith("的目标"):
        draft.kind = "share"
    else:
        draft.kind = "rate"


def _whole(text: str) -> str | None:
    """What a share is a share of: 占农户总数的, 占全市地区生产总值, 畜牧业占农业比重提高到."""
    match = re.search(r"占(?:到|了)?(?:全市|全省|全国|全区|全县)?([^,，。;占]*)", text)
    if not match:
        return None
    whole = re.sub(r"(?:的)?(?:比重|比例|份额|比)?(?:的)?(?:提高|上升|下降|增加|降低|提升)?(?:达到|达|为|到|至|超过|超|近|约)?$", "", match[1])
    return whole.strip("的") or None


def _change(left: tuple[Word, ...]) -> Direction | None:
    """The last verb of change before a number, unless it says where the measure has got to (提高到)."""
    verbs = load("figures")["verbs"]
    for position in range(len(left) - 1, -1, -1):
        word = left[position]
        if word.text in verbs["reached"] and position and is_change(left[position - 1]):
            return None
        if word.text in ("至", "到", "控制在", "保持在", "稳定在", "占", "提高到", "增至", "升至", "降至"):
            return None
        if is_change(word):
            return "up" if word.text in verbs["up"] else "down"
    return None


def _is_threshold(draft: _Draft, after: str) -> bool:
    if not (draft.before or draft.after) or draft.mention.kind not in ("amount", "rate"):
        return False
    return after.removeprefix("的").startswith(tuple(load("figures")["threshold"]["heads"]))


def _name(sentence: _Sentence, draft: _Draft, topic: str) -> None:
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


def _counted(sentence: _Sentence, draft: _Draft) -> list[Word]:
    """The noun right after a count, or after an amount that qualifies it: 24户重点国有企业, 356平方公里细河经济区."""
    if draft.kind not in ("count", "amount") or draft.role != "value":
        return []
    start, end = draft.mention.span.end + len(draft.after or ""), draft.clause.span.end
    later = [other.span.start for other in _mentions_of(sentence, draft.clause) if other.span.start >= start]
    found: list[Word] = []
    for word in draft.clause.between(start, min([end, *later])):
        if (is_verb(word) and found) or (is_mark(word) and word.text not in "“”") or word.text in ("和", "与", "及", "以及"):
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


def _first(draft: _Draft, start: int) -> int:
    """Where the word right after the number begins, 的 and an opening quote passed over."""
    for word in draft.clause.between(start, draft.clause.span.end):
        if word.text not in ("的", "“"):
            return word.start
    return -1


def _mentions_of(sentence: _Sentence, clause: Clause) -> list[Mention]:
    return [draft.mention for draft in sentence.drafts if draft.clause is clause]


def _carried(sentence: _Sentence, draft: _Draft, matched: str) -> str:
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


def _distribute(sentence: _Sentence) -> None:
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


def _listed(sentence: _Sentence, clause: Clause, mark: Word) -> list[str]:
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


def _measures_before(sentence: _Sentence, drafts: list[_Draft]) -> list[str]:
    if not drafts:
        return []
    first = sentence.drafts.index(drafts[0])
    names: list[str] = []
    for earlier in sentence.drafts[:first]:
        if earlier.role == "value" and earlier.kind in ("amount", "count") and earlier.indicator not in names:
            names.append(earlier.indicator)
    return names[-len(drafts) :]


def _figure(sentence: _Sentence, draft: _Draft) -> Figure:
    setting, mention = sentence.setting, draft.mention
    period, status = _when(sentence, draft)
    return Figure(
        text=mention.span.of(setting.text),
        span=mention.span,
        value=mention.value,
        value_to=mention.value_to,
        unit=mention.unit,
        kind=_kind_by_indicator(draft),
        role=draft.role,
        direction=draft.direction,
        modifier=_modifier(sentence, draft),
        indicator=draft.indicator,
        of=draft.of,
        period=period,
        status=status,
        paragraph=setting.paragraph.number,
        clause=draft.clause.span,
        sentence=sentence.span,
    )


def _kind_by_indicator(draft: _Draft) -> Kind:
    if draft.mention.unit == "%" and draft.kind == "growth" and draft.role == "base":
        return "rate"
    if draft.mention.unit == "%" and draft.kind == "rate" and re.search(r"(?:占比|比重|份额)$", draft.indicator):
        return "share"
    return draft.kind


def _modifier(sentence: _Sentence, draft: _Draft) -> str | None:
    found = [word for word in (draft.before, draft.mention.inner, draft.after) if word]
    first = next(other for other in sentence.drafts if other.clause is draft.clause)
    if first is draft and not found:
        head = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
        found = [word for word in load("figures")["modifier"]["clause"] if word in head]
    return " ".join(found) or None


def range_named(lead: str, year_reported: str | None) -> str | None:
    """A span of years named in the first words of a paragraph."""
    named = find_period(lead, year_reported)
    return named if named and "-" in named else None


def _when(sentence: _Sentence, draft: _Draft) -> tuple[str | None, Status | None]:
    """The period a figure is for: the one its sentence names before it, else the part's."""
    setting = sentence.setting
    year, status = (setting.section.year, setting.section.status) if setting.section else (None, None)
    named = find_period(setting.matched[sentence.span.start : draft.mention.span.start], setting.year_reported)
    if named is None:
        named = find_period(setting.matched[draft.mention.span.end : draft.clause.span.end], None) if draft.own else None
    named = named or setting.lead
    if named is None or named == year:
        return year, status
    if setting.year_reported is None:
        return named, status
    last = named.split("-")[-1]
    return named, "actual" if last <= setting.year_reported else "target"


def _text(matched: str, words: tuple[Word, ...]) -> str:
    return matched[words[0].start : words[-1].end] if words else ""


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(str(load("figures")["strip"]["phrase"]))
