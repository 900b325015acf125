"""Markdown by markdown-it: what is written, without its marks; a line of the source stays a line, but for one that holds many parts."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.read.formats import Extracted, Line, Slot, of_lines
from index.read.html import PICTURES, Page, day, unread
from index.read.plain import decode

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
FIELD = re.compile(r"^(title|date|source)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
TWICE = re.compile(r"(.{4,}?)\s*\1")
BREAKS = ("softbreak", "hardbreak")  # Chinese needs no space at a line's end, so no writer breaks lines in a paragraph
BOLD, PLAIN, NOTE, NOTED = "\2", "\3", "\4", "\5"  # where bold text and a footnote's mark begin and end, until the lines are told apart
MARKS = dict.fromkeys(map(ord, (BOLD, PLAIN, NOTE, NOTED)))
# CommonMark takes **增长。**工业 for no emphasis, as a letter follows the full stop.
STRONG = re.compile(r"(?<!\\)(\*{2,3})(?!\*)[ \t]*([^*\n]*[^*\s\\])[ \t]*\1")
DEFINED = re.compile(r"^\[\^([^\]\n]+)\]:[ \t]*", re.MULTILINE)
ADDRESS = re.compile(r"^\[(?=[^\]\n]+\]:\s*\S*[\u3400-\u9fff])", re.MULTILINE)  # [注]:数据…… would be a link's address, and no text
CONTENTS = re.compile(r"目\s*[录錄次]|(?:table of )?contents", re.IGNORECASE)
FOLDED = re.compile(rf"<details[^>]*>\s*<summary[^>]*>\s*(?:{CONTENTS.pattern})\s*</summary>.*?</details>", re.DOTALL | re.IGNORECASE)
LINK = ["link_open", "link_close"]
TABLE, EMPTY_LINES = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE), re.compile(r"\n\s*\n")  # which end HTML in Markdown
REPEATED = ("目录", "与正文的标题重复")
UNLIKE = re.compile(r"^\d+[.、．]|\s|[.…·]+\d*$")  # what a contents' line and its heading need not share: spaces, a list's number, a page's
NUMBER = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(rf"{NUMBER}、|[（(]{NUMBER}[)）]|第{NUMBER}(?:部分|[章篇节编])|\d{{1,2}}[.．、](?!\d)")
SPOKEN = re.compile(rf"第{NUMBER}|{NUMBER}是")  # a heading that goes on in its sentence
CLOSED = "。！？；：，、"
PART = re.compile(rf"(?:^|(?<=[。！？；：\s])){BOLD}([^{BOLD}{PLAIN}]+){PLAIN}(?=(.?))")
UNMARKED = re.compile(rf"(?<=[。！？\s])((?:{NUMBER}、|[（(]{NUMBER}[)）])[^。！？；：\s{BOLD}{PLAIN}]{{2,40}})(?=\s)")
ALONE = re.compile(rf"{BOLD}([^{BOLD}{PLAIN}\n]{{1,40}}){PLAIN}")
ALONE_DEPTH = 4  # below what writers mark by #


def extract(data: bytes, name: str) -> list[Extracted]:
    text = decode(data, name).translate(MARKS)
    matter = FRONT_MATTER.match(text)
    body, folded = FOLDED.subn("\n", text[matter.end() :] if matter else text)
    body = TABLE.sub(lambda table: EMPTY_LINES.sub("\n", table[0]), body)
    body = ADDRESS.sub(r"\\[", DEFINED.sub(rf"\n{NOTE}\1{NOTED}", STRONG.sub(rf"{BOLD}\2{PLAIN}", body)))
    document = _Document(MarkdownIt("commonmark").enable("table").disable("code").parse(body))  # indented paragraphs are no code
    lines = [*document.lines()]
    document.counts[REPEATED] |= bool(folded)
    return [of_lines(lines, given=_given(matter[1] if matter else ""), unread=unread(document.counts))]


def _given(matter: str) -> dict[str, str]:
    """What the front matter says of title, day and address; a title said twice in a row is said once."""
    said = {field.lower(): value for field, value in FIELD.findall(matter)}
    title, source = said.get("title", ""), said.get("source", "")
    twice = TWICE.fullmatch(title)
    found = {"title": twice[1] if twice else title, "date": day(said.get("date", ""))}
    found["source"] = source if re.match("https?://", source) else ""
    return {field: value for field, value in found.items() if value}


class _Document:
    """A document's tokens, read once: `counts` is what of it is not read."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.counts = tokens, Counter[tuple[str, str]]()
        self.tables, self.titled, self.begun = 0, False, False
        self.said = Counter(key for token in tokens if token.type == "inline" for key in _keys(token))
        self.listed: set[str] | None = None  # the lines of the table of contents that is being left out

    def lines(self) -> Iterator[Line]:
        item, row = "", list[str]()
        for before, token in pairwise([Token("start", "", 0), *self.tokens]):
            parts = token.children or ()
            self.counts[PICTURES] += sum(part.type == "image" or part.content.lower().startswith("<img") for part in parts)
            if token.type == "list_item_open":
                item = f"{token.info}{token.markup} " if token.info else ""  # 1. is the report's own number
            elif token.type == "inline" and before.tag in ("td", "th"):
                row.append(_plain(token).translate(MARKS))
            elif token.type == "inline":
                depth = int(before.tag[1:]) if before.type == "heading_open" else 0
                yield from () if self._is_contents(token, depth) else self._paragraph(token, item, depth)
                item = ""
            elif token.type == "tr_close":
                yield Line("", row=tuple(Slot(words, column) for column, words in enumerate(row)), table=self.tables)
                row.clear()
            else:
                yield from self._block(token)

    def _is_contents(self, token: Token, depth: int) -> bool:
        """Whether a token is the word 目录, or below it and a link or said again in the text."""
        keys, ends = set(_keys(token)), [part.type for part in token.children or ()]
        if self.listed is None:
            self.listed = set() if CONTENTS.fullmatch("".join(keys)) else None
        elif depth or keys & self.listed or not (ends[:1] + ends[-1:] == LINK or all(self.said[key] > 1 for key in keys)):
            self.listed = None
        else:
            self.listed |= keys
        self.counts[REPEATED] |= self.listed is not None
        return self.listed is not None

    def _paragraph(self, token: Token, item: str, depth: int) -> Iterator[Line]:
        text = _plain(token)
        alone, note = ALONE.fullmatch(text), re.match(f"{NOTE}(.*?){NOTED}", text)
        if alone and self.begun and token.level == 1 and not HEADING.match(alone[1]) and alone[1][-1] not in CLOSED:
            depth = depth or ALONE_DEPTH
        self.begun |= (depth > 0 and self.titled) or HEADING.match(text.translate(MARKS)) is not None
        self.titled |= depth > 0
        for line in f"{item}{text[note.end() :] if note else text}".split("\n"):
            for part in _parted(line):
                yield Line(part.translate(MARKS), depth, note=note[1] if note else "")

    def _block(self, token: Token) -> Iterator[Line]:
        self.tables += token.type == "table_open"
        if token.type == "html_block":
            page = Page(token.content, self.tables)
            self.tables = page.tables
            self.counts += page.counts
            yield from page.lines
        elif token.type == "fence":
            yield from map(Line, token.content.translate(MARKS).split("\n"))


