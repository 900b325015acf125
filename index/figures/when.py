"""The period a figure is for and whether it was reached or is planned."""

from __future__ import annotations

import re
from functools import cache

from index.figures.draft import Draft, SentenceDraft
from index.figures.named import Named
from index.lexicon import load
from index.periods import SMALL
from index.records import Span, Status

AVERAGE = re.compile(r"年均|平均每年|年平均|年递增")
RUN = re.compile(r"连续(\d{1,2}|[两三四五六七八九十])年")
WITHIN = re.compile(r"([两三四五六七八九十])年之?内")


def when(sentence: SentenceDraft, draft: Draft) -> tuple[str | None, Status | None]:
    """The period a figure is for: the one its sentence names for it, else that of the stretch it stands in."""
    stretch, reported = sentence.setting.stretch, sentence.setting.year_reported
    period = _named(sentence, draft) or stretch.period
    period = _averaged(sentence, draft, period) or _run(sentence, draft, period) or period
    if period is None or period == stretch.period:
        status = stretch.status
    else:
        status = stretch.status if reported is None else _status(period, reported)
    return period, _told(sentence, draft, status)


def _named(sentence: SentenceDraft, draft: Draft) -> str | None:
    """The last period named before the figure that holds for it."""
    number = draft.mention.span.start
    before = [named for named in sentence.named if named.span.end <= number and _holds(sentence, draft, named)]
    if before:
        return before[-1].period
    planned = _within(sentence, draft)
    if planned or not draft.own:
        return planned
    tail = Span(draft.mention.span.end, draft.clause.span.end)
    after = [named for named in sentence.named if tail.contains(named.span) and named.sort == "year"]
    return after[-1].period if after and after[-1].period.isdigit() else None


def _holds(sentence: SentenceDraft, draft: Draft, named: Named) -> bool:
    """A year holds to the full stop, a span of years to the semicolon, the year of a base (由2010年的) for bases."""
    if named.sort == "compared":
        return False
    if draft.role == "base":
        number = draft.mention.span.start
        if any(other.sort == "base" for other in sentence.named if other.span.end <= number):
            return named.sort == "base"
    if named.sort == "base":
        return False
    return named.sort == "year" or named.span.start >= sentence.span.start


def _averaged(sentence: SentenceDraft, draft: Draft, period: str | None) -> str | None:
    """年均增长 is over the years since the base: 由2010年的…增加到2015年的…，年均增长12% is of 2011 to 2015."""
    matched, number = sentence.setting.matched, draft.mention.span.start
    if period is None or not period.isdigit() or not AVERAGE.search(matched, draft.clause.span.start, number):
        return None
    since = [n.period for n in sentence.named if n.sort in ("base", "compared") and n.span.end <= number]
    if since and since[-1].isdigit() and since[-1] < period:
        return f"{int(since[-1]) + 1}-{period}"
    stretch = sentence.setting.stretch.period
    return stretch if stretch and "-" in stretch and stretch.endswith(period) else None


def _run(sentence: SentenceDraft, draft: Draft, period: str | None) -> str | None:
    """连续6年保持30%: the six years up to this one."""
    matched = sentence.setting.matched
    found = list(RUN.finditer(matched, draft.clause.span.start, draft.mention.span.start))
    if not found or period is None or draft.mention.kind == "duration":
        return None
    last = int(period.split("-")[-1])
    return f"{last - _count(found[-1][1]) + 1}-{last}"


def _within(sentence: SentenceDraft, draft: Draft) -> str | None:
    """五年内将投入: in a part that plans, the years from the one planned."""
    setting = sentence.setting
    if setting.stretch.status != "target" or setting.year_planned is None:
        return None
    found = list(WITHIN.finditer(setting.matched, sentence.span.start, draft.mention.span.start))
    if not found:
        return None
    first = int(setting.year_planned)
    return f"{first}-{first + SMALL[found[-1][1]] - 1}"


def _told(sentence: SentenceDraft, draft: Draft, status: Status | None) -> Status | None:
    """In a part that plans: what is said to be so already is actual; where a target starts from is neither."""
    if status != "target":
        return status
    said = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
    if _reached().search(said):
        return "actual"
    return None if draft.role == "base" else status


def _status(period: str, reported: str) -> Status:
    return "actual" if period.split("-")[-1] <= reported else "target"


def _count(number: str) -> int:
    return int(number) if number.isdigit() else SMALL[number]


@cache
def _reached() -> re.Pattern[str]:
    return re.compile("|".join(load("periods")["planned"]["reached"]))
