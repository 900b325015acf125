"""The parts of the page and where they stand. What they do is wired in web/events/."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.read.formats import SUFFIXES
from web import render
from web.address import MODES
from web.examples import buttons
from web.facets import SEARCH, TABLE, choices, reports
from web.own import MOST_BYTES
from web.page import DEEP, Page
from web.sidebyside import places, years
from web.strings import Words
from web.table import COLUMNS, WIDTHS
from web.tags import el

Labels = dict[str, dict[str, Any]]


def labels(page: Page, say: Words) -> Labels:
    """By the names that Layout.named gives the parts."""
    return {
        "header": {"value": render.header(page.corpus, say)},
        "box": {"label": say["question"], "placeholder": say["question_hint"], "submit_btn": say["ask"]},
        "ask": {"label": say["tab_ask"]},
        "try": {"value": el("span", say["try"])},
        "answer": {"value": render.intro(page.corpus, say)},
        "follow": {"label": say["follow"], "placeholder": say["follow_hint"], "submit_btn": say["follow_button"]},
        "search": {"label": say["tab_search"]},
        "mode": {"choices": [(say[f"mode_{mode}"], mode) for mode in MODES], "label": say["mode"]},
        "figures_only": {"label": say["figures_only"]},
        "results": {"value": el("p", say["intro_search"], class_="intro")},
        "table": {"label": say["tab_figures"]},
        "words": {"label": say["words"], "placeholder": say["words_hint"]},
        "csv": {"value": say["csv"]},
        "json": {"value": say["json"]},
        "rows": {"headers": [*(say[f"column_{name}"] for name in COLUMNS), "key"], "label": say["tab_figures"]},
        "compare": {"label": say["tab_compare"], "visible": page.several},
        "indicator": {"label": say["indicator"]},
        "places": {"choices": places(page.corpus.reports), "label": say["any_place"]},
        "years": {"choices": [(say["any_report_year"], ""), *years(page.corpus.reports, say)], "label": say["any_report_year"]},
        "compare_csv": {"value": say["csv"]},
        "compare_json": {"value": say["json"]},
        "full": {"label": say["tab_report"]},
        "own_drop": {"value": say["own_drop"]},
        "own_file": {
            "label": say["own_file"].format(
                types=say["listed"].join(suffix.lstrip(".") for suffix in SUFFIXES), most=MOST_BYTES // 1_000_000
            )
        },
        "which": {"label": say["which_report"]},
        "find": {"label": say["find"], "placeholder": say["find"]},
        "search_report": _reports(page, say),
        **{f"search_{name}": _filter(name, say) for name in SEARCH},
        **{f"table_{name}": _filter(name, say) for name in TABLE},
    }


def _reports(page: Page, say: Words) -> dict[str, Any]:
    return {"choices": reports(page.titles(), {}, 0, DEEP, say), "label": say["any_report"], "visible": page.several}


def _filter(name: str, say: Words) -> dict[str, Any]:
    return {"choices": choices(name, {}, "", say), "label": say[f"any_{name}"]}


PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
TYPED = gr.InputHTMLAttributes(enterkeyhint="search", autocomplete="off", spellcheck=False)
BARE: dict[str, Any] = {"show_label": False, "container": False, "interactive": True}
BOX: dict[str, Any] = {"max_lines": 4, **BARE, "html_attributes": TYPED}
LINE: dict[str, Any] = {"max_lines": 1, **BARE, "html_attributes": TYPED}


def on(name: str) -> str:
    """A part that hears an event of page.js and passes it on as its own: the way from there to Python."""
    return f"document.addEventListener('wenbao:{name}', (event) => trigger('select', event.detail))"


@dataclass(frozen=True, slots=True)
class Compare:
    panel: gr.Tab
    indicator: gr.Dropdown  # one that several reports give, or any that is typed
    places: gr.Dropdown  # several may be chosen; none is all
    year: gr.Dropdown
    csv: gr.Button
    json: gr.Button
    file: gr.DownloadButton  # out of sight, as that of the figure table
    rows: gr.HTML

    def named(self) -> dict[str, Any]:
        """The parts that hold words, by their names in web/layout.py."""
        own = {"compare": self.panel, "indicator": self.indicator, "places": self.places, "years": self.year}
        return own | {"compare_csv": self.csv, "compare_json": self.json}


def lay_out_compare(page: Page, label: Labels) -> Compare:
    """Called inside the page's tabs. With one report there is nothing to compare, and the view is not offered."""
    with gr.Tab(**label["compare"], id="compare", elem_id="tab-compare") as panel:
        with gr.Row(elem_classes="filters"):
            indicator = gr.Dropdown(**label["indicator"], allow_custom_value=True, **BARE, elem_id="indicator")
            places = gr.Dropdown(**label["places"], multiselect=True, **BARE, elem_id="places")
            year = gr.Dropdown(**label["years"], value="", filterable=False, **BARE, min_width=80)
            as_csv = gr.Button(**label["compare_csv"], size="sm", elem_id="compare-csv")
            as_json = gr.Button(**label["compare_json"], size="sm", elem_id="compare-json")
            file = gr.DownloadButton(visible="hidden", elem_id="compare-file")
        rows = gr.HTML("", **{**PLAIN, "js_on_load": on("compare")}, elem_id="compared")
    return Compare(panel, indicator, places, year, as_csv, as_json, file, rows)


