"""str → Mentions: the numbers of a text that are figures, with value and unit. What they measure is attribute.py's work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from index.figures import numerals
from index.lexicon import load
from index.records import Kind, Span

DIGITS = r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+(?:\.\d+)?"
SCALE = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
NUMERAL = "[一二两三四五六七八九十百千万亿]+"
CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
KINDS: tuple[Kind, ...] = ("points", "rate", "multiple", "amount", "count", "duration")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its unit where it stands. `kind` is what its unit alone says; of a % only the words around it tell."""

    span: Span
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    kind: Kind
    inner: str | None  # 余, 多 between number and unit


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
    return [_moved(mention, span.start) for mention in found]


def _moved(mention: Mention, by: int) -> Mention:
    span = Span(mention.span.start + by, mention.span.end + by)
    return Mention(span, mention.value, mention.value_to, mention.unit, mention.kind, mention.inner)


def _ranks(text: str) -> Iterator[Mention]:
    verbs = "|".join(load("figures")["verbs"]["rank"])
    for match in re.finditer(rf"第({NUMERAL}|\d+)(位|名)?(?![一-鿿]*届)", text):
        value = numerals.parse(match[1])
        if value is None or not (match[2] or re.search(rf"(?:{verbs})[^,，。;]{{0,12}}$", text[: match.start()])):
            continue
        yield Mention(Span(match.start(), match.end()), value, None, "位", "rank", None)
    for match in re.finditer(rf"(?:{verbs})[^,，。;]{{0,8}}?(首位|榜首)", text):
        yield Mention(Span(match.start(1), match.end(1)), Decimal(1), None, "位", "rank", None)


def _doubled(text: str) -> Iterator[Mention]:
    """翻一番, 翻两番: the number of doublings."""
    for match in re.finditer(rf"翻({NUMERAL}|\d)?番", text):
        value = numerals.parse(match[1] or "1")
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "番", "multiple", None)


def _per_hundred(text: str) -> Iterator[Mention]:
    for match in re.finditer(r"百分之(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十点百]+)", text):
        value = numerals.parse(match[1])
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "%", "rate", None)
    for match in re.finditer(r"([二三四五六七八九十]+)分之([一二两三四五六七八九十]+)", text):
        whole, part = numerals.parse(match[1]), numerals.parse(match[2])
        if whole and part:
            yield Mention(Span(match.start(), match.end()), round(part / whole * 100, 2), None, "%", "share", None)


def _with_unit(text: str) -> Iterator[Mention]:
    for match in _measured().finditer(text):
        if match["unit"] == "年" and CALENDAR_YEAR.fullmatch(match["number"]):
            continue
        if re.match(_capacity(), text[match.end() :]):
            continue
        yield from _measure(match)


def _measure(match: re.Match[str]) -> Iterator[Mention]:
    unit, scale = match["unit"], match["scale"] or ""
    factor = load("units")["scales"].get(scale, 1)
    low, high = numerals.parse(match["number"]), None
    if low is None:
        return
    if match["low"] is not None:
        high, low = low, numerals.parse(match["low"])
        if low is None:
            return
        low *= load("units")["scales"].get(match["low_scale"] or scale, 1)
        high *= factor
    else:
        low *= factor
    base, times = _base(unit)
    yield Mention(
        Span(match.start(), match.end()),
        low * times,
        None if high is None else high * times,
        base,
        _kind_of(unit),
        match["early"] or match["inner"],
    )


def _with_numeral(text: str) -> Iterator[Mention]:
    for match in _numbered().finditer(text):
        number, unit = match["number"], match["unit"]
        value = numerals.chinese(number)
        if value is None or (number == "一" and not _bounded(text, match.start())):
            continue
        if unit == "大" and not 2 <= value <= 20:
            continue
        base, times = _base(unit)
        yield Mention(Span(match.start(), match.end()), value * times, None, base, _kind_of(unit), match["inner"])


def _bounded(text: str, start: int) -> bool:
    return text[:start].endswith(tuple(load("figures")["numerals"]["bounds"])) or bool(
        re.search(r"至少[一-鿿]{1,4}$", text[:start])
    )


def _people(text: str) -> Iterator[Mention]:
    """34万农户, 1.77亿农民: the noun is the unit; 242万偏远农村居民: it stands further on."""
    for unit, nouns in load("units")["people"].items():
        pattern = rf"({DIGITS})(余|多)?(万|亿|千万|百万)(?:余|多)?(?:({'|'.join(nouns)})|(?=[一-鿿]{{1,8}}?(?:{'|'.join(nouns)})))"
        for match in re.finditer(pattern, text):
            value = numerals.parse(match[1])
            if value is not None:
                value *= load("units")["scales"][match[3]]
                yield Mention(Span(match.start(), match.end()), value, None, unit, "count", match[2])


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
                value *= load("units")["scales"][match[2]]
                yield Mention(Span(match.start(), match.end()), value, None, "元", "amount", None)


def _unitless(text: str) -> Iterator[Mention]:
    words = "|".join(load("units")["unitless"]["words"])
    for match in re.finditer(r"(?<![\d.])\d+\.\d+(?![\d.%])", text):
        left = re.split(r"[,，。;]", text[: match.start()])[-1]
        if re.search(words, left):
            yield Mention(Span(match.start(), match.end()), Decimal(match[0]), None, None, "rate", None)


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("figures")["names"]["patterns"]))


@cache
def _capacity() -> str:
    return str(load("figures")["names"]["capacity_after"])


@cache
def _measured() -> re.Pattern[str]:
    units = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<low>{DIGITS})(?P<low_scale>{SCALE})?(?:{units})?(?:-|—+|~|～|–|至)(?=\d))?"
        rf"(?P<number>{DIGITS}) ?(?P<early>余|多)?(?P<scale>{SCALE})?(?P<inner>余|多)? ?(?P<unit>{units})(?![a-z])"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """A Chinese numeral and its unit: 两年, 千亿元, 万余人; 三成, but not 三成为."""
    units = "|".join(sorted(load("units")["after_numeral"]["units"], key=len, reverse=True))
    units = units.replace("成", "成(?![为效功果立员长熟])")
    return re.compile(
        rf"(?<![第数几余多少\d.〇零一二两三四五六七八九十百千万亿])(?P<number>{NUMERAL})(?P<inner>余|多)?(?P<unit>{units})"
    )


@cache
def _units() -> dict[str, Kind]:
    kinds = load("units")["kinds"]
    return {unit.lower(): kind for kind in reversed(KINDS) for unit in kinds[kind]}


def _kind_of(unit: str) -> Kind:
    return _units().get(unit, "count")


def _base(unit: str) -> tuple[str, int]:
    entry = load("units")["base"].get(unit)
    return (unit, 1) if entry is None else (entry["base"], entry["factor"])
