"""Word documents by python-docx, as a person sees them with all changes accepted: brought into a plain form, then walked."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from index.errors import ReadError
from index.read.formats import Extracted, Line, Slot, of_lines
from index.read.word_numbers import Numbering, Styles, value, w, written
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


HIDDEN = "//w:r[w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]][w:t]"
LEFT_OUT = {  # what is counted, the XPath by which it is found, why it is not read
    "图片 {} 张": ("//pic:pic | //*[local-name()='imagedata'][@r:id][not(ancestor::w:object)]", "图里的文字没有读"),
    "图表 {} 个": ("//*[local-name()='chart'] | //dgm:relIds", "图里的文字和数没有读"),
    "艺术字 {} 处": ("//*[local-name()='textpath'][@string]", "没有读"),
    "嵌入的对象 {} 个": ("//w:object | //w:altChunk", "里面的内容没有读"),
    "公式 {} 个": ("//m:oMath", "只取了文字，分式和上下标没有读"),
    "批注 {} 条": ("//w:commentReference", "不是正文"),
    "符号 {} 个": ("//w:sym", "特殊字体里的符号没有读"),
    "隐藏的文字 {} 处": (HIDDEN, "在 Word 里不显示"),
    "表中的表 {} 个": ("//w:tbl[w:tr/w:tc[2]]/w:tr/w:tc/w:tbl", "只作文字"),
}
ONLY_PAGES = re.compile(r"[\W\d_第页共Pageof]*")
LONG = 400  # characters from which on several paragraphs in a cell are text that a table only lays out
MOST_COLUMNS = 63  # Word makes no more
FUSES = re.compile(r"[0-9A-Za-z一-鿿].|[.．]\d")  # where a number and the text after it would read as one: 1. and 5亿元
GOES_ON = re.compile(r"(?<![0-9A-Za-z%])\n|\n(?![0-9A-Za-z+-])")  # breaks in a cell that part neither words of Latin letters nor figures
SPACES = re.compile(r"[^\S \xa0　]")  # in the source of a text a break is a space
AS_TEXT = {w("tab"): " ", w("ptab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
WRAPS = ("body", "sdt", "sdtContent", "customXml", "ins", "moveTo")  # blocks and rows; what is in a paragraph is found there
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Reader:
    """Reads a document once: its lists, tables and what is left out are counted as it goes by."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = Styles(document.styles.element)
        self._numbering = Numbering(self._parts("numbering"), self._styles)
        self._tables = 0
        self._left: Counter[str] = Counter()

    def lines(self) -> Iterator[Line]:
        """The body's, then those of its footnotes and endnotes, each note with the mark that Word shows."""
        body = self._plain(self._document.element)
        yield from self._blocks(body)
        for kind in ("footnote", "endnote"):
            notes = {note.get(w("id")): note for root in self._parts(f"{kind}s") for note in self._plain(root).iterchildren(w(kind))}
            said = (value(one, "numFmt") for root in (body, *self._parts("settings")) for one in root.iter(w(f"{kind}Pr")))
            form = next(filter(None, said), "decimal")
            for count, reference in enumerate(body.iter(w(f"{kind}Reference")), 1):
                for line in self._blocks(notes.get(reference.get(w("id")), ())):
                    yield replace(line, note=written(form, count))

    def given(self) -> dict[str, str]:
        core = self._document.core_properties
        return next(({"title": " ".join(said.split())} for said in (core.title, core.subject) if TITLED.search(said)), {})

    def unread(self) -> list[Unread]:
        """What was left out of the lines, so that it is asked for after them."""
        found = [Unread(what.format(self._left[what]), why) for what, (_, why) in LEFT_OUT.items() if self._left[what]]
        for kind, name in (("header", "页眉"), ("footer", "页脚")):
            said = ("".join(one.text or "" for one in root.iter(w("t"))) for root in self._parts(kind))
            if not all(map(ONLY_PAGES.fullmatch, said)):
                found.append(Unread(name, "不是正文"))
        return found

    def _parts(self, kind: str) -> list[Any]:
        """The roots of the document's parts of this kind. They are its own to change, so they are parsed anew."""
        related = self._document.part.rels.values()
        return [parse_xml(one.target_part.blob) for one in related if not one.is_external and one.reltype.endswith(f"/{kind}")]

    def _plain(self, root: Any) -> Any:
        _accept(root)
        for what, (path, _) in LEFT_OUT.items():
            self._left[what] += len(_found(root, path))
        for run in _found(root, HIDDEN):
            run.getparent().remove(run)
        for box in reversed([*root.iter(w("txbxContent"))]):  # from the last to the first, so that they keep their order
            for block in reversed([*box]):
                next(box.iterancestors(w("p")), box).addnext(block)
        return root

    def _blocks(self, parent: Any) -> Iterator[Line]:
        blocks = (block for block in parent if block.tag in (w("p"), w("tbl")))
        for block in blocks:
            yield from self._paragraph(block) if block.tag == w("p") else self._table(block)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        """Its lines, the first with the number that Word counts; an empty paragraph is counted too, as Word does."""
        number = self._numbering.next(paragraph)
        said = (AS_TEXT.get(one.tag) or SPACES.sub(" ", one.text or "") for one in paragraph.iter(*AS_TEXT, w("t"), qn("m:t")))
        if text := "".join(said).replace("\xad", "").strip():
            gap, depth = " " if FUSES.match(number[-1:] + text[0]) else "", self._styles.depth(paragraph)
            yield from (Line(line, depth) for line in f"{number}{gap}{text}".split("\n") if line.strip())

    def _table(self, table: Any) -> Iterator[Line]:
        """A line a row; of a table that only frames or lays out text, that text as it stands."""
        beside = _found(table, "w:tr[w:tc[2]]/w:tc")
        if not beside or any(map(_is_text, beside)):
            yield from (line for cell in table.iterfind(w("tr/tc")) for line in self._blocks(cell))
            return
        found = self._rows(table)
        self._tables += 1
        for slots in found:
            yield Line(" ".join(slot.text for slot in slots if slot.text), row=tuple(slots), table=self._tables)

    def _rows(self, table: Any) -> Sequence[Sequence[Slot]]:
        """Its cells but those that go on from above; a row of nothing else is none."""
        rows, above = list[list[Slot]](), dict[int, tuple[int, int] | None]()  # column → the place of the cell that may go on below
        for row in table.iterchildren(w("tr")):
            cells = [(cell, value(cell, "tcPr/vMerge")) for cell in row.iterchildren(w("tc"))]
            if rows and all(merged in ("", "continue") for _, merged in cells):
                continue
            rows.append([])
            column = _columns(row, "trPr/gridBefore", 0)
            for cell, merged in cells:
                columns = _columns(cell, "tcPr/gridSpan", 1)
                if merged in ("", "continue") and (place := above.get(column)):
                    line, at = place
                    rows[line][at] = replace(rows[line][at], rows=len(rows) - line)
                else:
                    above[column] = None if merged is None else (len(rows) - 1, len(rows[-1]))
                    rows[-1].append(Slot(self._cell(cell), column, columns))
                column += columns
        return rows

    def _cell(self, cell: Any) -> str:
        """Its words: Chinese goes on where its lines and paragraphs end; Latin words, figures and cells of a table do not."""
        lines = (f" {line.text} " if line.row else line.text.strip() for line in self._blocks(cell))
        return GOES_ON.sub("", "\n".join(lines)).replace("\n", " ")


