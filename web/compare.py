"""The parts of the view that sets reports side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from web.labels import Labels
from web.page import Page
from web.widgets import BARE, PLAIN, on


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
        """The parts that hold words, by their names in web/labels.py."""
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
