"""Numbers that words carry: ranks (第7位, 榜首), doublings (翻一番), parts of a whole (百分之五, 三分之一, 1/4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from index.figures import numerals
from index.figures.mention import Mention
from index.figures.units import NUMERAL
from index.lexicon import load
from index.records import Span


def ranks(text: str) -> Iterator[Mention]:
    verbs = "|".join(load("figures")["verbs"]["rank"])
    places = "|".join(load("figures")["places"]["scope"])
    for match in re.finditer(rf"第({NUMERAL}|\d+)(位|名)?(?![一-鿿]*届)", text):
        value = numerals.parse(match[1])
        said = match[2] or re.search(rf"(?:{verbs})[^,，。;]{{0,12}}$", text[: match.start()])
        among = re.search(rf"(?:{places})$", text[: match.start()]) and re.match(r"[,，。;、)]|$", text[match.end() :])
        if value is None or not (said or among):
            continue
        yield Mention(Span(match.start(), match.end()), value, None, "位", "rank")
    for match in re.finditer(rf"(?:{verbs})[^,，。;]{{0,8}}?(首位|榜首)", text):
        yield Mention(Span(match.start(1), match.end(1)), Decimal(1), None, "位", "rank")


def doubled(text: str) -> Iterator[Mention]:
    """翻一番, 翻两番: the number of doublings."""
    for match in re.finditer(rf"翻({NUMERAL}|\d)?番", text):
        value = numerals.parse(match[1] or "1")
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, None, "番", "multiple")


def per_hundred(text: str) -> Iterator[Mention]:
    """百分之十点二, 百分之八至百分之九."""
    number = r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十点百]+)"
    for match in re.finditer(rf"百分之{number}(?:(?:[-~～–]|—+|至|到)(?:百分之)?{number})?", text):
        value, to = numerals.parse(match[1]), match[2] and numerals.parse(match[2])
        if value is not None:
            yield Mention(Span(match.start(), match.end()), value, to or None, "%", "rate")


def fractions(text: str) -> Iterator[Mention]:
    """三分之一, 1/4: as a percentage with two decimals."""
    for match in re.finditer(
        r"[二三四五六七八九十]+分之[一二两三四五六七八九十]+|(?<![\d/.])\d{1,2}/\d{1,3}(?![\d/年月.])", text
    ):
        part = numerals.parse(match[0])
        if part is not None and 0 < part < 1:
            yield Mention(Span(match.start(), match.end()), round(part * 100, 2), None, "%", "share")
