"""What Word does not write beside a paragraph but inherits or counts: its style, its depth as a heading, its number (一、（一）1. ①)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

MOST_BASES = 20  # styles on which a style is based, one on the other; a ring of them ends here too
MOST_OF_A_NUMBER = 80  # characters of the pattern by which numbers are written
MOST_LEVELS = 9  # of a list: Word has no more
MOST_DIGITS = 6  # of the number with which a list starts
HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)


@cache
def w(path: str) -> str:
    """`pPr/numPr` as lxml wants it: each name with Word's own namespace."""
    return "/".join(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}" for name in path.split("/"))


def value(element: Any, path: str) -> str | None:
    """What the element at this path says; None where there is none, "" where it says no more than that it is there."""
    found = element.find(w(path))
    return None if found is None else str(found.get(w("val"), ""))


def is_on(said: str | None) -> bool:
    return said not in (None, "0", "false", "off")


def first(places: Iterable[Any], path: str) -> str | None:
    return next((said for place in places if (said := value(place, path)) is not None), None)


class Styles:
    """The styles of a document, each with those on which it is based."""

    def __init__(self, root: Any) -> None:
        self._styles = {one.get(w("styleId")): one for one in root.iter(w("style"))}
        defaults = (name for name, one in self._styles.items() if is_on(one.get(w("default"))) and one.get(w("type")) == "paragraph")
        self._default = next(defaults, None)

    def of(self, element: Any) -> list[Any]:
        """A paragraph or a run and its styles, the nearest first: where they say something of it, the first one counts."""
        found = [element]
        named = value(element, "pPr/pStyle") or self._default if element.tag == w("p") else value(element, "rPr/rStyle")
        while named in self._styles and len(found) <= MOST_BASES:
            found.append(self._styles[named])
            named = value(found[-1], "basedOn")
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
        self._lists: dict[str, tuple[str, dict[int, Any]]] = {}  # list → its shape, its levels
        self._starts: dict[tuple[str, int], int] = {}
        self._afresh = set[tuple[str, int]]()  # where a list does not go on from the one before it
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for root in roots:
            self._read(root)

    def next(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph, "" where it shows none that a heading has."""
        places = self._styles.of(paragraph)
        number = first(places, "pPr/numPr/numId") or ""
        levels = self._lists[number][1] if number in self._lists else {}
        level = _level(places, levels)
        if level not in levels:
            return ""
        counts = self._count(number, level)
        form, text = value(levels[level], "numFmt"), value(levels[level], "lvlText") or ""
        plain = is_on(value(levels[level], "isLgl"))

        def counted(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = value(levels[other], "numFmt") if other in levels and not plain else None
            return written(form or "decimal", counts.get(other, self._starts.get((number, other), 1)))

        return "" if form == "bullet" else re.sub(r"%([1-9])", counted, text[:MOST_OF_A_NUMBER])

    def _count(self, number: str, level: int) -> Mapping[int, int]:
        shape, levels = self._lists[number]
        counts = self._counts[shape]
        if (number, level) in self._afresh:
            self._afresh.remove((number, level))
            counts.pop(level, None)
        counts[level] = counts.get(level, self._starts[number, level] - 1) + 1
        for deeper in [other for other in counts if other > level and other in levels]:
            if level < int(value(levels[deeper], "lvlRestart") or deeper):  # 0: it counts on through all that is above
                del counts[deeper]
        return counts

    def _read(self, root: Any) -> None:
        shapes: dict[str | None, Any] = {one.get(w("abstractNumId")): one for one in root.iterchildren(w("abstractNum"))}
        of_styles: dict[str | None, Any] = {name: one for one in shapes.values() if (name := value(one, "styleLink"))}
        for one in root.iterchildren(w("num")):
            named, number = value(one, "abstractNumId"), one.get(w("numId"))
            if named not in shapes:
                continue
            shape = of_styles.get(value(shapes[named], "numStyleLink"), shapes[named])
            own = [*one.iterchildren(w("lvlOverride"))]
            found = [*islice(shape.iterchildren(w("lvl")), MOST_LEVELS), *(level for one in own for level in one.iterchildren(w("lvl")))]
            levels = {level: one for one in found if (level := int(one.get(w("ilvl"), 0))) < MOST_LEVELS}
            afresh = {int(one.get(w("ilvl"), 0)): int(start[:MOST_DIGITS]) for one in own if (start := value(one, "startOverride"))}
            starts = {level: int((value(one, "start") or "1")[:MOST_DIGITS]) for level, one in levels.items()} | afresh
            self._starts |= {(number, level): start for level, start in starts.items()}
            self._afresh |= {(number, level) for level in afresh}
            self._lists[number] = shape.get(w("abstractNumId")), levels


def _level(places: Sequence[Any], levels: Mapping[int, Any]) -> int:
    """A paragraph's own level; else the one that names its style, as Word has it, else the one that its style names."""
    styles = {place.get(w("styleId")) for place in places[1:]}
    linked = (level for level, one in levels.items() if value(one, "pStyle") in styles)
    return int(value(places[0], "pPr/numPr/ilvl") or next(linked, first(places[1:], "pPr/numPr/ilvl") or 0))


DIGITS = "〇一二三四五六七八九"
CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
CIRCLED, LETTERS, ROMAN = ("①", 20), ("a", 26), ("ⅰ", 12)
SIGNS = {"decimalEnclosedCircle": CIRCLED, "decimalEnclosedCircleChinese": CIRCLED, "decimalEnclosedParen": ("⑴", 20)}
SIGNS |= {"lowerLetter": LETTERS, "upperLetter": ("A", 26), "lowerRoman": ROMAN, "upperRoman": ("Ⅰ", 12)}  # the first, and how many


def written(form: str, count: int) -> str:
    """A count in the form of a list or of notes; in digits where the form is not known or has run out of signs."""
    if form == "none":
        return ""
    sign, most = SIGNS.get(form, ("", 0))
    if 0 < count <= most:
        found = chr(ord(sign) + count - 1)
        return unicodedata.normalize("NFKC", found) if "Roman" in form else found
    if form == "ideographDigital":
        return str(count).translate(str.maketrans("0123456789", DIGITS))
    return chinese(count) if form in CHINESE else f"{count:02}" if form == "decimalZero" else str(count)


def chinese(count: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; counts of a list stay below a hundred."""
    if not 0 <= count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("十" if tens == 1 else f"{DIGITS[tens]}十" if tens else "") + (DIGITS[ones] if ones or not tens else "")
