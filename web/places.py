"""Where something stands, in words and as links: 一、2006年政府工作回顾 · 第2段, and the marks that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.records import Report
from search.results import Citation, Mark, PassageResult
from web.strings import Words
from web.tags import Html, el, join

DOT = " · "
CHINESE = "zh-CN"  # the language of what is quoted, whatever the page's own is


def place(where: Citation | PassageResult, words: Words) -> str:
    """The innermost heading and the paragraph below it."""
    return _heading(where, words) + DOT + _number(where, words)


def link(
    where: Citation | PassageResult,
    ranges: Iterable[tuple[int, int]],
    words: Words,
    *,
    short: bool = False,
    text: str | None = None,
) -> Html:
    """A link to a paragraph of the full report, which reads `text` or its place; `ranges` of the report's text are marked."""
    number = _number(where, words)
    # A line may end inside the heading, not before the dot nor inside 第2段.
    shown = [number] if short else [_heading(where, words), "\u00a0", el("span", f"·\u00a0{number}")]
    return el(
        "a",
        *(shown if text is None else [text]),
        href=f"#p-{where.paragraph}",
        class_="place",
        title=" › ".join((where.report, *where.section)),
        data_report=where.report_id,
        data_title=where.report,  # shown where there are several reports
        data_marks=" ".join(f"{start}-{end}" for start, end in ranges) or None,
    )


def _heading(where: Citation | PassageResult, words: Words) -> str:
    return where.section[-1] if where.section else words["outside"]


def _number(where: Citation | PassageResult, words: Words) -> str:
    return words["paragraph"].format(n=where.paragraph_in_section)


def when(year: str | None, status: str | None, words: Words) -> str:
    """2006年 · 已完成, or the half of it that is known."""
    return DOT.join(filter(None, (year and words["year"].format(year=year), status and words[status])))


def status_class(status: str | None) -> str:
    return "tag plan" if status == "target" else "tag"


def marked(text: str, marks: Sequence[Mark]) -> Html:
    """The text with its marks, which do not overlap; offsets count code points, as Python does."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        pieces += [text[at : mark.start], el("mark", text[mark.start : mark.end], class_=mark.kind)]
        at = mark.end
    return join([*pieces, text[at:]])


def place_of(report: Report) -> str:
    """What tells a report from others to a reader: its place, or its title where it names none."""
    return report.place or report.title
