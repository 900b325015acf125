"""The app: layout and wiring. What things look like is in web/, what is true is in search/."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported; no other spelling counts
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib.resources import as_file, files
from typing import Any

import gradio as gr

from index import paths
from index.errors import WenbaoError
from search import Engine, open_engine
from search.results import Mode
from web import api, render
from web.examples import examples
from web.page import MODES, Page
from web.places import Words
from web.strings import resource, words
from web.tags import el
from web.theme import theme

ENCODER = "encoder"  # the events that share the encoder, which takes one text at a time
AT_ONCE = 2  # of those: one encodes while the other ranks
WAITING = 64  # events in the queue; one more is refused at once instead of waiting without end
PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
BOX: dict[str, Any] = {"max_lines": 4, "show_label": False, "container": False}
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "trigger_mode": "always_last"}


JS_SHOWN = "() => wenbao.shown()"
OPEN_REPORT = "document.addEventListener('wenbao:open', (event) => trigger('select', event.detail))"
Updates = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts that events read or change; those that hold words are named as in `_labels`."""

    header: gr.HTML
    tabs: gr.Tabs
    tab_ask: gr.Tab
    tab_search: gr.Tab
    tab_report: gr.Tab
    question: gr.Textbox
    try_: gr.HTML
    examples: tuple[gr.Button, ...]
    answer: gr.HTML
    query: gr.Textbox
    mode: gr.Radio
    results: gr.HTML
    which: gr.Dropdown
    report: gr.HTML


def create_app(engine: Engine) -> gr.Blocks:
    """The page and the endpoints over an engine."""
    page = Page(engine)
    with gr.Blocks(title=words(None)["page_title"], analytics_enabled=False, fill_width=True) as app:
        parts = _lay_out(page)
        _wire_questions(parts, page)
        _wire_searches(parts, page)
        _wire_reports(parts, page)
        app.load(_opener(parts, page), None, _parts(parts), api_visibility="private", concurrency_id=ENCODER).then(
            None, js="() => wenbao.ready()"
        )
        for name, function in api.endpoints(engine).items():
            gr.api(function, api_name=name, concurrency_id=None if name == "paragraph" else ENCODER)
    app.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return app


def _lay_out(page: Page) -> Layout:
    say = words(None)
    labels = _labels(page, say)
    header = gr.HTML(**labels["header"], **PLAIN, elem_id="header")
    gr.HTML('<div role="status" aria-live="polite"></div>', **PLAIN, elem_id="said")
    with gr.Row(elem_id="main"):
        with gr.Column(elem_id="talk"), gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(**labels["tab_ask"], id="ask", elem_id="tab-ask") as tab_ask:
                question = gr.Textbox(**labels["question"], **BOX, elem_id="question")
                with gr.Row(elem_id="try"):
                    try_ = gr.HTML(**labels["try_"], **PLAIN)
                    buttons = tuple(gr.Button(text, size="sm") for text in examples(page.corpus, say))
                answer = gr.HTML(**labels["answer"], **PLAIN, elem_id="answer")
            with gr.Tab(**labels["tab_search"], id="search", elem_id="tab-search") as tab_search:
                query = gr.Textbox(**labels["query"], **BOX, elem_id="query")
                mode = gr.Radio(**labels["mode"], value=MODES[0], show_label=False, container=False, elem_id="mode")
                results = gr.HTML(**labels["results"], **PLAIN, elem_id="results")
            tab_report = gr.Tab(**labels["tab_report"], id="report", elem_id="tab-report")
        with gr.Column(elem_id="side"):
            which, report = _report_column(page, labels)
    return Layout(
        header, tabs, tab_ask, tab_search, tab_report, question, try_, buttons, answer, query, mode, results, which, report
    )


def _report_column(page: Page, labels: dict[str, dict[str, Any]]) -> tuple[gr.Dropdown, gr.HTML]:
    titles = page.titles()
    first = titles[0][1] if titles else None
    which = gr.Dropdown(
        titles, value=first, **labels["which"], visible=len(titles) > 1, show_label=False, container=False, elem_id="which"
    )
    return which, gr.HTML(page.report(first), **{**PLAIN, "js_on_load": OPEN_REPORT}, elem_id="report")


def _labels(page: Page, say: Words) -> dict[str, dict[str, Any]]:
    """The words of each part, by its name in Layout."""
    return {
        "header": {"value": render.header(page.corpus, say)},
        "tab_ask": {"label": say["tab_ask"]},
        "tab_search": {"label": say["tab_search"]},
        "tab_report": {"label": say["tab_report"]},
        "question": {"label": say["question"], "placeholder": say["question_hint"], "submit_btn": say["ask"]},
        "try_": {"value": el("span", say["try"])},
        "answer": {"value": render.intro(page.corpus, say)},
        "query": {"label": say["query"], "placeholder": say["query_hint"], "submit_btn": say["search"]},
        "mode": {"choices": [(say[f"mode_{mode}"], mode) for mode in MODES], "label": say["mode"]},
        "results": {"value": el("p", say["intro_search"], class_="intro")},
        "which": {"label": say["which_report"]},
    }


