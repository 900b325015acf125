"""Report → the paragraphs that are a web portal's, not the report's: buttons, source, time, font sizes, related pages."""

from __future__ import annotations

import re
from functools import cache

from index.lexicon import load
from index.masthead import HEAD
from index.records import Report
from index.text import normal

LONGEST = 40  # characters: buttons, labels and captions are short
LONGEST_CRUMB = 16  # of a line before the title
LAST = 0.9  # share of the text after which a closing button may stand
STAMP = re.compile(
    r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})?\s*(?:\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2}秒?)?)?$"
)
SIGNATURES = 3  # lines at the end that may name the source and the editor
WITHOUT_VALUE = ("分享", "字", "【字", "[字")  # labels over buttons
ADDRESS = re.compile(r"^(?:各位代表|同志们|现在,?，?我代表)")


def boilerplate(report: Report) -> frozenset[int]:
    """The numbers of the paragraphs that are the portal's."""
    lines = [(paragraph.number, normal(paragraph.span.of(report.text)).strip()) for paragraph in report.paragraphs]
    return frozenset(_above(report, lines) | _below(report, lines))


def _above(report: Report, lines: list[tuple[int, str]]) -> set[int]:
    """Buttons and labels before the address, bread crumbs before the title, the title said again after it."""
    found: set[int] = set()
    is_value = False
    for position, (number, line) in enumerate(lines):
        start = report.paragraph(number).span.start
        if start > HEAD or ADDRESS.match(line):
            break
        beside = [other for _, other in lines[max(0, position - 1) : position + 2]]
        early = report.title_span is not None and start < report.title_span.start
        crumb = len(line) <= LONGEST_CRUMB and (early or ">" in beside)
        label = _label(line)
        if is_value or crumb or label is not None or _is_button(line) or _says_title(line, report):
            found.add(number)
        is_value = label == "" and not line.startswith(WITHOUT_VALUE)
    return found


def _below(report: Report, lines: list[tuple[int, str]]) -> set[int]:
    """All from the first closing button near the end on."""
    closing = re.compile("|".join(load("portal")["closing"]))
    late = [(n, line) for n, line in lines if report.paragraph(n).span.start >= LAST * len(report.text)]
    ended = next((n for n, line in late if closing.fullmatch(line)), None)
    buttons = {n for n, line in late if _is_button(line)}
    buttons |= {n for n, line in late[-SIGNATURES:] if _label(line.strip("()")) is not None}
    return buttons | {n for n, _ in late if ended is not None and n >= ended}


def _is_button(line: str) -> bool:
    table = load("portal")
    return (
        line in table["lines"]
        or all(character in table["signs"] or character.isspace() for character in line)
        or (STAMP.match(line) is not None and not line.endswith("年"))
        or (len(line) <= LONGEST and any(pattern.search(line) for pattern in _captions()))
    )


def _label(line: str) -> str | None:
    """What follows a label (来源:解放日报 → 解放日报); None where the line is no label."""
    if len(line) > LONGEST:
        return None
    match = _labels().match(line)
    return match[1].strip() if match else None


def _says_title(line: str, report: Report) -> bool:
    """The title once more, or the bare words 政府工作报告."""
    bare = re.sub(r"\s+", "", line)
    return bare == "政府工作报告" or (len(bare) > 6 and bare == normal(report.title))


@cache
def _labels() -> re.Pattern[str]:
    names = sorted(load("portal")["labels"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})\s*:\s*(.*)$")


@cache
def _captions() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("portal")["captions"])