def _is_text(cell: Any) -> bool:
    paragraphs = [size for one in cell.iterchildren(w("p")) if (size := sum(len(said.text or "") for said in one.iter(w("t"))))]
    return len(paragraphs) > 1 and sum(paragraphs) > LONG


def _columns(element: Any, path: str, least: int) -> int:
    return min(max(int(value(element, path) or least), least), MOST_COLUMNS)


def _found(root: Any, path: str) -> list[Any]:
    return list(etree.XPath(path, namespaces=nsmap)(root))


def _accept(root: Any) -> None:
    """Takes out what is deleted or moved away, and off what only wraps; of two ways to draw a thing the one that has words stays."""
    for either in [*root.iter(f"{COMPATIBLE}AlternateContent")]:
        for way in sorted(either, key=lambda way: next(way.iter(w("t")), None) is None)[1:]:
            either.remove(way)
    etree.strip_tags(root, *map(w, WRAPS), f"{COMPATIBLE}*")
    for gone in _found(root, "//w:tr[w:trPr/w:del] | //w:tc[w:tcPr/w:cellDel]"):
        gone.getparent().remove(gone)
    for paragraph in reversed(_found(root, "//w:p[w:pPr/w:rPr[w:del or w:moveFrom]]")):
        following = next(paragraph.itersiblings(w("p"), w("tbl")), None)
        if following is not None and following.tag == w("p"):  # the two look like the second, for the mark keeps a paragraph's look
            start = len(following.findall(w("pPr")))
            following[start:start] = [one for one in paragraph if one.tag != w("pPr")]
            paragraph.getparent().remove(paragraph)
    etree.strip_elements(root, w("del"), w("moveFrom"), w("rt"), with_tail=False)  # rt: how a word is read, written above it
