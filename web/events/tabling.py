"""The figure table and reports side by side: their filters, a row followed to its sentence, the files made of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from index.errors import WenbaoError
from search.commands.tables import side_by_side
from search.results import FigureResult
from web import render, sidebyside
from web.address import Wanted
from web.events.shared import EVERY_ONE, QUIET, Updates, asked_at, chosen_by, filtered, said, with_file
from web.layout import Layout
from web.page import Page
from web.strings import Words, told
from web.table import as_table, cells

MOST = 2000  # rows that a browser scrolls at ease; the files have all


def tabled(parts: Layout, page: Page, wanted: Wanted, shown: str | None, say: Words, drawn: str | None = None) -> Updates:
    """What the filters change on the page, but for the words: they are being typed.

    The table is of the report shown beside, unless another is asked for. The charts come along where they are of another than `drawn`.
    """
    report = wanted.report or shown or ""
    rows, counts = page.figures(replace(wanted, report=report))
    table = parts.table
    updates: Updates = {
        table.table: [cells(row, say) for row in rows[:MOST]],
        table.count: render.counted(wanted, rows, min(MOST, len(rows)), say, report),
        table.picked: "",
    }
    key = f"{page.generation} {report}"
    if key != drawn:
        updates |= {table.checked: page.checked(report, say), table.drawn: key}
    return updates | filtered(table.filters, counts, wanted, say)


def table_outputs(parts: Layout) -> list[Any]:
    table = parts.table
    return [table.words, table.table, table.count, table.picked, table.checked, table.drawn, *table.filters.values()]


def wire_tabling(parts: Layout, page: Page) -> None:
    table = parts.table

    def read(words: str, chosen: tuple[str, ...]) -> Wanted:
        return Wanted("figures", words, **chosen_by(table.filters, chosen))

    def narrowed(request: gr.Request, drawn: str, words: str, shown: str | None, *chosen: str) -> Updates:
        at = asked_at(page, request, shown)
        return tabled(parts, at, read(words, chosen), shown, said(at, request), drawn)

    def taking(ending: str) -> Callable[..., Any]:
        def take(request: gr.Request, words: str, shown: str | None, *chosen: str) -> Any:
            at = asked_at(page, request, shown)
            rows = at.figures(replace(read(words, chosen), report=shown or ""))[0]
            return with_file(table.file, as_table(rows, said(at, request)), f"wenbao.{ending}")

        return take

    def pick(event: gr.SelectData, shown: str | None, request: gr.Request) -> str:
        at = asked_at(page, request, shown)
        found = _row(at, str(event.row_value[-1])) if event.row_value else None
        return render.picked(found, at.engine, said(at, request)) if found else ""

    inputs = [table.words, parts.which, *table.filters.values()]
    triggers = [table.count.select]
    triggers += [part.input for part in table.filters.values()]
    gr.on(triggers, narrowed, [table.drawn, *inputs], table_outputs(parts), queue=False, **QUIET).then(
        None, js="() => wenbao.shown('replace')"
    )
    for button, ending in ((table.csv, "csv"), (table.json, "json")):
        button.click(taking(ending), inputs, table.file, queue=False, **QUIET).then(None, js="() => wenbao.fetch()")
    table.table.select(pick, parts.which, table.picked, queue=False, **EVERY_ONE).then(None, js="() => wenbao.picked()")


def _row(page: Page, key: str) -> FigureResult | None:
    """The figure of a table row by its key; None for a key that is none (any more)."""
    report_id, _, start = key.rpartition(":")
    found = page.figures(replace(Wanted(), report=report_id))[0] if report_id else []
    return next((row.figure for row in found if str(row.figure.start) == start), None)


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


def compare_outputs(parts: Layout) -> list[Any]:
    compare = parts.compare
    return [compare.indicator, compare.places, compare.year, compare.rows]


def wire_comparing(parts: Layout, page: Page) -> None:
    compare = parts.compare

    def chosen(request: gr.Request, indicator: str | None, places: Sequence[str] | None, year: str | None) -> Updates:
        updates = compared(parts, page, _chosen(indicator, places, year), said(page, request))
        return updates if not indicator else {compare.rows: updates[compare.rows]}

    def taking(ending: str) -> Callable[..., Any]:
        def take(indicator: str | None, places: Sequence[str] | None, year: str | None) -> Any:
            try:
                rows = page.compare(_chosen(indicator, places, year))
            except WenbaoError:
                rows = ()
            return with_file(compare.file, side_by_side(rows), f"wenbao-compare.{ending}")

        return take

    inputs = [compare.indicator, compare.places, compare.year]
    triggers = [compare.rows.select, *(part.input for part in inputs)]
    gr.on(triggers, chosen, inputs, compare_outputs(parts), queue=False, **QUIET).then(None, js="() => wenbao.shown('replace')")
    for button, ending in ((compare.csv, "csv"), (compare.json, "json")):
        button.click(taking(ending), inputs, compare.file, queue=False, **QUIET).then(None, js="() => wenbao.fetch('compare-file')")


def _chosen(indicator: str | None, places: Sequence[str] | None, year: str | None) -> Wanted:
    name, _, kind = str(indicator or "").partition(PARTED)
    return Wanted("compare", name, kind=kind, place="、".join(map(str, places or ())), year=str(year or ""))


def _offered(name: str, kind: str, reports: int, say: Words) -> str:
    return say["counted"].format(value=f"{name} · {say[f'kind_{kind}']}", count=reports)
