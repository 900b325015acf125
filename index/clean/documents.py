"""What a file says twice is left out, and what it holds beside the first document is one of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.clean.edits import Edit, edited, without_lines
from index.outline.genre import DOCUMENT
from index.read.sources import Source
from index.records import Span, Unread
from index.text import normal

LEAST_REPEATED = 60  # characters of a run of lines that stands twice: a heading and its sentence, not a slogan
CONTENTS = re.compile(r"目\s*录")
ITEM = re.compile(r"(?=第[一二三四五六七八九十]{1,3}[篇章节部])")  # contents may run together in a line
LEADER = re.compile(r"[.…·\s]*\d*$")  # to the page's number
LONGEST_ITEMS = 160  # characters of a line of contents
LEAST_ITEMS = 4


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str


def once(source: Source) -> Source:
    """The source without its list of contents and without what stands in it a second time; both are listed as not read."""
    for find, where, why in ((_contents, "目录", "与正文的标题重复"), (_repeated, "重复的部分", "与前面的文字相同，只读一次")):
        lines = find(_lines(source))
        if lines:
            told = Unread(f"{where}：“{lines[0].text[:16]}”起 {len(lines)} 行", why)
            source = replace(without_lines(source, (line.span for line in lines)), unread=(*source.unread, told))
    return source


def _lines(source: Source) -> list[_Line]:
    rows = {cell.span.start for cells in source.tables for cell in cells}
    found = [Span(*match.span()) for match in re.finditer(r"[^\n]+", source.text) if match[0].strip()]
    return [_Line(span, span.of(source.text).strip()) for span in found if span.start not in rows]


def _contents(lines: Sequence[_Line]) -> list[_Line]:
    """The lines from 目录 on whose items stand further below again."""
    first = next((number for number, line in enumerate(lines) if CONTENTS.match(line.text) and len(line.text) < LONGEST_ITEMS), None)
    if first is None:
        return []
    told = [*enumerate("".join(line.text.split()) for line in lines)]
    found, items = [lines[first]], 0
    for number, line in enumerate(lines[first + 1 :], start=first + 1):
        later = "\n".join(text for other, text in told if other > number)
        named = ["".join(LEADER.sub("", item).split()) for item in ITEM.split(line.text) if item.strip()]
        again = [item for item in named if f"\n{item}" in later or f"{item}\n" in later]
        if len(line.text) > LONGEST_ITEMS or not again:
            break
        found.append(line)
        items += len(again)
    return found if items >= LEAST_ITEMS else []


def _repeated(lines: Sequence[_Line]) -> list[_Line]:
    """Runs of lines that stand in the same order further above."""
    places: dict[str, list[int]] = {}
    found: list[_Line] = []
    run: list[int] = []  # of the lines before this one, where each stood first
    for number, line in enumerate([*lines, _Line(Span(0, 0), "")]):
        before = places.get(line.text, [])
        follows = next((place for place in before if run and place == run[-1] + 1), None)
        if run and follows is None:
            again = lines[number - len(run) : number]
            apart = run[-1] < number - len(run)  # of a line that is said again and again each is its own
            found += again if apart and sum(len(one.text) for one in again) >= LEAST_REPEATED else []
            run = []
        if before:
            run.append(before[0] if follows is None else follows)
        places.setdefault(line.text, []).append(number)
    return found


LEAST_DOCUMENT = 200  # characters of a document: what is shorter is a masthead, or a link
OPENS = re.compile(r"^各位(?:代表|委员)|^[-—]*[(]?(?:\d{4}|二[〇零○]..)年\d{1,2}月\d{1,2}日")
NEAR = 6  # lines below a title within which a document opens


def documents(source: Source) -> Iterator[Source]:
    """Each document of a source as one of its own; the first lists the others."""
    starts = _starts(source)
    ends = [*starts[1:], len(source.text)]
    names = [source.text[start:].lstrip().split("\n", 1)[0].strip()[:40] for start in starts]
    others = tuple(Unread(f"同一文件里的“{name}”", "另作一份报告") for name in names[1:])
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        if len(starts) == 1:
            yield source
            return
        kept = edited(source, (Edit(0, start), Edit(end, len(source.text))))
        back, original = kept.back or [0], kept.original
        low, high = back[0], back[-1] + 1
        yield replace(
            kept,
            id=source.id if number == 1 else f"{source.id}_{number}",
            original=original[low:high],
            back=[place - low for place in back],
            unread=(*source.unread, *others) if number == 1 else (),
            given=source.given if number == 1 else {},
        )


def _starts(source: Source) -> list[int]:
    """Where the documents of a source begin: a title on a line of its own, and below it date or address."""
    lines = _lines(source)
    starts = [0]
    for number, line in enumerate(lines):
        far = line.span.start - starts[-1] >= LEAST_DOCUMENT
        if far and DOCUMENT.fullmatch(normal(line.text)):
            below = [normal(other.text) for other in lines[number + 1 : number + 1 + NEAR]]
            if any(OPENS.search(text) for text in below):
                starts.append(line.span.start)
    ends = [*starts[1:], len(source.text)]
    return [start for start, end in zip(starts, ends, strict=True) if start == 0 or end - start >= LEAST_DOCUMENT]
