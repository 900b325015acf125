"""The report beside or as a view of its own: chosen, or opened by a link. Words are found in it by report.js."""

from __future__ import annotations

import gradio as gr

from web.events import EVERY_ONE, QUIET, Updates, beside, opened, said, show_report
from web.layout import Layout
from web.page import Page


def wire_reading(parts: Layout, page: Page) -> None:
    def chosen(report: str | None, request: gr.Request) -> Updates:
        return opened(parts, page, report, said(page, request))

    def cited(event: gr.EventData, request: gr.Request) -> Updates:
        return show_report(parts, page, str(event.report), None, said(page, request))

    read = parts.which.input(chosen, parts.which, beside(parts)[1:], queue=False, **QUIET)
    read.then(None, js="() => wenbao.chosen()")
    brought = parts.report.select(cited, None, beside(parts), queue=False, **EVERY_ONE)
    brought.then(None, js="() => wenbao.opened()")
