"""Text files: decoded, the byte-order mark dropped, CRLF as LF, nothing else changed; one that is a web page goes to its reader."""

import re
from collections.abc import Iterator

from index.read.decoded import decode
from index.read.formats import Extracted
from index.records import Cell, Span
from index.text import normal

PAGE = re.compile(r"([\s\[\"']*)<(?:!|[a-z][a-z\d]*[\s>/])", re.IGNORECASE)
BLOCKS = re.compile(r"(?:</?(?:p|div|br|h[1-6]|li|t[dhr])\b.*?){3}", re.IGNORECASE | re.DOTALL)  # fewer may be quoted in a text
ESCAPED = re.compile(r"\\(?:u([\da-fA-F]{4})|(.))", re.DOTALL)
NAMED = {"n": "\n", "r": "", "t": "\t"}
WIDE = r"(?:[ \u3000]{2,}|\u3000|\t)"
WORDS = re.compile(
    rf"[一-鿿]{WIDE}[一-鿿](?={WIDE}|$)|[^ \u3000\t\n]+(?: [^ \u3000\t\n]+)*"
)  # 项    目; what single blanks part is one cell
VALUE = re.compile(r"[-+−]?[\d,]+(?:\.\d+)?%?|[-—–…]+")
RULE = re.compile(r"[-—–=─━_+|\s]*")
LEAST_ROWS = 3
BETWEEN = re.compile(r"(?<=>)[\"']?,\s*[\"']?(?=<)")  # the elements of a printed list


def extract(data: bytes, name: str) -> list[Extracted]:
    text = decode(data, name)
    opening = PAGE.match(text)
    if opening is None or not BLOCKS.search(text):
        return [Extracted(text, is_file=True, tables=tuple(tables_in(text)))]
    from index.read import html  # lxml is loaded by a page

    return [html.of_page(_unpacked(text) if opening[1].strip() else text, name)]


def _unpacked(text: str) -> str:
    """A page as a program printed it: a string with its escapes, the elements of a list."""
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else NAMED.get(match[2], match[2]), text)
    return BETWEEN.sub("\n", text.strip().strip("[]\"'"))


def tables_in(text: str) -> Iterator[tuple[Cell, ...]]:
    """The tables that are set by wide blanks: rows of as many cells, most of them numbers, below the line that heads them."""
    rows, before, offset = list[list[Span]](), list[Span](), 0
    for line in (*text.split("\n"), ""):
        cells = [Span(offset + match.start(), offset + match.end()) for match in WORDS.finditer(line)]
        numbers = sum(VALUE.fullmatch(normal(cell.of(text))) is not None for cell in cells[1:])
        is_row = len(cells) > 2 and numbers > (len(cells) - 1) / 2
        if rows and not (is_row and len(cells) == len(rows[-1])) and not (RULE.fullmatch(line) and offset < len(text)):
            if len(rows) > LEAST_ROWS:
                yield tuple(Cell(cell, row, column) for row, held in enumerate(rows) for column, cell in enumerate(held))
            rows = []
        if is_row:
            rows = [*(rows or [before] * (len(before) == len(cells))), cells]
        before = before if RULE.fullmatch(line) else cells
        offset += len(line) + 1
