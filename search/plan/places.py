"""Places in questions: the names that a report's own goes by (辽宁省, 辽宁; 内蒙古自治区, 内蒙古; 全国, 国务院), and others."""

import re
from functools import cache, lru_cache

from index import tokens
from index.lexicon import load
from index.lexicon.compiled import cities
from index.outline.masthead import NATION
from index.records import Report

PEOPLES = r"(?:壮族|回族|维吾尔)?"  # 广西壮族自治区 is 广西
ENDING = rf"{PEOPLES}(?:特别行政区|自治[区州县旗]|[省市区县旗州盟])$"
REFERENCE = r"(?:政府)?工作报告(?:[里中内上])?(?:提到|提出|指出|说)?的?[,:]?"
SHORTEST = 4  # characters: what is less is asked with its place
PLACES = 10_000  # whose names are kept: those of a large collection's reports, and of readers' own
STEP = re.compile(r"(?<=.{2}[省市州盟])(?=.{2,}[市区县旗]$)")  # between a city and its district
# A place by its ending, at the head of a question and right before a year: 满洲里市2016年.
PLACE = re.compile(
    r"^(?:请?问一?下?|想问)?([一-鿿]{2,5}?)(?<!核心)(?<!中心)(?<![老主城社园郊景山林矿灾牧开发高新保税试验示范])[市县区旗州](?=(?:19|20)\d\d|去年|今年)"
)
LATIN = re.compile(r"[a-z]{4,}")  # no gdp, no cpi: how a place sounds takes 50 ms to know


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
    short = re.sub(ENDING, "", place.removesuffix("地区"))
    return short if len(short) > 1 else place


def is_own_place(word: str, report: Report) -> bool:
    """辽宁, 辽宁省, 辽宁人, or who gives the report: every sentence of it is about that, so it tells none from another."""
    place = report.place or ""
    short = word.rstrip("市省区县州人的")
    if place and (word in place_names(place) or (LATIN.fullmatch(word) and word in latin_name(place).split())):
        return True
    if report.speaker and word.startswith(report.speaker):
        return True
    return (len(short) > 1 and short in place) or word in ("市", "省", "区", "县")


@cache
def listed_places() -> tuple[str, ...]:
    """The provinces, cities and countries that the lexicon has."""
    places = load("places")
    return (*places["provinces"], *cities(), *places["abroad"])


def other_places(matched: str, report: Report) -> tuple[str, ...]:
    own = report.place or "全国中国"
    found = [name for name in listed_places() if name in matched]
    named = [match[1] for match in PLACE.finditer(matched) if not match[1].startswith(place_names(own))]
    last = _short(STEP.split(own)[-1])  # 长春朝阳 and 长春的朝阳 are 长春市朝阳区
    named = [name for name in named if not (name.endswith(last) and name.removesuffix(last).rstrip("的") in own)]
    found += [name for name in named if not _sounds_like(name, place_names(own))]
    return tuple(name for name in found if name not in own and name not in report.title)


def _sounds_like(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name begins as one of those known does: a misspelling by sound is the place meant (海拉而)."""
    sound = tokens.sound(name)
    return any(sound[: len(own)] == own for own in map(tokens.sound, known))
