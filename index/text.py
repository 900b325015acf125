"""str → str of the same length: the form in which texts are matched. Offsets count the text as written."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from index.lexicon import load

KEPT = "，"  # folded it would read as a thousands separator: it parts clauses, "," parts digits
THOUSANDS = re.compile(r"(?<![\d.,])(?<!\d，)\d{1,3}(?:，\d{3})+(?!\d)")  # unless it does so itself: 3，121亿元


def normal(text: str) -> str:
    """Full-width as half-width, Traditional as Simplified, capitals as small letters; one code point stays one.

    A character whose compatibility form is longer than itself (㎡, ½) is left alone, so that offsets hold.
    """
    folded = "".join(map(_normal_character, text))
    return THOUSANDS.sub(lambda number: number[0].replace("，", ","), folded) if "，" in folded else folded


@lru_cache(maxsize=20_000)  # all that Chinese is written in; Unicode has fifty times as many
def _normal_character(character: str) -> str:
    if character < "\x80" or character in KEPT:
        return character.lower()
    folded = _radicals().get(character) or unicodedata.normalize("NFKC", character).lower()
    folded = folded if len(folded) == 1 else character
    return _simplify(folded) if _may_be_traditional(folded) else folded


@cache
def _radicals() -> dict[str, str]:
    """增⻓: a character of the block of radicals → the one it looks like."""
    return {pair[0]: pair[1] for pair in load("radicals")["pairs"].split()}


def _may_be_traditional(character: str) -> bool:
    """GB 2312 holds the Simplified characters in use: only what lies outside needs the converter."""
    if not ("\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"):
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplify(character: str) -> str:
    simplified = _converter()(character)
    return simplified if len(simplified) == 1 else character


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # 30 ms and rarely needed: loaded by the first Traditional character

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


HAN = "\u2e80-\u2fdf\u3400-\u9fff"
MARKS = "，。；：！？、“”‘’（）《》〈〉「」『』【】％‰∶…"
BLANK = "[ \u00a0\u3000\f]"
# What parts that which belongs together: line breaks; 889.5 亿元, 8 %, 增长 ，下降; 2 0 0 5年, 5 . 5%; letters set apart, 名 词 解 释.
BREAK = rf"{BLANK}*\n{BLANK}*"
BESIDE = rf"(?<=[{HAN}{MARKS}%]){BLANK}+(?=[\d{MARKS}%])|(?<=[\d.]){BLANK}+(?=[{HAN}{MARKS}%])|(?<=[{MARKS}]){BLANK}+(?=[{HAN}])"
APART = re.compile(f"{BREAK}|{BESIDE}|(?<=\\d) (?=\\. ?\\d)|(?<=\\d \\.) (?=\\d)")
# A number whose digits stand apart (15 2 . 6亿元), of which one stands alone; not 表1 2025年, nor the number of an item.
NUMBER_APART = re.compile(rf"(?<=[{HAN}{MARKS},;:( ])(?<![表图件第])\d[\d.]*(?:[ \n]+[\d.]+)+(?= ?[{HAN}%％‰])")
ALONE = re.compile(r"(?<![\d.])[\d.](?![\d.])")
DIGITS_APART = re.compile(r"(?<![\d.,])\d(?: \d)+(?![\d.])")
ONE = rf"[{HAN}{MARKS}\w.%]"
LETTERS_APART = re.compile(rf"(?:(?<!\S)|(?<=[{MARKS}]))(?:{ONE}{BLANK}){{2,}}{ONE}(?![^\s{MARKS}])")


PAGE_MARK = re.compile(
    r"^[ \t]*(?:[-—–－·•‧~]+ ?\d{1,3}(?: ?[-—–－·•‧~]+)?|第 ?\d{1,3} ?页(?:[ ,，/]*共 ?\d{1,3} ?页)?)[ \t]*$", re.MULTILINE
)


def gaps(text: str) -> Iterator[tuple[int, int]]:
    """Where a paragraph is parted though it reads on; in order, none over another."""
    found = [match.span() for match in APART.finditer(text)]
    numbers = (run for run in NUMBER_APART.finditer(text) if ALONE.search(run[0]) and "".join(run[0].split()).count(".") <= 1)
    for run in (*numbers, *DIGITS_APART.finditer(text), *LETTERS_APART.finditer(text)):
        found += [(run.start() + blank.start(), run.start() + blank.end()) for blank in re.finditer(BLANK, run[0])]
    yield from sorted(set(found))


def unseen(text: str) -> Iterator[tuple[int, int, str]]:
    """What is not seen of a paragraph where it is read, and what is in its place: page marks and what parts it, in order.

    Nothing is in its place, but a blank between two words of Latin letters.
    """
    text = PAGE_MARK.sub(lambda mark: "\n" * len(mark[0]), text) if "\n" in text else text
    position = 0
    for start, end in gaps(text):
        latin = text[start - 1 : start] + text[end : end + 1]
        if start >= position:
            yield start, end, " " if len(latin) == 2 and latin.isascii() and latin.isalpha() else ""
            position = end


def joined(text: str) -> str:
    """A paragraph as it reads; the text itself where nothing parts it."""
    pieces, position = list[str](), 0
    for start, end, instead in unseen(text):
        pieces.append(text[position:start] + instead)
        position = end
    return "".join([*pieces, text[position:]]) if pieces else text
