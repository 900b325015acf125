"""An answer to take away: as a sentence to print, with all citations, as a table, as Markdown. Numbers keep hedge, year and source."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from search.commands.tables import OF_ANSWER
from search.commands.tables import answer as answer_table
from search.export import FORMATS, Table, as_tsv
from search.printed import printed
from search.results import AnswerRow, AskResult, Citation, PassageResult
from search.written import grown
from web.address import Wanted, address, file_address
from web.answers.cite import markdown, missing, number_of, plain_reference, when
from web.answers.context import Context
from web.answers.value import spoken_of
from web.strings import Words
from web.tags import Html, el, join


def actions(result: AskResult, context: Context, origin: str) -> Html:
    """What is below every answer."""
    answer, words = result.answer, context.words
    wanted = replace(context.wanted, q=result.question)
    link = f"{origin}/?{address(wanted)}"
    buttons = []
    if answer.stated:
        year = context.report.year if context.report else None
        buttons.append(copies("copy_sentence", sentence(result, year, words), words, then=link))
    if answer.stated or answer.alternatives:
        buttons.append(copies("copy_all", everything(result, words), words))
    if len(answer.rows) > 1 or answer.items or answer.alternatives:
        buttons.append(copies("copy_table", as_tsv(as_table(result, origin, words)), words))
    buttons.append(copies("copy_link", link, words))
    files = [
        el("li", el("a", words[f"file_{end}"], href=file_address(end, wanted, words.language), download=f"wenbao.{end}")) for end in FILES
    ]
    get = el("details", el("summary", words["download"]), el("ul", join(files)), class_="get")
    return el("div", join(buttons), get, class_="acts")


def copies(key: str, text: str, words: Words, then: str | None = None) -> Html:
    """`then` is what a second press copies."""
    return el("button", words[key], type="button", data_copy=text, data_then=then)


def sentence(result: AskResult, year: str | None, words: Words) -> str:
    """据《沈阳市2007年政府工作报告》，2006年预计全市地区生产总值实现2482.5亿元，增长16.5%。"""
    return words["print_from"].format(report=result.report) + printed(result.answer, year) + "。"


def everything(result: AskResult, words: Words) -> str:
    """The answer, then each of what it holds with where it stands."""
    return "\n".join([result.understood, result.answer.text, *(plain_reference(said, where, words) for said, where in _sourced(result))])


def _sourced(result: AskResult) -> list[tuple[str, Citation | PassageResult]]:
    """Each item, row, quote and reading, with its own place; of a refusal the sentence that speaks of it."""
    answer, spoken = result.answer, spoken_of(result)
    found: list[tuple[str, Citation | PassageResult]] = [(item.text, item.citation) for item in answer.items]
    found += [(row.citation.quote, row.citation) for row in answer.rows if row.citation and len(answer.rows) > 1]
    found += [(quote.quote, quote) for quote in answer.citations if not found]
    found += [(other.citation.quote, other.citation) for other in answer.alternatives if not answer.stated]
    return [*dict.fromkeys(found), *([(spoken.text, spoken)] if spoken else [])]


def as_table(result: AskResult, site: str, words: Words) -> Table:
    """The answer's rows under headings in the page's language."""
    return replace(answer_table(result, link_to(site), row_words(words)), fields=headings(words))


def headings(words: Words) -> list[str]:
    return [words[f"column_{name}"] for name in OF_ANSWER]


def link_to(site: str) -> Callable[[Citation], str]:
    """Where a quote stands, in whichever report."""
    return lambda quote: f"{site}/?{address(Wanted('report', report=quote.report_id))}#p-{quote.paragraph}"


def row_words(words: Words) -> Callable[[AnswerRow], Sequence[str | None]]:
    """What a table says of a row: its status, why it has no figure, what became of it."""
    return lambda row: (
        when(None, row.status, words, row.text),
        words[f"reason_{row.reason}"] if row.reason else None,
        words[f"verdict_{row.verdict}"] if row.verdict else None,
    )


def as_markdown(result: AskResult, words: Words) -> str:
    answer = result.answer
    lines = [f"# {result.question}", ""]
    if result.understood != result.question:
        lines += [words["understood"].format(question=result.understood), ""]
    lines += [f"**{answer.text}**", ""]
    for group, items in groupby(answer.items, key=lambda item: item.group):
        lines += [*([f"## {group}", ""] if group else []), *(f"- {item.text}" for item in items), ""]
    lines += [f"- {row.label}{words['colon']}{_told(row, words)}" for row in answer.rows if len(answer.rows) > 1]
    lines += [f"- {other.difference}{words['colon']}{other.text}" for other in answer.alternatives if not answer.stated]
    if answer.computed and answer.computed.text not in answer.text:
        lines += ["", answer.computed.text]
    for said, where in _sourced(result):
        lines += ["", markdown(said, where, words)]
    return "\n".join(lines).rstrip() + "\n"


def _told(row: AnswerRow, words: Words) -> str:
    """增长15%（2007年 · 计划）."""
    period = when(row.year, row.status, words, row.text)
    return f"{number_of(row, grown(row))}（{period}）" if row.stated and period else grown(row) or missing(row, words)


FILES: Mapping[str, Callable[[AskResult, str, Words], str | bytes]] = {
    "md": lambda result, site, words: as_markdown(result, words),
    "xlsx": lambda result, site, words: FORMATS["xlsx"](as_table(result, site, words)),
    "csv": lambda result, site, words: FORMATS["csv"](as_table(result, site, words)),
    "json": lambda result, site, words: json.dumps(result.to_dict(), ensure_ascii=False, indent=2),
}
