"""Web pages by lxml: a line for each block, a row for each of a table's, without what a page has around its text."""

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate
from html import unescape
from itertools import chain, count

from lxml import etree, html
from lxml.html.defs import block_tags, table_tags

from index.errors import ReadError
from index.read.decoded import decode
from index.read.formats import Extracted, Line, Slot, of_lines
from index.records import Unread

UNSEEN = re.compile("iframe|object|embed|audio|video|script|style|noscript|template|head|svg|math|canvas|select|textarea|button|input|xml")
AROUND = re.compile("nav|footer|aside|menu|dialog")  # HTML's names for what is not the text; a header outside of an article
PARTS = {"article", "body", "br", "details", "figcaption", "figure", "header", "html", "main", "section", "summary"}  # not in lxml's
BLOCKS = (block_tags - {"del", "ins"}) | table_tags | PARTS
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
REPORT = re.compile("报告|公报|计划|规划|纲要|草案|预算|开幕|情况")
OFFICES = ("contentsource", "author", "sitename")  # whose page it is
LINK = "a[@href or not(@name)]"  # <a name> is a place that links lead to
MOSTLY_LINKS = 0.6  # share of a block's characters; a report has hardly a link
LONG = 60  # characters: a menu's lines and captions are shorter
SENTENCE = re.compile(r"[，。；！？]")
SPACES = re.compile(r"[ \t\n\r\f]+")
BROKEN = re.compile(r"(?<=[^\x00-\xff])[ \t\r\f]*\n[ \t\n\r\f]*(?=[^\x00-\xff])")  # Chinese has no space where a source line ends
BREAK = re.compile(r"(?:\\r)?\\n")  # the characters, as a program printed them
ICON = re.compile(r"[\s\ue000-\uf8ff]*[\ue000-\uf8ff][\s\ue000-\uf8ff]*")
INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
SMALL = re.compile(r"\b(?:width|height)\s*:\s*[0-3]?\d\s*(?:px|;|\s|$)|icon|logo", re.IGNORECASE)
LONGEST_CELL, SHORT_CELL = 200, 30  # characters: what lays out a page holds paragraphs, and less than one short cell in four
SITE = re.compile(r"[_|｜]|(?<!\d)-|-(?!\d)")  # before the site's name in a title
DAY = re.compile(r"((?:19|20)\d\d)\D(1[0-2]|0?[1-9])\D(3[01]|[12]\d|0?[1-9])(?!\d)")
PUBLISHED = re.compile(rf"(?:发布|发表)(?:于|时间|日期)?\s*[:：]?\s*{DAY.pattern}")
PICTURES = ("图片 {} 张", "图里的文字没有读")
INNER, LINKS = ("表中的表 {} 个", "只作文字"), ("网页的菜单、链接 {} 行", "不是正文")


def extract(data: bytes, name: str) -> list[Extracted]:
    """The charset that a page names is not looked at: `decode` goes by the bytes."""
    return [of_page(decode(data, name), name)]


def of_page(text: str, name: str) -> Extracted:
    page = Page(text)
    found = of_lines(page.lines, given=page.given(), unread=unread(page.counts))
    if not found.text:
        raise ReadError(f"{name}：网页里没有正文（可能要由脚本载入）；请在浏览器里打开后另存")
    return found


def unread(counts: Counter[tuple[str, str]]) -> list[Unread]:
    return [Unread(where.format(number), why) for (where, why), number in counts.items() if number]


def day(written: str) -> str:
    """The first day written in a text, in ISO; "" for none."""
    if match := DAY.search(written):
        return "{}-{:0>2}-{:0>2}".format(*match.groups())
    mailed = parsedate(written)  # Wed, 27 Jul 2022 03:41:43 GMT
    return "{:04}-{:02}-{:02}".format(*mailed) if mailed else ""


