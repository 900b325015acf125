"""str → Mentions: the numbers of a text that are figures, with value and unit. What they measure is extract.py's work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.figures import numerals
from index.figures.units import DIGITS, NUMERAL, SCALE, base_of, kind_of, measured, numbered, scale_of
from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.records import Kind, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its unit. `kind` is what its unit alone says; of a % only the words around it tell."""

    span: Span
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    kind: Kind
    inner: str | None = None  # 余, 多 between number and unit
    noun: Span | None = None  # the people or households that the number counts, where they are part of it (34万农户)

    def moved(self, by: int) -> Mention:
        """The same, `by` characters further on."""
        noun = None if self.noun is None else Span(self.noun.start + by, self.noun.end + by)
        span = Span(self.span.start + by, self.span.end + by)
        return Mention(span, self.value, self.value_to, self.unit, self.kind, self.inner, noun)


def ranks(text: str) -> Iterator[Mention]:
    verbs = "|".join(load("figures")["verbs"]["rank"])
    places = "|".join(load("figures")["places"]["scope"])
    for match in re.finditer(rf"第({NUMERAL}|\d+)(位|名)?(?![一-鿿]*届)", text):
        value = numerals.parse(match[1])
        said = match[2] or re.search(rf"(?:{verbs})[^,，。;]{{0,12}}$", text[: match.start()])
        among = re.search(rf"(?:{places})$", text[: match.start()]) and re.match(r"[,，。;、)]|$", text[match.end() :])
        if value is None or not (said or among):
            continue
        yield Mention(Span(match.start(), match.end()), value, None, "位", "rank")
    for match in re.finditer(rf"(?:{verbs})[^,，。;]{{0,8}}?(首位|榜首)", text):
        yield Mention(Span(match.start(1), match.end(1)), Decimal(1), None, "位", "rank")


def doubled(text: str) -> Iterator[Mention]:
    """翻一番, 翻两番: the number of doublings."""
    for match in re.finditer(rf"翻({NUMERAL}|\d)?番", text):
        value = numerals.parse(match[1] or "1")
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "番", "multiple")


def per_hundred(text: str) -> Iterator[Mention]:
    """百分之十点二, 百分之八至百分之九."""
    number = r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十点百]+)"
    for match in re.finditer(rf"百分之{number}(?:(?:[-~～–]|—+|至|到)(?:百分之)?{number})?", text):
        value, to = numerals.parse(match[1]), match[2] and numerals.parse(match[2])
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, to or None, "%", "rate")


def fractions(text: str) -> Iterator[Mention]:
    """三分之一, 1/4: as a percentage with two decimals."""
    for match in re.finditer(r"[二三四五六七八九十]+分之[一二两三四五六七八九十]+|(?<![\d/.])\d{1,2}/\d{1,3}(?![\d/年月.])", text):
        part = numerals.parse(match[0])
        if part is not None and 0 < part < 1:
            yield Mention(Span(match.start(), match.end()), round(part * 100, 2), None, "%", "share")


CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
HEDGES = re.compile("[余多]")


def with_unit(text: str) -> Iterator[Mention]:
    """Digits and a unit; in 分别提高15、22个百分点 the numbers of the list before them too."""
    for match in measured().finditer(text):
        if match["unit"] == "年" and CALENDAR_YEAR.fullmatch(match["number"]):
            continue
        if kind_of(match["unit"]) == "amount" and pattern_of("figures", "names", "capacity_after").match(text, match.end()):
            continue
        for mention in _measure(match):
            yield from _listed(text, match, mention)
            yield mention


def _measure(match: re.Match[str]) -> Iterator[Mention]:
    low, high = _value(match["number"], match["scale"]), None
    if match["low"] is not None:
        high, low = low, _value(match["low"], match["low_scale"] or match["scale"])
    if low is None or (match["low"] is not None and high is None):
        return
    base, times = base_of(match["unit"])
    inner = HEDGES.search((match["early"] or "") + (match["scale"] or "") + (match["inner"] or ""))
    yield Mention(
        Span(match.start(), match.end()),
        low * times,
        None if high is None else high * times,
        base,
        kind_of(match["unit"]),
        inner[0] if inner else None,
    )


def _value(number: str, scale: str | None) -> Decimal | None:
    """2.5 and 万; 2万5 and 千: a number written in more than one scale is read as a whole."""
    scale = HEDGES.sub("", scale or "")
    if re.search("[兆亿万千]", number):
        return numerals.parse(number + scale)
    value = numerals.parse(number)
    return None if value is None else value * scale_of(scale)


