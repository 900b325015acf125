"""Which lines of a report are headings, and how deep: 第一部分, 一、, （一）, 1., 一是……。 on a line of its own, and plain ones."""

import re
from dataclasses import dataclass

from index.outline.glossary import WORDS_EXPLAINED
from index.records import SAID_FIRST, Span

LONGEST_HEADING = 60  # characters; a longer line that begins like a heading is a paragraph
LONGEST_ITEM = 40  # of 一是……。: what is longer says the thing itself
LONGEST_PLAIN = 24  # one without a number is only told by its shortness
LONGEST_PAIR = 32  # 站在新起点：2012年工作回顾
# A division is above all: an annex, a 篇, or a plain heading over numbered ones. A plan's chapters stand above 一、.
DIVISION, CHAPTER, ARTICLE, PART, SUBSECTION, ITEM, SPOKEN = range(7)
NUMBER = "[一二三四五六七八九十]{1,3}"
FORMAL = "[壹贰叁参肆伍陆柒捌玖拾]{1,2}"
STYLES = (
    (DIVISION, re.compile(rf"第{NUMBER}[篇编]")),
    (CHAPTER, re.compile(rf"第{NUMBER}章|{FORMAL}、")),
    (ARTICLE, re.compile(rf"第{NUMBER}节")),
    (PART, re.compile(rf"第{NUMBER}部分|{NUMBER}、")),
    (SUBSECTION, re.compile(rf"\(\s*{NUMBER}\s*\)")),
    (ITEM, re.compile(r"(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\))")),
)
# A line that holds nothing but what a heading begins with: the heading goes on in the next one.
LEAD = re.compile(rf"\(|{NUMBER}、|\({NUMBER}\)|第{NUMBER}(?:部分|[篇编章节])")
FIRST_SUBSECTION = re.compile(r"\(\s*一\s*\)")
DEFINED = re.compile(r"[:：]\s*\S")  # 1.“两重”：是指…… explains a term
SPOKEN_ITEM = re.compile(rf"(?:{SAID_FIRST.pattern})[^。;!?]+。$")
SPOKEN_HEAD = re.compile(rf"({SAID_FIRST.pattern})[^。;!?:]{{4,{LONGEST_ITEM}}}。")
ANNEX = re.compile(rf"(?:附件\s*[\d一二三四五六七八九十]*|附注|注释|附录|{WORDS_EXPLAINED})[::]?$")
PLAIN = re.compile(r"[\u3400-\u9fff\d“”\"‘’《》、和 ]+$|[^。;!?:]+，[^。;!?:，]+$|[\u3400-\u9fff\d]{3,10}:[^。;!?:]{4,}$")
SENTENCE_CLOSE = re.compile(r"[。!?;:”’』」)]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    span: Span
    run_in: bool  # its first sentence heads a line that goes on as a paragraph


@dataclass(frozen=True, slots=True)
class Around:
    """What a line stands between: whether the one before is closed, the texts of both, whether a heading was seen before it."""

    after_close: bool
    before: str
    following: str
    first: bool  # no heading yet


def find_heading(matched: str, span: Span, around: Around) -> Heading | None:
    """The heading that a line is or begins with; `matched` is the text in normal form."""
    text = span.of(matched)
    return _numbered(text, span) or _spoken(text, span, around) or _plain(text, span, around)


def begins_heading(text: str) -> bool:
    """Whether a line, in normal form, begins with a heading's number."""
    return any(style.match(text) for _, style in STYLES)


def marked_heading(span: Span, depth: int) -> Heading | None:
    """A line that its format marks as a heading, `depth` below the outermost, unless it is as long as a paragraph."""
    return Heading(min(PART + depth, SPOKEN), span, run_in=False) if span.end - span.start <= LONGEST_HEADING else None


def _numbered(text: str, span: Span) -> Heading | None:
    for level, style in STYLES:
        match = style.match(text)
        if not match or (level == ITEM and DEFINED.search(text)):
            continue
        if len(text) <= LONGEST_HEADING and not re.search(r"[。;!?].", text):
            return Heading(level, span, run_in=False)
        first = re.match(r"[^。;!?]{2,60}。", text)
        if level in (PART, SUBSECTION, CHAPTER, ITEM) and first:
            return Heading(level, Span(span.start, span.start + first.end() - 1), run_in=True)
    return None


def _spoken(text: str, span: Span, around: Around) -> Heading | None:
    """一是……。 alone on its line, over a longer paragraph: it heads that; in a list of such lines it is an item of the list.

    In a series of paragraphs that each begin so (一是…… 二是……, 第一，…… 第二，……) it heads its own.
    """
    said = SPOKEN_HEAD.match(text)
    if said and said.end() < len(text) - LONGEST_ITEM and _in_series(said[1], around):
        return Heading(SPOKEN, Span(span.start, span.start + said.end() - 1), run_in=True)
    if len(text) > LONGEST_ITEM or not SPOKEN_ITEM.match(text):
        return None
    heads = len(around.following) > len(text) and not SAID_FIRST.match(around.following)
    return Heading(ITEM, span, run_in=False) if heads else None


def _in_series(mark: str, around: Around) -> bool:
    counts, number = "一二三四五六七八九十", mark.strip("第，是")
    place = counts.find(number)
    after, before = counts[place + 1 : place + 2], counts[place - 1 : place]
    follows = bool(after) and around.following.startswith(mark.replace(number, after))
    return follows or (place > 0 and around.before.startswith(mark.replace(number, before)))


def _plain(text: str, span: Span, around: Around) -> Heading | None:
    """A short line without a full stop, between a finished line and a longer one."""
    if ANNEX.match(text):
        return Heading(DIVISION, span, run_in=False)
    longest = LONGEST_PAIR if ":" in text else LONGEST_PLAIN
    if not around.after_close or not 4 <= len(text) <= longest or not PLAIN.match(text):
        return None
    over = len(around.following) > len(text) or any(style.match(around.following) for _, style in STYLES)
    if not over or (text[0].isdigit() and not re.match(r"(?:19|20)\d\d年", text)):
        return None
    return Heading(DIVISION if around.first else ITEM, span, run_in=False)
