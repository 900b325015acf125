"""Which numbers a question asks for: kind and unit of each."""

import re
from dataclasses import dataclass
from typing import Literal

from index import tokens
from index.lexicon import load
from index.records import Kind
from search.plan.vocabulary import ASKED, BARE, NOUNS, ONLY_UNITS, PART, found, units

LONGEST_KEYWORDS = 24  # characters; keywords are few, and a sentence that asks no number wants no figure
# Units by how people ask in them.
SPOKEN = (
    (re.compile(r"百分之(?:几|多少)"), "%"),
    (re.compile(r"how much money|(?:多少|几)[万亿百千]*(?:块钱|钱)|(?:多少|几)个亿"), "元"),
    (re.compile(r"(?:多少|几)[万亿百千十]*口人|的人(?:有|是|达到?)?(?:多少|几)"), "人"),
    (re.compile(r"(?:多少|几)个?小时"), "小时"),
)
PERCENT = re.compile(r"\d%|[一二两三四五六七八九]成")  # 过八成了吗？实际是多少？
LEAD = re.compile(r"(?:增幅|增速|增长率|涨幅|降幅)[,，]")  # 利润的增幅，全部企业是多少，国有企业又是多少
COUNTED_THING = re.compile(r"(?:了|增加|新增|减少)多少(?![呢啊呀吗的个]|百分|$)[一-鿿]")  # 减了多少税 asks for the tax, not for a rate
NO_MEASURE = (
    "(?!综?合?能|项目|企业|工程|基地|商|者|方|农?户|人口|公司|机构|"  # what makes a measure's name part of a thing's
    "强度|比[重例]|占比|系数|关税|差距|倍差|增[速幅])"  # or of another measure's: 研发投入强度 is given in %
)
ALL_KINDS: frozenset[Kind] = frozenset(("amount", "count", "growth", "share", "rate", "points", "multiple", "rank", "duration"))
Asks = Literal["what", "mention", "compare", "difference", "who", "when", "where", "list", "reason", "how", "yesno", "chat"]
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
    "percent": frozenset(("growth", "share", "rate")),
    "any": ALL_KINDS - {"duration", "rank"},  # 多少 asks for no rank: 第几 does,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number asked for: the kinds that answer it, the unit it is asked in, the units its measure has (产量: 吨)."""

    kinds: frozenset[Kind]
    unit: str | None
    likely_units: tuple[str, ...]
    part: str = ""  # of the question, that asks for it
    measured: bool = False  # a measure is named: an amount in another unit is of another


def read_wanted(matched: str, asks: frozenset[Asks], *, dated: bool, bare: str | None = None) -> tuple[Wanted, ...]:
    """The numbers asked for, one for each part of the question that asks: 是多少，增长多少. A list or a manner asks for none.

    Without a question word a measure's name asks for its number, and so does a known indicator that is `dated` (2025年城镇新增就业).
    `bare` is the question without what only says which report it is put to, by whose length keywords are known.
    """
    parts = PART.split(matched)
    asking = [part for part in parts if ASKED.search(part)]
    if asks & {"how", "reason"} and not re.search(r"多少|how (?:much|many)", matched):
        asking = []  # 和周边几个城市怎么……: 几个 is "some" there
    if not asking:
        measured = dated or found("wanted", "measure", matched) is not None
        named = not asks and len(bare or matched) <= LONGEST_KEYWORDS and measured
        named = named or found("wanted", "english", matched) is not None
        if not named and not (found("wanted", "growth", matched) and not asks - {"compare", "yesno"}):
            return ()
        asking = [matched]
    return tuple(dict.fromkeys(_wanted_in(part, matched) for part in asking))


def _wanted_in(part: str, matched: str) -> Wanted:
    unit = _unit(part)
    kind = next(
        (name for name in ("growth", "points", "rank", "share", "multiple", "rate", "duration") if found("wanted", name, part)), None
    )
    kind = kind or next((name for name in ("amount", "count") if found("wanted", name, part)), "any")
    if kind == "any" and unit is None and BARE.fullmatch(part):
        kind = next((name for name in ("share", "rate", "rank") if found("wanted", name, matched)), kind)
        kind = "percent" if PERCENT.search(matched) else kind
    if kind == "any" and unit is None and LEAD.search(matched):
        kind = "growth"
    kinds = ANSWERED_BY[kind]
    if kind == "growth" and COUNTED_THING.search(part):
        kinds |= ANSWERED_BY["amount"]
    if kind == "any" and unit == "%":
        kinds = ANSWERED_BY["percent"]
    if kind == "rank":
        unit = None  # 第几名 counts nobody
    if unit is not None:
        by_unit = _kinds_of(unit)
        kinds = kinds & by_unit or by_unit
    text = part if ASKED.search(part) else matched
    people = re.search(load("question")["agree"]["people"], part)  # 有多少宝宝领到了补贴 asks for no money
    likely = _likely_units("units", text) if unit is None and not people else ()
    if likely or unit is not None:
        return Wanted(kinds, unit, likely, part, measured=bool(likely))
    return Wanted(kinds, unit, _likely_units("maybe_units", text), part)


def _likely_units(table: str, text: str) -> tuple[str, ...]:
    """The units of the last measure that a text names; 投资项目 names none."""
    named = [
        (match.end(), tuple(units)) for noun, units in load("question")[table].items() for match in re.finditer(noun + NO_MEASURE, text)
    ]
    return max(named, default=(0, ()))[1]


def _kinds_of(unit: str) -> frozenset[Kind]:
    kinds = load("units")["kinds"]
    own: frozenset[Kind] = frozenset(kind for kind in ALL_KINDS if unit in kinds.get(kind, ()))
    if unit in ("%", "成", "个百分点"):  # 增长几个点 is often asked of what is given in %
        return frozenset(("growth", "share", "rate", *(("points",) if unit == "个百分点" else ())))
    return own - {"rank"} or frozenset(("count",))


def _unit(matched: str) -> str | None:
    """The unit asked in: 多少亿元 → 元, 几所 → 所, 百分之几 → %."""
    spoken = next((unit for pattern, unit in SPOKEN if pattern.search(matched)), None)
    if spoken:
        return spoken
    match = re.search(rf"(?:多少|(?<![哪这那近前])几)(?:万|亿|百|千|十)*?({'|'.join(map(re.escape, units()))})(?![一-鿿]?(?:均))", matched)
    if match is None:
        return None
    entry = load("units")["base"].get(match[1])
    if match[1] in NOUNS or (len(match[1]) == 1 and _begins_word(matched, match.start(1))):
        return None
    return str(entry["base"]) if entry else match[1]


def _begins_word(matched: str, start: int) -> bool:
    """多少大学生 asks for students: the 大 there is no unit, but the head of a word."""
    position = 0
    for word in tokens.words(matched):
        if position == start:
            return len(word) > 1 and word[0] not in ONLY_UNITS and word not in units() and not tokens.is_new(word)
        position += len(word)
    return False
