"""The names a report's place goes by in a question: 辽宁省, 辽宁; 内蒙古自治区, 内蒙古; 呼伦贝尔市海拉尔区, 海拉尔; 全国, 国务院."""

from __future__ import annotations

import re
from functools import lru_cache

from index import tokens
from index.lexicon import load
from index.outline.masthead import NATION
from index.records import Report

PEOPLES = r"(?:壮族|回族|维吾尔)?"  # 广西壮族自治区 is 广西
ENDING = rf"{PEOPLES}(?:特别行政区|自治[区州县旗]|[省市区县旗州盟])$"
REFERENCE = r"(?:政府)?工作报告(?:[里中内上])?(?:提到|提出|指出|说)?的?[,:]?"
SHORTEST = 4  # characters: what is less is asked with its place
PLACES = 10_000  # whose names are kept: those of a large collection's reports, and of readers' own
STEP = re.compile(r"(?<=.{2}[省市州盟])(?=.{2,}[市区县旗]$)")  # between a city and its district


@lru_cache(PLACES)
def place_names(place: str) -> tuple[str, ...]:
    """All names of a place, the longest first; a name is never of one character."""
    if place == NATION:
        return tuple(sorted(load("places")["nation"], key=len, reverse=True))
    names = {place}
    names |= {_short(place)} if not STEP.search(place) else set()
    own = STEP.split(place)[-1]
    names |= {own, _short(own)}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


@lru_cache(PLACES)
def latin_name(place: str) -> str:
    """What English calls a place, in small letters: shenyang, inner mongolia. Its own spelling of a name is in the lexicon."""
    short = _short(STEP.split(place)[-1])
    return load("places")["latin"].get(short) or "".join(tokens.sound(short))


def without_own_name(matched: str, report: Report) -> str:
    """A question without what only says which report it is put to: 甘肃省2026年政府工作报告里, 甘肃, 朱镕基2000年的报告. All of the report
    is about it."""
    own = [*place_names(report.place or ""), *([report.speaker] if report.speaker else [])]
    names = "|".join(map(re.escape, own)) or "(?!)"
    bare = re.sub(rf"(?:{names})?的?(?:\d{{4}}年)?的?{REFERENCE}", "", matched)
    bare = re.sub(names, "", bare).strip(" ,的")
    return bare if len(bare) >= SHORTEST else matched


def _short(place: str) -> str:
    short = re.sub(ENDING, "", place)
    return short if len(short) > 1 else place
