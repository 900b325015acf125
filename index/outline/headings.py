"""Which lines of a report are headings, and how deep: 第一部分, 一、, （一）, 1., 一是……。 on a line of its own, and plain ones."""

import re
from dataclasses import dataclass

from index.records import Span

LONGEST_HEADING = 60  # characters; a longer line that begins like a heading is a paragraph
LONGEST_ITEM = 40  # of 一是……。: what is longer says the thing itself
LONGEST_PLAIN = 24  # one without a number is only told by its shortness
# A division is above 一、: an annex, or a plain heading over numbered ones.
DIVISION, PART, SUBSECTION, ITEM = 0, 1, 2, 3
NUMBER = "[一二三四五六七八九十]{1,3}"
STYLES = (
    (PART, re.compile(rf"(?:第{NUMBER}部分|{NUMBER}、)")),
    (SUBSECTION, re.compile(rf"\(\s*{NUMBER}\s*\)")),
    (ITEM, re.compile(r"(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\))")),
)
# A line that holds nothing but what a heading begins with: the heading goes on in the next one.
LEAD = re.compile(rf"\(|{NUMBER}、|\({NUMBER}\)|第{NUMBER}部分")
FIRST_SUBSECTION = re.compile(r"\(\s*一\s*\)")
DEFINED = re.compile(r"[:：]\s*\S")  # 1.“两重”：是指…… explains a term
SPOKEN_ITEM = re.compile(rf"(?:{NUMBER}是|第{NUMBER}，)[^。;!?]+。$")
ANNEX = re.compile(r"(?:附件\s*[\d一二三四五六七八九十]*|附注|注释|附录|(?:.{0,14}名词(?:解释|注释)))[::]?$")
PLAIN = re.compile(r"[\u3400-\u9fff\d“”\"‘’《》、和 ]+$|[^。;!?:]+，[^。;!?:，]+$")
SENTENCE_CLOSE = re.compile(r"[。!?;:”’』」)]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    span: Span
    run_in: bool  # its first sentence heads a line that goes on as a paragraph


@dataclass(frozen=True, slots=True)
class Around:
    """What a line stands between: the end of the one before is closed, the text of the one after, a heading seen before it."""

    after_close: bool
    following: str
    first: bool  # no heading yet


def find_heading(matched: str, span: Span, around: Around) -> Heading | None:
    """The heading that a line is or begins with; `matched` is the text in normal form."""
    text = span.of(matched)
    return _numbered(text, span) or _spoken(text, span, around) or _plain(text, span, around)


def marked_heading(span: Span, depth: int) -> Heading | None:
    """A line that its format marks as a heading, `depth` below the outermost, unless it is as long as a paragraph."""
    return Heading(min(PART + depth, ITEM), span, run_in=False) if span.end - span.start <= LONGEST_HEADING else None


def _numbered(text: str, span: Span) -> Heading | None:
    for level, style in STYLES:
        match = style.match(text)
        if not match or (level == ITEM and DEFINED.search(text)):
            continue
        if len(text) <= LONGEST_HEADING and not re.search(r"[。;!?].", text):
            return Heading(level, span, run_in=False)
        first = re.match(r"[^。;!?]{2,60}。", text)
        if level <= SUBSECTION and first:
            return Heading(level, Span(span.start, span.start + first.end() - 1), run_in=True)
    return None


def _spoken(text: str, span: Span, around: Around) -> Heading | None:
    """一是……。 alone on its line, over a longer paragraph: it heads that; in a list of such lines it is an item of the list."""
    if len(text) > LONGEST_ITEM or not SPOKEN_ITEM.match(text):
        return None
    heads = len(around.following) > len(text) and not re.match(rf"(?:{NUMBER}是|第{NUMBER}，)", around.following)
    return Heading(ITEM, span, run_in=False) if heads else None


def _plain(text: str, span: Span, around: Around) -> Heading | None:
    """A short line without a full stop, between a finished line and a longer one."""
    if ANNEX.match(text):
        return Heading(DIVISION, span, run_in=False)
    if not around.after_close or not 4 <= len(text) <= LONGEST_PLAIN or not PLAIN.match(text):
        return None
    over = len(around.following) > len(text) or any(style.match(around.following) for _, style in STYLES)
    if not over or (text[0].isdigit() and not re.match(r"(?:19|20)\d\d年", text)):
        return None
    return Heading(DIVISION if around.first else ITEM, span, run_in=False)
