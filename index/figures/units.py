"""The units of the lexicon: kind, base unit and factor, and the pattern of a number with its unit."""

import re
from decimal import Decimal
from functools import cache

from index.lexicon import load
from index.records import Kind

DIGITS = r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+(?:\.\d+)?"
# What is left of a number after its first scale: 2万5千, 1万2, 3亿5000; not the next number's digits (为390万65岁以上老年人).
LOWER = r"(?:[兆亿万千](?:\d{1,3},\d{3}(?!\d)|\d{4}(?!\d)|\d{1,3}(?=[余多]?[千百])|\d(?!\d)))"
SCALE = r"兆(?=[元\d])|万[余多]?亿|千[余多]?亿|百[余多]?亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
NUMERAL = "(?:[一二两三四五六七八九十百千万亿]|(?<=[百千万亿])[零〇])+"
DIGIT = "[〇零一二三四五六七八九]"
KINDS: tuple[Kind, ...] = ("points", "rate", "multiple", "amount", "count", "duration")


def scale_of(scale: str | None) -> int:
    """万 → 10000; no scale is 1."""
    return int(load("units")["scales"][scale]) if scale else 1


def kind_of(unit: str) -> Kind:
    return _units().get(unit, "count")


def base_of(unit: str) -> tuple[str, int]:
    """The unit that values are given in, and how many of it one is: 千米 → (公里, 1)."""
    entry = load("units")["base"].get(unit)
    return (unit, 1) if entry is None else (entry["base"], entry["factor"])


@cache
def measured() -> re.Pattern[str]:
    """Digits and a unit, perhaps a range: 2482.5亿元, 5%-5.5%, 2000余家."""
    units = "|".join(map(_whole, sorted(_units(), key=len, reverse=True)))
    return re.compile(
        rf"(?:(?P<low>{DIGITS})(?P<low_scale>{SCALE})?(?:{units})?(?:-|—+|~|～|–|至)(?=\d))?"
        rf"(?P<number>(?:{DIGITS}){LOWER}*) ?(?P<early>余|多)?(?P<scale>{SCALE})?(?P<inner>余|多)? ?"
        rf"(?P<unit>{units})"
    )


@cache
def numbered() -> re.Pattern[str]:
    """A Chinese numeral and its unit: 两年, 千亿元, 万余人; 三成, but not 三成为."""
    units = "|".join(map(_whole, sorted(load("units")["after_numeral"]["units"], key=len, reverse=True)))
    return re.compile(
        rf"(?<![第数几余多少点\d.〇零一二两三四五六七八九十百千万亿])(?P<number>{NUMERAL}(?:点{DIGIT}+)?)(?P<inner>余|多)?(?P<unit>{units})"
    )


def _whole(unit: str) -> str:
    """The pattern of a unit, not where it only begins another word: 10亿方, but not 3方面; 5人, but not 5人才; 3p, not 3pm."""
    if unit == "方":
        return r"方(?=$|[^一-鿿]|以上|以下|左右|以内)"
    others = load("units")["begins"].get(unit, "")
    letters = "a-z" if unit[-1].isascii() and unit[-1].isalpha() else ""
    return re.escape(unit) + (f"(?![{others}{letters}])" if others or letters else "")


@cache
def _units() -> dict[str, Kind]:
    kinds = load("units")["kinds"]
    return {unit.lower(): kind for kind in reversed(KINDS) for unit in kinds[kind]}


def read_unit(text: str) -> tuple[str, Decimal] | None:
    """A unit with its scale, in normal form: 亿元 → (元, 10⁸), 千米 → (公里, 1). None where the lexicon has no such unit."""
    scales = load("units")["scales"]
    for scale in ("", *sorted(scales, key=len, reverse=True)):
        unit = text.removeprefix(scale)
        if unit in _units() and (not scale or unit != text):
            base, times = base_of(unit)
            return base, Decimal(times * (scales[scale] if scale else 1))
    return None
