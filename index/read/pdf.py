"""PDF by PDFium (pypdfium2), in a process of its own: a file that breaks or blows up the reader takes nothing else with it.

Its lines with their places on the pages → paragraphs: running heads and page numbers left out, broken lines joined.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from index import paths
from index.errors import ReadError
from index.read.formats import Extracted, of_lines

SECONDS = 120  # 200 pages take one
LEAST_CHARACTERS = 30  # a page, on average; a scanned one has none, or a stamp's
REASONS = {"password": "有密码保护；请存一份没有密码的", "broken": "不是完好的 PDF；请重新下载或另存", "long": "页数太多，不像一份报告"}


def extract(data: bytes, name: str) -> list[Extracted]:
    command = [sys.executable, "-m", "index.read.pdf_lines"]
    try:
        done = subprocess.run(command, input=data, cwd=paths.PROJECT, capture_output=True, timeout=SECONDS, check=False)
        told = json.loads(done.stdout) if done.returncode == 0 else {"reason": "broken"}
    except subprocess.TimeoutExpired:
        raise ReadError(f"{name}：{SECONDS} 秒也没有读完，不像一份报告") from None
    except ValueError:
        told = {"reason": "broken"}
    if "reason" in told:
        raise ReadError(f"{name}：{REASONS[told['reason']]}")
    pages = [[Line(*line) for line in page] for page in told["pages"]]
    characters = sum(len(line.text) for page in pages for line in page)
    if characters < LEAST_CHARACTERS * len(pages):
        raise ReadError(f"{name}：没有文字层，像是扫描件；请先做文字识别（OCR）")
    return [of_lines([(text, 0) for text in paragraphs(pages)])]


EDGE = 2  # lines at either end of a page among which a running head is looked for
NEAR = 4.0  # points by which the same line may differ from page to page
REPEATED = 0.4  # share of the pages: left and right pages may have heads of their own
PAGE_NUMBER = re.compile(r"[-—–－·\s第共页/,，PpageofOF\d]*\d[-—–－·\s第共页/,，PpageofOF\d]*")
FULL = 1.8  # characters by which a full line may end before the margin: 。 is never put at a line's beginning
NEARLY_FULL = 0.6  # of the width, where paragraphs are told by their indent: 11651.4元 is not broken, and lines may be ragged
INDENTED = 0.7  # characters
INDENTS = 0.08  # share of the lines from which on a document's paragraphs are indented
WIDE_GAP = 1.3  # × the usual distance of two lines
CLOSED = re.compile(r"[。！？；：:;!?”）)]$")
OPENS = re.compile(r"——|[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from its left and lower edge; `size` is its characters' height."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a page stands: its margins, and how far its lines are apart."""

    left: float
    right: float
    pitch: float
    indents: bool = False  # paragraphs begin further right


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of a document, each a line of text."""
    bodies = _without_heads(pages)
    columns = [_column(bodies[side::2]) for side in (0, 1)]  # left and right pages may be mirrored
    placed = [(line, columns[number % 2], number) for number, page in enumerate(bodies) for line in page]
    if not placed:
        return []
    found = [placed[0][0].text.strip()]
    for (before, old, page), (line, column, after) in pairwise(placed):
        gap = before.bottom - line.bottom if page == after else None
        if _goes_on(before, line, old, column, gap):
            found[-1] = _joined(found[-1], line.text.strip())
        else:
            found.append(line.text.strip())
    return found


def _goes_on(before: Line, line: Line, old: Column, column: Column, gap: float | None) -> bool:
    """Whether a line goes on with the paragraph of the line before it; `gap` is their distance on one page."""
    size = before.size or line.size
    if abs(before.size - line.size) > 0.25 * size or (gap is not None and gap > WIDE_GAP * max(column.pitch, size)):
        return False
    closed = CLOSED.search(before.text.strip()) is not None
    if line.left > column.left + INDENTED * size:  # as is the second line of a centred title: as far from either margin
        centred = abs((line.left - column.left) - (column.right - line.right)) < size
        return centred and not closed and before.right > old.right - FULL * size
    if column.indents and before.right > old.left + NEARLY_FULL * (old.right - old.left):
        return True
    return before.right > old.right - FULL * size and not (closed and OPENS.match(line.text.strip()))


def _joined(before: str, after: str) -> str:
    """Chinese, numbers and capitals (GD|P) go on without a space; words of small letters are parted by one."""
    words = re.search(r"[a-z]$", before) and re.match(r"[a-z]", after)
    return f"{before} {after}" if words else before + after


def _column(pages: Sequence[Sequence[Line]]) -> Column:
    lines = [line for page in pages for line in page]
    if not lines:
        return Column(0, 0, 0)
    lefts = Counter(round(line.left) for line in lines)
    left = min(place for place, count in lefts.items() if count >= min(0.05 * len(lines), max(lefts.values())))
    right = quantiles([line.right for line in lines], n=20)[-1] if len(lines) > 1 else lines[0].right
    gaps = [upper.bottom - lower.bottom for page in pages for upper, lower in pairwise(page)]
    pitch = median([gap for gap in gaps if gap > 0] or [0])
    indented = [line for line in lines if 1.5 * line.size < line.left - left < 4.5 * line.size]
    return Column(left, right, pitch, len(indented) >= max(2, INDENTS * len(lines)))


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without what stands at the same place of many pages, its digits aside, and without page numbers."""
    places: Counter[tuple[str, int]] = Counter()
    for page in pages:
        places.update({key for line in _edges(page) for key in _keys(line)})
    least = max(2, REPEATED * len(pages))
    bodies = []
    for page in pages:
        edges = [*_edges(page)]
        heads = [line for line in edges if max(places[key] for key in _keys(line)) >= least or PAGE_NUMBER.fullmatch(line.text.strip())]
        bodies.append([line for line in page if line not in heads])
    return bodies


def _edges(page: Sequence[Line]) -> Iterator[Line]:
    """The outermost lines of a page, by where they stand: a head may come last in the file."""
    by_height = sorted(page, key=lambda line: -line.bottom)
    yield from dict.fromkeys([*by_height[:EDGE], *by_height[-EDGE:]])


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What a line says without its digits, at its height and at the next one: rounding must not part two of a kind."""
    said, height = re.sub(r"[\d\s]+", "", line.text), int(line.bottom // NEAR)
    return (said, height), (said, height + 1)
