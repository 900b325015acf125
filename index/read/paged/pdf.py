"""PDF by PDFium (pypdfium2), in a process of its own: a file that breaks or blows up the reader takes nothing else with it.

Its lines with their places on the pages → paragraphs and tables: running heads and page numbers left out, broken lines joined.
"""

import json
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from statistics import median, quantiles
from typing import Any

from index import paths
from index.errors import ReadError
from index.read import formats
from index.read.formats import Extracted, of_lines
from index.read.paged.pdf_tables import HAN, SAME_LINE, Item, Table, Word, closed_up, joined, ruled, unruled
from index.read.paged.pdf_tables import Line as Line
from index.records import Unread

SECONDS = 120  # 200 pages take one
LEAST_CHARACTERS = 30  # a page, on average; a scanned one has none, or a stamp's
LEAST_LETTERS = 200  # of a text that is told to be no Chinese, and of a page with a ground below its text
LARGE, GROUND = 0.05, 0.9  # shares of a page: a smaller picture is a mark, a larger one may be a ground
TITLE = re.compile("报告|公报|计划|规划|纲要|草案|预算|報告|公報|計畫|規劃|綱要|預算")
REASONS = {"password": "有密码保护；请存一份没有密码的", "broken": "不是完好的 PDF；请重新下载或另存", "long": "页数太多，不像一份报告"}


def extract(data: bytes, name: str) -> list[Extracted]:
    told = _told(data, name)
    pages = [[_line(*line) for line in page["lines"]] for page in told["pages"]]
    text = "".join(line.text for page in pages for line in page)
    if len(text) < LEAST_CHARACTERS * len(pages):
        pages = recognised(data, len(pages), name)
    elif _is_garbled(text):
        raise ReadError(f"{name}：文字层是乱码（字体没有对应的文字表）；请另存或做文字识别（OCR）")
    items = [ruled(page, drawn["rules"]) for page, drawn in zip(pages, told["pages"], strict=True)]
    title = re.sub(r"^Microsoft Word - |\.(?:docx?|wps|pdf)$", "", told["title"].strip())
    return [of_lines(written(items), given={"title": title} if TITLE.search(title) else {}, unread=_unread(pages, told["pages"]))]


def _line(text: str, left: float, right: float, bottom: float, size: float, words: list[list[Any]]) -> Line:
    return Line(text, left, right, bottom, size, tuple(Word(*word) for word in words))


def recognised(data: bytes, pages: int, name: str) -> list[list[Line]]:
    """The lines of a file whose pages are pictures, page by page: what recognises characters goes here."""
    raise ReadError(f"{name}：没有文字层，像是扫描件；请先做文字识别（OCR）")


def _told(data: bytes, name: str) -> dict[str, Any]:
    """What pdf_lines.py says of a file."""
    command = [sys.executable, "-m", "index.read.paged.pdf_lines"]
    try:
        done = subprocess.run(command, input=data, cwd=paths.PROJECT, capture_output=True, timeout=SECONDS, check=False)
        told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"reason": "broken"}
    except subprocess.TimeoutExpired:
        raise ReadError(f"{name}：{SECONDS} 秒也没有读完，不像一份报告") from None
    except ValueError:
        told = {"reason": "broken"}
    if "reason" in told:
        raise ReadError(f"{name}：{REASONS[told['reason']]}")
    return told


def _is_garbled(text: str) -> bool:
    """Whether hardly a letter is Chinese, or many are none at all: a font does not say which letters it draws."""
    letters = sum(map(str.isalpha, text))
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in text)
    return (letters >= LEAST_LETTERS and 3 * len(HAN.findall(text)) < letters) or 10 * unknown > len(text)


def _unread(pages: Sequence[Sequence[Line]], told: Sequence[dict[str, Any]]) -> list[Unread]:
    """Pages on which something is drawn and nothing written, and the pictures on others."""
    empty, pictures = list[str](), 0
    for number, (lines, drawn) in enumerate(zip(pages, told, strict=True), start=1):
        most = GROUND if sum(len(line.text) for line in lines) >= LEAST_LETTERS else 1.1
        if lines:
            pictures += sum(LARGE < share < most for share in drawn["pictures"])
        elif drawn["drawn"]:
            empty.append(str(number))
    found = [Unread(f"第 {'、'.join(empty)} 页", "没有文字层，像是扫描或图片")] if empty else []
    return found + ([Unread(f"图片 {pictures} 处", "图里的文字没有读")] if pictures else [])