@dataclass(frozen=True, slots=True)
class Upload:
    line: gr.HTML  # whose report is asked, or what was wrong with the file
    drop: gr.Button
    file: gr.File

    def named(self) -> dict[str, Any]:
        return {"own_drop": self.drop, "own_file": self.file}


def lay_out_line(label: Labels) -> tuple[gr.HTML, gr.Button]:
    with gr.Row(elem_id="own"):
        line = gr.HTML("", **PLAIN, elem_id="own-line")
        drop = gr.Button(**label["own_drop"], size="sm", visible=False, elem_id="own-drop")
    return line, drop


def lay_out_file(label: Labels) -> gr.File:
    return gr.File(**label["own_file"], file_types=list(SUFFIXES), height=96, elem_id="own-file")


SAID = '<div role="status" aria-live="polite"></div>'  # page.js says here what has come, for screen readers
HISTORY = {"storage_key": "wenbao.history", "secret": "wenbao"}  # fixed, or a restart of the server would lose them


@dataclass(frozen=True, slots=True)
class Ask:
    panel: gr.Tab
    try_: gr.HTML
    examples: tuple[gr.Button, ...]
    answer: gr.HTML
    follow: gr.Textbox
    understood: gr.Textbox  # out of sight: the question that a follow-up goes on from


@dataclass(frozen=True, slots=True)
class Search:
    panel: gr.Tab
    mode: gr.Radio
    report: gr.Dropdown  # in which one; seen where there are several
    filters: Mapping[str, gr.Dropdown]
    figures: gr.Checkbox
    results: gr.HTML
    plain: gr.HTML  # hears of a search without the encoder


