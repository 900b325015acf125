"""Searches, as one types: two events for one search. The one with the encoder waits its turn, the one without does not."""

from __future__ import annotations

from typing import Any

import gradio as gr

from search.modes import reads
from search.results import Mode
from web.address import Wanted
from web.events import ENCODER, QUIET, Updates, said
from web.filters import choices
from web.layout import Layout
from web.page import Page
from web.strings import Words


def searched(parts: Layout, page: Page, wanted: Wanted, say: Words) -> Updates:
    """What a search changes on the page: the passages, and the counts beside the filters' values."""
    html, counts = page.search(wanted, say)
    updates: Updates = {parts.search.results: html}
    chosen = wanted.chosen()
    for name, part in parts.search.filters.items():
        updates[part] = gr.update(choices=choices(name, counts, chosen[name], say), value=chosen[name])
    having = counts["figures"]["1"] if "figures" in counts else 0
    label = say["counted"].format(value=say["figures_only"], count=having) if counts else say["figures_only"]
    return updates | {parts.search.figures: gr.update(label=label, value=bool(wanted.figures))}


def outputs(parts: Layout) -> list[Any]:
    return [parts.search.results, *parts.search.filters.values(), parts.search.figures]


def wire_searching(parts: Layout, page: Page) -> None:
    search = parts.search
    names = list(search.filters)

    def read(query: str, mode: Mode, figures: bool, chosen: tuple[str, ...]) -> Wanted:
        filters: dict[str, Any] = dict(zip(names, (value or "" for value in chosen), strict=True))
        return Wanted("search", query, mode=mode, figures="1" if figures else "", **filters)

    def with_encoder(request: gr.Request, query: str, view: str, mode: Mode, figures: bool, *chosen: str) -> Updates:
        if view != "search" or not reads(mode).vectors:
            return {search.results: gr.skip()}
        return searched(parts, page, read(query, mode, figures, chosen), said(page, request))

    def without(request: gr.Request, query: str, view: str, mode: Mode, figures: bool, *chosen: str) -> Updates:
        if view != "search" or reads(mode).vectors:
            return {search.results: gr.skip()}
        return searched(parts, page, read(query, mode, figures, chosen), said(page, request))

    inputs = [parts.box, parts.ask.understood, search.mode, search.figures, *search.filters.values()]
    triggers = [search.mode.input, search.figures.input, *(part.input for part in search.filters.values())]
    for on, then in (([parts.box.submit, *triggers], "push"), ([search.results.select], "replace")):
        shown = {"fn": None, "js": f"() => wenbao.shown('{then}')"}
        js = "(q, view, ...rest) => [q, wenbao.view(), ...rest]"
        gr.on(on, with_encoder, inputs, outputs(parts), js=js, concurrency_id=ENCODER, **QUIET).then(**shown)
        gr.on(on, without, inputs, outputs(parts), js=js, queue=False, **QUIET).then(**shown)
