"""str → Question: what is asked for, for when, of which place, and which words name the subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from index import periods, tokens
from index.errors import QuestionError
from index.figures.recognise import Mention, recognise
from index.lexicon import load
from index.records import Kind, Report, Span, Status
from index.text import normal

LONGEST_KEYWORDS = 24  # characters; keywords are few, and a sentence that asks no number wants no figure
# A number is asked for in so many words.
ASKED = re.compile(r"多少|(?<!哪)几(?!乎|何|内|近|月份?|号|个月份)|百分之几|多大|多高|多长|多重|how (?:much|many|far|long|large|fast)|percent")
PART = re.compile(r"[,，;、?]|(?:和|与|以及|并且?)(?=[^,，;、]*(?:多少|几))")
PERIOD_WORDS = re.compile(periods.PLAN.pattern + r"[\"”’」』]?(?:时期|规划|期间|末|以来|计划)*|" + periods.COUNTED.pattern)
ASIDE = 0.5  # weight of words in the parts of a question that lead up to the one that asks (我老家是农村的，想问一下……)
SINGLE = 0.4  # a word of one character is as often a verb (建, 拿) as a subject (奶)
FOREIGN = 0.5  # an English word that the lexicon does not know cannot stand in a Chinese report: its absence says less
LONGEST = 2000  # characters: contract.md
ALL_KINDS: frozenset[Kind] = frozenset(
    ("amount", "count", "growth", "share", "rate", "points", "multiple", "rank", "duration")
)
# What counts as an answer where a kind is asked for: 增幅 may be given in 百分点, 比重 as a rate.
ANSWERED_BY: dict[str, frozenset[Kind]] = {
    "growth": frozenset(("growth", "points", "multiple")),
    "points": frozenset(("points",)),
    "share": frozenset(("share", "rate")),
    "rate": frozenset(("rate", "share")),
    "rank": frozenset(("rank",)),
    "multiple": frozenset(("multiple",)),
    "duration": frozenset(("duration",)),
    "amount": frozenset(("amount", "count")),
    "count": frozenset(("count", "amount")),
    "any": ALL_KINDS - {"duration"},
}
Asks = Literal["what", "mention", "compare", "difference", "who", "when", "where", "list", "reason", "how", "yesno", "chat"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the subject and the other names of the same thing. Any of them found is the term found."""

    text: str
    names: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """When: a year (or range), a status, or both; None is any."""

    year: str | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number asked for: the kinds that answer it, the unit it is asked in, the units its measure has (产量: 吨)."""

    kinds: frozenset[Kind]
    unit: str | None
    likely_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    matched: str
    terms: tuple[Term, ...]
    words: tuple[str, ...]  # for BM25: search words of the subject, other names included
    wanted: tuple[Wanted, ...]  # one for each number asked for, in the order of asking
    firm: bool  # a number is asked for in so many words (多少, 第几), not only by naming a measure
    asks: frozenset[Asks]
    periods: tuple[Period, ...]
    numbers: tuple[Mention, ...]  # figures the question itself gives
    places: tuple[str, ...]  # places named that are not the report's own


def check(text: object) -> str:
    """The question, if it can be asked at all. Raises QuestionError."""
    if not isinstance(text, str):
        raise QuestionError("问题应该是一段文字")
    if len(text) > LONGEST:
        raise QuestionError(f"问题太长了：{len(text)} 个字符，最多 {LONGEST} 个；请缩短后再问")
    if not any(character.isalnum() for character in text):
        raise QuestionError("问题是空的；请输入要问的内容，例如：地区生产总值是多少？")
    return text


def parse(text: str, report: Report) -> Question:
    """Read a question as one put to `report`: 去年 and 今年 are its years, its own place names no other. Raises QuestionError."""
    check(text)
    matched = re.sub(r"\s+", " ", normal(text)).strip()
    asks = frozenset(name for name in _table("asks") if _found("asks", name, matched))
    numbers = tuple(recognise(matched, Span(0, len(matched))))
    places = _other_places(matched, report)
    when = _periods(matched, report)
    terms = _terms(matched, report)
    return Question(
        text=text,
        matched=matched,
        terms=terms,
        words=_search_words(matched, terms),
        wanted=_wanted(matched, asks),
        firm=ASKED.search(matched) is not None,
        asks=asks,
        periods=when,
        numbers=numbers,
        places=places,
    )


def _wanted(matched: str, asks: frozenset[Asks]) -> tuple[Wanted, ...]:
    """The numbers asked for, one for each part of the question that asks: 是多少，增长多少. A list or a manner asks for none."""
    parts = PART.split(matched)
    asking = [part for part in parts if ASKED.search(part)]
    if asks & {"how", "reason"} and not re.search(r"多少|how (?:much|many)", matched):
        asking = []  # 和周边几个城市怎么……: 几个 is "some" there
    if not asking:
        named = not asks and len(matched) <= LONGEST_KEYWORDS and _found("wanted", "measure", matched)
        if not named and not (_found("wanted", "growth", matched) and not asks - {"compare"}):
            return ()
        asking = [matched]
    found = [wanted for part in asking if (wanted := _wanted_in(part, matched)) is not None]
    return tuple(dict.fromkeys(found))


def _wanted_in(part: str, matched: str) -> Wanted | None:
    unit = _unit(part)
    kind = next((name for name in ("growth", "points", "rank", "share", "multiple", "rate", "duration") if _found("wanted", name, part)), None)
    kind = kind or next((name for name in ("amount", "count") if _found("wanted", name, part)), "any")
    kinds = ANSWERED_BY[kind]
    if unit is not None:
        by_unit = _kinds_of(unit)
        kinds = kinds & by_unit or by_unit
    hints = load("question")["units"]
    likely = next((tuple(units) for noun, units in hints.items() if noun in (part if ASKED.search(part) else matched)), ())
    return Wanted(kinds, unit, likely if unit is None else ())


def _kinds_of(unit: str) -> frozenset[Kind]:
    kinds = load("units")["kinds"]
    own: frozenset[Kind] = frozenset(kind for kind in ALL_KINDS if unit in kinds.get(kind, ()))
    if unit in ("%", "成", "个百分点"):  # 增长几个点 is often asked of what is given in %
        return frozenset(("growth", "share", "rate", *(("points",) if unit == "个百分点" else ())))
    return own - {"rank"} or frozenset(("count",))


def _unit(matched: str) -> str | None:
    """The unit asked in: 多少亿元 → 元, 几所 → 所, 百分之几 → %."""
    if re.search(r"百分之(?:几|多少)", matched):
        return "%"
    if re.search(r"(?:多少|几)(?:万|亿|百|千)*(?:块钱?|钱)", matched):
        return "元"
    match = re.search(rf"(?:多少|(?<!哪)几)(?:万|亿|百|千|十)*({'|'.join(map(re.escape, _units()))})(?![一-鿿]?(?:均))", matched)
    if match is None:
        return None
    entry = load("units")["base"].get(match[1])
    return str(entry["base"]) if entry else match[1]


def _periods(matched: str, report: Report) -> tuple[Period, ...]:
    target, actual = (_found("status", name, matched) is not None for name in ("target", "actual"))
    years = _years(matched, report)
    if not years:
        if target == actual:
            return ()
        return (Period(None, "target" if target else "actual"),)
    if len(years) == 1:
        return (Period(years[0], _status(years[0], report, target=target, actual=actual)),)
    return tuple(Period(year, _status(year, report, target=False, actual=False)) for year in years)


def _years(matched: str, report: Report) -> list[str]:
    """The years and ranges named, in order, each once."""
    found: list[tuple[int, str]] = []
    taken: list[Span] = []
    for match in periods.YEARS.finditer(matched):
        found.append((match.start(), f"{match[1]}-{match[2]}"))
        taken.append(Span(match.start(), match.end()))
    for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)(?!\d)|([一二][〇零○一二三四五六七八九]{3})(?=年)", matched):
        if not any(span.start <= match.start() < span.end for span in taken):
            found.append((match.start(), periods.arabic(match[0])))
    for match in periods.PLAN.finditer(matched):
        years = periods.five_year_plan(match[1])
        if years:
            found.append((match.start(), f"{years[0]}-{years[1]}"))
    if report.year_reported:
        counted = periods.COUNTED.search(matched)
        if counted:
            found.append((counted.start(), str(periods.find_period(counted[0], report.year_reported))))
        for word, offset in {**periods.RELATIVE, "last year": 0, "this year": 1}.items():
            for match in re.finditer(word, matched):
                found.append((match.start(), str(int(report.year_reported) + offset)))
    return list(dict.fromkeys(year for _, year in sorted(found)))


def _status(year: str, report: Report, *, target: bool, actual: bool) -> Status | None:
    if report.year_reported is None or report.year_planned is None:
        return "target" if target and not actual else None
    if year <= report.year_reported:
        return "target" if target and not actual and year > report.year_reported else "actual"
    return "target"


def _other_places(matched: str, report: Report) -> tuple[str, ...]:
    lexicon = load("places")
    own = report.place or "全国中国"
    found = [name for table in ("provinces", "cities", "abroad") for name in lexicon[table] if name in matched]
    return tuple(name for name in found if name not in own and name not in report.title)


def _terms(matched: str, report: Report) -> tuple[Term, ...]:
    """The words of the subject. Names of a known indicator go together as one term with its other names."""
    rest = matched
    terms: list[Term] = []
    for name, names in _indicators():
        if name in rest and (not name.isascii() or re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", rest)):
            terms.append(Term(name, names))
            rest = rest.replace(name, " ")
    rest = PERIOD_WORDS.sub(" ", rest)
    rest = re.sub(r"(?:多少|几(?!乎|何))(?:[万亿百千]*(?:" + "|".join(map(re.escape, _units())) + "))?", " ", rest)
    rest = re.sub(r"(?:19|20)\d\d年?|[一二][〇零○一二三四五六七八九]{3}年", " ", rest)
    stop = _stop()
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
    asking = " ".join(part for part in PART.split(matched) if ASKED.search(part))
    weighed = [term if not asking or term.text in asking else replace(term, weight=term.weight * ASIDE) for term in terms]
    return tuple(dict.fromkeys(weighed))


def _parted(words: Iterable[str]) -> Iterator[str]:
    """Words, those that no dictionary has and that are joined by an "and" taken apart: 蛋和奶."""
    for word in words:
        yield from re.split(r"[和与及]", word) if tokens.is_new(word) else [word]


def _is_own_place(word: str, report: Report) -> bool:
    """辽宁, 辽宁省, 辽宁人: every sentence of the report is about it, so it tells none from another."""
    place = report.place or ""
    short = word.rstrip("市省区县州人的")
    return len(short) > 1 and short in place or word in ("市", "省", "区", "县")


def _search_words(matched: str, terms: tuple[Term, ...]) -> tuple[str, ...]:
    stop = _stop()
    # A word as asked counts twice: what uses it goes before what uses another name for it.
    own = [word for word in tokens.search_words(matched) if word not in stop]
    other = [word for term in terms for name in term.names if name != term.text for word in tokens.search_words(name)]
    return tuple([*own, *own, *(word for word in dict.fromkeys(other) if word not in own)])


def names_of(word: str) -> tuple[str, ...]:
    """A word and the other names of the same indicator."""
    return next((names for name, names in _indicators() if name == word), (word,))


@cache
def _indicators() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, all Chinese names of the same), longest name first."""
    table: dict[str, tuple[str, ...]] = {}
    for entry in load("indicators")["indicator"]:
        names = tuple(entry["names"])
        for name in (*names, *entry.get("english", ())):
            table.setdefault(name, names)
    return tuple(sorted(table.items(), key=lambda pair: len(pair[0]), reverse=True))


@cache
def _units() -> tuple[str, ...]:
    """All units, the longest first."""
    return tuple(sorted({unit for table in load("units")["kinds"].values() for unit in table}, key=len, reverse=True))


@cache
def _stop() -> frozenset[str]:
    table = load("question")["stop"]
    return frozenset([*table["words"], *table["english"]])


@cache
def _table(name: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {key: tuple(re.compile(pattern) for pattern in patterns) for key, patterns in load("question")[name].items()}


def _found(table: str, key: str, matched: str) -> re.Match[str] | None:
    matches: Iterable[re.Match[str] | None] = (pattern.search(matched) for pattern in _table(table)[key])
    return next((match for match in matches if match), None)
