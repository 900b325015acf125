"""Words that set a condition on figures: 增长超过30%的指标, 投资10亿元以上 → which kind, unit and values pass, and the words left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.figures.recognise import Mention, recognise
from index.records import Direction, Figure, Span

Bound = Literal["more", "least", "less", "most"]
# Whether the number itself passes is as the Civil Code has it (article 1259): 以上, 以下, 以内 include it, 超过 and 不满 do not.
BEFORE: dict[Bound, str] = {
    "more": r"超过?|(?<!通)过|跨过|超出|高于|大于|多于|突破|逾|不止|>|"
    r"(?<![a-z])(?:(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)?)",
    "least": r"达到?|至少|起码|[大高多]于或?等于|>=|≥|(?<![a-z])(?:at least|reach(?:es|ed|ing)?)|(?(no)(?:到|足|满)|(?!))",  # 不到, 未满
    "less": r"低于|小于|少于|达不到|<|(?<![a-z])(?:(?:less|fewer|lower) than|under|below)",
    "most": r"至多|最多|超不过|[小低少]于或?等于|<=|≤|(?<![a-z])(?:at most|up to)",
}
AFTER: dict[Bound, str] = {
    "more": r"[的还]*不止",
    "least": r"[及或]?(?:[以之]上|往上)|(?:或者?|及|乃至)更[高多大快长]|(?:or|and) (?:more|above|over|higher)",
    "most": r"[及或]?(?:[以之][下内]|往下)|(?:或者?|及|乃至)更[低少小慢短]|(?:or|and) (?:less|below|under|lower|fewer)",
}
OPPOSITE: dict[Bound, Bound] = {"more": "most", "least": "less", "less": "least", "most": "more"}
# 有没有超过 denies nothing.
NO = r"(?P<no>(?:不|未|(?<!有)没有?)(?:[能会曾得应可])?|(?<![a-z])(?:not?|(?:do|does|did|is|are|was)(?:n't| not)) )?"


def _any(bounds: dict[Bound, str]) -> str:
    return "|".join(f"(?P<{bound}>{words})" for bound, words in bounds.items())


HEAD = re.compile(rf"\s*(?:有没有|[了都均])?{NO}(?:{_any(BEFORE)}|在)?[了约近]?\s*$")
TAIL = re.compile(rf"\s*(?:{_any(AFTER)})")
GROWTH: dict[str, Direction] = {
    "增长": "up",
    "增加": "up",
    "提高": "up",
    "上升": "up",
    "涨": "up",
    "下降": "down",
    "降低": "down",
    "减少": "down",
}
PERCENT_OF: dict[tuple[str | None, str | None], int] = {("倍", "%"): 100, ("番", "%"): 100}  # what a growth in one unit is in another
# Shares that the numerals of reports do not have: 涨了一成, 两位数增长. 一成不变, 一成员 are none.
SHARES = ((re.compile(r"(?<![\d十百千万亿两三四五六七八九])一成(?![不员立为功果熟本])"), "10%"), (re.compile("两位数"), "10%以上"))
# 没掉到三成以下 is no bound that figures lie beyond.
DENIED = re.compile(r"(?:(?<!有)没有?(?!有)[^,，。?]{0,4}|[未不](?:曾|会)?(?:掉|跌|降)到)$")
RISES, FALLS = re.compile("增长|增幅|增速|上升|提高|涨|grew|grow|rose"), re.compile("下降|减少|降低|降幅|fell")
FILLERS = re.compile(r"的?(?:指标|数字|数据|figures?)|哪些|有|的$|幅度|速度|了")


@dataclass(frozen=True, slots=True)
class Condition:
    """Values are in the base unit; `least` and `most` are inclusive unless `strict`. `direction` asks for growth that way."""

    unit: str | None
    least: Decimal | None
    most: Decimal | None
    strict: bool
    direction: Direction | None

    def holds(self, low: Decimal, high: Decimal) -> bool:
        """Whether a value, or any of a range, passes."""
        if self.least is not None and (high < self.least or (self.strict and high == self.least)):
            return False
        return self.most is None or not (low > self.most or (self.strict and low == self.most))


def read_condition(words: str) -> tuple[str, Condition | None]:
    """The condition that words in normal form set, with what is left of them; (words, None) where they set none."""
    for condition, span in conditions_in(words, recognise(words, Span(0, len(words)))):
        return FILLERS.sub("", words[: span.start] + words[span.end :]).strip(), condition
    return words, None


def conditions_in(words: str, numbers: Sequence[Mention]) -> Iterator[tuple[Condition, Span]]:
    """The conditions that bounds beside the numbers of some words set, and where each stands."""
    for number in numbers:
        head, tail = HEAD.search(words[: number.span.start]), TAIL.match(words[number.span.end :])
        bound = _bound(head, tail)
        if bound is None or head is None:
            continue
        least, most = (number.value, None) if bound in ("more", "least") else (None, number.value)
        change = next((word for word in GROWTH if number.unit == "%" and words[: head.start()].endswith(word)), "")
        span = Span(head.start() - len(change), number.span.end + (tail.end() if tail else 0))
        yield Condition(number.unit, least, most, bound in ("more", "less"), GROWTH.get(change)), span


def exceeds(condition: Condition, figure: Figure) -> bool:
    """Whether a figure is beyond a bound: of its unit, a growth in multiples (2倍) as a percentage, and going the way that is asked for."""
    scale = PERCENT_OF.get((figure.unit, condition.unit))
    if scale is None and figure.unit != condition.unit:
        return False
    low, high = (value * (scale or 1) for value in (figure.value, figure.value if figure.value_to is None else figure.value_to))
    return condition.holds(low, high) and (condition.direction is None or figure.direction == condition.direction)


def goes_as_asked(matched: str, figure: Figure) -> bool:
    """Whether a figure is a growth, or a fall, where a question asks for one."""
    if RISES.search(matched) and not (figure.kind in ("growth", "points") and figure.direction == "up"):
        return False
    return not FALLS.search(matched) or figure.direction == "down"


def _bound(head: re.Match[str] | None, tail: re.Match[str] | None) -> Bound | None:
    """What the words before and after a number make of it: of 超过10%以上 the first counts, and 不在10%以上 is below."""
    said = next((bound for bound in BEFORE if head and head[bound]), None)
    said = said or next((bound for bound in AFTER if tail and tail[bound]), None)
    return OPPOSITE[said] if said and head and head["no"] else said


def with_shares(matched: str) -> str:
    """A question with the shares that have no numeral of their own written as others are."""
    for said, share in SHARES:
        matched = said.sub(share, matched)
    return matched
