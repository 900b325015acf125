"""Words that set a condition on figures: 增长超过30%的指标, 投资10亿元以上 → which kind, unit and values pass, and the words left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.figures.mention import Mention
from index.figures.recognise import recognise
from index.records import Direction, Span

# What stands around the number, and whether the number itself passes.
MORE = re.compile(r"(?:超过?|高于|大于|多于|突破|逾)了?$")
AT_LEAST = re.compile(r"(?:不低于|不少于|不小于|至少|达到?|大于等于)了?$")
LESS = re.compile(r"(?:低于|小于|少于|不到|不足)了?$")
AT_MOST = re.compile(r"(?:不超过|不高于|不大于|不多于|至多|最多)$")
UP_AFTER, DOWN_AFTER = ("以上",), ("以下", "以内", "之内")
GROWTH = {
    "增长": "up",
    "增加": "up",
    "提高": "up",
    "上升": "up",
    "涨": "up",
    "下降": "down",
    "降低": "down",
    "减少": "down",
}
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
    for mention in recognise(words, Span(0, len(words))):
        found = _bound(words, mention)
        if found is None:
            continue
        condition, span = found
        return FILLERS.sub("", words[: span.start] + words[span.end :]).strip(), condition
    return words, None


def _bound(words: str, mention: Mention) -> tuple[Condition, Span] | None:
    head, tail = words[: mention.span.start], words[mention.span.end :]
    start, end = mention.span.start, mention.span.end
    least, most, strict = None, None, False
    after = next((word for word in (*UP_AFTER, *DOWN_AFTER) if tail.startswith(word)), None)
    # the longer names first: 不低于 ends in 低于
    for pattern, up, is_strict in (
        (AT_LEAST, True, False),
        (AT_MOST, False, False),
        (MORE, True, True),
        (LESS, False, True),
    ):
        if match := pattern.search(head):
            least, most, strict, start = (
                (mention.value, None, is_strict, match.start())
                if up
                else (None, mention.value, is_strict, match.start())
            )
            break
    else:
        if after is None:
            return None
        least, most = (mention.value, None) if after in UP_AFTER else (None, mention.value)
    end += len(after or "")
    change = next((word for word in GROWTH if words[:start].endswith(word)), None) if mention.unit == "%" else None
    start -= len(change or "")
    return Condition(mention.unit, least, most, strict, GROWTH[change] if change else None), Span(start, end)  # type: ignore[arg-type]