class Page:
    """A page read: its lines, and how much of it is not read. One that is no site's has no menus, and no tables that lay it out."""

    def __init__(self, text: str, *, is_site: bool = True) -> None:
        self.is_site, self.tables, self.block, self.begun = is_site, 0, _Block(), False
        self.counts = Counter[tuple[str, str]]()
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        self.root = html.document_fromstring(f"<html>{text}".encode("utf-8", "replace"), parser=parser)
        self.lines = [*self._read(self.root)]

    def given(self) -> dict[str, str]:
        """What the page's head says of title, day, and whose it is."""
        said = {meta.get("name", "").lower(): unescape(meta.get("content", "")) for meta in self.root.iter("meta")}
        titles = filter(REPORT.search, SITE.split(self.root.findtext(".//title") or ""))
        title = said.get("articletitle") or next(titles, "")
        offices = " ".join(said[name] for name in OFFICES if said.get(name))
        published = said.get("pubdate") or (PUBLISHED.search(self.root.text_content()) or [""])[0]
        found = {"title": " ".join(title.split()), "date": day(published), "publisher": offices}
        return {field: value for field, value in found.items() if value}

    def _read(self, root: html.HtmlElement, *, is_cell: bool = False) -> Iterator[Line]:
        """The lines of an element; in a cell of a table all is text, links and a table as well."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if element.tag in BLOCKS:
                yield from self._ended(element.tag if event == "start" else "", is_cell=is_cell)
            if event == "end":
                self.block.add(element.tail if element is not root else "", element.getparent())
            elif self._drops(element):
                walk.skip_subtree()
            elif element.tag == "table" and not is_cell and (rows := self._rows(element)):
                yield from rows
                walk.skip_subtree()
            else:
                self.block.add(element.text, element)
        yield from self._ended(is_cell=is_cell)

    def _ended(self, tag: str = "", *, is_cell: bool = False) -> Iterator[Line]:
        """The lines of a block, unless it is made of links; what comes next stands in a block of `tag`."""
        block, self.block = self.block, _Block(int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0)
        lines = block.lines()
        if self.is_site and not (is_cell or block.is_text(sum(map(len, lines)))):
            self.counts[LINKS] += len(lines)
            return
        if not self.begun and any(len(line) > LONG for line in lines):
            self.begun, self.counts[PICTURES] = True, 0  # what stood before the text is not part of it
        yield from (Line(line, block.depth) for line in lines)

    def _drops(self, element: html.HtmlElement) -> bool:
        """Whether an element is not read; what people would see of it is counted."""
        if element.tag == "img" and not element.xpath("ancestor::a"):  # a button shows nothing, nor does an icon
            said = " ".join(f"{name}:{value}" for name, value in element.items() if not value.startswith("data:"))
            self.counts[PICTURES] += not SMALL.search(said)
        is_head = element.tag == "header" and not element.xpath("ancestor::article|ancestor::main")
        if is_head or AROUND.fullmatch(element.tag) or element.get("hidden") is not None or HIDDEN.search(element.get("style", "")):
            self.counts[LINKS] += sum(bool(words.strip()) for words in element.itertext())
            return True
        return UNSEEN.fullmatch(element.tag) is not None

    def _rows(self, table: html.HtmlElement) -> list[Line]:
        """The caption and the rows of a table; none where it lays out a page, or has words that stand in no cell of a row."""
        grid = [row.xpath("td|th") for row in table.xpath("tr|*/tr")]
        captions, inner = table.xpath("caption"), table.xpath(".//table")
        filled = [row for cells in grid if (row := [*filter(None, map(_size, cells))])]
        sizes, whole = sorted(chain(*filled)), _size(table)
        outside = whole - sum(sizes) - sum(map(_size, captions))
        linked = sum(map(_size, table.xpath(f".//{LINK}")))
        shaped = len(filled) > 1 < max(map(len, filled)) and sizes[-1] <= LONGEST_CELL and sizes[len(sizes) // 4] <= SHORT_CELL
        if outside or (self.is_site and (not shaped or linked > MOSTLY_LINKS * whole or 2 * sum(map(_size, inner)) > whole)):
            return []
        self.tables += 1
        self.counts[INNER] += sum(map(bool, map(_size, inner)))
        return [*(Line(self._text(one)) for one in captions), *(Line("", row=row, table=self.tables) for row in self._slots(grid))]

    def _slots(self, grid: list[list[html.HtmlElement]]) -> Iterator[tuple[Slot, ...]]:
        """The cells of each row; one without cells is no row, and those above it cover one less."""
        covered = dict[int, int]()  # a column → how many of the next rows a cell above covers there
        for number, row in enumerate(grid):
            column, slots = 0, list[Slot]()
            for cell in row:
                column = next(at for at in count(column) if at not in covered)
                rows = sum(map(bool, grid[number : number + _spanned(cell, "rowspan")]))
                slots.append(Slot(self._text(cell), column, _spanned(cell, "colspan"), rows))
                column += slots[-1].columns
            if row:
                covered = {at: left - 1 for at, left in covered.items() if left > 1}
                covered |= {slot.column + at: slot.rows - 1 for slot in slots if slot.rows > 1 for at in range(slot.columns)}
                yield tuple(slots)

    def _text(self, cell: html.HtmlElement) -> str:
        return " ".join(line.text for line in self._read(cell, is_cell=True))


class _Block:
    """The words of the block that is being read."""

    def __init__(self, depth: int = 0) -> None:
        self.words, self.linked, self.is_sentence, self.depth = "", 0, False, depth

    def add(self, words: str | None, holder: html.HtmlElement) -> None:
        if not words or ICON.fullmatch(words):
            return
        self.words += BREAK.sub("\v", words.replace("\n", "\v") if holder.xpath("ancestor-or-self::pre") else words)
        if holder.xpath(f"ancestor-or-self::{LINK}"):
            self.linked += len(words.strip())
        else:
            self.is_sentence |= SENTENCE.search(words) is not None

    def lines(self) -> list[str]:
        text = SPACES.sub(" ", BROKEN.sub("", self.words.translate(INVISIBLE).replace("\xa0", " ")))
        return [*filter(None, map(str.strip, text.split("\v")))]

    def is_text(self, length: int) -> bool:
        """Whether it is no row of links: a heading, a block with few of them, a sentence with some in it."""
        return self.depth > 0 or self.linked <= MOSTLY_LINKS * length or (self.is_sentence and length > LONG)


def _spanned(cell: html.HtmlElement, name: str) -> int:
    written = cell.get(name, "").strip()
    return int(written) if re.fullmatch("[1-9][0-9]{0,2}", written) else 1  # browsers too span 1000 at most


def _size(element: html.HtmlElement) -> int:
    return len("".join(element.text_content().split()))