def _listed(text: str, last: re.Match[str], mention: Mention) -> Iterator[Mention]:
    clause = re.split(r"[，。;]", text[: last.start()])[-1]
    found = re.search(rf"((?:(?:{DIGITS})(?:{SCALE})?[、和])+)$", clause)
    if not found or "分别" not in clause or mention.value_to is not None:
        return
    start = last.start() - len(found[1])
    for number in re.finditer(rf"({DIGITS})({SCALE})?", found[1]):
        value = _value(number[1], number[2] or last["scale"])
        if value is not None:
            span = Span(start + number.start(), start + number.end())
            yield Mention(span, value * base_of(last["unit"])[1], None, mention.unit, mention.kind)


def with_numeral(text: str) -> Iterator[Mention]:
    """A Chinese numeral and a unit that counts with it."""
    for match in numbered().finditer(text):
        number, unit = match["number"], match["unit"]
        value = numerals.parse(number)
        if value is None or (number == "一" and not _bounded(text, match.start())):
            continue
        if len(number) > 2 and not set(number) & set("点十百千万亿"):  # 一九五三年
            continue
        if (unit == "大" and not 2 <= value <= 20) or not _is_plain(number, unit, match["inner"]) or _is_only_unit(text, match):
            continue
        base, times = base_of(unit)
        yield Mention(Span(match.start(), match.end()), value * times, None, base, kind_of(unit), match["inner"])


def _is_plain(number: str, unit: str, inner: str | None) -> bool:
    """Whether a numeral counts rather than names: 万余人 and 千亿元 do, 万家惠市场 and 三元乳业 do not."""
    if "元" in unit:
        return any(character in "十百千万亿" for character in number)
    return bool(inner) or unit in load("units")["after_numeral"]["after_scale"] or not set(number) <= set("百千万亿")


def _is_only_unit(text: str, match: re.Match[str]) -> bool:
    """单位:万元, 投资额(亿元): what numbers elsewhere are counted in."""
    if not set(match["number"]) <= set("百千万亿"):
        return False
    before, after = text[: match.start()], text[match.end() :]
    return bool(re.search(r"单位 ?:? ?$", before)) or (before.endswith("(") and after.startswith(")"))


def _bounded(text: str, start: int) -> bool:
    return text[:start].endswith(tuple(load("figures")["numerals"]["bounds"])) or bool(re.search(r"至少[一-鿿]{1,4}$", text[:start]))


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
        for match in re.finditer(rf"({DIGITS})(余|多)?(亿|千万|百万|万)(余|多)?(?=[，。;、)]|以上|左右|以内|增加|提高|$)", text):
            clause = re.split(r"[，。;]", text[: match.start()])[-1]
            value = numerals.parse(match[1])
            if value is not None and re.search(rf"(?:{words})[^、]{{0,12}}$", clause):
                yield Mention(Span(match.start(), match.end()), value * scale_of(match[3]), None, unit, "count", match[2] or match[4])


def money(text: str) -> Iterator[Mention]:
    """产值过百亿, 跨越7万亿: a sum of money whose unit is left out."""
    words = "|".join(load("units")["money"]["words"])
    for match in re.finditer(rf"(?<![多余数几])({DIGITS})?(万亿|千亿|百亿|十亿|亿)(?![一-鿿]?(?:元|人|户|吨|亩|斤|千瓦))", text):
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


# The first that finds a number has it.
RULES: tuple[Callable[[str], Iterator[Mention]], ...] = (
    ranks,
    doubled,
    per_hundred,
    fractions,
    ratios,
    with_unit,
    with_numeral,
    people,
    heads,
    money,
    unitless,
)


def recognise(matched: str, span: Span) -> list[Mention]:
    """The figures in a span of a text in normal form, in order; no two overlap."""
    text = span.of(matched)
    taken = [(match.start(), match.end()) for match in pattern_of("figures", "names", "patterns").finditer(text)]
    found: list[Mention] = []
    for rule in RULES:
        for mention in rule(text):
            start, end = mention.span.start, mention.span.end
            if all(end <= low or high <= start for low, high in taken):
                found.append(mention)
                taken.append((start, end))
    found.sort(key=lambda mention: mention.span)
    return [mention.moved(span.start) for mention in found]