@dataclass(frozen=True, slots=True)
class Table:
    panel: gr.Tab
    words: gr.Textbox
    filters: Mapping[str, gr.Dropdown]
    csv: gr.Button
    json: gr.Button
    file: gr.DownloadButton  # out of sight: what the two have made, fetched by page.js
    count: gr.HTML
    table: gr.Dataframe
    picked: gr.HTML
    checked: gr.HTML
    drawn: gr.Textbox  # out of sight: of which report `checked` has the charts


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts that events read or change."""

    header: gr.HTML
    past: gr.HTML
    history: gr.BrowserState
    go: gr.HTML  # hears of an address to be restored
    box: gr.Textbox  # for ask and search
    tabs: gr.Tabs
    ask: Ask
    search: Search
    table: Table
    compare: Compare
    upload: Upload | None  # None where readers may bring no report
    full: gr.Tab
    which: gr.Dropdown
    find: gr.Textbox
    report: gr.HTML

    def named(self) -> dict[str, Any]:
        """The parts that hold words, by their names in web/layout.py."""
        ask, search, table = self.ask, self.search, self.table
        parts = {"header": self.header, "box": self.box, "ask": ask.panel, "try": ask.try_, "answer": ask.answer}
        parts |= {
            "follow": ask.follow,
            "search": search.panel,
            "mode": search.mode,
            "search_report": search.report,
            "figures_only": search.figures,
        }
        parts |= {"results": search.results, "table": table.panel, "words": table.words, "csv": table.csv}
        parts |= {"json": table.json, "rows": table.table, "full": self.full, "which": self.which, "find": self.find}
        parts |= self.compare.named() | (self.upload.named() if self.upload else {})
        parts |= {f"search_{name}": part for name, part in search.filters.items()}
        return parts | {f"table_{name}": part for name, part in table.filters.items()}


def lay_out(page: Page, uploads: bool) -> Layout:
    """Called inside gr.Blocks. The page begins in its own language; another one comes with the load event."""
    label = labels(page, page.words())
    history = gr.BrowserState([], **HISTORY)
    header = gr.HTML(**label["header"], **PLAIN, elem_id="header")
    past = gr.HTML("", **{**PLAIN, "js_on_load": on("clear")}, elem_id="history")
    gr.HTML(SAID, **PLAIN, elem_id="said")
    go = gr.HTML("", **{**PLAIN, "js_on_load": on("go")}, elem_id="go")
    with gr.Row(elem_id="main"):
        with gr.Column(elem_id="talk"):
            box = gr.Textbox(**label["box"], **BOX, elem_id="question")
            line = lay_out_line(label) if uploads else None
            with gr.Tabs(elem_id="tabs") as tabs:
                ask, search, table = _ask(page, label), _search(label), _table(label)
                compare = lay_out_compare(page, label)
                full = gr.Tab(**label["full"], id="report", elem_id="tab-report")
            upload = Upload(*line, lay_out_file(label)) if line else None
        with gr.Column(elem_id="side"):
            which, find, report = _report(page, label)
    return Layout(header, past, history, go, box, tabs, ask, search, table, compare, upload, full, which, find, report)


def _ask(page: Page, label: Labels) -> Ask:
    with gr.Tab(**label["ask"], id="ask", elem_id="tab-ask") as panel:
        with gr.Row(elem_id="try"):
            try_ = gr.HTML(**label["try"], **PLAIN)
            first = tuple(gr.Button(**one, size="sm") for one in buttons(page.corpus, page.first(), page.words()))
        answer = gr.HTML(**label["answer"], **{**PLAIN, "js_on_load": on("ask")}, elem_id="answer")
        follow = gr.Textbox(**label["follow"], **LINE, elem_id="follow")
        understood = gr.Textbox(visible=False)
    return Ask(panel, try_, first, answer, follow, understood)


def _search(label: Labels) -> Search:
    with gr.Tab(**label["search"], id="search", elem_id="tab-search") as panel:
        mode = gr.Radio(**label["mode"], value=MODES[0], **BARE, elem_id="mode")
        with gr.Row(elem_classes="filters"):
            report = gr.Dropdown(**label["search_report"], value="", **BARE, min_width=80, elem_id="in-report")
            filters = _filters("search", SEARCH, label)
            figures = gr.Checkbox(**label["figures_only"], container=False, elem_id="figures-only")
        results = gr.HTML(**label["results"], **{**PLAIN, "js_on_load": on("search")}, elem_id="results")
        plain = gr.HTML("", **{**PLAIN, "js_on_load": on("plain")}, elem_id="plain")
    return Search(panel, mode, report, filters, figures, results, plain)


def _table(label: Labels) -> Table:
    with gr.Tab(**label["table"], id="figures", elem_id="tab-figures") as panel:
        with gr.Row(elem_classes="filters"):
            words = gr.Textbox(**label["words"], **LINE, elem_id="words")
            filters = _filters("table", TABLE, label)
            as_csv = gr.Button(**label["csv"], size="sm", elem_id="csv")
            as_json = gr.Button(**label["json"], size="sm", elem_id="json")
            file = gr.DownloadButton(visible="hidden", elem_id="file")
        count = gr.HTML("", **{**PLAIN, "js_on_load": on("narrow")}, elem_id="count")
        picked = gr.HTML("", **PLAIN, elem_id="picked")
        table = gr.Dataframe(
            **label["rows"],
            interactive=False,
            wrap=True,
            max_height=560,
            buttons=[],
            column_widths=WIDTHS,
            show_label=False,
            elem_id="table",
        )
        checked = gr.HTML("", **PLAIN, elem_id="checked")
        drawn = gr.Textbox(visible=False)  # not a gr.State, for which each open page would hold a connection
    return Table(panel, words, filters, as_csv, as_json, file, count, table, picked, checked, drawn)


def _filters(view: str, names: tuple[str, ...], label: Labels) -> dict[str, gr.Dropdown]:
    return {name: gr.Dropdown(**label[f"{view}_{name}"], value="", filterable=False, **BARE, min_width=80) for name in names}


def _report(page: Page, label: Labels) -> tuple[gr.Dropdown, gr.Textbox, gr.HTML]:
    titles = page.titles()
    first = page.first()
    which = gr.Dropdown(titles, value=first, **label["which"], **BARE, visible=len(titles) > 1, elem_id="which")
    find = gr.Textbox(**label["find"], **LINE, elem_id="find")
    text = page.report(first, page.words())
    return which, find, gr.HTML(text, **{**PLAIN, "js_on_load": on("open")}, elem_id="report")
