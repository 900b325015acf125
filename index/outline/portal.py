"""Report → the paragraphs that are a web portal's, not the report's: buttons, source, time, font sizes, related pages."""

import re
from functools import cache

from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.outline.headings import begins_heading
from index.outline.masthead import HEAD
from index.records import Report
from index.text import normal

LONGEST = 40  # characters: buttons, labels and captions are short
LONGEST_CRUMB = 16  # of a line before the title
LAST = 0.9  # share of the text after which a closing button may stand
STAMP = re.compile(r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})?\s*(?:\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2}秒?)?)?$")
DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
PARTED = re.compile(r"[|»>·]")
STAMPED = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} \d{1,2}:\d\d")  # to the minute, as no report says it
IN_BRACKETS = re.compile(r"[【\[][^】\]]{1,8}[】\]]")  # 【打印本页】
LONGEST_LABELS = 160  # of a line with several labels: 发布时间:… 来源:… 浏览次数:… 【字号:大 中 小】
LEAST_FOOT = 4  # lines
CLOSING = ("。", "!", ";")
SIGNATURES = 3  # lines at the end that may name the source and the editor
WITHOUT_VALUE = ("分享", "字", "【字", "[字")  # labels over buttons
ADDRESS = re.compile(r"^(?:各位代表|同志们|现在,?，?我代表)", re.MULTILINE)


def boilerplate(report: Report) -> frozenset[int]:
    """The numbers of the paragraphs that are the portal's."""
    lines = [(paragraph.number, _bare(normal(paragraph.span.of(report.text)))) for paragraph in report.paragraphs]
    found = _above(report, lines) | _below(report, lines)
    dated = {number for number, line in lines if DAY.fullmatch(line)}  # alone it is the report's own
    return frozenset(found if found - dated else ())


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
    foot = _foot(lines)
    late = [(n, line) for n, line in lines if report.paragraph(n).span.start >= LAST * len(report.text)]
    ended = next((n for n, line in late if is_closing(line)), None)
    buttons = {n for n, line in late if _is_button(line)}
    buttons |= {n for n, line in late[-SIGNATURES:] if _label(line.strip("()")) is not None}
    return foot | buttons | {n for n, _ in late if ended is not None and n >= ended}


def _foot(lines: list[tuple[int, str]]) -> set[int]:
    """The short lines at the end, where there is a button or a label among them: links, names of sites, what else was read."""
    found: list[tuple[int, str]] = []
    for number, line in reversed(lines):
        if len(line) > LONGEST or line.endswith(CLOSING) or begins_heading(line):
            break
        found.append((number, line))
    is_foot = len(found) >= LEAST_FOOT and any(is_aside(line) for _, line in found)
    return {number for number, _ in found} if is_foot else set()


LONGEST_ERROR = 1000  # characters


def error_in(text: str) -> str | None:
    """What a page says that is a site's answer in the place of a report: 403 Forbidden, 安全验证."""
    found = pattern_of("portal", "errors").search(normal(text)) if len(text) <= LONGEST_ERROR else None
    return None if found is None or ADDRESS.search(normal(text)) else text[slice(*found.span())]


def _bare(line: str) -> str:
    """Without the buttons in brackets behind it."""
    return IN_BRACKETS.sub("", line).strip() or line.strip()


def is_closing(line: str) -> bool:
    """Whether a line, in normal form, stands where a page's report has ended (相关阅读, 打印本页)."""
    return pattern_of("portal", "closing").fullmatch(line) is not None


def is_aside(line: str) -> bool:
    """Whether a line, in normal form, is a label or a button by its form alone."""
    line = _bare(line)
    return _is_button(line) or _label(line) is not None or is_closing(line)


def _is_button(line: str) -> bool:
    words = _between_signs(line)
    buttons = sum(word in load("portal")["lines"] for word in words)
    return (
        buttons == len(words)
        or (buttons > 1 and len(line) <= LONGEST and PARTED.search(line) is not None)
        or (len(line) <= LONGEST_LABELS and not line.endswith(CLOSING) and _is_parted(line))
        or (STAMP.match(line) is not None and not line.endswith("年"))
        or (len(line) <= LONGEST and pattern_of("portal", "captions").search(line) is not None)
    )


def _is_parted(line: str) -> bool:
    """首页 > 公开 > 报告; a time to the minute; several labels in a row."""
    return line.count(">") > 2 or STAMPED.search(line) is not None or len(_labels_in().findall(line)) > 1


def _between_signs(line: str) -> list[str]:
    return re.sub(rf"[\s{re.escape(load('portal')['signs'])}]+", " ", line).split()


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
def _names() -> str:
    return "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(load("portal")["labels"], key=len, reverse=True))


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{_names()})\s*:\s*(.*)$")


@cache
def _labels_in() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s|(?<=[|】]))(?:{_names()})\s*:")
