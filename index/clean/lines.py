"""Where a text has its lines: written as the characters \\r\\n, run together into one, or broken by the width of a page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import quantiles

from index.clean.edits import Edit, edited
from index.outline import portal
from index.outline.headings import LEAD, LONGEST_HEADING, NUMBER, begins_heading
from index.read.sources import Source
from index.records import Unread
from index.text import PAGE_MARK, gaps, joined, normal

WRITTEN = re.compile(r"(?:\\r\\n|\\n|\\r|_x000D_)+")  # line ends as a spreadsheet or a program prints them
RULES = re.compile(r"^[ \t]*[-—–=─━_*~]{5,}[ \t]*\n", re.MULTILINE)  # drawn between the rows of a table, or parts
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")
BARE_NUMBER = re.compile(r"^[ \t]*(\d{1,3})[ \t]*$", re.MULTILINE)
LEAST_PAGES = 3  # numbers alone on their lines that count up are those of pages
LONGEST_HEAD = 60  # characters of a running head, which may stand at both ends of its line


def meant(source: Source) -> Source:
    """The source with its lines as they were meant."""
    source = edited(source, _written(source))
    if marks := [*_page_marks(source)]:
        told = Unread(f"页码、页眉 {len(marks)} 处", "每页都有，不是正文")
        source = replace(edited(source, marks), unread=(*source.unread, told))
    for step in (_cut, _cut_heads, _joins):
        source = edited(source, step(source))
    return source


def _written(source: Source) -> Iterator[Edit]:
    yield from (Edit(*match.span(), "\n") for match in WRITTEN.finditer(source.text))
    yield from (Edit(*match.span()) for pattern in (UNSEEN, RULES) for match in pattern.finditer(source.text))


def _page_marks(source: Source) -> Iterator[Edit]:
    """Page numbers on lines of their own, and a short line that stands beside most of them."""
    text, rows = source.text, _Rows(source)
    marks = [match.span() for match in PAGE_MARK.finditer(text)]
    bare = [match for match in BARE_NUMBER.finditer(text) if not rows.hold(match.start())]
    if len(bare) >= LEAST_PAGES and all(int(one[1]) < int(after[1]) for one, after in pairwise(bare)):
        marks += [match.span() for match in bare]
    beside = [(low, high) for mark in marks for low, high in _neighbours(text, *mark) if 0 < high - low <= LONGEST_HEAD]
    said = Counter(text[low:high].strip() for low, high in beside)
    heads = [(low, high) for low, high in beside if said[text[low:high].strip()] >= max(LEAST_PAGES, len(marks) / 2)]
    yield from (Edit(start, min(end + 1, len(text))) for start, end in [*marks, *heads])


def _neighbours(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines with words before and after the one from `start` to `end`."""
    before, after = len(text[:start].rstrip()), end + len(text[end:]) - len(text[end:].lstrip())
    if before:
        yield text.rfind("\n", 0, before) + 1, before
    if after < len(text):
        below = text.find("\n", after)
        yield after, len(text) if below < 0 else below


LONG = 1500  # characters of a line that holds more than one paragraph; the longest paragraph known has 1,100
PARTS = re.compile(r"(?:^|[。！])一、.*[。！]二、")  # a whole report on a short line
SENTENCE = "[。！？”）]"  # behind ： and ； stand the items of an announcement
NUMBERED = rf"(?:{NUMBER}、|[（(]{NUMBER}[）)]|第{NUMBER}[章节篇])(?!{NUMBER}、)"  # 一、二、三产业 are no headings
INDENT = re.compile(
    "(?m)\u3000{2,}(?![一-鿿·\u3000 ]{1,9}[:：]?$)|(?<=[。！？；”]) {2,}(?=\\S)"
)  # what parts paragraphs, also where lines are short
CUT = re.compile(
    rf"(?<={SENTENCE}) *(?={NUMBERED}|各位(?:代表|委员)[，！：,!:]|——|更多.{{0,4}}请|附(?:件|录)?[：:])|(?<=[。！？”]) +| +(?={NUMBERED})"
    r"|(?<=各位代表[：:])(?=\S)|(?<=[。：:；])(?=[①-⑳])"
)
GLUED, CHAPTER = re.compile(rf"第{NUMBER}[篇章]"), re.compile(rf"(?<=[一-鿿])第{NUMBER}[章节]")  # 第三篇推进改革开放第十三章深化各项改革
# 一、2018年工作回顾2018年，……: a part's heading whose paragraph follows without a gap.
RUN_ON = re.compile(
    rf"(?:^|(?<=[。！？”）]))(?:{NUMBER}、|第{NUMBER}部分)[^。；！？：\n]{{2,30}}?(?:回顾|总结|成就|安排|部署|任务|目标|打算|建议|重点|工作)"
    r"(?=[12１２][9０0９][\d０-９]{2}年|过去|刚刚|今年|今后|各位代表|[（(]一[）)])",
    re.MULTILINE,
)
HEAD_END = re.compile(
    rf"^(?:{NUMBERED})[^。；！？ \n]{{2,{LONGEST_HEADING}}}( +)\S(?:[^\n]{{{LONGEST_HEADING},}}|[^\n]*[。！]$)", re.MULTILINE
)


def _cut(source: Source) -> Iterator[Edit]:
    """Line ends where a line holds several paragraphs: at wide spaces, before headings, after a space behind a sentence."""
    rows = _Rows(source)
    for line in re.finditer(r"[^\n]+", source.text):
        if rows.hold(line.start()):
            continue
        holds_more = line.end() - line.start() > LONG or PARTS.search(line[0])
        for where in (INDENT, CUT) if holds_more else (INDENT,):
            yield from (Edit(*gap.span(), "\n") for gap in where.finditer(source.text, *line.span()) if gap.start() > line.start())
        if GLUED.match(line[0]) and line.end() - line.start() <= LONGEST_HEADING:
            yield from (Edit(line.start() + gap.start(), line.start() + gap.start(), "\n") for gap in CHAPTER.finditer(line[0], 1))


