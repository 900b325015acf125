"""Which words of a question name its subject, by what other names it goes, and which places it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from index import periods, tokens
from index.lexicon import load
from index.records import Report
from search.question.naming import latin_name, place_names
from search.question.patterns import ASKED, BARE, NOUNS, ONLY_UNITS, PART, units
from search.question.records import Term
from search.question.vocabulary import ASKED_UNIT, everyday, fillers, known_names

PERIOD_WORDS = re.compile(
    periods.PLAN.pattern + r"[\"”’」』]?(?:时期|规划|期间|末|以来|计划)*|" + periods.COUNTED.pattern
)
# What leads up to a number asked for, and would be cut as one word with what stands before it: 收入比是多少, 各是多少.
AUXILIARY = re.compile(
    r"(?:各自?|分别)?(?:[一总]?共|是|为|有|达到?|到|里|(?<!安)排)*(?=多少|几(?!乎|何))|(?:里|中)?排(?:在|名)?(?=第?几)"
)
# A place by its ending, at the head of a question and right before a year: 满洲里市2016年.
PLACE = re.compile(
    r"^(?:请?问一?下?|想问)?([一-鿿]{2,5}?)(?<!核心)(?<!中心)(?<![老主城社园郊景山林矿灾牧开发高新保税试验示范])[市县区旗州](?=(?:19|20)\d\d|去年|今年)"
)
LOOSE = re.compile(r"[和与及]|^[想要又再将能会已还都拟应]|[了要]$")
ASIDE = 0.5  # weight of words in the parts of a question that lead up to the one that asks (我老家是农村的，想问一下……)
# Verbs that the dictionary joins with what they are done to: 修铁路, of which a report may have only the 铁路.
DONE_TO = re.compile(r"^([修建造盖办开挖种养买卖打搞])([一-鿿]{2,})$")
LATIN = re.compile(r"[a-z]{4,}")  # no gdp, no cpi: how a place sounds takes 50 ms to know
SINGLE = 0.4  # a word of one character is as often a verb (建, 拿) as a subject (奶)
FOREIGN = 0.5  # an English word that the lexicon does not know cannot stand in a Chinese report: its absence says less


def read_terms(matched: str, report: Report) -> tuple[Term, ...]:
    """The words of the subject. Known indicators and everyday words go together as one term with their other names."""
    rest = matched
    terms: list[Term] = []
    edges = _edges(matched)
    for name, names in known_names():
        if (
            name in rest
            and not (name in everyday() and all(_cuts(edges, m.span()) for m in re.finditer(re.escape(name), matched)))
            and not (name.endswith("人") and f"{name}均" in rest)
            and (not name.isascii() or re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", rest))
        ):
            terms.append(Term(name, names))
            rest = rest.replace(name, " ")
    rest = PERIOD_WORDS.sub(" ", rest)
    rest = ASKED_UNIT.sub(_without_unit, AUXILIARY.sub(" ", rest))
    rest = re.sub(rf"(?:19|20)\d\d年?|[一二][〇零○一二三四五六七八九]{{3}}年|{periods.SHORT.pattern}年", " ", rest)
    stop = fillers()
    for word in _parted(tokens.words(rest)):
        word = word.strip()
        if not tokens.WORD.search(word) or word in stop or _is_own_place(word, report):
            continue
        if word.isdigit() and len(word) < 3:
            continue
        if word.isascii():
            terms.append(Term(word, (word,), FOREIGN if word.isalpha() else 1.0))
        else:
            terms.append(Term(word, (word,), tokens.rarity(word) * (SINGLE if len(word) == 1 else 1.0)))
    parts = ["", *PART.split(matched)]
    asking = " ".join(
        f"{before} {part}" if BARE.fullmatch(part) else part for before, part in pairwise(parts) if ASKED.search(part)
    )
    weighed = [
        term if not asking or term.text in asking else replace(term, weight=term.weight * ASIDE) for term in terms
    ]
    return tuple(dict.fromkeys(weighed))


@lru_cache(maxsize=64)  # of some hundred reports each reads the same question
def _edges(matched: str) -> tuple[tuple[int, int], ...]:
    """Where the dictionary's words of two characters and more stand."""
    found, start = [], 0
    for word in tokens.words(matched):
        if len(word) > 1 and not tokens.is_new(word):
            found.append((start, start + len(word)))
        start += len(word)
    return tuple(found)


def _cuts(edges: Iterable[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a span begins within a word, or ends in one that begins in it: 省电 in 全省电信, 国企 in 中国企业, 大项目 in 重大项目."""
    start, end = span
    return any(first < start < last or start < first < end < last for first, last in edges)


def _without_unit(asked: re.Match[str]) -> str:
    """多少户 goes whole; of 多少大学生 only 多少 does, as its 大 is the head of a word."""
    unit = asked[0].lstrip("多少大高长几个")
    if unit in NOUNS and "个" not in asked[0]:
        return " " + unit
    if len(unit) == 1 and unit not in ONLY_UNITS and asked.end() < len(asked.string):
        word = tokens.words(asked.string[asked.end() - 1 :])[0]
        if len(word) > 1 and word not in units() and not tokens.is_new(word):
            return " " + unit
    return " "


def _parted(words: Iterable[str]) -> Iterator[str]:
    """Words, those that no dictionary has and that are joined by an "and", or to an auxiliary, taken apart: 蛋和奶, 要造, 产了."""
    for word in words:
        done_to = DONE_TO.match(word)
        if tokens.is_new(word):
            yield from filter(None, LOOSE.split(word))
        elif done_to and not tokens.is_new(done_to[2]):
            yield from done_to.groups()
        else:
            yield word


def _is_own_place(word: str, report: Report) -> bool:
    """辽宁, 辽宁省, 辽宁人, or who gives the report: every sentence of it is about that, so it tells none from another."""
    place = report.place or ""
    short = word.rstrip("市省区县州人的")
    if place and (word in place_names(place) or (LATIN.fullmatch(word) and word in latin_name(place).split())):
        return True
    if report.speaker and word.startswith(report.speaker):
        return True
    return (len(short) > 1 and short in place) or word in ("市", "省", "区", "县")


def search_words(matched: str, report: Report) -> tuple[str, ...]:
    """The words to look for as they are asked: neither fillers, nor years, nor the report's own place."""
    stop = fillers()
    own = [word for word in tokens.search_words(matched) if word not in stop and not _is_own_place(word, report)]
    return tuple([word for word in own if not re.fullmatch(r"(?:19|20)\d\d|\d", word)] or own)


def other_words(terms: tuple[Term, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the other names of what is asked for, uncut: 轨道交通 for 地铁, not 轨道 and 交通."""
    names = [name for term in terms for name in term.names if name != term.text]
    return tuple(word for word in dict.fromkeys(w for name in names for w in tokens.words(name)) if word not in own)


def other_places(matched: str, report: Report) -> tuple[str, ...]:
    lexicon = load("places")
    own = report.place or "全国中国"
    found = [name for table in ("provinces", "cities", "abroad") for name in lexicon[table] if name in matched]
    named = [match[1] for match in PLACE.finditer(matched) if not match[1].startswith(place_names(own))]
    found += [name for name in named if not _sounds_like(name, place_names(own))]
    return tuple(name for name in found if name not in own and name not in report.title)


def _sounds_like(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name begins as one of those known does: a misspelling by sound is the place meant (海拉而)."""
    sound = tokens.sound(name)
    return any(sound[: len(own)] == own for own in map(tokens.sound, known))
