"""What a part of a report is about: the year and whether it looks back or ahead, by its heading or by the parts before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexicon import load
from index.masthead import Masthead
from index.periods import PLAN, YEAR, arabic, find_period, five_year_plan
from index.records import Section, Status

# A glossary, and what explains a plan's draft, look neither back nor ahead as a whole.
NEITHER = re.compile(r"(?:附注|注释|.{0,14}名词(?:解释|注释))[::]?$|关于.*说明$")
Aim = tuple[str | None, Status | None]


def inner(outer: Section, heading: str, head: Masthead) -> Aim:
    """A subsection is for the years of its part, unless it names a plan of its own (“十四五”时期): then it looks as that one lies."""
    named = find_period(heading, None)
    if named is None or "-" not in named or head.year_planned is None:
        return outer.year, outer.status
    ended = head.year_reported is not None and named[-4:] <= head.year_reported
    return named, "actual" if ended else "target" if named[:4] >= head.year_planned else outer.status


def part(heading: str, before: Sequence[Section], head: Masthead) -> Aim:
    """Year and status of a part, its heading in normal form; one that says neither goes on where the part before it stopped.

    A report looks back once: a part behind that which is silent on the matter is about the plan.
    """
    if NEITHER.match(heading):
        return None, None
    years = [arabic(year) for year in YEAR.findall(heading)]
    plan, planned = _plan(heading), head.year_planned
    status = _status(heading, years, planned)
    if status is None and plan and planned and plan[:4] >= planned:
        status = "target"
    if status is None and before:
        last = before[-1]
        looked_back = last.status == "actual" and last.year == head.year_reported
        return (planned, "target") if looked_back and not years and not plan else (last.year, last.status)
    if years:
        return (max if status == "target" else min)(years[:2]), status
    if plan or status is None:
        return plan, status
    return (head.year_reported if status == "actual" else planned), status


def _plan(heading: str) -> str | None:
    """The years of the five-year plan that a heading names."""
    named = [match[1] for match in PLAN.finditer(heading)]
    years = five_year_plan(named[-1]) if named else None
    return f"{years[0]}-{years[1]}" if years else None


def _status(heading: str, years: list[str], planned: str | None) -> Status | None:
    words = load("outline")["status"]
    if any(word in heading for word in words["actual"]):
        return "actual"
    if any(word in heading for word in words["target"]) or (planned and years == [planned]):
        return "target"
    return None
