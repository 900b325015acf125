"""What the parts of the page have in common."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache

from search.export import FORMATS, Table

PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
TYPED = gr.InputHTMLAttributes(enterkeyhint="search", autocomplete="off", spellcheck=False)
BARE: dict[str, Any] = {"show_label": False, "container": False, "interactive": True}
BOX: dict[str, Any] = {"max_lines": 4, **BARE, "html_attributes": TYPED}
LINE: dict[str, Any] = {"max_lines": 1, **BARE, "html_attributes": TYPED}


def on(name: str) -> str:
    """A part that hears an event of page.js and passes it on as its own: the way from there to Python."""
    return f"document.addEventListener('wenbao:{name}', (event) => trigger('select', event.detail))"


def with_file(button: gr.DownloadButton, table: Table, name: str) -> Any:
    """The update that gives a button a table to fetch, in the format that the name ends in. CSV has the mark by which Excel knows UTF-8."""
    ending = name.rpartition(".")[2]
    written = FORMATS[ending](table)
    if isinstance(written, str):
        written = written.encode("utf-8-sig" if ending == "csv" else "utf-8")
    return gr.update(value=save_bytes_to_cache(written, name, button.GRADIO_CACHE))