def _parts(parts: Layout) -> list[Any]:
    return [getattr(parts, field.name) for field in fields(parts) if field.name != "examples"]


def _opener(parts: Layout, page: Page) -> Callable[[gr.Request], Updates]:
    """The page as its address asks: in `lang`, with the answer to `q`, or with the passages where there is a `mode` too."""

    def opened(request: gr.Request) -> Updates:
        asked = request.query_params
        say = words(asked.get("lang"))
        updates: Updates = {parts.tabs: gr.skip()}
        if asked.get("lang"):
            updates |= {getattr(parts, name): gr.update(**label) for name, label in _labels(page, say).items()}
        text, mode = asked.get("q"), asked.get("mode")
        if text and mode in MODES:
            updates |= {parts.tabs: gr.Tabs(selected="search"), parts.results: page.search(text, mode, say)}
            updates |= {parts.query: _with(updates, parts.query, text), parts.mode: _with(updates, parts.mode, mode)}
        elif text:
            html, report = page.ask(text, None, say)
            updates |= {parts.question: _with(updates, parts.question, text), parts.answer: html}
            if report:
                updates |= {parts.which: _with(updates, parts.which, report), parts.report: page.report(report)}
        return updates

    return opened


def _with(updates: Updates, part: Any, value: str) -> Any:
    """The part's update so far, with a value."""
    return {**updates.get(part, gr.update()), "value": value}


def _wire_questions(parts: Layout, page: Page) -> None:
    def ask(question: str, shown: str | None, request: gr.Request) -> tuple[Any, ...]:
        html, report = page.ask(question, shown, _say(request))
        same = report == shown
        return question, html, gr.skip() if same else report, gr.skip() if same else page.report(report)

    outputs = [parts.question, parts.answer, parts.which, parts.report]
    for trigger, source in [(parts.question.submit, parts.question), *((b.click, b) for b in parts.examples)]:
        trigger(ask, [source, parts.which], outputs, concurrency_id=ENCODER, **QUIET).then(None, js=JS_SHOWN)


def _wire_searches(parts: Layout, page: Page) -> None:
    """Two events for one search: the one with the encoder waits its turn, the one without does not."""

    def with_encoder(query: str, mode: Mode, request: gr.Request) -> Any:
        return gr.skip() if mode == "keyword" else page.search(query, mode, _say(request))

    def without(query: str, mode: Mode, request: gr.Request) -> Any:
        return page.search(query, mode, _say(request)) if mode == "keyword" else gr.skip()

    inputs = [parts.query, parts.mode]
    triggers = [parts.query.submit, parts.mode.input]
    gr.on(triggers, with_encoder, inputs, parts.results, concurrency_id=ENCODER, **QUIET).then(None, js=JS_SHOWN)
    gr.on(triggers, without, inputs, parts.results, queue=False, **QUIET).then(None, js=JS_SHOWN)
    parts.tab_search.select(None, [parts.question, parts.query], parts.query, js="(question, query) => query || question")


def _wire_reports(parts: Layout, page: Page) -> None:
    def open_cited(event: gr.EventData) -> tuple[str, str]:
        return event.report, page.report(event.report)

    parts.which.input(page.report, parts.which, parts.report, queue=False, **QUIET)
    parts.report.select(open_cited, None, [parts.which, parts.report], queue=False, **QUIET).then(
        None, js="() => wenbao.opened()"
    )


def _say(request: gr.Request) -> Words:
    return words(request.query_params.get("lang"))


def launch(engine: Engine, host: str = "127.0.0.1", port: int = 7860, *, block: bool = True) -> gr.Blocks:
    """Serve the app. Its stylesheet goes into the head: Gradio rewrites what `css` gets, and breaks its media rules."""
    app = create_app(engine)
    head = f"<style>{resource('style.css')}</style><script>{resource('page.js')}</script>"
    with as_file(files("web") / "favicon.svg") as icon:
        app.launch(
            server_name=host,
            server_port=port,
            theme=theme(),
            head=head,
            favicon_path=icon,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            prevent_thread_lock=True,
        )
    threading.Thread(target=_warm, args=(engine,), daemon=True).start()
    if block:
        app.block_thread()
    return app


def _warm(engine: Engine) -> None:
    """Load the encoder and the word list before the first question comes."""
    try:
        engine.ask(words(None)["example_shortcomings"])
    except WenbaoError as error:
        logging.getLogger(__name__).warning("%s", error)


def main() -> int:
    """Serve the index of `WENBAO_HOME` on HOST and PORT."""
    try:
        engine = open_engine(paths.INDEX)
    except WenbaoError as error:
        print(error, file=sys.stderr)
        return 1
    launch(engine, os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "7860")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
