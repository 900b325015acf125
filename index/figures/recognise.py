"""Numbers with a unit: 2482.5亿元, 5%-5.5%, 2000余家, 两年, 万余人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from index.figures import numerals
from index.figures.mention import Mention
from index.figures.units import DIGITS, SCALE, base_of, kind_of, measured, numbered, scale_of
from index.lexicon import load
from index.records import Span

CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
HEDGES = re.compile("[余多]")


def with_unit(text: str) -> Iterator[Mention]:
    """Digits and a unit; in 分别提高15、22个百分点 the numbers of the list before them too."""
    for match in measured().finditer(text):
        if match["unit"] == "年" and CALENDAR_YEAR.fullmatch(match["number"]):
            continue
        if kind_of(match["unit"]) == "amount" and re.match(_capacity(), text[match.end() :]):
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
    if re.search("[亿万千]", number):
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


@cache
def _capacity() -> str:
    return str(load("figures")["names"]["capacity_after"])
