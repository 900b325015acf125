"""The periods a text names, each where it stands and how; and which years each paragraph is about.

A report goes through five years, then the last one, then the next, within one part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.outline.parts import whole
from index.periods import AGAINST, NEXT, ORDINALS, RELATIVE, REPUBLIC, SMALL, YEAR, YEARS, arabic, counted_ahead, five_year_plan
from index.records import SAID_FIRST, Paragraph, Report, Section, Span, Status
from index.text import normal

# against: 2005年与2000年相比, the years since the earlier; bare: 五年累计, which a part that plans says of the years ahead.
Sort = Literal["year", "span", "base", "compared", "against", "bare"]
# What a year is measured against, not when it was: 比2010年增加, 是2010年的2.2倍.
COMPARED = re.compile(r"(?:比|较|高于|低于|超过|相当于)(?:19|20)?$")
EQUATED = re.compile(r"(?:是|为|与|和|同|达到)$")
OF_IT = re.compile(r"年?(?:[\"”]?(?:时期|期间))?(?:的(?:[\d.]|[一二两三四五六七八九十]+倍|近|约)|相比|持平|相当)")
# 面向2030年 and 2035年远景目标 say what for, (2010年不变价) and 1985年以来最高 against what: none says when.
AIM = re.compile(r"(?:面向|展望|着眼)(?:到)?$")
YARDSTICK = re.compile(r"年?(?:远景|不变价|可比价|价格计算|以来(?:[^，。;]{0,4}最|首次|新高|同期))")
BASE = re.compile(r"年?[底末初]?(?:的|\s?\d)")
FROM = re.compile(r"[由从](?:我[省市区国]|全[省市区国])?$")
SAID = re.compile(r"同比|上年|去年")
NUMBER = r"\d{1,2}|[两三四五六七八九十]"
REPUBLIC_YEARS = re.compile(
    r"(?:民国)?(?<![\d.])(\d{3})(?:[-~—至](\d{3}))?年(?![来间内]|以上|历史)"
)  # where years are the republic's: 113年, 106-107年


def of_republic(matched: str) -> bool:
    """Whether a text counts its years from 1912."""
    return "民国" in matched or "立法院" in matched


@dataclass(frozen=True, slots=True)
class Named:
    """A period named in a text: "2006" or "2001-2005"."""

    span: Span
    period: str
    sort: Sort


def named_periods(matched: str, within: Span, year_reported: str | None, last_year: str | None = None) -> list[Named]:
    """Every period named in a span of a text in normal form, in order. 五年来 needs the year reported on, 去年 the one before this."""
    found: list[Named] = []
    for rule in (_against, _ranges, _plans, _years):
        found += [named for named in rule(matched, within) if not _taken(named, found)]
    if year_reported:
        for told, year in ((_relative, last_year or year_reported), (_counted, year_reported)):
            found += [named for named in told(matched, within, int(year)) if not _taken(named, found)]
    return sorted(found, key=lambda named: named.span)


def _taken(named: Named, found: list[Named]) -> bool:
    return any(named.span.overlaps(other.span) for other in found)


def _against(matched: str, within: Span) -> Iterator[Named]:
    for match in AGAINST.finditer(matched, within.start, within.end):
        yield Named(Span(*match.span()), f"{int(arabic(match[2])) + 1}-{arabic(match[1])}", "against")


def _ranges(matched: str, within: Span) -> Iterator[Named]:
    for match in YEARS.finditer(matched, within.start, within.end):
        yield Named(Span(*match.span()), f"{match[1]}-{match[2]}", "year")


def _plans(matched: str, within: Span) -> Iterator[Named]:
    for match in _plan_names().finditer(matched, within.start, within.end):
        years = five_year_plan(match["short"] or match["long"])
        if years:
            sort = _sort(matched, match.start(), match.end(), "span")
            yield Named(Span(*match.span()), f"{years[0]}-{years[1]}", sort)


def _years(matched: str, within: Span) -> Iterator[Named]:
    for match in YEAR.finditer(matched, within.start, within.end):
        end = match.end() + (matched[match.end() : match.end() + 1] == "年")
        yield Named(Span(match.start(), end), arabic(match[1]), _sort(matched, match.start(), match.end(), "year"))
    found = [*REPUBLIC_YEARS.finditer(matched, within.start, within.end)]
    for match in found if found and of_republic(matched) else ():  # the whole text is looked through only where it matters
        years = [str(int(year) + REPUBLIC) for year in match.groups() if year]
        yield Named(Span(*match.span()), "-".join(years), _sort(matched, match.start(), match.end(1), "year"))


def _sort(matched: str, start: int, end: int, said: Sort) -> Sort:
    before = matched[max(0, start - 6) : start]
    if FROM.search(before):
        return "base" if BASE.match(matched, end) else "compared"
    if (
        COMPARED.search(before)
        or AIM.search(before)
        or YARDSTICK.match(matched, end)
        or (EQUATED.search(before) and OF_IT.match(matched, end))
    ):
        return "compared"
    return said


def _relative(matched: str, within: Span, reported: int) -> Iterator[Named]:
    for word, offset in RELATIVE.items():
        for match in re.finditer(rf"(?<![\d两三四五六七八九十]){word}", matched[within.start : within.end]):
            span = Span(within.start + match.start(), within.start + match.end())
            before = matched[max(0, span.start - 4) : span.start]
            after = matched[span.end : span.end + 2]
            if not COMPARED.search(before) and not before.endswith(("同比", "于")) and not after.startswith(("同期", "末")):
                base = FROM.search(before) and BASE.match(matched, span.end)
                yield Named(span, str(reported + offset), "base" if base else "year")


def _counted(matched: str, within: Span, reported: int) -> Iterator[Named]:
    for match in _spans_back().finditer(matched, within.start, within.end):
        years = _small(match["n1"] or match["n2"] or match["n3"])
        if 1 < years < 50:
            yield Named(Span(*match.span()), f"{reported - years + 1}-{reported}", "span" if match["n1"] else "bare")
    for match in NEXT.finditer(matched, within.start, within.end):
        yield Named(Span(*match.span()), counted_ahead(match, reported), "span")


def _small(number: str) -> int:
    return int(number) if number.isdigit() else SMALL[number]


@cache
def _spans_back() -> re.Pattern[str]:
    """五年来, 近三年, 过去五年, 五年累计: the years up to the one reported on. 14年来最高 says how long, not when."""
    verbs = "|".join(load("periods")["spans"]["totals"])
    return re.compile(
        rf"(?:(?:过去|近|最近|这|过去的)(?P<n1>{NUMBER})年(?:来|间)?|(?<!连续)(?<![\d第])(?P<n2>{NUMBER})年(?:来|间|以来|下来)"
        rf"|(?<!连续)(?<![\d第后来去近续用以])(?P<n3>{NUMBER})年(?=(?:{verbs})))(?!最|首|新高|增速最|增幅最|[^，。;]{{0,4}}(?:最[高低好快]|首次|新[高低]))"
    )


@cache
def _plan_names() -> re.Pattern[str]:
    """“十四五”时期, 十一五末, 第十五个五年规划: its years are meant, where what follows tells it is not its text."""
    after = "|".join(load("periods")["plans"]["after"])
    ordinals = "|".join(sorted(ORDINALS, key=len, reverse=True))
    return re.compile(
        rf"[\"“”「『]?(?P<short>二?十?[一二三四五六七八九]|十|二十)五[\"”“」』]?(?:{after})"
        rf"|第(?P<long>{ordinals})个五年(?:规划|计划)?(?:时期|期间)?"
    )


LEAD = 60  # characters at a paragraph's head in which the years are said for all of it
FAR, NEAR = 36, 14  # 五年来 said further on than FAR is only of its own sentence; a plan's name further than NEAR


DIGEST = re.compile(r"报告(?:指出|提出|强调|认为)|作[^。\n]{0,16}工作报告[,，。]?报告")


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
    digest = DIGEST.search(matched) if report.genre == "news" else None
    meeting = digest.start() if digest else 0  # what is said of a meeting before its report is told of
    for paragraph in report.paragraphs:
        section = report.section_of(paragraph)
        outer = section.path[0] if section else None
        if outer != part:
            part, running = outer, None
        said = _said(report, matched, paragraph, section)
        own = Stretch(section.year, section.status) if section else Stretch(*whole(report))
        if own.period is None and paragraph.span.start < meeting:
            own = Stretch(report.year, "actual")
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
    last = reported if report.year_planned else reported - 1  # a communiqué is given in the year after its own
    period = _years_said(matched, lead, reported) or _year_said(matched, lead, last) or _plan_said(matched, lead)
    if period is None and pattern_of("periods", "stretch", "programme").search(matched, lead.start, lead.end):
        period = _headed(section)
    return Stretch(period, _status(period, reported)) if period else None


def _opened(matched: str, span: Span, section: Section | None) -> int:
    """Where a paragraph begins, its own heading, the address and other openers passed over; 一是这五年……。 says its years itself."""
    start = span.start
    if section is not None and section.span.start == start and not SAID_FIRST.match(section.path[-1]):
        start = min(section.span.end + 1, span.end)
    while match := _openers().match(matched, start, span.end):
        start = match.end()
    return start


def _years_said(matched: str, lead: Span, reported: int) -> str | None:
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


def _year_said(matched: str, lead: Span, reported: int) -> str | None:
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


def _plan_said(matched: str, lead: Span) -> str | None:
    """“十四五”时期 at the head, or further on where the paragraph is on a plan's programme."""
    far = LEAD if pattern_of("periods", "stretch", "programme").search(matched, lead.start, lead.end) else NEAR
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
