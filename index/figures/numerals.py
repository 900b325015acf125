"""str → Decimal: digits and Chinese numerals, alone and mixed (1亿3千万). Plain Chinese numerals are cn2an's work."""

import re
from decimal import Decimal
from functools import lru_cache

SECTIONS = {"兆": 10**12, "亿": 10**8, "万": 10**4}
SMALL = {"千": 1000, "百": 100, "十": 10}
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟倆俩○", "一二三四五六七八九十百千两两〇")
DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
WRITTEN = re.compile(r"[\d.〇零一二两三四五六七八九十百千万亿兆]+")
HEDGE = re.compile(r"(?<=[\d一二三四五六七八九十百千])[余多](?=[百千万亿]|$)")  # 十余万: the number it is more than
PERCENT = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}


def parse(number: str) -> Decimal | None:
    """The value of a number in normal form: 1,234.5, 十二, 两千三百, 1.2万, 五分之一, 负三. None where it is none."""
    number = re.sub(r"^(\d+) (\d+/\d+)$", r"\1又\2", number.strip())
    number = re.sub(r"[\s,]", "", number).translate(PLAIN)
    if number[:1] in ("负", "-"):
        value = parse(number[1:])
        return None if value is None else -value
    return _fraction(number) if re.search(r"分之|/", number) else _decimal(HEDGE.sub("", number))


def percent(text: str) -> Decimal | None:
    """The percentage a text says: 百分之五十, 三成半, 12.5%, 千分之二 (0.2). None where it says none."""
    text = re.sub(r"[\s,]", "", text).translate(PLAIN)
    for lead, factor in PERCENT.items():
        if text.startswith(lead):
            value = parse(text.removeprefix(lead))
            return None if value is None else value * factor
    if match := re.fullmatch(r"(.+?)成(半|[一二三四五六七八九])?", text):
        tenths = parse(match[1])
        more = {"半": Decimal(5), None: Decimal(0)}.get(match[2]) if match[2] in ("半", None) else parse(match[2])
        return None if tenths is None or more is None else tenths * 10 + more
    value = parse(re.sub(r"(?:%|个百分点)$", "", text))
    return value * 100 if value is not None and "分之" in text else value


def _fraction(number: str) -> Decimal | None:
    """五分之一, 16/5, 三又二分之一."""
    whole, _, rest = number.rpartition("又")
    parts = rest.split("分之") if "分之" in rest else [*reversed(rest.split("/"))]
    if len(parts) != 2:
        return None
    below, above, before = parse(parts[0]), parse(parts[1]), parse(whole) if whole else Decimal(0)
    return None if below is None or above is None or before is None or not below else before + above / below


def _decimal(number: str) -> Decimal | None:
    """八点五, 两千三点一, 四百亿点零五: what stands behind the point is read digit by digit."""
    head, point, tail = number.partition("点")
    if not point:
        return _whole(number)
    value = _whole(head)
    digits = "".join(DIGITS.get(character, character) for character in tail)
    return value + Decimal(f"0.{digits}") if value is not None and digits.isascii() and digits.isdigit() else None


def _whole(number: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", number):
        return Decimal(number)
    if not WRITTEN.fullmatch(number):
        return None
    for scale, factor in SECTIONS.items():
        head, found, tail = number.rpartition(scale)
        if found:
            return _section(head, tail, factor)
    return chinese(number)


def _section(head: str, tail: str, factor: int) -> Decimal | None:
    """四万五千二: what stands before a scale times it, and what stands behind. A lone digit behind it is of the next scale."""
    above = _whole(head) if head else Decimal(1)  # 千亿元, 万余人: a vague one of them
    if (tail in DIGITS and DIGITS[tail] != "0") or tail == "两":
        tail += {10**12: "千亿", 10**8: "千万", 10**4: "千"}[factor]
    below = _whole(tail) if tail else Decimal(0)
    return None if above is None or below is None else above * factor + below


@lru_cache(maxsize=10_000)  # as many as there are, but each may be written in many ways
def chinese(number: str) -> Decimal | None:
    """The value of a Chinese numeral below 10,000, digits allowed in it (4千6百); None for what is none (两岸)."""
    import cn2an  # 20 ms to import: only for the numbers that need it

    number = re.sub(r"^零(?=.)", "", number).replace("零十", "一十")
    if number[:1] in SMALL and number[:1] != "十":
        number = "一" + number
    if re.fullmatch(r"[〇零一二三四五六七八九]{2,}", number):  # 一九五三 is read digit by digit
        return Decimal("".join(DIGITS[character] for character in number))
    try:
        return Decimal(str(cn2an.cn2an(number, "smart")))
    except (ValueError, KeyError):
        return None
