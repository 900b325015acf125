"""A question that lacks something takes it from the one before: 今年呢？ the subject, 那出口呢？ the rest.

What comes out is a whole question in words, so that nothing behind it need know that there was another one.
"""

import re
from dataclasses import dataclass

from index import periods
from index.lexicon import load
from index.records import Report, Span
from index.text import normal
from search.plan.places import listed_places
from search.plan.terms import read_terms
from search.plan.vocabulary import ASKED, found, is_indicator, patterns

WHEN = re.compile(
    "|".join(
        [
            periods.YEARS.pattern,
            r"(?<!\d)(?:19|20)\d\d年?(?!\d)",
            r"[一二][〇零○一二三四五六七八九]{3}年",
            rf"[\"“]?{periods.PLAN.pattern}[\"”]?(?:时期|规划|期间|末)?",
            *sorted(periods.RELATIVE, key=len, reverse=True),
            "last year",
            "this year",
        ]
    )
)
JOINED = re.compile(r"的?")  # what may stand between the words of one subject


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a question names: each a list of spans of its text, in order."""

    text: str
    when: list[Span]
    places: list[Span]
    subject: list[Span]  # runs of words
    asks: bool


MORE = re.compile(
    r"(?:还有|另外|其他|其余|别的|更多|继续|全部)(?:的|呢|吗|嘛|哪些|什么|没有|别的)*(?:列出来|说说)?[?？。!！]*|"
    r"(?:any(?:thing)?|what) (?:more|else)[?]?"
)


def asks_more(asked: str, previous: str | None) -> bool:
    """Whether a question only asks for more of what the last one gave: 还有呢？"""
    return bool(previous) and MORE.fullmatch(normal(asked).strip()) is not None


def complete(asked: str, previous: str, report: Report) -> str:
    """`asked` with what it lacks taken from `previous`, both put to `report`; `asked` itself where it lacks nothing."""
    if asks_more(asked, previous):
        return previous
    text = normal(asked).strip()
    bare, marked = _bare(text)
    new, old = _read(bare, report), _read(normal(previous).strip(), report)
    if any(found("asks", "chat", question) for question in (text, old.text)) or "报告" in text or not old.subject:
        return asked
    if new.subject and not marked:
        return asked
    if new.subject and new.asks:
        return _missing(new, old) + new.text
    if new.subject:
        text = _other_subject(old, _rest(new))
    elif new.asks:
        text = _topic(old) + _rest(new)
    else:
        text = old.text
    return _put(_put(text, WHEN, new, new.when), _place_pattern(report), new, new.places) + _planned(bare, text)


def _bare(text: str) -> tuple[str, bool]:
    """Without what only ties a question to the last one (那出口呢？ → 出口), and whether there was such a tie."""
    table = load("question")["follow"]
    bare = re.sub(r"[?。!,\s]+$", "", text)
    without = re.sub(rf"(?:{table['tail']})$", "", re.sub(rf"^(?:{table['lead']})+", "", bare))
    return without.strip(" ,"), without != bare


def _read(text: str, report: Report) -> _Parts:
    when, places = _spans(WHEN, text), _spans(_place_pattern(report), text)
    blank = text
    for span in (*when, *places):
        blank = blank[: span.start] + " " * (span.end - span.start) + blank[span.end :]
    words = sorted(Span(start, start + len(term.text)) for term in read_terms(blank, report) if (start := blank.find(term.text)) >= 0)
    asks = ASKED.search(text) or any(found("asks", name, text) for name in patterns("asks"))
    asks = asks or any(found("wanted", name, text) for name in ("growth", "rank", "share"))
    return _Parts(text, when, places, _runs(text, words), bool(asks))


def _runs(text: str, words: list[Span]) -> list[Span]:
    """Words that stand side by side, as one."""
    runs: list[Span] = []
    for word in words:
        if runs and JOINED.fullmatch(text, runs[-1].end, max(runs[-1].end, word.start)):
            runs[-1] = Span(runs[-1].start, max(word.end, runs[-1].end))
        else:
            runs.append(word)
    return runs


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in pattern.finditer(text)]


def _place_pattern(report: Report) -> re.Pattern[str]:
    """A place by its name, with the ending that makes it the full one: 湖北省."""
    table = load("places")
    names = {*listed_places(), *filter(None, [report.place])}
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(f"(?:{longest_first})(?:{'|'.join(table['endings'])})?")


def _rest(parts: _Parts) -> str:
    text = parts.text
    for span in sorted([*parts.when, *parts.places], reverse=True):
        text = text[: span.start] + text[span.end :]
    return text.strip("的 ,")


def _missing(new: _Parts, old: _Parts) -> str:
    """The period and the place of the last question that the new one does not name."""
    pairs = ((new.places, old.places), (new.when, old.when))
    return "".join(theirs[0].of(old.text) for ours, theirs in pairs if theirs and not ours)


def _topic(old: _Parts) -> str:
    """From the first to the last thing a question names, without what it asks."""
    named = [*old.when, *old.places, *old.subject]
    return old.text[min(span.start for span in named) : max(span.end for span in old.subject)]


def _other_subject(old: _Parts, subject: str) -> str:
    """The question with its longest run of subject words replaced; 产量 and the like stay: 粮食产量 → 蔬菜产量."""
    run = max(old.subject, key=lambda span: (span.end - span.start, -span.start))
    heads = load("question")["follow"]["heads"]
    head = next((head for head in heads if run.of(old.text).endswith(head)), "")
    measure = is_indicator(subject) or any(subject.endswith(end) for end in load("question")["follow"]["measures"])
    return old.text[: run.start] + subject + ("" if measure else head) + old.text[run.end :]


def _put(text: str, pattern: re.Pattern[str], new: _Parts, spans: list[Span]) -> str:
    """The text with the new question's periods or places in the place of its own, or at its head where it has none."""
    if not spans:
        return text
    said = "和".join(span.of(new.text) for span in spans)
    own = pattern.search(text)
    if own is None:
        return said + text
    after = re.sub(rf"^(?:和|与|及|、)(?:{pattern.pattern})", "", text[own.end() :])
    return text[: own.start()] + said + after


def _planned(bare: str, text: str) -> str:
    """目标呢 asks for the plan of what was asked before."""
    word = re.search(r"计划|目标|预期", bare)
    return f" {word[0]}" if word and word[0] not in text else ""
