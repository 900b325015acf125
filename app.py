"""The app: events, endpoints, server. What things look like is in web/, what is true in search/."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported; no other spelling counts
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # else a table of all past events is made anew at each
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from index import paths
from index.errors import WenbaoError
from search.live import EngineSource, LiveEngine
from search.modes import reads
from search.results import Mode
from web.api import endpoints
from web.layout import Layout, labels, lay_out
from web.page import MODES, Page
from web.places import Words
from web.server.accounts import add_account
from web.server.public import mount
from web.server.run import Server
from web.server.settings import PER_MINUTE, Settings, local
from web.server.state import State
from web.server.watch import log_as_json
from web.strings import words

__all__ = ["add_account", "create_app", "launch", "main", "public_settings"]
ENCODER = "encoder"  # the events that share the encoder, which takes one text at a time
AT_ONCE = 2  # of those: one encodes while the other ranks
WAITING = 64  # events in the queue; one more is refused at once instead of waiting without end
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "trigger_mode": "always_last"}
SHOWN = "() => wenbao.shown()"
Updates = dict[Any, Any]


def create_app(source: EngineSource) -> gr.Blocks:
    """The page and the endpoints over an engine, or over one that follows its folder."""
    page = Page(source)
    app = gr.Blocks(title=words(None)["page_title"], analytics_enabled=False, fill_width=True)
    with app:
        for name, function in endpoints(source).items():  # before the events, whose functions would take their names
            gr.api(function, api_name=name, concurrency_id=None if name == "paragraph" else ENCODER)
        parts = lay_out(page)
        _wire_opening(app, parts, page)
        _wire_questions(parts, page)
        _wire_searches(parts, page)
        _wire_reports(parts, page)
    app.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return app


def _wire_opening(app: gr.Blocks, parts: Layout, page: Page) -> None:
    """The page as its address asks: in `lang`, with the answer to `q`, or its passages where there is a `mode`."""

    laid_out = page.generation

    def opened(request: gr.Request) -> Updates:
        asked = request.query_params
        say = _say(request)
        updates: Updates = {parts.tabs: gr.skip()}
        moved = page.generation != laid_out
        if moved or asked.get("lang"):
            updates |= {part: gr.update(**labels(page, say)[name]) for name, part in parts.named().items()}
        if moved:
            updates |= _reports_anew(parts, page, say)
        text, mode = asked.get("q"), asked.get("mode")
        if text and mode in MODES:
            values = {parts.search.query: text, parts.search.mode: mode}
            values[parts.search.results] = page.search(text, mode, say)
            updates[parts.tabs] = gr.Tabs(selected="search")
        elif text:
            html, report = page.ask(text, None, say)
            values = {parts.ask.question: text, parts.ask.answer: html}
            values |= {parts.which: report, parts.report: page.report(report)} if report else {}
        else:
            values = {}
        return updates | {part: {**updates.get(part, gr.update()), "value": value} for part, value in values.items()}

    outputs = [*parts.named().values(), parts.tabs, parts.report]
    app.load(opened, None, outputs, concurrency_id=ENCODER, **QUIET).then(None, js="() => wenbao.ready()")


def _reports_anew(parts: Layout, page: Page, say: Words) -> Updates:
    """The reports to choose from and the first of them, where the index was rebuilt since the page was laid out."""
    titles = page.titles()
    first = titles[0][1]
    which = gr.update(**labels(page, say)["which"], choices=titles, value=first, visible=len(titles) > 1)
    return {parts.which: which, parts.report: gr.update(value=page.report(first))}


def _wire_questions(parts: Layout, page: Page) -> None:
    def ask(question: str, shown: str | None, request: gr.Request) -> tuple[Any, ...]:
        html, report = page.ask(question, shown, _say(request))
        same = report == shown
        return question, html, gr.skip() if same else report, gr.skip() if same else page.report(report)

    box = parts.ask.question
    outputs = [box, parts.ask.answer, parts.which, parts.report]
    triggers: list[tuple[Callable[..., Any], Any]] = [(box.submit, box)]
    triggers += [(button.click, button) for button in parts.ask.examples]
    for trigger, source in triggers:
        trigger(ask, [source, parts.which], outputs, concurrency_id=ENCODER, **QUIET).then(None, js=SHOWN)


def _wire_searches(parts: Layout, page: Page) -> None:
    """Two events for one search: the one with the encoder waits its turn, the one without does not."""

    def with_encoder(query: str, mode: Mode, request: gr.Request) -> Any:
        return page.search(query, mode, _say(request)) if reads(mode).vectors else gr.skip()

    def without(query: str, mode: Mode, request: gr.Request) -> Any:
        return gr.skip() if reads(mode).vectors else page.search(query, mode, _say(request))

    search = parts.search
    inputs, triggers = [search.query, search.mode], [search.query.submit, search.mode.input]
    gr.on(triggers, with_encoder, inputs, search.results, concurrency_id=ENCODER, **QUIET).then(None, js=SHOWN)
    gr.on(triggers, without, inputs, search.results, queue=False, **QUIET).then(None, js=SHOWN)
    search.panel.select(None, [parts.ask.question, search.query], search.query, js="(asked, query) => query || asked")


def _wire_reports(parts: Layout, page: Page) -> None:
    def open_cited(event: gr.EventData) -> tuple[str, str]:
        return event.report, page.report(event.report)

    parts.which.input(page.report, parts.which, parts.report, queue=False, **QUIET)
    opened = parts.report.select(open_cited, None, [parts.which, parts.report], queue=False, **QUIET)
    opened.then(None, js="() => wenbao.opened()")


def _say(request: gr.Request) -> Words:
    return words(request.query_params.get("lang"))


def launch(
    source: EngineSource,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    settings: Settings | None = None,
    block: bool = True,
) -> Server:
    """Serve the app: on one's own machine where `settings` do not say otherwise. Raises CannotListen, AccountsError."""
    state, blocks = State(), create_app(source)
    server = Server(mount(blocks, source, settings or local(host), state), blocks, state, host, port)
    if block:
        print(f"问报：http://{host}:{port}（Ctrl+C 结束）", flush=True)
        server.block()
    else:
        server.start()
    return server


def public_settings(hosts: list[str], rate: int | None, accounts: Path | None, log_questions: bool) -> Settings:
    """The settings of `wenbao serve --public`, and logs as JSON. `rate` 0 is no limit."""
    log_as_json()
    return Settings(
        hosts=tuple(hosts),
        public=True,
        per_minute=PER_MINUTE if rate is None else rate or None,
        accounts=accounts,
        log_requests=True,
        log_questions=log_questions,
    )


def main() -> int:
    """Serve the index of `WENBAO_HOME` on HOST and PORT."""
    try:
        live = LiveEngine(paths.INDEX)
        live.watch()
        launch(live, os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "7860")))
    except WenbaoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
