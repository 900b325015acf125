"""What Gradio's own parts take from the page's colours and letters; the rest is in style.css."""

from __future__ import annotations

import gradio as gr

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
MONO = ("Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host. The paper is there before the stylesheet."""
    return gr.themes.Base(font=SANS, font_mono=MONO).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#171614",
        body_text_color="#1d1b18",
        body_text_color_dark="#ece7dd",
    )
