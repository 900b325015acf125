"""Searches, as one types. page.js tells which of two events is meant: the one with the encoder waits its turn, the plain one does not."""

from typing import Any

import gradio as gr

from search.results import Mode
from web.address import Wanted
from web.events.shared import ENCODER, QUIET, Updates, asked_at, chosen_by, filtered, said
from web.facets import reports
from web.layout import Layout
from web.page import DEEP, Page
from web.strings import Words


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


def outputs(parts: Layout) -> list[Any]:
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
    search.results.select(find, inputs, outputs(parts), concurrency_id=ENCODER, **QUIET).then(**shown)
    search.plain.select(find, inputs, outputs(parts), queue=False, **QUIET).then(**shown)
