"""What a part of a report is about: the year and whether it looks back or ahead, by its heading or by the parts before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.lexicon import load
from index.outline.glossary import WORDS_EXPLAINED
from index.outline.masthead import Masthead
from index.periods import PLAN, REPUBLIC, YEAR, arabic, find_period, five_year_plan
from index.records import Report, Section, Status

# A glossary, and what explains a plan's draft, look neither back nor ahead as a whole.
NEITHER = re.compile(rf"(?:附注|注释|{WORDS_EXPLAINED})[::]?$|关于.*说明$")
LONG_PLAN = re.compile("第([一二三四五六七八九十]+)个五年(?:规划|计划)")
Aim = tuple[str | None, Status | None]


def inner(outer: Section, heading: str, head: Masthead) -> Aim:
    """A subsection is for the years of its part, unless it names a plan of its own (“十四五”时期): then it looks as that one lies."""
    named = find_period(heading)
    if outer.year is None and named and named.isdigit() and head.year_reported:  # the outer one is a headline, and says no year
        return named, "actual" if named <= head.year_reported else "target"
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
    if head.genre == "plan" or head.year_planned is None:
        return whole(head)
    years = [arabic(year) for year in YEAR.findall(heading)] or _of_republic(heading, head)
    status, planned = _status(heading, years, head.year_planned), head.year_planned
    plan = _plan(heading, status)
    if status is None and plan and planned and plan[:4] >= planned:
        status = "target"
    if status is None and before:
        last = before[-1]
        looked_back = last.status == "actual" and last.year == head.year_reported
        return (planned, "target") if looked_back and not years and not plan else (last.year, last.status)
    if years and status is None and head.year_reported:
        status = "actual" if max(years) <= head.year_reported else "target"
    if years:
        return (max if status == "target" else min)(years[:2]), status
    if plan or status is None:
        return plan, status
    return (head.year_reported if status == "actual" else planned), status


def _of_republic(heading: str, head: Masthead) -> list[str]:
    """112年施政成果: years counted from 1912, where they are near the report's own."""
    years = [int(year) + REPUBLIC for year in re.findall(r"(?<!\d)(1\d\d)年", heading)]
    return [str(year) for year in years if head.year_planned and abs(year - int(head.year_planned)) < 3]


def whole(head: Masthead | Report) -> Aim:
    """What a document is about as a whole: a communiqué its year, a plan all of its own; of others their parts say it."""
    if head.year_planned is None and head.year_reported:  # it tells of one year
        return head.year_reported, "actual"
    if head.genre == "plan" and head.year_planned:
        return f"{head.year_planned}-{head.year_last}" if head.year_last else head.year_planned, "target"
    return None, None


def settled(sections: Sequence[Section], head: Masthead) -> list[Section]:
    """The sections, a first part that says nothing of itself taken as the look-back where a later one says that it plans."""
    tops = [section for section in sections if len(section.path) == 1]
    if again := _begun_again(tops):
        early: dict[str, Aim] = {section.path[0]: (head.year_reported, "actual") for section in tops[:again]}
        late: dict[str, Aim] = {section.path[0]: (head.year_planned, "target") for section in tops[again:]}
        return [_aimed(section, {**early, **late}) for section in sections]
    silent = len(tops) > 1 and tops[0].year is None and tops[0].status is None and not NEITHER.match(tops[0].path[0])
    if not silent or head.year_reported is None or not any(top.status == "target" for top in tops):
        return list(sections)
    aims: dict[str, Aim] = {tops[0].path[0]: (head.year_reported, "actual")}
    for top in tops[1:]:  # those that follow it in silence are about the plan
        if top.year is not None or top.status is not None or NEITHER.match(top.path[0]):
            break
        aims[top.path[0]] = (head.year_planned, "target")
    return [_aimed(section, aims) for section in sections]


def _begun_again(tops: Sequence[Section]) -> int | None:
    """Where the numbers of silent parts begin anew, once: the headings of the look-back and of the plan are missing."""
    firsts = [number for number, top in enumerate(tops) if re.match(r"[(（]一[)）]", top.path[0])]
    silent = all(top.year is None and top.status is None for top in tops)
    return firsts[1] if silent and len(firsts) == 2 and firsts[0] == 0 else None


def _aimed(section: Section, aims: dict[str, Aim]) -> Section:
    silent = section.year is None and section.status is None
    year, status = aims.get(section.path[0], (section.year, section.status)) if silent else (section.year, section.status)
    return replace(section, year=year, status=status)


def _plan(heading: str, status: Status | None) -> str | None:
    """The years of the five-year plan that a heading names; of the two of a part on what was reached and what comes the first."""
    named = [match[1] for pattern in (PLAN, LONG_PLAN) for match in pattern.finditer(heading)]
    years = five_year_plan(named[0 if status == "actual" else -1]) if named else None
    return f"{years[0]}-{years[1]}" if years else None


def _status(heading: str, years: list[str], planned: str | None) -> Status | None:
    words = load("outline")["status"]
    if any(word in heading for word in words["actual"]):
        return "actual"
    if any(word in heading for word in words["target"]) or (planned and years == [planned]):
        return "target"
    return None
