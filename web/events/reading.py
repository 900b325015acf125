"""The report beside or as a view of its own: chosen, or opened by a link. Words are found in it by report.js."""

from __future__ import annotations

from typing import Any

import gradio as gr

from web.events import EVERY_ONE, QUIET, said
from web.layout import Layout
from web.page import Page


def wire_reading(parts: Layout, page: Page) -> None:
    def chosen(report: str | None, request: gr.Request) -> str:
        return page.report(report, said(page, request))

    def cited(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        report = str(event.report)
        return report, page.report(report, said(page, request))

    parts.which.input(chosen, parts.which, parts.report, queue=False, **QUIET)
    opened = parts.report.select(cited, None, [parts.which, parts.report], queue=False, **EVERY_ONE)
    opened.then(None, js="() => wenbao.opened()")
