"""Reports side by side: an indicator, the places and the year chosen, the files made of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from index.errors import WenbaoError
from search.commands.tables import side_by_side
from web import render, sidebyside
from web.address import Wanted
from web.events.shared import QUIET, Updates, said, with_file
from web.layout import Layout
from web.page import Page
from web.strings import Words, told

OFFERED = 60  # indicators to choose from; any other can be typed
PARTED = "|"  # between the name and the kind of an indicator that is offered


def compared(parts: Layout, page: Page, wanted: Wanted, say: Words) -> Updates:
    """What a choice changes on the page. Nothing chosen is what most reports give."""
    offers = page.engine.offers()[:OFFERED]
    if not wanted.q and offers:
        wanted = replace(wanted, q=offers[0].indicator, kind=offers[0].kind)
    compare = parts.compare
    named = [(_offered(one.indicator, one.kind, one.reports, say), one.indicator + PARTED + one.kind) for one in offers]
    value = f"{wanted.q}{PARTED}{wanted.kind}" if wanted.kind else wanted.q
    try:
        shown = sidebyside.shown(wanted, page.compare(wanted), say)
    except WenbaoError as error:
        shown = render.trouble(told(str(error), say))
    return {
        compare.indicator: gr.update(choices=named, value=value),
        compare.places: wanted.place.split("、") if wanted.place else [],
        compare.year: wanted.year,
        compare.rows: shown,
    }


def outputs(parts: Layout) -> list[Any]:
    compare = parts.compare
    return [compare.indicator, compare.places, compare.year, compare.rows]


def wire_comparing(parts: Layout, page: Page) -> None:
    compare = parts.compare

    def chosen(request: gr.Request, indicator: str | None, places: Sequence[str] | None, year: str | None) -> Updates:
        updates = compared(parts, page, _read(indicator, places, year), said(page, request))
        return updates if not indicator else {compare.rows: updates[compare.rows]}

    def taking(ending: str) -> Callable[..., Any]:
        def take(indicator: str | None, places: Sequence[str] | None, year: str | None) -> Any:
            try:
                rows = page.compare(_read(indicator, places, year))
            except WenbaoError:
                rows = ()
            return with_file(compare.file, side_by_side(rows), f"wenbao-compare.{ending}")

        return take

    inputs = [compare.indicator, compare.places, compare.year]
    triggers = [compare.rows.select, *(part.input for part in inputs)]
    gr.on(triggers, chosen, inputs, outputs(parts), queue=False, **QUIET).then(None, js="() => wenbao.shown('replace')")
    for button, ending in ((compare.csv, "csv"), (compare.json, "json")):
        button.click(taking(ending), inputs, compare.file, queue=False, **QUIET).then(None, js="() => wenbao.fetch('compare-file')")


def _read(indicator: str | None, places: Sequence[str] | None, year: str | None) -> Wanted:
    name, _, kind = str(indicator or "").partition(PARTED)
    return Wanted("compare", name, kind=kind, place="、".join(map(str, places or ())), year=str(year or ""))


def _offered(name: str, kind: str, reports: int, say: Words) -> str:
    return say["counted"].format(value=f"{name} · {say[f'kind_{kind}']}", count=reports)
