"""Web pages by lxml: a line for each block, a row for each of a table's, without what a page has around its text."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import chain, count, islice

from lxml import etree, html

from index.errors import ReadError
from index.read.formats import Extracted, Line, Slot, of_lines
from index.read.plain import decode
from index.records import Unread

EMBEDDED = frozenset("iframe object embed audio video".split())  # noqa: SIM905
UNSEEN = EMBEDDED.union("script style noscript template head svg math canvas select textarea button input xml".split())  # noqa: SIM905
AROUND = frozenset("nav footer aside menu dialog".split())  # noqa: SIM905 # HTML's names for what is not the text; a header outside of an article
BLOCKS = frozenset(
    """address article blockquote body br caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6
    header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
REPORT = re.compile("报告|公报|计划|规划|纲要|草案|预算|开幕")
FONT = re.compile(r"</?font\b[^>]*>", re.IGNORECASE)  # says nothing, and those left open nest deeper than the parser goes
MOSTLY_LINKS = 0.6  # share of a block's characters; a report has hardly a link
LONG = 60  # characters: a menu's lines and captions are shorter
SENTENCE = re.compile(r"[，。；！？]")
SPACES = re.compile(r"[ \t\n\r\f]+")
# Chinese has no space where a source line ends.
BROKEN = re.compile(r"(?<=[^\x00-\xff])[ \t\r\f]*\n[ \t\n\r\f]*(?=[^\x00-\xff])")
BREAK = re.compile(r"(?:\\r)?\\n")  # the characters, as a program printed them
ICON = re.compile(r"[\s\ue000-\uf8ff]*[\ue000-\uf8ff][\s\ue000-\uf8ff]*")
INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
SMALL = re.compile(r"\b(?:width|height)\s*:\s*[0-3]?\d\s*(?:px|;|\s|$)|icon|logo|qrcode|erweima|二维码", re.IGNORECASE)
LONGEST_CELL, SHORT_CELL = 200, 30  # characters: what lays out a page holds paragraphs, and less than one short cell in four
MOST_SPANNED, MOST_INNER = 1000, 10  # columns or rows, as browsers have it; tables in one, which then lays out a page
SITE = re.compile(r"[_|｜]|(?<!\d)-|-(?!\d)")  # before the site's name in a title
DAY = re.compile(r"((?:19|20)\d\d)\D(1[0-2]|0?[1-9])\D(3[01]|[12]\d|0?[1-9])(?!\d)")
PICTURES, FRAMES = ("图片 {} 张", "图里的文字没有读"), ("嵌入的网页或视频 {} 个", "没有读")
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
    match = DAY.search(written)
    return "{}-{:0>2}-{:0>2}".format(*match.groups()) if match else ""


