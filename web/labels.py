"""The words of each part of the page, in a language."""

from typing import Any

from index.read.formats import SUFFIXES
from web import render
from web.address import MODES
from web.facets import SEARCH, TABLE, choices, reports
from web.own import MOST_BYTES
from web.page import DEEP, Page
from web.sidebyside import places, years
from web.strings import Words
from web.table import COLUMNS
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