EDGE = 2  # lines at either end of a page among which a running head is looked for
NEAR = 4.0  # points by which the same line may differ from page to page
REPEATED = 0.4  # share of the pages: left and right pages may have heads of their own
NUMBERS = r"[-—–－·\s第共页/,，PpageofOF\d]*"
FOOT = re.compile(rf"{NUMBERS}\d{NUMBERS}|.{{0,3}}\d+-\d+ China Academic Journal.*|.*www\.cnki\.net")  # by itself, of a page or of a store
FULL = 1.8  # characters by which a full line may end before the margin: 。 is never put at a line's beginning
NEARLY_FULL = 0.6  # of the width, where paragraphs are told by their indent: 11651.4元 is not broken, and lines may be ragged
INDENTED = 0.7  # characters
FARTHEST = 4.5  # characters: what stands further right is no first line, but centred, or a signature
INDENTS = 0.08  # share of the lines from which on a document's paragraphs are indented
WIDE_GAP = 1.3  # × the usual distance of two lines
CLOSED = re.compile(r"[。！？；：:;!?”）)]$")
OPENS = re.compile(
    r"——|[一二三四五六七八九十]{1,3}[、是]|[壹贰叁肆伍陆柒捌玖拾貳參陸]、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}部分"
)
BROKEN_NUMBER = re.compile(r"\d\n[.．]\d|\d[.．]\n\d")
NEAREST = 60  # lines among which the other part of one that is torn is looked for: a page's
LEAST_LINES = 8  # of a column of text
CONTINUED = re.compile(r"[（(]?[续續].{0,8}$|.{0,40}[（(][续續][)）]$")


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a page stands: its margins, and how far its lines are apart."""

    left: float
    right: float
    pitch: float
    indents: bool = False  # paragraphs begin further right


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of a document, each a line of text."""
    return [line.text for line in written(pages)]


def written(pages: Sequence[Sequence[Item]]) -> list[formats.Line]:
    """The paragraphs and rows of a document. Left and right pages may be mirrored, and a page may have columns: each has its margins."""
    bodies = enumerate(_without_heads([_mended(page) for page in pages]))
    flows = [((number % 2, column), [*unruled(items)]) for number, page in bodies for column, items in _in_columns(page)]
    lines = {key: [[item for item in items if isinstance(item, Line)] for other, items in flows if other == key] for key in dict(flows)}
    columns = {key: _column(each) for key, each in lines.items()}
    writer = _Writer()
    for flow, (key, items) in enumerate(flows):
        if flow and (key[1] == 0) != (flows[flow - 1][0][1] == 0):
            writer.before = None  # a title across the page is not the beginning of its columns
        for item in items:
            if isinstance(item, Table):
                writer.add_table(item, flow)
            else:
                writer.add_line(replace(item, text=closed_up(item.text)), columns[key], flow)
    return writer.lines


class _Writer:
    """Joins lines to paragraphs, and tables with what of them stands on the next page."""

    def __init__(self) -> None:
        self.lines: list[formats.Line] = []
        self.before: tuple[Line, Column, int] | None = None  # the line that was added last, and where
        self.first = self.last = Table((), (), 0)  # what was added first and last of the last table
        self.table, self.flow, self.end = 0, 0, 0  # its number, where it was added last, and where it ends
        self.above: list[str] = []  # the lines above it

    def add_line(self, line: Line, column: Column, flow: int) -> None:
        goes_on = self.before and _goes_on(self.before[0], line, self.before[1], column, same=flow == self.before[2])
        before = self.lines.pop().text if goes_on else ""
        self.lines.append(formats.Line(joined(before, line.text)))
        self.before = line, column, flow

    def add_table(self, table: Table, flow: int) -> None:
        """Its rows; where it goes on less its heads, and what is between its parts says no more than that."""
        between, rows = [line.text for line in self.lines[self.end :]], table.rows
        if flow != self.flow and table.goes_on(self.last) and all(CONTINUED.match(text) or text in self.above for text in between):
            del self.lines[self.end :]
            rows = rows[len([*takewhile(lambda pair: pair[0] == pair[1], zip(rows, self.first.rows, strict=False))]) :]
        else:
            self.table, self.first, self.above = self.table + 1, table, between[-3:]
        self.lines += [formats.Line("", row=row, table=self.table) for row in rows]
        self.before, self.last, self.flow, self.end = None, table, flow, len(self.lines)


def _in_columns(items: Sequence[Item]) -> Iterator[tuple[int, list[Item]]]:
    """What stands on a page as it is read, with its column: across the page 0, to the left and right of its gutter 1 and 2."""
    gutter = _gutter([cell for item in items if isinstance(item, Line) for cell in item.cells()])
    if gutter is None:
        yield 0, [*items]
        return
    bands = groupby(sorted(items, key=lambda item: -item.bottom), key=lambda item: any(c.left < gutter < c.right for c in item.cells()))
    for across, band in bands:
        sides = [(item, None) if across else item.split(0, gutter) for item in band]
        for column in (1, 2):
            if held := [item for pair in sides if (item := pair[column - 1])]:
                yield 0 if across else column, held


