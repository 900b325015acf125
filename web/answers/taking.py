"""An answer to take away: as a sentence to print, with all citations, as a table, as Markdown. Numbers keep hedge, year and source."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby

from search.commands.tables import answer as answer_table
from search.export import FORMATS, Table, as_tsv
from search.results import Answer, AskResult, Citation
from web.address import Wanted, address
from web.answers.cite import markdown, plain_reference, when
from web.answers.context import within
from web.strings import Words
from web.tags import Html, el, join

RELATIVE = re.compile(r"^(?:今年|去年|本年|上年|明年)")  # said of a year that the sentence names instead
ENDS = "，。；;、 "


def actions(result: AskResult, wanted: Wanted, origin: str, words: Words) -> Html:
    """What is below every answer."""
    answer = result.answer
    query = address(replace(wanted, q=result.question))
    link = f"{origin}/?{query}"
    buttons = []
    if answer.stated:
        buttons.append(_copies("copy_sentence", sentence(result, words), words, then=link))
        buttons.append(_copies("copy_all", everything(result, words), words))
    if len(answer.rows) > 1 or answer.items:
        buttons.append(_copies("copy_table", as_tsv(as_table(result, link, words)), words))
    buttons.append(_copies("copy_link", link, words))
    files = [
        el("li", el("a", words[f"file_{end}"], href=f"/file/wenbao.{end}?{query}&lang={words.language}", download=f"wenbao.{end}"))
        for end in FILES
    ]
    get = el("details", el("summary", words["download"]), el("ul", join(files)), class_="get")
    return el("div", join(buttons), get, class_="acts")


def _copies(key: str, text: str, words: Words, then: str | None = None) -> Html:
    """`then` is what a second press copies."""
    return el("button", words[key], type="button", data_copy=text, data_then=then)


def sentence(result: AskResult, words: Words) -> str:
    """据《沈阳市2007年政府工作报告》，2006年预计全市地区生产总值实现2482.5亿元，增长16.5%。"""
    answer = result.answer
    title = answer.citations[0].report if answer.citations else result.report
    return words["print_from"].format(report=title) + _said(answer, words) + "。"


def _said(answer: Answer, words: Words) -> str:
    if answer.items:
        groups = [(group, [*items]) for group, items in groupby(answer.items, key=lambda item: item.group)]
        listed = ["；".join(item.text.strip(ENDS) for item in items) for _, items in groups]
        return "。".join(f"{group}：{text}" if group else text for (group, _), text in zip(groups, listed, strict=True))
    said = "；".join(dict.fromkeys(_clause(answer, quote) for quote in answer.citations)) or answer.text.strip(ENDS)
    if answer.computed:
        said += f"；{words['print_computed'].format(text=answer.computed.text)}"
    return said


def _clause(answer: Answer, quote: Citation) -> str:
    """The quoted clause with the year it is of, and that it is planned; no hedge of its figures is lost."""
    figures = [figure for figure in answer.figures if within(figure, quote)]
    said = RELATIVE.sub("", quote.quote.strip(ENDS))
    if not figures:
        return quote.quote.strip(ENDS)
    first = figures[0]
    year = f"{first.period}年" if first.period and first.period not in said else ""
    head = f"{year}{'目标：' if first.status == 'target' else ''}"
    lost = [word for figure in figures for word in (figure.modifier or "").split() if word not in said]
    return head + said + "".join(f"（{word}）" for word in dict.fromkeys(lost))


def everything(result: AskResult, words: Words) -> str:
    """The answer, then each quote with where it stands."""
    answer = result.answer
    lines = [result.understood, _text(answer)]
    lines += [item.text.strip() for item in answer.items]
    lines += [plain_reference(quote.quote, quote, words) for quote in answer.citations]
    return "\n".join(lines)


def _text(answer: Answer) -> str:
    shown = answer.computed and answer.computed.text not in answer.text
    return f"{answer.text}{answer.computed.text}。" if shown and answer.computed else answer.text


def as_table(result: AskResult, link: str, words: Words) -> Table:
    """The answer's rows under headings in the page's language."""
    table = answer_table(result, link)
    return replace(table, fields=[words[f"column_{name}"] for name in table.fields])


def as_markdown(result: AskResult, words: Words) -> str:
    answer = result.answer
    lines = [f"# {result.question}", ""]
    if result.understood != result.question:
        lines += [words["understood"].format(question=result.understood), ""]
    lines += [f"**{answer.text}**", ""]
    for group, items in groupby(answer.items, key=lambda item: item.group):
        lines += [*([f"## {group}", ""] if group else []), *(f"- {item.text}" for item in items), ""]
    if len(answer.rows) > 1:
        stated = [(row, row.text if row.stated else words["not_given"]) for row in answer.rows]
        lines += [f"- {row.label}：{text}（{when(row.year, row.status, words)}）" for row, text in stated]
    if answer.computed and answer.computed.text not in answer.text:
        lines += ["", answer.computed.text]
    for quote in answer.citations:
        lines += ["", markdown(quote.quote, quote, words)]
    return "\n".join(lines).rstrip() + "\n"


FILES: Mapping[str, Callable[[AskResult, str, Words], str | bytes]] = {
    "md": lambda result, link, words: as_markdown(result, words),
    "xlsx": lambda result, link, words: FORMATS["xlsx"](as_table(result, link, words)),
    "csv": lambda result, link, words: FORMATS["csv"](as_table(result, link, words)),
    "json": lambda result, link, words: json.dumps(result.to_dict(), ensure_ascii=False, indent=2),
}
