"""What Word does not write beside a paragraph but inherits or counts: its style, its depth as a heading, its number (一、（一）1. ①)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

MOST_BASES = 20  # styles on which a style is based, one on the other; a ring of them ends here too
HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
DIGITS = "〇一二三四五六七八九"
CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
SIGNS = {"decimalEnclosedCircle": "①", "decimalEnclosedCircleChinese": "①", "decimalEnclosedParen": "⑴"}  # the first of twenty


@cache
def w(path: str) -> str:
    """`pPr/numPr` as lxml wants it: each name with Word's own namespace."""
    return "/".join(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}" for name in path.split("/"))


def value(element: Any, path: str) -> str | None:
    """What the element at this path says; None where there is none, "" where it says no more than that it is there."""
    found = element.find(w(path))
    return None if found is None else str(found.get(w("val"), ""))


def first(places: Iterable[Any], path: str) -> str | None:
    return next((said for place in places if (said := value(place, path)) is not None), None)


class Styles:
    """The styles of a document, each with those on which it is based."""

    def __init__(self, root: Any) -> None:
        self._styles = {one.get(w("styleId")): one for one in root.iter(w("style")) if one.get(w("type")) == "paragraph"}
        self._default = next((name for name, one in self._styles.items() if one.get(w("default")) in ("1", "true", "on")), None)

    def of(self, paragraph: Any) -> list[Any]:
        """A paragraph and its styles, the nearest first: where they say something of it, the first one counts."""
        found, named = [paragraph], value(paragraph, "pPr/pStyle") or self._default
        while (style := self._styles.get(named)) is not None and len(found) <= MOST_BASES:
            found.append(style)
            named = value(style, "basedOn")
        return found

    def depth(self, paragraph: Any) -> int:
        for place in self.of(paragraph):
            if outline := value(place, "pPr/outlineLvl"):
                return (int(outline) + 1) % 10  # the tenth level is body text
            if named := HEADING.fullmatch(value(place, "name") or ""):
                return int(named[1])
        return 0


class Numbering:
    """Counts a document's lists as its paragraphs go by. A count belongs to the shape of a list, which several lists may share."""

    def __init__(self, roots: Iterable[Any], styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str | None, tuple[str | None, dict[int, Any]]] = {}  # list → its shape, its levels
        self._afresh: dict[tuple[str | None, int], int] = {}  # with what a list starts that does not go on from the one before it
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)
        shapes = {one.get(w("abstractNumId")): [*one.iterchildren(w("lvl"))] for root in roots for one in root.iter(w("abstractNum"))}
        for one in (one for root in roots for one in root.iter(w("num"))):
            number, shape, own = one.get(w("numId")), value(one, "abstractNumId"), [*one.iterchildren(w("lvlOverride"))]
            levels = [*shapes.get(shape, ()), *(level for each in own for level in each.iterchildren(w("lvl")))]
            self._lists[number] = shape, {int(level.get(w("ilvl"), 0)): level for level in levels}
            starts = {(number, int(each.get(w("ilvl"), 0))): value(each, "startOverride") for each in own}
            self._afresh |= {place: int(start) for place, start in starts.items() if start}

    def next(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph, "" where it shows none that a heading has."""
        places = self._styles.of(paragraph)
        number = first(places, "pPr/numPr/numId")
        levels = self._lists[number][1] if number in self._lists else {}
        styles = {place.get(w("styleId")) for place in places[1:]}
        linked = (level for level, one in levels.items() if value(one, "pStyle") in styles)  # goes before the level that a style names
        level = int(value(paragraph, "pPr/numPr/ilvl") or next(linked, first(places[1:], "pPr/numPr/ilvl") or 0))
        if level not in levels:
            return ""
        counts, text = self._count(number, level), value(levels[level], "lvlText") or ""
        for other, one in levels.items():
            text = text.replace(f"%{other + 1}", written(value(one, "numFmt"), counts.get(other, 1)))
        return "" if value(levels[level], "numFmt") in ("bullet", "none") else text

    def _count(self, number: str | None, level: int) -> Mapping[int, int]:
        shape, levels = self._lists[number]
        counts = self._counts[shape]
        before = counts.get(level, int(value(levels[level], "start") or 1) - 1)
        counts[level] = self._afresh.pop((number, level), before + 1)
        for deeper in [other for other in counts if other > level and other in levels]:
            if level < int(value(levels[deeper], "lvlRestart") or deeper):  # 0: it counts on through all that is above
                del counts[deeper]
        return counts


def written(form: str | None, count: int) -> str:
    """A count in the form of a list or of notes; in digits where the form is not known or has run out of signs."""
    if form in SIGNS and 0 < count <= 20:
        return chr(ord(SIGNS[form]) + count - 1)
    return chinese(count) if form in CHINESE and 0 <= count < 100 else str(count)


def chinese(count: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; for counts below a hundred."""
    tens, ones = divmod(count, 10)
    return ("十" if tens == 1 else f"{DIGITS[tens]}十" if tens else "") + (DIGITS[ones] if ones or not tens else "")
