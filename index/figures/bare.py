"""Numbers whose unit is left out: people (34万农户), money (跨越7万亿), ratios (2.9∶1) and measures without one (收入倍差1.81)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from index.figures import numerals
from index.figures.mention import Mention
from index.figures.units import DIGITS, scale_of
from index.lexicon import load
from index.records import Span

RATIO = re.compile(r"(?<![\d.:∶])(\d+(?:\.\d+)?) ?[:∶] ?1(?![\d.:∶])")
SHARES = re.compile(r"(?<![\d.:∶])(\d+(?:\.\d+)?) ?[:∶] ?(\d+(?:\.\d+)?) ?[:∶] ?(\d+(?:\.\d+)?)(?![\d.:∶])")
SPELT = "(?<![第数几好一二两三四五六七八九十百千万])[一二两三四五六七八九十百]+"  # 三十万手工业者
WHOLE = Decimal(100)
AGED = r"(?:\d+周?岁(?:以上|以下|及以上)?)?"  # 为390万65岁以上老年人免费体检


def people(text: str) -> Iterator[Mention]:
    """34万农户, 1.77亿农民: the noun is the unit; 242万偏远农村居民: it stands further on."""
    for unit, nouns in load("units")["people"].items():
        named, further = "|".join(nouns), "|".join([*nouns, *load("units")["people_apart"][unit]])
        pattern = rf"({DIGITS}|{SPELT})(余|多)?(万|亿|千万|百万)(?:余|多)?(?:({named})|(?={AGED}[一-鿿]{{0,8}}?(?:{further})))"
        for match in re.finditer(pattern, text):
            value = numerals.parse(match[1])
            if value is not None:
                value *= scale_of(match[3])
                noun = Span(*match.span(4)) if match[4] else None
                yield Mention(Span(match.start(), match.end()), value, None, unit, "count", match[2], noun)


def heads(text: str) -> Iterator[Mention]:
    """农村贫困人口减少1240万: the people stand before, and nothing behind."""
    for words, unit in load("units")["people_before"].items():
        for match in re.finditer(
            rf"({DIGITS})(余|多)?(亿|千万|百万|万)(余|多)?(?=[，。;、)]|以上|左右|以内|增加|提高|$)", text
        ):
            clause = re.split(r"[，。;]", text[: match.start()])[-1]
            value = numerals.parse(match[1])
            if value is not None and re.search(rf"(?:{words})[^、]{{0,12}}$", clause):
                yield Mention(
                    Span(match.start(), match.end()),
                    value * scale_of(match[3]),
                    None,
                    unit,
                    "count",
                    match[2] or match[4],
                )


def money(text: str) -> Iterator[Mention]:
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


def ratios(text: str) -> Iterator[Mention]:
    """收入比由2.9∶1缩小至2.5∶1; 三次产业结构调整为8.3∶41.4∶50.3, three shares of a whole."""
    words = "|".join(load("units")["unitless"]["ratios"])
    for match in RATIO.finditer(text):
        if re.search(words, re.split(r"[，。;]", text[: match.start()])[-1]):
            yield Mention(Span(match.start(), match.end()), Decimal(match[1]), None, None, "rate")
    for match in SHARES.finditer(text):
        parts = [Decimal(part) for part in match.groups()]
        if "产业" in text[: match.start()] and abs(sum(parts) - WHOLE) <= 1:
            for number, value in enumerate(parts, start=1):
                yield Mention(Span(*match.span(number)), value, None, "%", "share")


def unitless(text: str) -> Iterator[Mention]:
    """收入倍差1.96, 满意度84.7."""
    words = "|".join(load("units")["unitless"]["words"])
    for match in re.finditer(r"(?<![\d.])\d+\.\d+(?![\d.%])", text):
        left = re.split(r"[,，。;]", text[: match.start()])[-1]
        if re.search(words, left):
            yield Mention(Span(match.start(), match.end()), Decimal(match[0]), None, None, "rate")
