"""The pages of a scan: their characters recognised, in a process of its own, and found again in the text that was made of them."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby
from typing import Any

from index import paths
from index.errors import ReadError
from index.read.paged.pdf_tables import Line
from index.records import Box, Progress, Span

MOST_PAGES = 200  # a page takes two to four seconds on a plain CPU
SECONDS = 30  # a page, beyond which it is no page of text
DOUBTFUL = 0.9  # a score below: of the numbers misread three in five have one, of those read right one in twenty (python -m gold.scans)
FARTHEST = 200  # characters that may be passed over before a line is found again


def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return find_spec("rapidocr") is not None


def recognised(data: bytes, pages: Sequence[int], name: str, progress: Progress) -> dict[int, list[Any]]:
    """What scan_lines.py says of these pages, counted from 0. Raises ReadError where it takes too long or fails."""
    if len(pages) > MOST_PAGES:
        raise ReadError(f"{name}：有 {len(pages)} 页要识别文字，最多 {MOST_PAGES} 页；请分成几个文件")
    if not pages:
        return {}
    found = dict[int, list[Any]]()
    command = [sys.executable, "-m", "index.read.paged.scan_lines", *map(str, pages)]
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=paths.PROJECT) as process:
            assert process.stdout
            limit = threading.Timer(SECONDS * len(pages), process.kill)
            limit.start()
            for number, told in zip(pages, process.stdout, strict=False):
                found[number] = json.loads(told)
                progress("recognise", len(found), len(pages))
            limit.cancel()
    if process.returncode:
        raise ReadError(f"{name}：识别文字时出错，到第 {len(found) + 1} 页为止；请先用别的软件做文字识别（OCR）")
    return found


def placed(text: str, lines: Iterable[tuple[int, Line]]) -> Iterator[Box]:
    """Where the lines of pages stand in the text that was made of them, in which they are joined and parted by other blanks.

    A line whose words came apart, as those of a table's row do, has a box for each.
    """
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    bare, passed = "".join(text[at] for at in places), 0
    for page, line in lines:
        whole = "".join(word.text for word in line.words)
        for words in [line.words] if whole in bare[passed : passed + FARTHEST] else [(word,) for word in line.words]:
            own = "".join(word.text for word in words)
            start = bare.find(own, passed, passed + FARTHEST)
            if start >= 0:
                passed = start + len(own)
                span = Span(places[start], places[passed - 1] + 1)
                edges = (words[0].left, line.bottom, words[-1].right, line.bottom + line.size)
                scores = [score for word in words for score in word.scores]
                yield Box(span, page, tuple(round(edge, 1) for edge in edges), tuple(_doubtful(scores, places[start:passed])))


def _doubtful(scores: Sequence[float], places: Sequence[int]) -> Iterator[Span]:
    for is_doubtful, run in groupby(zip(scores, places, strict=True), lambda pair: pair[0] < DOUBTFUL):
        if is_doubtful:
            at = [place for _, place in run]
            yield Span(at[0], at[-1] + 1)
