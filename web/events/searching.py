"""Searches, as one types: two events for one search. The one with the encoder waits its turn, the one without does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from search.modes import reads
from search.results import Mode
from web.address import Wanted
from web.events import ENCODER, QUIET, VIEW, Updates, chosen_by, filtered, said
from web.layout import Layout
from web.page import Page
from web.strings import Words


def searched(parts: Layout, page: Page, wanted: Wanted, say: Words) -> Updates:
    """What a search changes on the page: the passages, and the counts beside the filters' values."""
    html, counts = page.search(wanted, say)
    updates: Updates = {parts.search.results: html}
    updates |= filtered(parts.search.filters, counts, wanted, say)
    having = counts["figures"]["1"] if "figures" in counts else 0
    label = say["counted"].format(value=say["figures_only"], count=having) if counts else say["figures_only"]
    return updates | {parts.search.figures: gr.update(label=label, value=bool(wanted.figures))}


def outputs(parts: Layout) -> list[Any]:
    return [parts.search.results, *parts.search.filters.values(), parts.search.figures]


def wire_searching(parts: Layout, page: Page) -> None:
    search = parts.search

    def read(query: str, mode: Mode, figures: bool, chosen: tuple[str, ...]) -> Wanted:
        filters = chosen_by(search.filters, chosen)
        return Wanted("search", query, mode=mode, figures="1" if figures else "", **filters)

    def searcher(*, vectors: bool) -> Callable[..., Updates]:
        def find(request: gr.Request, query: str, view: str, mode: Mode, figures: bool, *chosen: str) -> Updates:
            if view != "search" or reads(mode).vectors != vectors:
                return {search.results: gr.skip()}
            return searched(parts, page, read(query, mode, figures, chosen), said(page, request))

        return find

    inputs = [parts.box, parts.ask.understood, search.mode, search.figures, *search.filters.values()]
    triggers = [search.mode.input, search.figures.input, *(part.input for part in search.filters.values())]
    for on, then in (([parts.box.submit, *triggers], "push"), ([search.results.select], "replace")):
        shown = {"fn": None, "js": f"() => wenbao.shown('{then}')"}
        with_encoder, at_once = searcher(vectors=True), searcher(vectors=False)
        gr.on(on, with_encoder, inputs, outputs(parts), js=VIEW, concurrency_id=ENCODER, **QUIET).then(**shown)
        gr.on(on, at_once, inputs, outputs(parts), js=VIEW, queue=False, **QUIET).then(**shown)
