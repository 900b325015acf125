"""What the events of the views have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache

from index.errors import NotFound
from search.export import FORMATS, Table
from web.address import Wanted
from web.examples import buttons
from web.facets import Counts, choices
from web.layout import Layout
from web.page import Page
from web.strings import Words

ENCODER = "encoder"  # the events that share the encoder, which takes one text at a time
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "trigger_mode": "always_last"}
EVERY_ONE = QUIET | {"trigger_mode": "multiple"}  # of events that bring data: always_last would repeat the first one's
Updates = dict[Any, Any]


def said(page: Page, request: gr.Request) -> Words:
    """The words that a request is answered in."""
    return page.words(request.query_params.get("lang"), request.headers.get("accept-language"))


def asked_at(page: Page, request: gr.Request, shown: str | None) -> Page:
    """The page that a request is about: over the reader's own report where that is shown, else over the index.

    Raises gr.Error, which the page shows, where the reader's own is kept no more.
    """
    try:
        return page.of(request.session_hash, shown)
    except NotFound:
        raise gr.Error(said(page, request)["own_gone"], print_exception=False) from None


def show_report(parts: Layout, page: Page, wanted: str | None, shown: str | None, say: Words) -> Updates:
    """The report brought beside, where it is not there already."""
    if wanted is None or wanted == shown:
        return {}
    return {parts.which: wanted} | opened(parts, page, wanted, say)


def opened(parts: Layout, page: Page, report: str | None, say: Words) -> Updates:
    """The text of a report, and the questions to begin with about it."""
    questions = zip(parts.ask.examples, buttons(page.corpus, report, say), strict=True)
    return {parts.report: page.report(report, say)} | {button: gr.update(**one) for button, one in questions}


def beside(parts: Layout) -> list[Any]:
    """What show_report may change."""
    return [parts.which, parts.report, *parts.ask.examples]


def chosen_by(filters: Mapping[str, gr.Dropdown], values: Sequence[str | None]) -> dict[str, Any]:
    """The values of filters by their names; "" is any."""
    return dict(zip(filters, (value or "" for value in values), strict=True))


def filtered(filters: Mapping[str, gr.Dropdown], counts: Counts, wanted: Wanted, say: Words) -> Updates:
    """The filters with the counts beside their values."""
    chosen = wanted.chosen()
    return {part: gr.update(choices=choices(name, counts, chosen[name], say), value=chosen[name]) for name, part in filters.items()}


def with_file(button: gr.DownloadButton, table: Table, name: str) -> Any:
    """The update that gives a button a table to fetch, in the format that the name ends in. CSV has the mark by which Excel knows UTF-8."""
    ending = name.rpartition(".")[2]
    written = FORMATS[ending](table)
    if isinstance(written, str):
        written = written.encode("utf-8-sig" if ending == "csv" else "utf-8")
    return gr.update(value=save_bytes_to_cache(written, name, button.GRADIO_CACHE))
