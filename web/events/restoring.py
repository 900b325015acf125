"""The page as its address asks: when it is opened, on back and forward, and by links within it; and the report beside."""

from collections.abc import Mapping
from typing import Any

import gradio as gr

from web import render
from web.address import read_address
from web.events import asking, tabling
from web.events.shared import ENCODER, EVERY_ONE, QUIET, Updates, asked_at, beside, opened, said, show_report
from web.layout import Layout, labels
from web.page import Page
from web.strings import LANGUAGES, Words


def wire_opening(app: gr.Blocks, parts: Layout, page: Page) -> None:
    laid_out = page.generation

    def loaded(shown: str | None, past: list[str], request: gr.Request) -> Updates:
        say = said(page, request)
        moved = page.generation != laid_out
        updates: Updates = {parts.past: render.history(past or [], say)}
        if moved or say.language != LANGUAGES[0]:
            label = labels(page, say)
            updates |= {part: gr.update(**label[name]) for name, part in parts.named().items()}
        if moved:
            updates |= _reports_anew(parts, page, say)
        elif say.language != LANGUAGES[0]:
            updates |= opened(parts, page, shown, say)
        return _over(updates, _restored(parts, page, request.query_params, shown, say))

    def went(event: gr.EventData, shown: str | None, request: gr.Request) -> Updates:
        asked = event._data or {}
        at = page if asked.get("view") == "compare" else asked_at(page, request, shown)
        return _restored(parts, at, asked, shown, said(at, request))

    places = [parts.tabs, *asking.ask_outputs(parts), parts.search.mode, *asking.search_outputs(parts), *tabling.table_outputs(parts)]
    places += tabling.compare_outputs(parts)
    every = list({part._id: part for part in [*parts.named().values(), *places, parts.past]}.values())
    quiet: dict[str, Any] = {"concurrency_id": ENCODER, **QUIET}
    app.load(loaded, [parts.which, parts.history], every, **quiet).then(None, js="() => wenbao.ready()")
    parts.go.select(went, parts.which, places, concurrency_id=ENCODER, **EVERY_ONE).then(None, js="() => wenbao.restored()")


def _restored(parts: Layout, page: Page, asked: Mapping[str, Any], shown: str | None, say: Words) -> Updates:
    """The view that an address names, with its question and filters."""
    wanted = read_address(asked)
    updates: Updates = {parts.tabs: gr.Tabs(selected=wanted.view)}
    if wanted.view == "ask" and wanted.q:
        return updates | {parts.box: wanted.q} | asking.asked(parts, page, wanted, shown, say)
    if wanted.view == "ask":
        updates |= {parts.box: "", parts.ask.answer: render.intro(page.corpus, say), parts.ask.understood: ""}
    if wanted.view == "search":
        updates |= {parts.box: wanted.q, parts.search.mode: wanted.mode}
        updates |= asking.searched(parts, page, wanted, say) if wanted.q else {}
    if wanted.view == "figures":
        updates |= {parts.table.words: wanted.q} | tabling.tabled(parts, page, wanted, shown, say)
    if wanted.view == "compare":
        updates |= tabling.compared(parts, page, wanted, say)
    known = wanted.report if any(wanted.report == report for _, report in page.titles()) else None
    return updates | show_report(parts, page, known, shown, say)


def _reports_anew(parts: Layout, page: Page, say: Words) -> Updates:
    """The reports to choose from and the first of them, where the index was rebuilt since the page was laid out."""
    first = page.first()
    which = gr.update(**labels(page, say)["which"], choices=page.titles(), value=first, visible=page.several)
    return {parts.which: which} | opened(parts, page, first, say)


def _over(updates: Updates, later: Updates) -> Updates:
    """Both, the later value on top of the earlier words of the same part."""
    merged = dict(updates)
    for part, value in later.items():
        update = value if isinstance(value, dict) else {"value": value, "__type__": "update"}
        before = merged.get(part)
        merged[part] = {**before, **update} if isinstance(before, dict) else value
    return merged


def wire_reading(parts: Layout, page: Page) -> None:
    def chosen(report: str | None, request: gr.Request) -> Updates:
        at = asked_at(page, request, report)
        return opened(parts, at, report, said(at, request))

    def cited(event: gr.EventData, request: gr.Request) -> Updates:
        at = asked_at(page, request, str(event.report))
        return show_report(parts, at, str(event.report), None, said(at, request))

    read = parts.which.input(chosen, parts.which, beside(parts)[1:], queue=False, **QUIET)
    read.then(None, js="() => wenbao.chosen()")
    brought = parts.report.select(cited, None, beside(parts), queue=False, **EVERY_ONE)
    brought.then(None, js="() => wenbao.opened()")
