"""Markdown, made a web page by markdown-it and read as one: without its marks, a line for each of the source's or of its parts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it import MarkdownIt

from index.read.decoded import decode
from index.read.formats import Extracted, Line, of_lines
from index.read.html import Page, day, unread

FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
FIELD = re.compile(r"^(title|date|source(?=[ \t:\"']+https?:))[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
TWICE = re.compile(r"^(.{4,}?)\s*\1$")
BOLD, PLAIN = "\ufdd0", "\ufdd1"  # no characters: where bold text begins and ends, until the lines are told apart
MARKS = dict.fromkeys(map(ord, (BOLD, PLAIN)))
# CommonMark takes **增长。**工业 for no emphasis, as a letter follows the full stop.
STRONG = re.compile(r"(?<!\\)(\*{2,3})(?!\*)[ \t]*([^*\n]*[^*\s\\])[ \t]*\1")
BULLET = re.compile(r"^[-*+]\s+")
NOTED = re.compile(r"\[\^([^\]\s]+)\](?!:)")  # a footnote's mark in the text
NOTE = re.compile(r"\[(?:\^([^\]\s]+)|(\d{1,3}))\]:\s*")
CONTENTS = re.compile(r"目[录錄次]|(?:tableof)?contents", re.IGNORECASE)
REPEATED = ("目录", "与正文的标题重复")
UNLIKE = re.compile(r"^(?:\d+[.、．]|[-*+]\s)|\s|[.…·]+\d*$")  # what a contents' line and its heading need not share
NUMBER = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(rf"{NUMBER}、|[（(]{NUMBER}[)）]|第{NUMBER}(?:部分|[章篇节编])|\d{{1,2}}[.．、](?!\d)")
BEGINS = re.compile(rf"{HEADING.pattern}|第{NUMBER}|{NUMBER}是|.*。$")  # a part of a line: a heading, or one that goes on in its sentence
CLOSED = "。！？；：，、"
PART = re.compile(rf"(?:^|(?<=[。！？；：\s])){BOLD}([^{BOLD}{PLAIN}]+){PLAIN}(?=(.?))")
UNMARKED = re.compile(rf"(?<=[。！？\s])((?:{NUMBER}、|[（(]{NUMBER}[)）])[^。！？；：\s{BOLD}{PLAIN}]{{2,40}})(?=\s)")
ALONE = re.compile(rf"{BOLD}(?!{HEADING.pattern})[^{BOLD}{PLAIN}]{{0,39}}[^{BOLD}{PLAIN}{CLOSED}]{PLAIN}")
ALONE_DEPTH = 4  # below what writers mark by #


def extract(data: bytes, name: str) -> list[Extracted]:
    text = decode(data, name).translate(MARKS)
    matter = FRONT_MATTER.match(text)
    body = STRONG.sub(rf"{BOLD}\2{PLAIN}", text[matter.end() :] if matter else text)
    # An indented paragraph is no code, 1. the report's own number, and [注]:数据 no link's address.
    parser = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable(["code", "list", "reference"])
    page = Page(parser.render(NOTED.sub(r"[\1]", body)), is_site=False)
    lines = [*_lines(_without_contents(page))]
    return [of_lines(lines, given=_given(matter[1] if matter else ""), unread=unread(page.counts))]


def _given(matter: str) -> dict[str, str]:
    """What the front matter says of title, day and address; a title said twice in a row is said once."""
    said = {field.lower(): value for field, value in FIELD.findall(matter)}
    found = said | {"title": TWICE.sub(r"\1", said.get("title", "")), "date": day(said.get("date", ""))}
    return {field: value for field, value in found.items() if value}


def _without_contents(page: Page) -> Iterator[Line]:
    """The lines without those below the word 目录 that a line of the text begins with as well."""
    keys = [UNLIKE.sub("", line.text.translate(MARKS)) for line in page.lines]
    listed: set[str] | None = None
    for line, key in zip(page.lines, keys, strict=True):
        if listed is None:
            listed = set() if CONTENTS.fullmatch(key) else None
        elif line.depth or line.row or key in listed or sum(other.startswith(key) for other in keys) < 2:
            listed = None
        else:
            listed.add(key)
        page.counts[REPEATED] |= listed is not None
        if listed is None:
            yield line


def _lines(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines in their parts, with what is a footnote, and the depth of those in bold that head something."""
    begun = False
    for line in lines:
        depth = line.depth or (ALONE_DEPTH if begun and ALONE.fullmatch(line.text) else 0)
        begun |= depth > 1 or HEADING.match(line.text.translate(MARKS)) is not None
        row, note = tuple(replace(slot, text=slot.text.translate(MARKS)) for slot in line.row), NOTE.match(line.text)
        for part in _parted(line.text[note.end() :] if note else BULLET.sub("", line.text)):
            yield Line(part.translate(MARKS), depth, row, line.table, (note[1] or note[2]) if note else "")


def _parted(line: str) -> list[str]:
    """A line of many parts, broken before each that bold words begin and each heading, and after those that are its heading alone."""
    parts = [part[1] for part in PART.finditer(line) if BEGINS.match(part[1])]
    if len(parts) < 2 and not any(map(HEADING.match, parts)):
        return [line]
    return PART.sub(_broken, UNMARKED.sub(rf"{BOLD}\1{PLAIN}", line)).split("\n")


def _broken(part: re.Match[str]) -> str:
    words, following = part.groups()
    alone = following.isspace() or (HEADING.match(words) and words[-1] not in CLOSED and following not in CLOSED)
    return f"\n{part[0]}" + ("\n" if alone else "") if BEGINS.match(words) else part[0]