class Page:
    """A page, or a piece of one, read: its lines, and how much of it is not read. `tables` were counted before it."""

    def __init__(self, text: str, tables: int = 0) -> None:
        self.tables, self.block, self.begun = tables, _Block(), False
        self.counts = Counter[tuple[str, str]]()
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        try:
            self.root = html.document_fromstring(FONT.sub("", text).encode("utf-8", "replace"), parser=parser)
        except etree.ParserError:  # nothing in it
            self.root = html.Element("html")
        self.lines = [*self._read(self.root)]

    def given(self) -> dict[str, str]:
        """What the page's head says of title, day and agency."""
        said = dict[str, str]()
        for meta in self.root.iter("meta"):
            said.setdefault((meta.get("name") or meta.get("property") or "").lower(), _plain(meta.get("content")))
        cut = (SITE.split(title) for title in (said.get("og:title", ""), _plain(self.root.findtext(".//title"))))
        titles = [title.strip() for title in chain([said.get("articletitle", "")], *cut) if REPORT.search(title)]
        days = filter(None, (day(said.get(name, "")) for name in ("pubdate", "publishdate", "article:published_time")))
        found = {"title": next(iter(titles), ""), "date": next(days, ""), "agency": said.get("contentsource", "")}
        return {field: value for field, value in found.items() if value}

    def _read(self, root: html.HtmlElement, *, is_cell: bool = False) -> Iterator[Line]:
        """The lines of an element; in a cell of a table all is text, links and a table as well."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if element.tag in BLOCKS:
                yield from self._ended(element.tag if event == "start" else "", is_cell=is_cell)
            if event == "end":
                self.block.add(element.tail if element is not root else "", element.getparent())
                continue
            dropped = self._drops(element)
            rows = [] if dropped or is_cell or element.tag != "table" else self._rows(element)
            yield from rows
            if dropped or rows:
                walk.skip_subtree()
            else:
                self.block.add(element.text, element)
        yield from self._ended(is_cell=is_cell)

    def _ended(self, tag: str = "", *, is_cell: bool = False) -> Iterator[Line]:
        """The lines of a block, unless it is made of links; what comes next stands in a block of `tag`."""
        block, self.block = self.block, _Block(int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0)
        lines = block.lines()
        if not (is_cell or block.is_text(sum(map(len, lines)))):
            self.counts[LINKS] += len(lines)
            return
        if not self.begun and any(len(line) > LONG for line in lines):
            self.begun, self.counts[PICTURES], self.counts[FRAMES] = True, 0, 0  # what stood before the text is not part of it
        yield from (Line(line, block.depth) for line in lines)

    def _drops(self, element: html.HtmlElement) -> bool:
        """Whether an element is not read; what people would see of it is counted."""
        self.counts[FRAMES] += element.tag in EMBEDDED
        self.counts[PICTURES] += element.tag == "img" and _is_picture(element)
        dropped = _is_dropped(element)
        if dropped and element.tag not in UNSEEN:
            self.counts[LINKS] += sum(bool(words.strip()) for words in element.itertext())
        return dropped

    def _rows(self, table: html.HtmlElement) -> list[Line]:
        """The caption and the rows of a table; none where it lays out a page, or has words that stand in no cell of a row."""
        if next(islice(table.iter("table"), MOST_INNER, None), None) is not None:
            return []
        own = [one for one in table.iter("tr", "caption", "table") if next(one.iterancestors("table"), None) is table]
        grid = [[*one.iterchildren("td", "th")] for one in own if one.tag == "tr"]
        captions, inner = ([one for one in own if one.tag == tag and _size(one)] for tag in ("caption", "table"))
        filled = [row for cells in grid if (row := [*filter(None, map(_size, cells))])]
        sizes, whole = sorted(chain(*filled)), _size(table)
        outside = whole - sum(sizes) - sum(map(_size, captions))
        linked = sum(_size(one) for one in table.iter("a") if _in_link([one]))
        shaped = len(filled) > 1 < max(map(len, filled)) and sizes[-1] <= LONGEST_CELL and sizes[len(sizes) // 4] <= SHORT_CELL
        if not shaped or outside or linked > MOSTLY_LINKS * whole or 2 * sum(map(_size, inner)) > whole:
            return []
        self.tables += 1
        self.counts[INNER] += len(inner)
        rows = [Line("", row=row, table=self.tables) for row in self._slots(grid)]
        return [*(Line(self._text(one)) for one in captions), *rows]

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
        self.words, self.own, self.linked, self.depth = list[str](), list[str](), 0, depth

    def add(self, words: str | None, holder: html.HtmlElement | None) -> None:
        if not words or holder is None or ICON.fullmatch(words):
            return
        above = [holder, *holder.iterancestors()]
        self.words.append(BREAK.sub("\v", words.replace("\n", "\v") if any(one.tag == "pre" for one in above) else words))
        if _in_link(above):
            self.linked += len(words.strip())
        else:
            self.own.append(words)

    def lines(self) -> list[str]:
        text = SPACES.sub(" ", BROKEN.sub("", "".join(self.words).translate(INVISIBLE).replace("\xa0", " ")))
        return [*filter(None, map(str.strip, text.split("\v")))]

    def is_text(self, length: int) -> bool:
        """Whether it is no row of links: a heading, a block with few of them, a sentence with some in it."""
        return bool(self.depth or self.linked <= MOSTLY_LINKS * length or (length > LONG and SENTENCE.search("".join(self.own))))


def _spanned(cell: html.HtmlElement, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return int(written) if re.fullmatch("[1-9][0-9]{0,3}", written) and int(written) <= MOST_SPANNED else 1


def _size(element: html.HtmlElement) -> int:
    return len("".join(element.text_content().split()))


def _is_dropped(element: html.HtmlElement) -> bool:
    if element.tag == "header":
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
    return element.tag in UNSEEN or element.tag in AROUND or bool(hidden)


def _is_picture(image: html.HtmlElement) -> bool:
    """Whether a picture may show something: it is no icon and no button."""
    said = " ".join(f"{name}:{value}" for name, value in image.items() if not value.startswith("data:"))
    return not SMALL.search(said) and next(image.iterancestors("a"), None) is None


def _in_link(above: list[html.HtmlElement]) -> bool:
    """Whether one of the elements is a link; <a name> is a place that links lead to."""
    return any(one.tag == "a" and (one.get("href") is not None or one.get("name") is None) for one in above)


def _plain(written: str | None) -> str:
    return " ".join(re.sub("<[^>]*>", " ", unescape(written or "")).split())
