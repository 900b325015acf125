"""Web pages by lxml: a line for each block, without what a page has around its text."""

import re
from collections.abc import Iterator

from lxml import etree, html

from index.errors import ReadError
from index.read.formats import Extracted, of_lines
from index.read.plain import decode

UNSEEN = """script style noscript template head iframe object svg math canvas audio video select textarea button input"""
AROUND = """nav footer aside menu dialog"""  # HTML's own names for what is not the text; a header is, outside of an article
DROPPED = frozenset([*UNSEEN.split(), *AROUND.split()])
BLOCKS = frozenset(
    """address article blockquote body br caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6
    header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOSTLY_LINKS = 0.6  # share of a block's characters; a report has hardly a link
SPACES = re.compile(r"[ \t\n\r\f]+")
# Chinese has no space where a source line ends.
BROKEN = re.compile(r"(?<=[^\x00-\xff])[ \t\r\f]*\n[ \t\n\r\f]*(?=[^\x00-\xff])")


def extract(data: bytes, name: str) -> list[Extracted]:
    """The charset that a page names is not looked at: GB 2312 and GBK are parts of GB18030, which `decode` tells from UTF-8."""
    text = decode(data, name)
    found = of_lines([*lines_of(text)])
    if not found.text:
        raise ReadError(f"{name}：网页里没有正文（可能要由脚本载入）；请在浏览器里打开后另存")
    return [found]


def lines_of(text: str) -> Iterator[tuple[str, int]]:
    """The lines of a page, and the depth of those that are headings."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return
    line = _Line()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and _is_dropped(element):
            walk.skip_subtree()
        elif event == "start":
            if element.tag in BLOCKS:
                yield from line.ended(element.tag)
            line.add(element.text, in_link=_in_link(element))
        if event == "end":
            if element.tag in BLOCKS:
                yield from line.ended()
            parent = element.getparent()
            line.add(element.tail, in_link=parent is not None and _in_link(parent))
    yield from line.ended()


class _Line:
    """The words of the block that is being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked, self.depth = 0, 0

    def add(self, words: str | None, *, in_link: bool) -> None:
        if words:
            self.pieces.append(words)
            self.linked += len(words.strip()) if in_link else 0

    def ended(self, tag: str = "") -> Iterator[tuple[str, int]]:
        """The line, unless it is made of links; what comes next stands in a block of `tag`."""
        text = SPACES.sub(" ", BROKEN.sub("", "".join(self.pieces).replace("\xa0", " "))).strip()
        if text and (self.depth or self.linked <= MOSTLY_LINKS * len(text)):
            yield text, self.depth
        self.pieces, self.linked = [], 0
        self.depth = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0


def _is_dropped(element: html.HtmlElement) -> bool:
    if element.tag == "header":
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    hidden = element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
    return element.tag in DROPPED or bool(hidden)


def _in_link(element: html.HtmlElement) -> bool:
    return element.tag == "a" or any(above.tag == "a" for above in element.iterancestors())
