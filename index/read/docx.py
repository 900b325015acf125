"""Word documents by python-docx, as a person sees them with all changes accepted: paragraphs, tables, text boxes and notes.

A document is first brought into a plain form (what is deleted or hidden goes, what only wraps is taken off, text boxes stand after the
paragraph that holds them), then walked.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from index.errors import ReadError
from index.read.formats import Extracted, Line, Slot, of_lines
from index.read.word_numbers import Numbering, Styles, first, is_on, value, w, written
from index.read.word_numbers import chinese as chinese
from index.records import Unread

ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: a .docx behind a password, or an old .doc under a new name
MOST_BYTES = 64_000_000  # unpacked; zipfile itself reads no more than a file's directory says
TITLED = re.compile("报告|公报|计划|规划|纲要|草案|预算")  # a title without is a template's, or that of another document


def extract(data: bytes, name: str) -> list[Extracted]:
    if data.startswith(ENCRYPTED):
        raise ReadError(f"{name}：有密码保护，或是旧的 .doc 格式；请在 Word 里另存为没有密码的 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES:
            raise ReadError(f"{name}：解压后有 {size} 字节，超过 {MOST_BYTES} 的上限，不像一份报告")
        reader = Reader(Document(io.BytesIO(data)))
        return [of_lines([*reader.lines()], given=reader.given(), unread=reader.unread())]
    except (PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError):
        raise ReadError(f"{name}：不是完好的 Word 文档；请在 Word 里打开后另存为 .docx") from None


NESTED, SYMBOL, HIDDEN = "表中的表 {} 个", "符号 {} 个", "隐藏的文字 {} 字"
LEFT_OUT = {  # what is counted, the XPath by which it is found, why it is not read
    "图片 {} 张": ("//pic:pic | //*[local-name()='imagedata'][@r:id][not(ancestor::w:object)]", "图里的文字没有读"),
    "图表 {} 个": ("//*[local-name()='chart']", "图里的数没有读"),
    "SmartArt 图 {} 个": ("//dgm:relIds", "图里的文字没有读"),
    "艺术字 {} 处": ("//*[local-name()='textpath'][@string]", "没有读"),
    "嵌入的对象 {} 个": ("//w:object | //w:altChunk", "里面的内容没有读"),
    "公式 {} 个": ("//m:oMath", "只取了文字，分式和上下标没有读"),
    "批注 {} 条": ("//w:commentReference", "不是正文"),
    NESTED: ("", "只作文字"),
    SYMBOL: ("", "不认识的字体里的符号"),
    HIDDEN: ("", "在 Word 里不显示"),
}
ONLY_PAGES = re.compile(r"[\W\d_第页共Pageof]*")
LONG = 400  # characters from which on several paragraphs in a cell are text that a table only lays out
MOST_COLUMNS, MOST_FIELDS = 63, 20  # Word makes no more columns, and nests no more fields
FUSES = re.compile(r"[0-9A-Za-z一-鿿].|[.．]\d")  # where a number and the text after it would read as one: 1. and 5亿元
SPACES = re.compile(r"[^\S \xa0　]")  # in the source of a text a break is a space
AS_TEXT = {w("tab"): " ", w("ptab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
SAID = (*AS_TEXT, w("t"), w("sym"), qn("m:t"))
SYMBOLS = {  # font → the signs in it that reports use, by their place in its private area
    "symbol": {0x25: "%", 0x2B: "+", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷"},
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0xD8: "➢", 0xFC: "√", 0xFE: "☑", **dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩", 0x81))},
    "wingdings 2": {0x50: "√", 0x52: "☑", 0xA3: "□"},
}


class Reader:
    """Reads a document once: its lists, tables and what is left out are counted as it goes by."""

    def __init__(self, document: Doc) -> None:
        self._document = document
        self._styles = Styles(document.styles.element)
        self._numbering = Numbering(self._parts("numbering"), self._styles)
        self._tables = 0
        self._left: Counter[str] = Counter()

    def lines(self) -> Iterator[Line]:
        """The body's, then those of its footnotes and endnotes, each note with the mark that Word shows."""
        body = self._plain(self._document.element)
        marks = {kind: self._marks(body, kind) for kind in ("footnote", "endnote")}
        yield from self._blocks(body)
        for kind, referred in marks.items():
            notes = {note.get(w("id")): note for root in self._parts(f"{kind}s") for note in self._plain(root).iterchildren(w(kind))}
            for name, mark, typed in referred:
                for line in self._blocks(notes.get(name, ())):
                    yield replace(line, text=line.text.strip().removeprefix(mark if typed else ""), note=mark)

    def given(self) -> dict[str, str]:
        core = self._document.core_properties
        return next(({"title": " ".join(said.split())} for said in (core.title, core.subject) if TITLED.search(said)), {})

    def unread(self) -> list[Unread]:
        """What was left out of the lines, so that it is asked for after them."""
        names = {"header": "页眉", "footer": "页脚"}
        spoken = [names[kind] for kind in names if any(map(_says_more_than_pages, self._parts(kind)))]
        found = [Unread(what.format(self._left[what]), why) for what, (_, why) in LEFT_OUT.items() if self._left[what]]
        return [*found, *([Unread("、".join(spoken), "不是正文")] if spoken else [])]

    def _parts(self, kind: str) -> list[Any]:
        """The roots of the document's parts of this kind. They are its own to change, so they are parsed anew."""
        related = self._document.part.rels.values()
        return [parse_xml(one.target_part.blob) for one in related if not one.is_external and one.reltype.endswith(f"/{kind}")]

    def _plain(self, root: Any) -> Any:
        _accept(root)
        self._left[HIDDEN] += _hide(root, self._styles)
        _hoist(root)
        for what, (path, _) in LEFT_OUT.items():
            self._left[what] += len(etree.XPath(path, namespaces=nsmap)(root)) if path else 0
        return root

    def _marks(self, body: Any, kind: str) -> list[tuple[str, str, bool]]:
        """The notes to which the text refers: name, mark, and whether the mark was typed; a typed one is taken out of the text."""
        said = (value(one, "numFmt") for root in (body, *self._parts("settings")) for one in root.iter(w(f"{kind}Pr")))
        form = next(filter(None, said), "decimal" if kind == "footnote" else "lowerRoman")
        found, count = list[tuple[str, str, bool]](), 0
        for reference in [*body.iter(w(f"{kind}Reference"))]:
            typed = is_on(reference.get(w("customMarkFollows")))
            signs = [*reference.itersiblings(*SAID)] if typed else []
            count += not typed
            mark = "".join(map(self._said, signs)) if typed else written(form, count)
            found.append((reference.get(w("id")), mark, typed))
            for sign in signs:
                sign.getparent().remove(sign)
        return found

    def _blocks(self, parent: Any) -> Iterator[Line]:
        for block in parent:
            if block.tag == w("p"):
                yield from self._paragraph(block)
            elif block.tag == w("tbl"):
                yield from self._table(block)
            else:
                yield from self._blocks(block)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        """Its lines, the first with the number that Word counts; an empty paragraph is counted too, as Word does."""
        number = self._numbering.next(paragraph)
        text = "".join(self._said(one) for one in paragraph.iter(*SAID)).strip()
        if not text:
            return
        gap, depth = " " if FUSES.match(number[-1:] + text[0]) else "", self._styles.depth(paragraph)
        yield from (Line(line, depth) for line in f"{number}{gap}{text}".split("\n") if line.strip())

    def _said(self, element: Any) -> str:
        if element.tag != w("sym"):
            return AS_TEXT.get(element.tag) or SPACES.sub(" ", element.text or "").replace("\xad", "")
        code = int(element.get(w("char"), "0"), 16)
        known = SYMBOLS.get(element.get(w("font"), "").lower(), {}) if code >> 8 in (0, 0xF0) else {}
        sign = known.get(code & 0xFF) or (chr(code) if 0x20 < code < 0xD800 else "")  # beyond are fonts' private signs
        self._left[SYMBOL] += not sign
        return sign

    def _table(self, table: Any) -> Iterator[Line]:
        """A line a row; of a table that only frames or lays out text, that text as it stands."""
        rows = [[*row.iterchildren(w("tc"))] for row in table.iterchildren(w("tr"))]
        beside = [row for row in rows if len(row) > 1]
        if not beside or any(_is_text(cell) for row in beside for cell in row):
            yield from (line for row in rows for cell in row for line in self._blocks(cell))
            return
        self._tables += 1
        number = self._tables
        for slots in self._rows(table):
            yield Line(" ".join(slot.text for slot in slots if slot.text), row=tuple(slots), table=number)

    def _rows(self, table: Any) -> Sequence[Sequence[Slot]]:
        rows, above = list[list[Slot]](), dict[int, tuple[int, int]]()  # column → the place of the cell that goes on below
        for row in table.iterchildren(w("tr")):
            slots, goes_on, covered = list[Slot](), dict[int, tuple[int, int]](), list[tuple[int, int]]()
            column = _columns(value(row, "trPr/gridBefore"), 0)
            for cell in row.iterchildren(w("tc")):
                merged, columns = value(cell, "tcPr/vMerge"), _columns(value(cell, "tcPr/gridSpan"), 1)
                if merged in ("", "continue") and column in above:
                    covered.append(above[column])
                    goes_on[column] = above[column]
                else:
                    if merged is not None:
                        goes_on[column] = len(rows), len(slots)
                    slots.append(Slot(self._cell(cell), column, columns))
                column += columns
            above = goes_on
            if slots:
                rows.append(slots)
                for line, place in covered:
                    rows[line][place] = replace(rows[line][place], rows=rows[line][place].rows + 1)
        return rows

    def _cell(self, cell: Any) -> str:
        self._left[NESTED] += len(cell.findall(w("tbl")))
        return " ".join(line.text for line in self._blocks(cell))


