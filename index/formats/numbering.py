"""The numbers before Word's paragraphs: 一、 （一） 1. are often not text but counted by a list, and a heading is told by them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph

DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"}
)
ARABIC = frozenset({"decimal", "decimalFullWidth", "decimalHalfWidth", "decimalZero"})


class Numbering:
    """Counts a document's lists as its paragraphs go by."""

    def __init__(self, document: Document) -> None:
        root = document.part.numbering_part.element if _has_numbering(document) else None
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level) → format, text, start
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def next(self, paragraph: Paragraph) -> str:
        """The number that Word shows before this paragraph, "" where it shows none that a heading has."""
        place = _list_of(paragraph)
        if place is None or place not in self._levels or not paragraph.text.strip():
            return ""
        number, level = place
        counts = self._counts[number]
        counts[level] = counts.get(level, self._levels[place][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form, text, _ = self._levels[place]
        if form not in CHINESE | ARABIC:
            return ""
        return re.sub(r"%(\d)", lambda match: self._written(number, int(match[1]) - 1), text)

    def _written(self, number: str, level: int) -> str:
        form, _, start = self._levels.get((number, level), ("decimal", "", 1))
        count = self._counts[number].get(level, start)
        return chinese(count) if form in CHINESE else str(count)

    def _read(self, root: Any) -> None:
        lists = {one.get(_w("abstractNumId")): one for one in root.iterchildren(_w("abstractNum"))}
        for one in root.iterchildren(_w("num")):
            named = one.find(_w("abstractNumId"))
            shape = lists.get(named.get(_w("val"))) if named is not None else None
            for level in shape.iterchildren(_w("lvl")) if shape is not None else ():
                form, text, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
                place = (one.get(_w("numId")), int(level.get(_w("ilvl"))))
                self._levels[place] = (form, text, int(start or 1))


def chinese(count: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; counts of a list stay below a hundred."""
    tens, ones = divmod(count, 10)
    if count >= 100:
        return str(count)
    return ("十" if tens == 1 else f"{DIGITS[tens]}十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def _has_numbering(document: Document) -> bool:
    return any(relation.reltype.endswith("/numbering") for relation in document.part.rels.values())


def _list_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and level of a paragraph: its own, or its style's."""
    own = paragraph._p.pPr
    style = paragraph.style.element.pPr if paragraph.style is not None else None
    for properties in (own, style):
        found: Any = properties.numPr if properties is not None else None
        if found is not None and found.numId is not None:
            return str(found.numId.val), int(found.ilvl.val) if found.ilvl is not None else 0
    return None


def _value(level: Any, name: str) -> str:
    found = level.find(_w(name))
    return "" if found is None else str(found.get(_w("val")))


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
