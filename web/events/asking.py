"""Questions and follow-ups, typed or by an example; the reader's own history of them."""

from typing import Any

import gradio as gr

from web import render
from web.address import Wanted
from web.events.shared import ENCODER, QUIET, Updates, asked_at, beside, said, show_report
from web.layout import Layout
from web.page import Page
from web.strings import Words

KEPT = 30  # questions in a history


def asked(parts: Layout, page: Page, wanted: Wanted, shown: str | None, say: Words) -> Updates:
    """What an answer changes on the page, but for the box: the next question may be typed there already."""
    got = page.ask(wanted, shown, say)
    updates: Updates = {parts.ask.answer: got.html, parts.ask.understood: got.understood}
    return updates | {parts.ask.follow: ""} | show_report(parts, page, got.report, shown, say)


def outputs(parts: Layout) -> list[Any]:
    return [parts.box, parts.ask.answer, parts.ask.understood, parts.ask.follow, *beside(parts)]


def wire_asking(parts: Layout, page: Page) -> None:
    def ask(question: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return once(question, "", shown, past, request)

    def example(question: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return {parts.box: question} | once(question, "", shown, past, request)

    def follow(question: str, previous: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        return {parts.box: question} | once(question, previous, shown, past, request)

    def once(question: str, previous: str, shown: str | None, past: list[str], request: gr.Request) -> Updates:
        at = asked_at(page, request, shown)
        say = said(at, request)
        updates = asked(parts, at, Wanted(q=question, previous=previous), shown, say)
        if not updates[parts.ask.understood]:
            return updates
        kept = remember(past, question if not previous else updates[parts.ask.understood])
        return updates | {parts.history: kept, parts.past: render.history(kept, say)}

    every = [*outputs(parts), parts.history, parts.past]
    rest = [parts.which, parts.history]
    quiet: dict[str, Any] = {"concurrency_id": ENCODER, **QUIET}
    shown = {"fn": None, "js": "() => wenbao.shown('push')"}
    parts.box.submit(None, js="() => wenbao.entered()")
    parts.ask.answer.select(ask, [parts.box, *rest], every, **quiet).then(**shown)
    for button in parts.ask.examples:
        button.click(example, [button, *rest], every, **quiet).then(**shown)
    parts.ask.follow.submit(follow, [parts.ask.follow, parts.ask.understood, *rest], every, **quiet).then(**shown)
    _wire_history(parts, page)


def _wire_history(parts: Layout, page: Page) -> None:
    def clear(request: gr.Request) -> tuple[list[str], str]:
        return [], render.history([], said(page, request))

    parts.past.select(clear, None, [parts.history, parts.past], queue=False, **QUIET)


def remember(past: list[str], question: str) -> list[str]:
    """The question first, once, before the last ones."""
    others = [one for one in past if isinstance(one, str) and one != question] if isinstance(past, list) else []
    return [question, *others][:KEPT]
