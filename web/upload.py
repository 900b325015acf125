"""The parts by which a reader brings a report of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.read.formats import SUFFIXES
from web.labels import Labels
from web.widgets import PLAIN


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
