"""Taking a passage along: with its reference as plain text, as Markdown, and by GB/T 7714; an answer as a file."""

from __future__ import annotations

import json
from base64 import b64encode

from index.records import Report
from search.results import AskResult, Citation, PassageResult
from web.places import place
from web.strings import Source, Words
from web.tags import Html, el, join


def source_of(report: Report) -> Source:
    place = report.place
    if place and len(place) > 2:
        place = place.rstrip("市省县区")
    return Source(report.speaker, place, report.date or report.year_planned)


def plain(quote: str, where: Citation | PassageResult, words: Words) -> str:
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
    forms = [("form_plain", plain(quote, where, words)), ("form_markdown", markdown(quote, where, words))]
    forms.append(("form_gbt7714", gbt7714(quote, where, words.source(where.report_id))))
    done = words["copied"]
    buttons = [el("button", words[name], type="button", data_copy=text, data_copied=done) for name, text in forms]
    return el("details", el("summary", words["copy"]), el("div", join(buttons)), class_="cite")


def downloads(result: AskResult, words: Words) -> Html:
    """The answer as a Markdown and as a JSON file: in the page, so that the server keeps nothing."""
    as_json = json.dumps(result.to_dict(), ensure_ascii=False, indent=2)
    files = [
        ("Markdown", "text/markdown", "md", as_markdown(result, words)),
        ("JSON", "application/json", "json", as_json),
    ]
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
