"""str → str of the same length: the form in which texts are matched. Offsets count the text as written."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

KEPT = "，"  # folded it would read as a thousands separator: it parts clauses, "," parts digits


def normal(text: str) -> str:
    """Full-width as half-width, Traditional as Simplified, capitals as small letters; one code point stays one.

    A character whose compatibility form is longer than itself (㎡, ½) is left alone, so that offsets hold.
    """
    return "".join(map(_normal_character, text))


@lru_cache(maxsize=20_000)  # all that Chinese is written in; Unicode has fifty times as many
def _normal_character(character: str) -> str:
    if character < "\x80" or character in KEPT:
        return character.lower()
    folded = unicodedata.normalize("NFKC", character).lower()
    folded = folded if len(folded) == 1 else character
    return _simplify(folded) if _may_be_traditional(folded) else folded


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
