"""A PDF on standard input → what is written and drawn, with its places, as JSON on standard output. Run by pdf.py, with its own limits."""

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice, pairwise
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


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


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
    """The lines of a page in reading order, as PDFium parts them: [text, left, right, baseline, size, words], in points."""
    text, start = list[str](), 0
    for position in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, position))
        if character not in "\r\n":
            text.append(character)
            continue
        yield from _line(page, text, start)
        text, start = [], position + 1
    yield from _line(page, text, start)


def _line(page: pypdfium2.PdfTextPage, text: list[str], start: int) -> Iterator[list[Any]]:
    """Its place by the baseline, its size by most of its characters: the box of a single one may be as flat as 一."""
    seen = [number for number, character in enumerate(text) if not character.isspace()]  # those that take room
    if not seen:
        return
    boxes = [_box(page, start + number) for number in seen]
    left, baseline = _origin(page, start + seen[0])
    size = median(box.top - box.bottom for box in boxes)
    firsts = [at for at in range(1, len(seen)) if seen[at] > seen[at - 1] + 1 or boxes[at].left - boxes[at - 1].right > size / 2]
    words = [
        [_clean(text[seen[first] : seen[after - 1] + 1]), boxes[first].left, boxes[after - 1].right]
        for first, after in pairwise([0, *firsts, len(seen)])
    ]
    yield [_clean(text), left, boxes[-1].right, baseline, size, words if firsts else []]


def _clean(text: list[str]) -> str:
    return "".join(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(UNSEEN)


def _box(page: pypdfium2.PdfTextPage, position: int) -> raw.FS_RECTF:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, position, ctypes.byref(box))
    return box


def _origin(page: pypdfium2.PdfTextPage, position: int) -> tuple[float, float]:
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, position, ctypes.byref(across), ctypes.byref(up))
    return across.value, up.value


def drawn(page: pypdfium2.PdfPage) -> dict[str, Any]:
    """Its ruling lines as [left, lower, right, upper], the share of the page that each picture covers, how many things are drawn."""
    rules, pictures, count = list[list[float]](), list[float](), 0
    width, height = page.get_size()
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for count, thing in enumerate(islice(page.get_objects(kinds, DEEPEST), MOST_DRAWN), start=1):  # noqa: B007
        matrix, holder = thing.get_matrix(), thing.container
        while holder is not None:
            matrix, holder = matrix.multiply(holder.get_matrix()), holder.container
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, lower, right, upper = matrix.on_rect(0, 0, 1, 1)
            pictures.append((right - left) * (upper - lower) / (width * height))
        else:
            rules += _rules(thing, matrix)
    return {"rules": rules[:MOST_DRAWN], "pictures": pictures, "drawn": count}


def _rules(path: pypdfium2.PdfObject, matrix: pypdfium2.PdfMatrix) -> Iterator[list[float]]:
    """Its straight lines along the page's edges, those of thin bars too, but not those of a cell's ground."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    left, lower, right, upper = path.get_bounds()
    sides, points = sorted((right - left, upper - lower)), raw.FPDFPath_CountSegments(path)
    if sides[1] < SHORT or (not stroke.value and points < 7 and sides[0] > THIN):
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
    main()