def _gutter(cells: Sequence[Word]) -> float | None:
    """Where two columns of text are parted: few lines go across, and most of those on either side fill it."""
    left, right = min((cell.left for cell in cells), default=0), max((cell.right for cell in cells), default=0)
    places = [left + share / 100 * (right - left) for share in range(30, 71)]
    place = min(places, key=lambda place: sum(cell.left < place < cell.right for cell in cells))
    for side in ([cell for cell in cells if cell.right <= place], [cell for cell in cells if cell.left >= place]):
        widths = [cell.right - cell.left for cell in side]
        if len(side) < max(LEAST_LINES, 0.3 * len(cells)) or median(widths) < max(0.2 * (right - left), 0.8 * max(widths)):
            return None
    return place


def _mended(items: Sequence[Item]) -> list[Item]:
    """The lines that PDFium tears apart put together: those on one baseline, and characters that stand below each other."""
    mended: list[Item] = []
    for item in items:
        for at in range(max(0, len(mended) - NEAREST), len(mended)):
            one = mended[at]
            if isinstance(one, Line) and isinstance(item, Line) and _is_torn(one, item, follows=one is mended[-1]):
                first, other = (item, one) if item.right < one.left + item.size / 2 else (one, item)
                text = f"{first.text.rstrip()}{' ' * (other.left - first.right > first.size / 4)}{other.text.strip()}"
                words = (*first.parts(), *other.parts())
                mended[at] = replace(first, text=text, right=other.right, bottom=other.bottom, words=words)
                break
        else:
            mended.append(item)
    return mended


def _is_torn(one: Line, other: Line, *, follows: bool) -> bool:
    """Whether two are one: however far apart if one follows the other, as do the cells of a row."""
    size = max(one.size, other.size)
    if abs(one.bottom - other.bottom) < SAME_LINE * size:
        return -SAME_LINE * size < max(other.left - one.right, one.left - other.right) < (math.inf if follows else size)
    is_character = HAN.fullmatch(other.text.strip()) is not None and one.right - one.left < 1.5 * size
    return is_character and abs(one.left - other.left) < SAME_LINE * size and 0 < one.bottom - other.bottom < 1.25 * size


def _goes_on(before: Line, line: Line, old: Column, column: Column, *, same: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it, which stands on the `same` page or not."""
    size = before.size or line.size
    if abs(before.size - line.size) > 0.25 * size or (same and before.bottom - line.bottom > WIDE_GAP * max(column.pitch, size)):
        return False
    if BROKEN_NUMBER.search(f"{before.text.strip()}\n{line.text.strip()}"):
        return True
    closed = CLOSED.search(before.text.strip()) is not None
    if line.left > column.left + INDENTED * size:  # as is the second line of a centred title: as far from either margin
        centred = abs((line.left - column.left) - (column.right - line.right)) < size
        return centred and not closed and before.right > old.right - FULL * size
    if before.left > old.left + FARTHEST * size or (closed and OPENS.match(line.text.strip())):
        return False
    return before.right > (old.left + NEARLY_FULL * (old.right - old.left) if column.indents else old.right - FULL * size)


def _column(pages: Sequence[Sequence[Line]]) -> Column:
    lines = [line for page in pages for line in page]
    if not lines:
        return Column(0, 0, 0)
    lefts = Counter(round(line.left) for line in lines)
    left = min(place for place, count in lefts.items() if count >= min(0.05 * len(lines), max(lefts.values())))
    right = quantiles([line.right for line in lines], n=20)[-1] if len(lines) > 1 else lines[0].right
    gaps = [upper.bottom - lower.bottom for page in pages for upper, lower in pairwise(page)]
    pitch = median([gap for gap in gaps if gap > 0] or [0])
    indented = [line for line in lines if 1.5 * line.size < line.left - left < FARTHEST * line.size]
    return Column(left, right, pitch, len(indented) >= max(2, INDENTS * len(lines)))


def _without_heads(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The pages without what stands at the same place of many pages, its digits aside, and without page numbers."""
    places: Counter[tuple[str, int]] = Counter()
    for page in pages:
        places.update({key for line in _edges(page) for key in _keys(line)})
    least = max(2, REPEATED * len(pages))
    bodies = []
    for page in pages:
        heads = [line for line in _edges(page) if FOOT.fullmatch(line.text.strip()) or max(places[key] for key in _keys(line)) >= least]
        bodies.append([line for line in page if line not in heads])
    return bodies


def _edges(page: Sequence[Item]) -> Iterator[Line]:
    """The outermost lines of a page, by where they stand: a head may come last in the file."""
    by_height = sorted((item for item in page if isinstance(item, Line)), key=lambda line: -line.bottom)
    yield from (line for line in dict.fromkeys([*by_height[:EDGE], *by_height[-EDGE:]]) if len(line.cells()) < 3)  # else a table's


def _keys(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What a line says without its digits, at its height and at the next one: rounding must not part two of a kind."""
    said, height = re.sub(r"[\d\s]+", "", line.text), int(line.bottom // NEAR)
    return (said, height), (said, height + 1)
