"""PDF by PDFium, in a process of its own: lines with their places → paragraphs and tables, less running heads and page numbers."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median, quantiles
from typing import Any, NamedTuple

from index import paths
from index.errors import ReadError
from index.read import formats
from index.read.formats import Extracted, of_lines
from index.read.paged import scans
from index.read.paged.pdf_tables import HAN, SAME_LINE, Item, Line, Table, Word, closed_up, joined, ruled, unruled
from index.records import Progress, Unread

SECONDS = 120  # 200 pages take one
LEAST_CHARACTERS = 30  # a page, on average; a scanned one has none, or a stamp's
LEAST_LETTERS = 200  # of a text that is told to be no Chinese, and of a page with a ground below its text
LARGE, GROUND = 0.05, 0.9  # shares of a page: a smaller picture is a mark, a larger one may be a ground
TITLE = re.compile("报告|公报|计划|规划|纲要|草案|预算|報告|公報|計畫|規劃|綱要|預算")
REASONS = {"password": "有密码保护；请存一份没有密码的", "broken": "不是完好的 PDF；请重新下载或另存", "long": "页数太多，不像一份报告"}


def extract(data: bytes, name: str, progress: Progress = lambda *_: None) -> list[Extracted]:
    told = _told(data, name)
    pages = [_lines(page["lines"]) for page in told["pages"]]
    scanned = scans.recognised(data, _pictures(pages, told["pages"], name), name, progress)
    pages = [_lines(scanned[number]) if number in scanned else lines for number, lines in enumerate(pages)]
    items = [*without_heads([ruled(page, drawn["rules"]) for page, drawn in zip(pages, told["pages"], strict=True)])]
    title = re.sub(r"^Microsoft Word - |\.(?:docx?|wps|pdf)$", "", told["title"].strip())
    given = {"title": title} if TITLE.search(title) else {}
    read = of_lines(written(items), given=given, unread=_unread(pages, told["pages"], scanned))
    flow = [(number + 1, item) for number in scanned for _, column in _in_columns(items[number]) for item in column]
    if scanned and not read.text:
        raise ReadError(f"{name}：像是扫描件，识别不出文字；请扫描得清楚些再试")
    boxes = scans.placed(read.text, ((page, item) for page, item in flow if isinstance(item, Line)))
    return [replace(read, boxes=tuple(boxes))]


def _pictures(pages: Sequence[Sequence[Line]], told: Sequence[dict[str, Any]], name: str) -> list[int]:
    """The pages, from 0, whose characters must be recognised: all where hardly one has a text, or has one that can be read."""
    text = "".join(line.text for page in pages for line in page)
    hindrance = "没有文字层，像是扫描件" if len(text) < LEAST_CHARACTERS * len(pages) else "文字层是乱码" if _is_garbled(text) else ""
    if hindrance and not scans.is_installed():
        raise ReadError(f"{name}：{hindrance}；请装上 wenbao[ocr]，或先做文字识别（OCR）")
    if hindrance:
        return [*range(len(pages))]
    if not scans.is_installed():
        return []
    return [number for number, (lines, drawn) in enumerate(zip(pages, told, strict=True)) if drawn["drawn"] and not lines]


def _lines(told: Sequence[tuple[float, float, list[Any]]]) -> list[Line]:
    """The lines of a page; those of one baseline, as PDFium tears the cells of a row apart, put together."""
    lines: list[Line] = []
    for bottom, size, words in told:
        parts = [Word(*word[:3], *map(tuple, word[3:])) for word in words]
        if lines and abs(lines[-1].bottom - bottom) < SAME_LINE * size:
            parts = sorted([*lines.pop().words, *parts], key=lambda word: word.left)
        lines.append(Line(bottom, size, tuple(parts)))
    return lines


def _told(data: bytes, name: str) -> dict[str, Any]:
    """What pdf_lines.py says of a file."""
    command = [sys.executable, "-m", "index.read.paged.pdf_lines"]
    try:
        done = subprocess.run(command, input=data, cwd=paths.PROJECT, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ReadError(f"{name}：{SECONDS} 秒也没有读完，不像一份报告") from None
    told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"reason": "broken"}
    if "reason" in told:
        raise ReadError(f"{name}：{REASONS[told['reason']]}")
    return told


def _is_garbled(text: str) -> bool:
    """Whether hardly a letter is Chinese, or many are none at all: a font does not say which letters it draws."""
    letters = sum(map(str.isalpha, text))
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in text)
    return (letters >= LEAST_LETTERS and 3 * len(HAN.findall(text)) < letters) or 10 * unknown > len(text)


def _unread(pages: Sequence[Sequence[Line]], told: Sequence[dict[str, Any]], scanned: Collection[int]) -> list[Unread]:
    """Pages that were recognised; those on which something is drawn and nothing written, and the pictures on others."""
    both = [*zip(pages, told, strict=True)]
    empty = [str(number) for number, (lines, drawn) in enumerate(both, start=1) if drawn["drawn"] and not lines]
    most = [GROUND if sum(len(line.text) for line in lines) >= LEAST_LETTERS else 1.1 for lines in pages]
    shown = [
        (limit, drawn["pictures"]) for at, (limit, (lines, drawn)) in enumerate(zip(most, both, strict=True)) if lines and at not in scanned
    ]
    pictures = sum(LARGE < share < limit for limit, shares in shown for share in shares)
    found = [Unread(f"第 {'、'.join(empty)} 页", "没有文字层，像是扫描或图片")] if empty else []
    if read := [number for number in scanned if pages[number]]:
        found.append(Unread(f"扫描的 {len(read)} 页", "文字是识别出来的，可能有错；不确定的数字有标记"))
    return found + ([Unread(f"图片 {pictures} 处", "图里的文字没有读")] if pictures else [])


EDGE = 2  # lines at either end of a page among which a running head is looked for
NEAR = 8.0  # points by which the same line may differ from page to page
REPEATED = 0.4  # share of the pages: left and right pages may have heads of their own
NUMBERS = r"[-—–－·\s第共页/,，PpageofOF\d]*"
FOOT = re.compile(rf"{NUMBERS}\d{NUMBERS}|.{{0,3}}\d+-\d+ China Academic Journal.*|.*www\.cnki\.net")  # by itself, of a page or of a store
FULL = 1.8  # characters by which a full line may end before the margin: 。 is never put at a line's beginning
NEARLY_FULL = 0.6  # of the width, where paragraphs are told by their indent: 11651.4元 is not broken, and lines may be ragged
INDENTED, FARTHEST = 0.7, 4.5  # characters: what stands further right is no first line, but centred, or a signature
INDENTS = 0.08  # share of the lines from which on a document's paragraphs are indented
WIDE_GAP = 1.3  # × the usual distance of two lines
CLOSED = re.compile(r"[。！？；：:;!?”）)]$")
COUNT = "[一二三四五六七八九十]{1,3}"
OPENS = re.compile(rf"——|{COUNT}[、是]|[壹贰叁肆伍陆柒捌玖拾貳參陸]、|[（(]{COUNT}[）)]|第{COUNT}部分")
BROKEN_NUMBER = re.compile(r"\d\n[.．]\d|\d[.．]\n\d")
LEAST_LINES = 8  # of a column of text
LEADERS = re.compile(r"[.…·]{3,}\s*\d+$")  # a line of a list of contents
SMALL = 0.85  # × the usual size: footnotes, and page numbers
NOTE = re.compile(r"([①-⑳⑴-⒇]|[\[〔［]\d{1,2}[\]〕］])\s*")
CONTINUED = re.compile(r"[（(]?[续續].{0,8}$|.{0,40}[（(][续續][)）]$")


class Column(NamedTuple):
    """Where the text of a page stands: its margins, and how far its lines are apart."""

    left: float
    right: float
    pitch: float
    indents: bool  # paragraphs begin further right
    is_across: bool  # the page has no other, or none there


def written(pages: Sequence[Sequence[Item]]) -> list[formats.Line]:
    """The paragraphs and rows of a document, then its footnotes. Left and right pages may be mirrored, and a page may have columns: each
    has its margins."""
    pages, notes = _without_notes(pages)
    flows = [((number % 2, column), [*unruled(items)]) for number, page in enumerate(pages) for column, items in _in_columns(page)]
    within = {key: [item for other, items in flows if other == key for item in items if isinstance(item, Line)] for key, _ in flows}
    columns = {key: _column(lines, is_across=key[1] == 0) for key, lines in within.items() if lines}
    lines, table, before = list[formats.Line](), 0, None
    for flow, item in _whole([(flow, item) for flow, (_, items) in enumerate(flows) for item in items]):
        if isinstance(item, Table):
            table, before = table + 1, None
            lines += [formats.Line("", row=row, table=table) for row in item.rows]
        else:
            column = columns[flows[flow][0]]
            goes_on = before and _goes_on(before[0], item, before[1], column, same=before[2] == flow)
            lines.append(formats.Line(joined(lines.pop().text if goes_on else "", closed_up(item.text))))
            before = item, column, flow
    return lines + notes


def _without_notes(pages: Sequence[Sequence[Item]]) -> tuple[list[list[Item]], list[formats.Line]]:
    """The pages without the small lines at their foot of which the first has a mark, and these as a line for each mark."""
    found, bodies = list[formats.Line](), list[list[Item]]()
    usual = median([line.size for page in pages for line in page if isinstance(line, Line)] or [0])
    for page in pages:
        lines = sorted((item for item in page if isinstance(item, Line)), key=lambda line: line.bottom)
        small = [*takewhile(lambda line: line.size < SMALL * usual, lines)][::-1]
        first = next((at for at, line in enumerate(small) if NOTE.match(line.text)), len(small))
        for line in small[first:]:
            if mark := NOTE.match(line.text):
                found.append(formats.Line(closed_up(line.text[mark.end() :]), note=mark[1]))
            else:
                found[-1] = replace(found[-1], text=joined(found[-1].text, closed_up(line.text)))
        bodies.append([item for item in page if item not in small[first:]])
    return bodies, found


def _whole(items: Iterable[tuple[int, Item]]) -> list[tuple[int, Item]]:
    """A table that goes on on the next page as one: less its heads there, where what is between its parts says no more than that."""
    whole, at, last = list[tuple[int, Item]](), 0, (0, Table((), (), 0))  # where the last table stands, and its last part
    for flow, item in items:
        whole.append((flow, item))
        if isinstance(item, Table):
            first, said = whole[at][1], [one.text for _, one in whole[max(0, at - 3) : at] if isinstance(one, Line)]
            between = [one.text for _, one in whole[at + 1 : -1] if isinstance(one, Line)]
            is_told = all(CONTINUED.match(text) or text in said for text in between)
            if isinstance(first, Table) and flow != last[0] and item.goes_on(last[1]) and is_told:
                heads = [*takewhile(lambda pair: pair[0] == pair[1], zip(item.rows, first.rows, strict=False))]
                whole[at:] = [(whole[at][0], first._replace(rows=(*first.rows, *item.rows[len(heads) :])))]
            at, last = (at if whole[-1][1] is not item else len(whole) - 1), (flow, item)
    return whole


def _in_columns(items: Sequence[Item]) -> Iterator[tuple[int, list[Item]]]:
    """What stands on a page as it is read, with its column: across the page 0, to the left and right of its gutter 1 and 2."""
    lines = [item for item in items if isinstance(item, Line)]
    gutter = _gutter([cell for line in lines for cell in line.cells()])
    within = [line for line in lines if gutter and not any(cell.left < gutter < cell.right for cell in line.cells())]
    yield 0, [item for item in items if item not in within]
    for column, side in enumerate(zip(*(line.split(0, gutter or 0) for line in within), strict=True), start=1):
        yield column, sorted(filter(None, side), key=lambda line: -line.bottom)


def _gutter(cells: Sequence[Word]) -> float | None:
    """The middle, where two columns of text are parted there: few lines go across, and most of those on either side fill it."""
    left, right = min((cell.left for cell in cells), default=0), max((cell.right for cell in cells), default=0)
    middle, enough = (left + right) / 2, max(LEAST_LINES, 0.3 * len(cells))
    for side in ([cell for cell in cells if cell.right <= middle], [cell for cell in cells if cell.left >= middle]):
        if len(side) < enough or median(cell.right - cell.left for cell in side) < 0.35 * (right - left):
            return None
    return middle


def _goes_on(before: Line, line: Line, old: Column, column: Column, *, same: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it, which stands on the `same` page or not."""
    size = before.size or line.size
    is_apart = same and before.bottom - line.bottom > WIDE_GAP * max(column.pitch, size)
    if is_apart or old.is_across != column.is_across or abs(before.size - line.size) > 0.25 * size:
        return False
    if BROKEN_NUMBER.search(f"{before.text}\n{line.text}"):
        return True
    closed = CLOSED.search(before.text) is not None or LEADERS.search(before.text) is not None
    if line.left > column.left + INDENTED * size:  # as is the second line of a centred title: as far from either margin
        centred = abs((line.left - column.left) - (column.right - line.right)) < size
        return centred and not closed and before.right > old.right - FULL * size
    if before.left > old.left + FARTHEST * size or (closed and OPENS.match(line.text)) or LEADERS.search(before.text):
        return False
    return before.right > (old.left + NEARLY_FULL * (old.right - old.left) if column.indents else old.right - FULL * size)


