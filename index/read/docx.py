"""Word documents by python-docx: paragraphs and tables in their order, with the numbers that Word only counts."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from index.errors import ReadError
from index.read.formats import Extracted, of_lines

ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: a .docx behind a password, or an old .doc under a new name
MOST_BYTES = 64_000_000  # unpacked; zipfile itself reads no more than a file's directory says


def extract(data: bytes, name: str) -> list[Extracted]:
    if data.startswith(ENCRYPTED):
        raise ReadError(f"{name}：有密码保护，或是旧的 .doc 格式；请在 Word 里另存为没有密码的 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            raise ReadError(f"{name}：解压后有 {size} 字节，超过 {MOST_BYTES} 的上限，不像一份报告")
        return [of_lines([*_lines(Document(io.BytesIO(data)))])]
    except (PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError):
        raise ReadError(f"{name}：不是完好的 Word 文档；请在 Word 里打开后另存为 .docx") from None


def _lines(document: Doc) -> Iterator[tuple[str, int]]:
    numbering = Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from ((_row([cell.text for cell in row.cells]), 0) for row in block.rows)
            continue
        number = numbering.next(block)
        for line in (number + block.text).split("\n"):
            yield line, _depth(block)


def _row(cells: list[str]) -> str:
    """A row as a line; a merged cell is given by Word for each column it covers."""
    return " ".join(cell.strip() for position, cell in enumerate(cells) if position == 0 or cell != cells[position - 1])


def _depth(paragraph: Paragraph) -> int:
    style = paragraph.style.name if paragraph.style is not None else None
    match = re.fullmatch(r"[Hh]eading ([1-9])", style or "")
    return int(match[1]) if match else 0


DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"})
ARABIC = frozenset({"decimal", "decimalFullWidth", "decimalHalfWidth", "decimalZero"})


class Numbering:
    """Counts a document's lists as its paragraphs go by."""

    def __init__(self, document: Doc) -> None:
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


def _has_numbering(document: Doc) -> bool:
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
