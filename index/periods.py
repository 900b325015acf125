"""Years as reports write them: 2006年, 二〇〇六年, “十一五”, 去年. Texts here are in normal form."""

import re

REPUBLIC = 1911  # 民国1年 is 1912
DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})(?=年|[-—~至到](?:19|20)\d\d年?)")
YEARS = re.compile(r"(?<![\d.])((?:19|20)\d\d)年?(?:[-—~]+|至|到)((?:19|20)\d\d)年?")
SHORT = re.compile(r"(?<![\d〇零○一二三四五六七八九十百千.,])[0〇零○][\d〇零○一二三四五六七八九](?=年)")  # 03年, 零三年, as people say it
PLAN = re.compile(
    r"[\"“”'「『]?(二?十?[一二三四五六七八九]|十|二十)五[\"“”'」』]?(?=[\"“”」』]|时期|规划|期间|末|以来|开局|收官|计划|相?比)"
)
DURING = re.compile(r"[\"“”」』]*(?:时期|期间|以来|这?五年|末|发展主要|主要目标)")  # after a plan's name: its years are meant, not its text
ORDINALS = {
    name: number
    for number, name in enumerate(
        ["三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八"], start=3
    )
}
# 五年来, 过去五年, 五年累计: the years up to the one reported on. 14年来最高 and 连续6年 say how long, not when.
COUNTED = re.compile(
    r"(?:(?P<past>过去的?|近|最近|这|前|上)(?P<n1>[两三四五六七八九十])年|(?<!连续)(?P<n2>[两三四五六七八九十])年"
    r"(?:来|间|以来|下来|累计|年均|共))(?!最|首|新高|增速最|增幅最)"
)
NEXT = re.compile(r"(?:今后|未来|接下来|往后|以后|后面)的?这?([两三四五六七八九十])年|(?<![过一第])([两三四五六七八九十])年(?:之|以)?后")
SMALL = dict(zip("两三四五六七八九十", range(2, 11), strict=True))
RELATIVE = {"前年": -1, "去年": 0, "上年": 0, "上一年": 0, "过去一年": 0, "今年": 1, "本年": 1, "年内": 1, "明年": 2}
AGAINST = re.compile(r"((?:19|20)\d\d)年(?:与|比|较|和)((?:19|20)\d\d)年")  # 2005年与2000年相比: 2001 to 2005
BASE = re.compile(r"(?:是|为|相当于|等于|比|较|与|和)$")  # 是2010年的2.2倍: what something is measured by, not when it was


def arabic(year: str) -> str:
    """二〇〇七 → 2007, 民国113 → 2024; 2007 stays."""
    if year.startswith("民国"):
        return str(int(year.removeprefix("民国")) + REPUBLIC)
    return "".join(DIGITS.get(character, character) for character in year)


def five_year_plan(ordinal: str) -> tuple[int, int] | None:
    """The years of the plan with this number: 十一 → 2006 to 2010. From the third (1966) on each follows the last."""
    number = ORDINALS.get(ordinal)
    return None if number is None else (1966 + 5 * (number - 3), 1970 + 5 * (number - 3))


def find_period(text: str) -> str | None:
    """The last period that a text names by its years or its plan: "2007", "2021-2025" or None."""
    found: list[tuple[int, str]] = []
    for match in YEARS.finditer(text):
        found.append((match.end(), f"{match[1]}-{match[2]}"))
    for match in AGAINST.finditer(text):
        found.append((match.end(), f"{int(arabic(match[2])) + 1}-{arabic(match[1])}"))
    for match in YEAR.finditer(text):
        measured = BASE.search(text[: match.start()]) and re.match(r"年(?:的|相比|增|翻)", text[match.end(1) :])
        if not measured:
            found.append((match.end(1), arabic(match[1])))
    for match in PLAN.finditer(text):
        years = five_year_plan(match[1])
        if years and DURING.match(text, match.end()):
            found.append((match.end(), f"{years[0]}-{years[1]}"))
    return max(found)[1] if found else None


def counted_back(match: re.Match[str], reported: int) -> str:
    """The years that a match of COUNTED speaks of: 五年来 → the five up to the one reported on."""
    return f"{reported - SMALL[match['n1'] or match['n2']] + 1}-{reported}"


def counted_ahead(match: re.Match[str], reported: int) -> str:
    """The years that a match of NEXT speaks of: 未来五年 → the five from the one planned."""
    return f"{reported + 1}-{reported + SMALL[match[1] or match[2]]}"


def within(year: str, period: str | None) -> bool:
    """Whether `year` (or a range) is the period, or one of its years."""
    if period is None:
        return False
    first, last = (period.split("-") * 2)[:2]
    return year == period or first <= year <= last
