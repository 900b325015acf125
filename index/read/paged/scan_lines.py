"""A scanned PDF on standard input, page numbers as arguments → the lines recognised on each of these pages, a line of JSON a page.

Run by scans.py. As pdf_lines.py tells them: a line is [lower edge, height, words], a word [text, left, right, scores], in points from the
page's lower left corner. A score, from 0 to 1, is how sure the recogniser is of a character.
"""

import json
import resource
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pypdfium2
from rapidocr import RapidOCR

MEMORY = 6_000_000_000  # bytes of address space, of which the engine takes most for its threads
SCALE = 2.5  # pixels a point, 180 to an inch
LARGEST = 4_000  # pixels of a page's longer side: a plan or a poster would take minutes


def lines(engine: RapidOCR, page: pypdfium2.PdfPage) -> Iterator[list[Any]]:
    scale = min(SCALE, LARGEST / max(page.get_size()))
    found: Any = engine(page.render(scale=scale).to_numpy(), return_word_box=True, return_single_char_box=True)
    if found.boxes is None:
        return
    for box, text, characters in zip(found.boxes, found.txts, found.word_results, strict=True):
        (left, upper), (right, lower) = box.min(axis=0) / scale, box.max(axis=0) / scale
        if words := [*_words(text, characters, scale)]:
            words[0][1], words[-1][2] = float(left), float(right)  # those of its characters are less exact
            yield [float(page.get_height() - lower), float(lower - upper), words]


def _words(text: str, characters: Any, scale: float) -> Iterator[list[Any]]:
    """Its words as [text, left, right, scores]: the characters come without the blanks between them."""
    told = iter(characters)
    for is_blank, word in groupby(text, str.isspace):
        if not is_blank:
            drawn = [next(told) for _ in word]
            across = [float(x) / scale for _, _, quad in drawn for x, _ in quad]
            yield ["".join(one for one, _, _ in drawn), min(across), max(across), [float(score) for _, score, _ in drawn]]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document, reader = pypdfium2.PdfDocument(sys.stdin.buffer.read()), RapidOCR(params={"Global.log_level": "error"})
    for number in map(int, sys.argv[1:]):
        print(json.dumps([*lines(reader, document[number])], ensure_ascii=False), flush=True)