def _cut_heads(source: Source) -> Iterator[Edit]:
    """A heading that only a space parts from its paragraph, or nothing."""
    yield from (Edit(*match.span(1), "\n") for match in HEAD_END.finditer(source.text))
    yield from (Edit(match.end(), match.end(), "\n") for match in RUN_ON.finditer(source.text))


CLOSED = re.compile(r"[。！？；：…!?;:”’」』）)】]$")
INSIDE = re.compile(r"[。；！？]|，.*，|[，、]$")  # a heading has one comma at most, and none at its end
BROKEN_NUMBER = (
    re.compile(r"[一-鿿]\d[\d.]*[万亿]*$"),
    re.compile(r"[\d.]+[万亿]|[\d.]*[万亿]*[%‰元人吨户家个项件亩公里米平方立方千克瓦倍]"),
)
CLOSES = re.compile(r"[，。；、：！？”’）》」』,;:!?)](?!$)|[，。；、：！？”’）》」』]$")  # no line begins with these
ADDRESS = re.compile(r"各位|同志们|现在[，,]|——")
# A title or the line under it that a narrow column has broken.
HEADS = 30  # lines among which these stand
BROKEN_HEADS = (
    (re.compile(r"^关于(?!.*(?:报告|说明)(?:[（(].*[）)])?$).{,90}$"), re.compile(r"^[^。，]{,30}(?:报告|草案|执行情况)[^。，]{,20}$")),
    (
        re.compile(r"(?:经济|社会|发展|[和与])$"),
        re.compile(r"^[和与]?(?:社会)?(?:发展)?(?:统计公报|第.{1,4}个五年|.{0,8}(?:规划|计划)纲要)"),
    ),
    (re.compile(r"^[—（(-]+.*\d{4}年\d+月\d+日.*[^上过）)]$"), re.compile(r"(?:会议?|大会)")),
)
WRAPPED = 0.35  # share of a document's longer lines that end at the margin without ending a sentence
LEAST_LINES = 20
INDENTED, RAGGED = 5, 2  # characters by which a full line may be shorter than the widest: the first of a paragraph, any other


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    fixed: bool  # a table's row, or a heading by its format


def _joins(source: Source) -> Iterator[Edit]:
    """What stands between two lines of one paragraph."""
    lines = [*_lines(source)]
    width = _width(lines)
    paragraph = lines[0].text if lines else ""
    for number, (before, after) in enumerate(pairwise(lines)):
        if not (before.fixed or after.fixed) and _goes_on(paragraph, before, after, width, head=number < HEADS):
            yield Edit(before.end, after.start)
            paragraph += after.text
        else:
            paragraph = after.text


def _lines(source: Source) -> Iterator[_Line]:
    rows = _Rows(source)
    for number, match in enumerate(re.finditer(r"[^\n]*\n?", source.text), start=1):
        words = match[0].strip()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            fixed = rows.hold(start) or number in source.headings or number in source.notes or _is_aside(normal(words))
            yield _Line(start, start + len(words), joined(words), fixed)


def _is_aside(line: str) -> bool:
    return portal.is_aside(line) and not LEAD.fullmatch(line)


def _width(lines: Sequence[_Line]) -> int | None:
    """The width to which a document's lines are broken; None where they end with their paragraphs."""
    lengths = [len(line.text) for line in lines if not line.fixed]
    if len(lengths) < LEAST_LINES:
        return None
    width = int(quantiles(lengths, n=20)[-2])
    full = [line for line in lines if len(line.text) >= width - INDENTED]
    broken = [line for line in full if not CLOSED.search(line.text)]
    return width if len(broken) >= WRAPPED * len(lengths) else None


def _goes_on(paragraph: str, before: _Line, after: _Line, width: int | None, *, head: bool) -> bool:
    """Whether a line goes on with the paragraph that the one before it is of."""
    if (
        LEAD.fullmatch(normal(paragraph))
        or CLOSES.match(after.text)
        or (head and any(end.search(paragraph) and start.search(after.text) for end, start in BROKEN_HEADS))
    ):
        return True
    if BROKEN_NUMBER[0].search(paragraph) and BROKEN_NUMBER[1].match(after.text):
        return True
    closed = CLOSED.search(paragraph) is not None
    full = width is not None and len(before.text) >= width - (RAGGED if closed else INDENTED)
    headed = begins_heading(normal(paragraph)) and len(paragraph) <= LONGEST_HEADING
    unfinished = not closed and not headed and (INSIDE.search(paragraph) is not None or len(paragraph) > LONGEST_HEADING)
    return (full or unfinished) and not ADDRESS.match(after.text) and not begins_heading(normal(after.text))


def closed(source: Source) -> Source:
    """What is read: the source without the blanks that part a number, or it from its unit. The way back is to the source's text."""
    return edited(replace(source, back=None, original=""), _gaps(source))


def _gaps(source: Source) -> Iterator[Edit]:
    for line in re.finditer(r"[^\n]+", source.text):
        yield from (Edit(line.start() + start, line.start() + end) for start, end in gaps(line[0]))


class _Rows:
    """Where the tables of a source stand."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        return [(cells[0].span.start, cells[-1].span.end) for cells in self.source.tables if cells]

    def hold(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.ranges)