def _keys(token: Token) -> list[str]:
    """The lines of a token without what a table of contents and the text need not share."""
    return [UNLIKE.sub("", line) for line in _plain(token).translate(MARKS).split("\n")]


def _parted(line: str) -> list[str]:
    """A line of many parts, broken before each that bold words begin and each heading, and after those that are its heading alone."""
    parts = [part[1] for part in PART.finditer(line) if _begins(part[1])]
    if len(parts) < 2 and not any(map(HEADING.match, parts)):
        return [line]
    return PART.sub(_broken, UNMARKED.sub(rf"{BOLD}\1{PLAIN}", line)).split("\n")


def _begins(words: str) -> bool:
    return bool(HEADING.match(words) or SPOKEN.match(words)) or words.endswith("。")


def _broken(part: re.Match[str]) -> str:
    words, following = part.groups()
    alone = following.isspace() or (HEADING.match(words) and words[-1] not in CLOSED and following not in CLOSED)
    return f"\n{part[0]}" + ("\n" if alone else "") if _begins(words) else part[0]


def _plain(token: Token) -> str:
    """The words of a line without links and pictures, its emphasis as BOLD and PLAIN."""
    signs = {"strong_open": BOLD, "strong_close": PLAIN, **dict.fromkeys(BREAKS, "\n")}
    words = (
        signs.get(part.type) or ("\n" if part.content.lower().startswith("<br") else part.content)
        for part in token.children or ()
        if part.type in (*signs, "text", "code_inline", "text_special") or part.content.lower().startswith("<br")
    )
    return re.sub(r"\[\^([^\]\s]+)\]", r"[\1]", "".join(words))