def _column(lines: Sequence[Line], *, is_across: bool) -> Column:
    lefts = Counter(round(line.left) for line in lines)
    left = min(place for place, count in lefts.items() if count >= min(0.05 * len(lines), max(lefts.values())))
    right = quantiles([line.right for line in (*lines, lines[-1])], n=20)[-1]
    pitch = median([gap for upper, lower in pairwise(lines) if (gap := upper.bottom - lower.bottom) > 0] or [0])
    indented = [line for line in lines if 1.5 * line.size < line.left - left < FARTHEST * line.size]
    return Column(left, right, pitch, len(indented) >= max(2, INDENTS * len(lines)), is_across)


def without_heads(pages: Sequence[Sequence[Item]]) -> Iterator[list[Item]]:
    """The pages without what stands at the same place of many pages, its digits aside, and without page numbers."""
    ends = []
    for page in pages:  # by where its lines stand: a head may come last in the file
        lines = sorted((item for item in page if isinstance(item, Line)), key=lambda line: -line.bottom)
        outermost = [line for line in (*lines[:EDGE], *lines[-EDGE:]) if len(line.cells()) < 3]  # else a table's
        ends.append({line: (re.sub(r"[\d\s]+", "", line.text), round(line.bottom / NEAR)) for line in outermost})
    places = Counter(key for keys in ends for key in {*keys.values()})
    least = max(2, REPEATED * len(pages))
    for page, keys in zip(pages, ends, strict=True):
        heads = [line for line, key in keys.items() if FOOT.fullmatch(line.text) or places[key] >= least]
        yield [line for line in page if line not in heads]
