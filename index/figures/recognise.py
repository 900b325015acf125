"""str → Mentions: the numbers of a text that are figures, with value and unit. What they measure is attribute.py's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from index.figures import numerals
from index.figures.mention import Mention
from index.figures.units import DIGITS, NUMERAL, base_of, kind_of, measured, numbered, scale_of
from index.lexicon import load
from index.records import Span

CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")


def recognise(matched: str, span: Span) -> list[Mention]:
    """The figures in a span of a text in normal form, in order; no two overlap."""
    text = span.of(matched)
    taken = [(match.start(), match.end()) for match in _names().finditer(text)]
    found: list[Mention] = []
    for rule in (_ranks, _doubled, _per_hundred, _with_unit, _with_numeral, _people, _money, _unitless):
        for mention in rule(text):
            start, end = mention.span.start, mention.span.end
            if all(end <= low or high <= start for low, high in taken):
                found.append(mention)
                taken.append((start, end))
    found.sort(key=lambda mention: mention.span)
    return [mention.moved(span.start) for mention in found]


def _ranks(text: str) -> Iterator[Mention]:
    verbs = "|".join(load("figures")["verbs"]["rank"])
    for match in re.finditer(rf"第({NUMERAL}|\d+)(位|名)?(?![一-鿿]*届)", text):
        value = numerals.parse(match[1])
        if value is None or not (match[2] or re.search(rf"(?:{verbs})[^,，。;]{{0,12}}$", text[: match.start()])):
            continue
        yield Mention(Span(match.start(), match.end()), value, None, "位", "rank")
    for match in re.finditer(rf"(?:{verbs})[^,，。;]{{0,8}}?(首位|榜首)", text):
        yield Mention(Span(match.start(1), match.end(1)), Decimal(1), None, "位", "rank")


def _doubled(text: str) -> Iterator[Mention]:
    """翻一番, 翻两番: the number of doublings."""
    for match in re.finditer(rf"翻({NUMERAL}|\d)?番", text):
        value = numerals.parse(match[1] or "1")
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "番", "multiple")


def _per_hundred(text: str) -> Iterator[Mention]:
    for match in re.finditer(r"百分之(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十点百]+)", text):
        value = numerals.parse(match[1])
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "%", "rate")
    for match in re.finditer(r"([二三四五六七八九十]+)分之([一二两三四五六七八九十]+)", text):
        whole, part = numerals.parse(match[1]), numerals.parse(match[2])
        if whole and part:
            yield Mention(Span(match.start(), match.end()), round(part / whole * 100, 2), None, "%", "share")


def _with_unit(text: str) -> Iterator[Mention]:
    for match in measured().finditer(text):
        if match["unit"] == "年" and CALENDAR_YEAR.fullmatch(match["number"]):
            continue
        if re.match(_capacity(), text[match.end() :]):
            continue
        yield from _measure(match)


def _measure(match: re.Match[str]) -> Iterator[Mention]:
    unit, scale = match["unit"], match["scale"] or ""
    factor = scale_of(scale)
    low, high = numerals.parse(match["number"]), None
    if low is None:
        return
    if match["low"] is not None:
        high, low = low, numerals.parse(match["low"])
        if low is None:
            return
        low *= scale_of(match["low_scale"] or scale)
        high *= factor
    else:
        low *= factor
    base, times = base_of(unit)
    yield Mention(
        Span(match.start(), match.end()),
        low * times,
        None if high is None else high * times,
        base,
        kind_of(unit),
        match["early"] or match["inner"],
    )


def _with_numeral(text: str) -> Iterator[Mention]:
    for match in numbered().finditer(text):
        number, unit = match["number"], match["unit"]
        value = numerals.parse(number)
        if value is None or (number == "一" and not _bounded(text, match.start())):
            continue
        if len(number) > 2 and not set(number) & set("十百千万亿"):  # 一九五三年
            continue
        if (unit == "大" and not 2 <= value <= 20) or not _is_plain(number, unit, match["inner"]):
            continue
        base, times = base_of(unit)
        yield Mention(Span(match.start(), match.end()), value * times, None, base, kind_of(unit), match["inner"])


def _is_plain(number: str, unit: str, inner: str | None) -> bool:
    """Whether a numeral counts rather than names: 万余人 and 千亿元 do, 万家惠市场 and 三元乳业 do not."""
    if "元" in unit:
        return any(character in "十百千万亿" for character in number)
    return bool(inner) or unit in load("units")["after_numeral"]["after_scale"] or not set(number) <= set("百千万亿")


def _bounded(text: str, start: int) -> bool:
    return text[:start].endswith(tuple(load("figures")["numerals"]["bounds"])) or bool(
        re.search(r"至少[一-鿿]{1,4}$", text[:start])
    )


def _people(text: str) -> Iterator[Mention]:
    """34万农户, 1.77亿农民: the noun is the unit; 242万偏远农村居民: it stands further on."""
    for unit, nouns in load("units")["people"].items():
        named, further = "|".join(nouns), "|".join([*nouns, *load("units")["people_apart"][unit]])
        pattern = rf"({DIGITS})(余|多)?(万|亿|千万|百万)(?:余|多)?(?:({named})|(?=[一-鿿]{{0,8}}?(?:{further})))"
        for match in re.finditer(pattern, text):
            value = numerals.parse(match[1])
            if value is not None:
                value *= scale_of(match[3])
                noun = Span(*match.span(4)) if match[4] else None
                yield Mention(Span(match.start(), match.end()), value, None, unit, "count", match[2], noun)


def _money(text: str) -> Iterator[Mention]:
    """产值过百亿, 跨越7万亿: a sum of money whose unit is left out."""
    words = "|".join(load("units")["money"]["words"])
    for match in re.finditer(
        rf"(?<![多余数几])({DIGITS})?(万亿|千亿|百亿|十亿|亿)(?![一-鿿]?(?:元|人|户|吨|亩|斤|千瓦))", text
    ):
        around = text[max(0, match.start() - 16) : match.end() + 6]
        if re.search(words, around) and (match[1] or match[2] not in ("亿", "万亿")):
            value = numerals.parse(match[1] or "1")
            if value is not None:
                value *= scale_of(match[2])
                yield Mention(Span(match.start(), match.end()), value, None, "元", "amount")


def _unitless(text: str) -> Iterator[Mention]:
    words = "|".join(load("units")["unitless"]["words"])
    for match in re.finditer(r"(?<![\d.])\d+\.\d+(?![\d.%])", text):
        left = re.split(r"[,，。;]", text[: match.start()])[-1]
        if re.search(words, left):
            yield Mention(Span(match.start(), match.end()), Decimal(match[0]), None, None, "rate")


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("figures")["names"]["patterns"]))


@cache
def _capacity() -> str:
    return str(load("figures")["names"]["capacity_after"])
