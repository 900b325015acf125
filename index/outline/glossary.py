"""What a report explains: its 名词解释, the notes below its text, its footnotes → Terms."""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.records import Paragraph, Section, Span, Term

WORDS_EXPLAINED = ".{0,20}名词(?:解释|注释|说明)"  # what most call it
HEADING = re.compile(rf"(?:{WORDS_EXPLAINED}|.{{0,20}}(?:术语|词语)(?:解释|注释|说明))[::]?$|附?注释?[::]?$|注解[::]?$")
OPENED = re.compile(r"附?注释?:|(?:附注|备注|说明):$")  # a paragraph of notes, or the line above them
LABEL = re.compile(r"(?:资料|数据)?来源|(?:计量)?单位|(?:备|附)?注|说明")  # words before a colon that are explained by nothing behind it
NUMBER = r"(?:[\[(]?\d{1,3}[\])]?[.、\s]*|[①-⑳⑴-⒇]\s*|\*+\s*)?"
MARKS = r"[\s“”\"‘’《》]"
# 1.“两重”:指…; 2.全口径税收。全口径税收是指…; 原保险保费收入是指…; …,第二产业是指…
NAMED = re.compile(rf"{NUMBER}(?P<term>[^。:;]{{2,40}}?)(?::|。(?=指|(?P=term)|是))")
MEANT = re.compile(r"(?:^|[。;,，:])" + NUMBER + r"(?P<term>[^。;,，:]{2,24}?)(?:,|，)?(?:是指|系指|,指|，指)")
CHANGED = re.compile(r"(?:起|后)[,，](?P<term>[^。;,，:]{2,24}?)(?:范围)?(?:调整为|修订为|包括)")


def is_glossary(heading: str) -> bool:
    """Whether a heading, in normal form, stands over explanations."""
    return HEADING.fullmatch("".join(heading.split())) is not None


def is_note(text: str) -> bool:
    """Whether a paragraph, in normal form, opens notes: 注：."""
    return OPENED.match(text) is not None


def terms_of(matched: str, sections: Sequence[Section], paragraphs: Sequence[Paragraph], notes: Mapping[int, str]) -> tuple[Term, ...]:
    """The terms of a report, each with the paragraph that explains it."""
    found: list[Term] = []
    opened: int | None = None  # where the notes below the text begin; they end at the next heading
    for paragraph in paragraphs:
        text, section = paragraph.span.of(matched), None if paragraph.section is None else sections[paragraph.section]
        if opened is not None and section is not None and section.span.start > opened:
            opened = None
        if is_note(text):
            opened = paragraph.span.start
        if opened is not None or paragraph.line in notes or (section is not None and is_glossary(section.span.of(matched))):
            found += _explained(text, paragraph)
    return tuple(found)


def _explained(text: str, paragraph: Paragraph) -> Iterator[Term]:
    start = paragraph.span.start
    matches = [match for match in (NAMED.match(text), *MEANT.finditer(text), CHANGED.search(text)) if match]
    taken: set[str] = set()
    for match in matches:
        low, high = match.span("term")
        while low < high and re.match(MARKS, text[low]):
            low += 1
        while high > low and re.match(MARKS, text[high - 1]):
            high -= 1
        if high - low > 1 and text[low:high] not in taken and not LABEL.fullmatch(text, low, high):
            taken.add(text[low:high])
            yield Term(Span(start + low, start + high), paragraph.span, paragraph.number)
