"""Where something stands, in words and as links; and a passage taken along: as plain text, Markdown, GB/T 7714, or a file."""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence

from index.records import Report
from search.results import AskResult, Citation, Mark, PassageResult
from web.strings import Source, Words
from web.tags import Html, el, join

DOT = " · "
CHINESE = "zh-CN"  # the language of what is quoted, whatever the page's own is


def place(where: Citation | PassageResult, words: Words) -> str:
    """The innermost heading and the paragraph below it."""
    return _heading(where, words) + DOT + _number(where, words)


def link(
    where: Citation | PassageResult, ranges: Iterable[tuple[int, int]], words: Words, *, short: bool = False, text: str | None = None
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


def source_of(report: Report) -> Source:
    place = report.place
    if place and len(place) > 2:
        place = place.rstrip("市省县区")
    return Source(report.speaker, place, report.date or report.year_planned)


def plain_reference(quote: str, where: Citation | PassageResult, words: Words) -> str:
    return words["cited"].format(quote=quote, report=where.report, place=place(where, words))


def markdown(quote: str, where: Citation | PassageResult, words: Words) -> str:
    return f"> {quote}\n>\n> —— {words['title_of'].format(report=where.report)}{words['comma']}{place(where, words)}"


def gbt7714(quote: str, where: Citation | PassageResult, source: Source) -> str:
    """GB/T 7714—2015, a report [R]: author. title[R]. place: publisher, year: place in it. What is not known is said so."""
    author = f"{source.author}. " if source.author else ""
    heading = f"{where.section[-1]}, " if where.section else ""
    year = source.date[:4] if source.date else "[出版年不详]"
    published = f"{source.place or '[出版地不详]'}: [出版者不详], {year}"
    return f"“{quote}”\n{author}{where.report}[R]. {published}: {heading}第{where.paragraph_in_section}段."


def menu(quote: str, where: Citation | PassageResult, words: Words) -> Html:
    """复制引文 ▾: one button a form."""
    forms = [("form_plain", plain_reference(quote, where, words)), ("form_markdown", markdown(quote, where, words))]
    forms.append(("form_gbt7714", gbt7714(quote, where, words.source(where.report_id))))
    done = words["copied"]
    buttons = [el("button", words[name], type="button", data_copy=text, data_copied=done) for name, text in forms]
    return el("details", el("summary", words["copy"]), el("div", join(buttons)), class_="cite")


def downloads(result: AskResult, words: Words) -> Html:
    """The answer as a Markdown and as a JSON file: in the page, so that the server keeps nothing."""
    as_json = json.dumps(result.to_dict(), ensure_ascii=False, indent=2)
    files = [("Markdown", "text/markdown", "md", as_markdown(result, words)), ("JSON", "application/json", "json", as_json)]
    links = [_file(*file) for file in files]
    return el("p", words["download_answer"], " ", join(links), class_="downloads")


def as_markdown(result: AskResult, words: Words) -> str:
    answer = result.answer
    lines = [f"# {result.question}", ""]
    if result.understood != result.question:
        lines += [words["understood"].format(question=result.understood), ""]
    lines += [f"**{answer.text}**", "", *(f"- {item.text}" for item in answer.items)]
    if answer.computed and answer.computed.text not in answer.text:
        lines += ["", answer.computed.text]
    for quote in answer.citations:
        lines += ["", markdown(quote.quote, quote, words)]
    return "\n".join(lines).rstrip() + "\n"


def _file(label: str, kind: str, ending: str, text: str) -> Html:
    data = b64encode(text.encode("utf-8", "replace")).decode("ascii")  # a lone surrogate has no UTF-8
    return el("a", label, href=f"data:{kind};charset=utf-8;base64,{data}", download=f"wenbao.{ending}")