def _says_more_than_pages(root: Any) -> bool:
    return not ONLY_PAGES.fullmatch("".join(one.text or "" for one in root.iter(w("t"))))


def _is_text(cell: Any) -> bool:
    paragraphs = [size for one in cell.iterchildren(w("p")) if (size := sum(len(said.text or "") for said in one.iter(w("t"))))]
    return len(paragraphs) > 1 and sum(paragraphs) > LONG


def _columns(said: str | None, least: int) -> int:
    return min(max(int(said or least), least), MOST_COLUMNS)


def _accept(root: Any) -> None:
    """Takes out what is deleted or moved away, and off what only wraps; of two ways to draw a thing the one that has words stays."""
    compatible = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    for either in [*root.iter(f"{compatible}AlternateContent")]:
        kept = next((way for way in either if next(way.iter(w("t")), None) is not None), next(iter(either), None))
        for way in [*either]:
            if way is not kept:
                either.remove(way)
    for mark in [*root.iterfind(f".//{w('trPr/del')}"), *root.iterfind(f".//{w('tcPr/cellDel')}")]:
        gone = mark.getparent().getparent()
        gone.getparent().remove(gone)
    marked = [one for one in root.iter(w("p")) if value(one, "pPr/rPr/del") is not None or value(one, "pPr/rPr/moveFrom") is not None]
    etree.strip_elements(root, w("del"), w("moveFrom"), w("rt"), with_tail=False)  # rt: how a word is read, written above it
    etree.strip_tags(root, *map(w, ("sdt", "sdtContent", "customXml")), f"{compatible}*")
    _drop_instructions(root)
    _join(marked)


