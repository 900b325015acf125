"""str → Decimal: digits and Chinese numerals. Chinese numerals themselves are cn2an's work."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache

from index.lexicon import load

CHINESE = "〇零一二两三四五六七八九十百千万亿"


def parse(number: str) -> Decimal | None:
    """The value of a number in normal form: 1,234.5, 十二, 两千三百, 1.2万. None where it is none."""
    number = number.replace(",", "").replace(" ", "")
    try:
        return Decimal(number)
    except InvalidOperation:
        pass
    for scale in sorted(load("units")["scales"], key=len, reverse=True):
        head = number.removesuffix(scale)
        if head != number and head and head[-1].isdigit() and head[0].isdigit():
            value = parse(head)
            return None if value is None else value * int(load("units")["scales"][scale])
    return chinese(number)


@cache
def chinese(number: str) -> Decimal | None:
    """The value of a Chinese numeral; None for what is none (两岸, 十一五 before 规划)."""
    if not number or any(character not in CHINESE for character in number):
        return None
    import cn2an  # 20 ms to import: only for the numbers that need it

    if number[0] in "百千万亿":  # 千亿元, 百亿产出: a vague one of them
        number = "一" + number
    try:
        return Decimal(str(cn2an.cn2an(number, "smart")))
    except (ValueError, KeyError):
        return None
