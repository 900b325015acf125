"""The parts of the page and where they stand. What they do is wired in app.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from web import render
from web.examples import examples
from web.page import MODES, Page
from web.places import Words
from web.strings import words
from web.tags import el

PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
TYPED = gr.InputHTMLAttributes(enterkeyhint="search", autocomplete="off", spellcheck=False)
BOX: dict[str, Any] = {"max_lines": 4, "show_label": False, "container": False, "html_attributes": TYPED}
SAID = '<div role="status" aria-live="polite"></div>'  # page.js says here what has come, for screen readers
OPEN_REPORT = "document.addEventListener('wenbao:open', (event) => trigger('select', event.detail))"
Labels = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ask:
    panel: gr.Tab
    question: gr.Textbox
    try_: gr.HTML
    examples: tuple[gr.Button, ...]
    answer: gr.HTML


@dataclass(frozen=True, slots=True)
class Search:
    panel: gr.Tab
    query: gr.Textbox
    mode: gr.Radio
    results: gr.HTML


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts that events read or change."""

    header: gr.HTML
    tabs: gr.Tabs
    ask: Ask
    search: Search
    full: gr.Tab  # on a phone it shows the report, on a desk the report stands beside
    which: gr.Dropdown
    report: gr.HTML

    def named(self) -> dict[str, Any]:
        """The parts that hold words, by their names in `labels`."""
        return {
            "header": self.header,
            "ask": self.ask.panel,
            "question": self.ask.question,
            "try": self.ask.try_,
            "answer": self.ask.answer,
            "search": self.search.panel,
            "query": self.search.query,
            "mode": self.search.mode,
            "results": self.search.results,
            "full": self.full,
            "which": self.which,
        }


def labels(page: Page, say: Words) -> Labels:
    """The words of each part."""
    return {
        "header": {"value": render.header(page.corpus, say)},
        "ask": {"label": say["tab_ask"]},
        "question": {"label": say["question"], "placeholder": say["question_hint"], "submit_btn": say["ask"]},
        "try": {"value": el("span", say["try"])},
        "answer": {"value": render.intro(page.corpus, say)},
        "search": {"label": say["tab_search"]},
        "query": {"label": say["query"], "placeholder": say["query_hint"], "submit_btn": say["search"]},
        "mode": {"choices": [(say[f"mode_{mode}"], mode) for mode in MODES], "label": say["mode"]},
        "results": {"value": el("p", say["intro_search"], class_="intro")},
        "full": {"label": say["tab_report"]},
        "which": {"label": say["which_report"]},
    }


def lay_out(page: Page) -> Layout:
    """Called inside gr.Blocks. The page begins in its own language; another one comes with the load event."""
    label = labels(page, words(None))
    header = gr.HTML(**label["header"], **PLAIN, elem_id="header")
    gr.HTML(SAID, **PLAIN, elem_id="said")
    with gr.Row(elem_id="main"):
        with gr.Column(elem_id="talk"), gr.Tabs(elem_id="tabs") as tabs:
            ask, search = _ask(page, label), _search(label)
            full = gr.Tab(**label["full"], id="report", elem_id="tab-report")
        with gr.Column(elem_id="side"):
            which, report = _report(page, label)
    return Layout(header, tabs, ask, search, full, which, report)


def _ask(page: Page, label: Labels) -> Ask:
    with gr.Tab(**label["ask"], id="ask", elem_id="tab-ask") as panel:
        question = gr.Textbox(**label["question"], **BOX, elem_id="question")
        with gr.Row(elem_id="try"):
            try_ = gr.HTML(**label["try"], **PLAIN)
            buttons = tuple(gr.Button(text, size="sm") for text in examples(page.corpus, words(None)))
        answer = gr.HTML(**label["answer"], **PLAIN, elem_id="answer")
    return Ask(panel, question, try_, buttons, answer)


def _search(label: Labels) -> Search:
    with gr.Tab(**label["search"], id="search", elem_id="tab-search") as panel:
        query = gr.Textbox(**label["query"], **BOX, elem_id="query")
        mode = gr.Radio(**label["mode"], value=MODES[0], show_label=False, container=False, elem_id="mode")
        results = gr.HTML(**label["results"], **PLAIN, elem_id="results")
    return Search(panel, query, mode, results)


def _report(page: Page, label: Labels) -> tuple[gr.Dropdown, gr.HTML]:
    titles = page.titles()
    first = titles[0][1] if titles else None
    bare: dict[str, Any] = {"show_label": False, "container": False, "visible": len(titles) > 1}
    which = gr.Dropdown(titles, value=first, **label["which"], **bare, elem_id="which")
    return which, gr.HTML(page.report(first), **{**PLAIN, "js_on_load": OPEN_REPORT}, elem_id="report")
