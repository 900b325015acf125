"""The report beside or as a view of its own: chosen, or opened by a link. Words are found in it by report.js."""

from __future__ import annotations

import gradio as gr

from web.events import EVERY_ONE, QUIET, Updates, asked_at, beside, opened, said, show_report
from web.layout import Layout
from web.page import Page


def wire_reading(parts: Layout, page: Page) -> None:
    def chosen(report: str | None, request: gr.Request) -> Updates:
        at = asked_at(page, request, report)
        return opened(parts, at, report, said(at, request))

    def cited(event: gr.EventData, request: gr.Request) -> Updates:
        at = asked_at(page, request, str(event.report))
        return show_report(parts, at, str(event.report), None, said(at, request))

    read = parts.which.input(chosen, parts.which, beside(parts)[1:], queue=False, **QUIET)
    read.then(None, js="() => wenbao.chosen()")
    brought = parts.report.select(cited, None, beside(parts), queue=False, **EVERY_ONE)
    brought.then(None, js="() => wenbao.opened()")
