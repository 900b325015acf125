"""A PDF on standard input → what is written and drawn, with its places, as JSON on standard output. Run by pdf.py, with its own limits."""

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from itertools import groupby, islice
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

MEMORY = 1_000_000_000  # bytes of address space: a stream that unpacks to more ends this process
MOST_PAGES = 500
MOST_DRAWN = 20_000  # paths and pictures of a page, and points of a path: a map has more, a table fewer
DEEPEST = 4  # drawings within drawings
THIN, SHORT = 2.5, 8.0  # points: how far a ruling line may slant, and below which length it is no side of a cell
UNSEEN = dict.fromkeys([0, 2, 0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF])  # among them PDFium's own mark of a hyphen


def read(data: bytes) -> dict[str, Any]:
    """{"title": …, "pages": [{"lines": …, "rules": …, "pictures": …, "drawn": …}, …]}, or {"reason": …}."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"reason": "password" if "password" in str(error).lower() else "broken"}
    if len(document) > MOST_PAGES:
        return {"reason": "long"}
    pages = [{"lines": [*lines(page.get_textpage())], **drawn(page)} for page in document]
    return {"title": document.get_metadata_value("Title").translate(UNSEEN), "pages": pages}


def lines(page: pypdfium2.PdfTextPage) -> Iterator[list[Any]]:
    """The lines of a page in reading order, as PDFium parts them: [baseline, size, words], a word as [text, left, right], in points."""
    characters = [(position, chr(raw.FPDFText_GetUnicode(page, position))) for position in range(page.count_chars())]
    for _, line in groupby(characters, key=lambda character: character[1] in "\r\n"):
        seen = [(position, text) for position, text in line if not text.isspace() and ord(text) not in UNSEEN]
        if seen:
            yield _line(page, seen)


def _line(page: pypdfium2.PdfTextPage, seen: list[tuple[int, str]]) -> list[Any]:
    """Its place by where its first character is drawn, its size by most of its characters: the box of a single one may be as flat as 一."""
    across, baseline = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, seen[0][0], across, baseline)
    boxes = [page.get_charbox(position, loose=True) for position, _ in seen]
    size, words, before = median(upper - lower for _, lower, _, upper in boxes), list[list[Any]](), -1
    for (position, text), (left, _, right, _) in zip(seen, boxes, strict=True):
        if not words or position > before + 1 or left - words[-1][2] > size / 2:
            words.append(["", left, right])
        words[-1][::2] = words[-1][0] + text, right
        before = position
    words[0][1] = across.value
    cleaned = [[text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), *ends] for text, *ends in words]
    return [baseline.value, size, cleaned]


def drawn(page: pypdfium2.PdfPage) -> dict[str, Any]:
    """Its ruling lines as [left, lower, right, upper], the share of the page that each picture covers, how many things are drawn."""
    rules, pictures, (width, height) = list[list[float]](), list[float](), page.get_size()
    things = [*islice(page.get_objects([raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], DEEPEST), MOST_DRAWN)]
    for thing in things:
        matrix, holder = thing.get_matrix(), thing.container
        while holder is not None:
            matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, lower, right, upper = matrix.on_rect(0, 0, 1, 1)
            pictures.append((right - left) * (upper - lower) / (width * height))
        else:
            rules += _rules(thing, matrix)
    return {"rules": rules[:MOST_DRAWN], "pictures": pictures, "drawn": len(things)}


def _rules(path: pypdfium2.PdfObject, matrix: pypdfium2.PdfMatrix) -> Iterator[list[float]]:
    """Its straight lines along the page's edges, those of thin bars too, but not those of a cell's ground."""
    fill, stroke, points = ctypes.c_int(), ctypes.c_int(), raw.FPDFPath_CountSegments(path)
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    left, lower, right, upper = path.get_bounds()
    if not stroke.value and points < 7 and min(right - left, upper - lower) > THIN:
        return
    x = y = 0.0
    for number in range(min(points, MOST_DRAWN)):
        segment, across, up = raw.FPDFPath_GetPathSegment(path, number), ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, across, up)
        (old_x, old_y), (x, y) = (x, y), matrix.on_point(across.value, up.value)
        short, long = sorted((abs(x - old_x), abs(y - old_y)))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO and short < THIN and long > SHORT:
            yield [round(place, 1) for place in (min(x, old_x), min(y, old_y), max(x, old_x), max(y, old_y))]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
