"""A PDF on standard input → its lines with their places, as JSON on standard output. Run by pdf.py, in a process with limits."""

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

MEMORY = 1_000_000_000  # bytes of address space: a stream that unpacks to more ends this process
MOST_PAGES = 500
UNSEEN = dict.fromkeys([0, 2, 0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF])  # among them PDFium's own mark of a hyphen


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


def read(data: bytes) -> dict[str, Any]:
    """{"pages": [[[text, left, right, bottom, size], …], …]}, in points, or {"reason": …}."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"reason": "password" if "password" in str(error).lower() else "broken"}
    if len(document) > MOST_PAGES:
        return {"reason": "long"}
    return {"pages": [[*lines(page.get_textpage())] for page in document]}


def lines(page: pypdfium2.PdfTextPage) -> Iterator[list[Any]]:
    """The lines of a page in reading order, as PDFium parts them."""
    text: list[str] = []
    seen: list[int] = []  # positions of the characters that take room
    for position in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, position))
        if character not in "\r\n":
            text.append(character)
            if not character.isspace():
                seen.append(position)
            continue
        if seen:
            yield _line(page, text, seen)
        text, seen = [], []
    if seen:
        yield _line(page, text, seen)


def _line(page: pypdfium2.PdfTextPage, text: list[str], seen: list[int]) -> list[Any]:
    """Its place by the baseline, its size by most of its characters: the box of a single one may be as flat as 一."""
    words = "".join(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(UNSEEN)
    boxes = [_box(page, position) for position in seen]
    left, baseline = _origin(page, seen[0])
    return [words, left, boxes[-1].right, baseline, median(box.top - box.bottom for box in boxes)]


def _box(page: pypdfium2.PdfTextPage, position: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, position, ctypes.byref(box))
    return box


def _origin(page: pypdfium2.PdfTextPage, position: int) -> tuple[float, float]:
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, position, ctypes.byref(across), ctypes.byref(up))
    return across.value, up.value


if __name__ == "__main__":
    main()
