"""Word documents by python-docx: paragraphs and tables in their order, with the numbers that Word only counts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Doc
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from index.errors import ReadError
from index.formats.extracted import Extracted, of_lines
from index.formats.numbering import Numbering

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
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ):
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