def _drop_instructions(root: Any) -> None:
    """Of a field only what it shows is text. A field that is not closed hides nothing."""
    fields: list[list[Any] | None] = []  # of each open field the words of its instruction; None when it shows its result
    for element in [*root.iter(w("fldChar"), w("t"))]:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            fields.append([])
        elif element.tag == w("t"):
            next((words for words in fields[:MOST_FIELDS] if words is not None), []).append(element)
        elif fields:
            for word in fields.pop() or ():
                word.getparent().remove(word)
            if kind == "separate":
                fields.append(None)


def _join(marked: Sequence[Any]) -> None:
    """A paragraph whose mark is deleted runs on in the next and looks like it, for how a paragraph looks is kept in its mark."""
    for paragraph in reversed(marked):  # from the last to the first, so that nothing is moved twice
        following = next(paragraph.itersiblings(w("p"), w("tbl")), None)
        if following is not None and following.tag == w("p"):
            start = int(next((one.tag for one in following), "") == w("pPr"))
            for one in reversed([one for one in paragraph if one.tag != w("pPr")]):
                following.insert(start, one)
            paragraph.getparent().remove(paragraph)
        elif next(paragraph.iter(w("t")), None) is None:
            paragraph.getparent().remove(paragraph)


def _hide(root: Any, styles: Styles) -> int:
    """Takes out hidden runs; how many characters they had."""
    count, last, look = 0, None, list[Any]()
    for run in [*root.iter(w("r"))]:
        paragraph = next(run.iterancestors(w("p")), run)
        if paragraph is not last:
            last, look = paragraph, styles.of(paragraph)[1:]
        if is_on(first([*styles.of(run), *look], "rPr/vanish")):
            count += sum(len(said.text or "") for said in run.iter(w("t")))
            run.getparent().remove(run)
    return count


def _hoist(root: Any) -> None:
    """Puts what stands in text boxes after the paragraphs that hold them; from the last to the first, so that they keep their order."""
    for box in reversed([*root.iter(w("txbxContent"))]):
        for block in reversed([*box]):
            next(box.iterancestors(w("p")), box).addnext(block)
