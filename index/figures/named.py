"""The periods a text names, each where it stands and how: said of what follows, of a base (由2010年的…), or only compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.lexicon import load
from index.periods import AGAINST, NEXT, ORDINALS, RELATIVE, SMALL, YEAR, YEARS, arabic, counted_ahead, five_year_plan
from index.records import Span

Sort = Literal["year", "span", "base", "compared"]
# What a year is measured against, not when it was: 比2010年增加, 是2010年的2.2倍.
COMPARED = re.compile(r"(?:比|较|高于|低于|超过|相当于)(?:19|20)?$")
EQUATED = re.compile(r"(?:是|为|与|和|同|达到)$")
OF_IT = re.compile(r"年?(?:[\"”]?(?:时期|期间))?(?:的(?:[\d.]|[一二两三四五六七八九十]+倍|近|约)|相比|持平|相当)")
# 面向2030年 and 2035年远景目标 say what for, (2010年不变价) and 1985年以来最高 against what: none says when.
AIM = re.compile(r"(?:面向|展望|着眼)(?:到)?$")
YARDSTICK = re.compile(r"年?(?:远景|不变价|可比价|价格计算|以来(?:[^，。;]{0,4}最|首次|新高|同期))")
BASE = re.compile(r"年?(?:的|\s?\d)")
FROM = re.compile(r"[由从](?:我[省市区国]|全[省市区国])?$")
SAID = re.compile(r"同比|上年|去年")
NUMBER = r"\d{1,2}|[两三四五六七八九十]"


@dataclass(frozen=True, slots=True)
class Named:
    """A period named in a text: "2006" or "2001-2005"."""

    span: Span
    period: str
    sort: Sort


def named_periods(matched: str, within: Span, year_reported: str | None) -> list[Named]:
    """Every period named in a span of a text in normal form, in order. 去年 and 五年来 need the year reported on."""
    found: list[Named] = []
    for rule in (_against, _ranges, _plans, _years):
        found += [named for named in rule(matched, within) if not _taken(named, found)]
    if year_reported:
        for told in (_relative, _counted):
            found += [named for named in told(matched, within, int(year_reported)) if not _taken(named, found)]
    return sorted(found, key=lambda named: named.span)


def _taken(named: Named, found: list[Named]) -> bool:
    return any(named.span.overlaps(other.span) for other in found)


def _against(matched: str, within: Span) -> Iterator[Named]:
    for match in AGAINST.finditer(matched, within.start, within.end):
        yield Named(Span(*match.span()), f"{int(arabic(match[2])) + 1}-{arabic(match[1])}", "span")


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
            if (
                not COMPARED.search(before)
                and not before.endswith(("同比", "于"))
                and not after.startswith(("同期", "末"))
            ):
                base = FROM.search(before) and BASE.match(matched, span.end)
                yield Named(span, str(reported + offset), "base" if base else "year")


def _counted(matched: str, within: Span, reported: int) -> Iterator[Named]:
    for match in _spans_back().finditer(matched, within.start, within.end):
        years = _small(match["n1"] or match["n2"] or match["n3"])
        if 1 < years < 50:
            yield Named(Span(*match.span()), f"{reported - years + 1}-{reported}", "span")
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
        rf"|(?<!连续)(?<![\d第后来去近续用以])(?P<n3>{NUMBER})年(?=(?:{verbs})))(?!最|首|新高|增速最|增幅最|[^，。;]{{0,4}}(?:最[高低好快]|首次|新高))"
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
