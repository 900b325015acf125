"""Which years each paragraph is about: a report goes through five years, then the last one, then the next, within one part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.figures.named import named_periods
from index.lexicon import load
from index.periods import SMALL
from index.records import Paragraph, Report, Section, Span, Status
from index.text import normal

LEAD = 60  # characters at a paragraph's head in which the years are said for all of it
FAR, NEAR = 36, 14  # 五年来 said further on than FAR is only of its own sentence; a plan's name further than NEAR


@dataclass(frozen=True, slots=True)
class Stretch:
    """Period and status of what a paragraph says, where its sentences do not say otherwise."""

    period: str | None
    status: Status | None


def stretches(report: Report, matched: str) -> list[Stretch]:
    """One for each paragraph. A stretch lasts to the next or to the end of its part; in a part that plans, past years
    are told of for a paragraph only."""
    found: list[Stretch] = []
    part: str | None = None
    running: Stretch | None = None
    for paragraph in report.paragraphs:
        section = report.section_of(paragraph)
        outer = section.path[0] if section else None
        if outer != part:
            part, running = outer, None
        said = _said(report, matched, paragraph, section)
        own = Stretch(section.year, section.status) if section else Stretch(None, None)
        aside = said is not None and said.status == "actual" and own.status == "target"
        if said is not None and not aside:
            running = said
        found.append(said if said is not None and aside else running or own)
    return found


def _said(report: Report, matched: str, paragraph: Paragraph, section: Section | None) -> Stretch | None:
    """What the head of a paragraph says of the years it is about."""
    if report.year_reported is None:
        return None
    reported = int(report.year_reported)
    start = _opened(matched, paragraph.span, section)
    lead = Span(start, min(start + LEAD, paragraph.span.end))
    period = _years(matched, lead, reported) or _year(matched, lead, reported) or _plan(matched, lead)
    if period is None and _programme().search(matched, lead.start, lead.end):
        period = _headed(section)
    return Stretch(period, _status(period, reported)) if period else None


def _opened(matched: str, span: Span, section: Section | None) -> int:
    """Where a paragraph begins, its own heading, the address and other openers passed over."""
    start = span.start
    if section is not None and section.span.start == start:
        start = min(section.span.end + 1, span.end)
    while match := _openers().match(matched, start, span.end):
        start = match.end()
    return start


def _years(matched: str, lead: Span, reported: int) -> str | None:
    """五年来, 这五年, 今后五年: said anywhere near the head."""
    words = load("periods")["stretch"]
    head = matched[lead.start : min(lead.start + FAR, lead.end)]
    for key, first in (("past_years", None), ("next_years", reported + 1)):
        match = re.search("|".join(words[key]), head)
        if match:
            number = SMALL[next(group for group in match.groups() if group)]
            first = reported - number + 1 if first is None else first
            return f"{first}-{first + number - 1}"
    return None


def _year(matched: str, lead: Span, reported: int) -> str | None:
    """过去一年, 今年, 2025年是: only where the paragraph opens with it."""
    words = load("periods")["stretch"]
    for offset, key in ((0, "past_year"), (1, "this_year")):
        if re.compile("|".join(words[key])).match(matched, lead.start, lead.end):
            return str(reported + offset)
    after = re.compile("|".join(words["after_year"]))
    for named in named_periods(matched, lead, None):
        if named.sort == "year" and named.span.start == lead.start and after.match(matched, named.span.end):
            return named.period
    return None


def _plan(matched: str, lead: Span) -> str | None:
    """“十四五”时期 at the head, or further on where the paragraph is on a plan's programme."""
    far = LEAD if _programme().search(matched, lead.start, lead.end) else NEAR
    named = [n for n in named_periods(matched, lead, None) if n.sort == "span" and n.span.start < lead.start + far]
    return named[-1].period if named else None


def _headed(section: Section | None) -> str | None:
    """A paragraph on the programme (《纲要（草案）》) is for the years of the plan that its heading names."""
    for heading in reversed(section.path if section else ()):
        text = normal(heading)
        named = [n.period for n in named_periods(text, Span(0, len(text)), None) if n.sort == "span"]
        if named:
            return named[-1]
    return None


def _status(period: str, reported: int) -> Status:
    return "actual" if int(period.split("-")[-1]) <= reported else "target"


@cache
def _openers() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load("periods")["stretch"]["openers"]) + r")\s*")


@cache
def _programme() -> re.Pattern[str]:
    return re.compile("|".join(load("periods")["stretch"]["programme"]))
