"""Questions and follow-ups, the reader's own history of them, and searches as one types.

page.js tells which of two events of a search is meant: the one with the encoder waits its turn, the plain one does not.
"""

from typing import Any

import gradio as gr

from search.results import Mode
from web import render
from web.address import Wanted
from web.events.shared import ENCODER, QUIET, Updates, asked_at, beside, chosen_by, filtered, said, show_report
from web.facets import reports
from web.layout import Layout
from web.page import DEEP, Page
from web.strings import Words

KEPT = 30  # questions in a history


def asked(parts: Layout, page: Page, wanted: Wanted, shown: str | None, say: Words) -> Updates:
    """What an answer changes on the page, but for the box: the next question may be typed there already."""
    got = page.ask(wanted, shown, say)
    updates: Updates = {parts.ask.answer: got.html, parts.ask.understood: got.understood}
    return updates | {parts.ask.follow: ""} | show_report(parts, page, got.report, shown, say)


def ask_outputs(parts: Layout) -> list[Any]:
    return [parts.box, parts.ask.answer, parts.ask.understood, parts.ask.follow, *beside(parts)]


def wire_asking(parts: Layout, page: Page) -> None:
    def ask(question: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return once(question, "", shown, past, request)

    def example(question: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return {parts.box: question} | once(question, "", shown, past, request)

    def follow(question: str, previous: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return {parts.box: question} | once(question, previous, shown, past, request)

    def once(question: str, previous: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        at = asked_at(page, request, shown)
        say = said(at, request)
        updates = asked(parts, at, Wanted(q=question, previous=previous), shown, say)
        if not updates[parts.ask.understood]:
            return updates
        kept = remember(past, question if not previous else updates[parts.ask.understood])
        return updates | {parts.history: kept, parts.past: render.history(kept, say)}

    every = [*ask_outputs(parts), parts.history, parts.past]
    rest = [parts.which, parts.history]
    quiet: dict[str, Any] = {"concurrency_id": ENCODER, **QUIET}
    shown = {"fn": None, "js": "() => wenbao.shown('push')"}
    parts.box.submit(None, js="() => wenbao.entered()")
    parts.ask.answer.select(ask, [parts.box, *rest], every, **quiet).then(**shown)
    for button in parts.ask.examples:
        button.click(example, [button, *rest], every, **quiet).then(**shown)
    parts.ask.follow.submit(follow, [parts.ask.follow, parts.ask.understood, *rest], every, **quiet).then(**shown)
    _wire_history(parts, page)


def _wire_history(parts: Layout, page: Page) -> None:
    def clear(request: gr.Request) -> tuple[list[str], str]:
        return [], render.history([], said(page, request))

    parts.past.select(clear, None, [parts.history, parts.past], queue=False, **QUIET)


def remember(past: list[str], question: str) -> list[str]:
    """The question first, once, before the last ones."""
    others = [one for one in past if isinstance(one, str) and one != question] if isinstance(past, list) else []
    return [question, *others][:KEPT]


def searched(parts: Layout, page: Page, wanted: Wanted, say: Words) -> Updates:
    """What a search changes on the page: the passages, and the counts beside the filters' values."""
    found = page.search(wanted, say)
    counts = found.counts
    updates: Updates = {parts.search.results: found.html}
    updates |= filtered(parts.search.filters, counts, wanted, say)
    having = counts["figures"]["1"] if "figures" in counts else 0
    label = say["counted"].format(value=say["figures_only"], count=having) if counts else say["figures_only"]
    known = wanted.report if any(wanted.report == report for _, report in page.titles()) else ""
    offered = reports(page.titles(), counts, found.ranked, DEEP, say)
    updates[parts.search.report] = gr.update(choices=offered, value=known, visible=page.several)
    return updates | {parts.search.figures: gr.update(label=label, value=bool(wanted.figures))}


def search_outputs(parts: Layout) -> list[Any]:
    return [parts.search.results, parts.search.report, *parts.search.filters.values(), parts.search.figures]


def wire_searching(parts: Layout, page: Page) -> None:
    search = parts.search

    def read(query: str, mode: Mode, report: str | None, figures: bool, *chosen: str) -> Wanted:
        filters = chosen_by(search.filters, chosen) | {"report": report or "", "figures": "1" if figures else ""}
        return Wanted("search", query, mode=mode, **filters)

    def find(request: gr.Request, shown: str | None, *asked: Any) -> Updates:
        at = asked_at(page, request, shown)
        return searched(parts, at, read(*asked), said(at, request))

    inputs = [parts.which, parts.box, search.mode, search.report, search.figures, *search.filters.values()]
    choosing = [search.mode, search.report, search.figures, *search.filters.values()]
    narrowing = [part.input for part in choosing]
    gr.on(narrowing, None, js="() => wenbao.chose()")
    shown = {"fn": None, "js": "() => wenbao.searched()"}
    search.results.select(find, inputs, search_outputs(parts), concurrency_id=ENCODER, **QUIET).then(**shown)
    search.plain.select(find, inputs, search_outputs(parts), queue=False, **QUIET).then(**shown)
