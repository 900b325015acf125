"""A report of the reader's own: read while they wait, then asked, searched and shown like any other, for this visit alone."""

import logging
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import WenbaoError
from web import render
from web.events.shared import QUIET, Updates, beside, opened, said
from web.facets import reports
from web.layout import Layout, Upload
from web.own import read_own
from web.page import DEEP, Page
from web.strings import Words, told
from web.tags import el

log = logging.getLogger(__name__)
SHARES = {"read": (0.0, 0.04), "model": (0.04, 0.06), "embed": (0.1, 0.9)}  # where each stage's part of the bar begins, and how long it is
ONE = {"concurrency_id": "upload", "concurrency_limit": 1}  # embedding takes a core: questions go on beside it


def wire_uploading(parts: Layout, page: Page) -> None:
    upload = parts.upload
    if upload is None:
        return

    def read(file: str | None, request: gr.Request, progress: gr.Progress = gr.Progress()) -> Updates:  # noqa: B008
        say = said(page, request)

        def step(stage: str, done: int, of: int) -> None:
            begun, share = SHARES[stage]
            progress(begun + share * (done / of if of else 1.0), desc=say[f"own_{stage}"])

        try:
            step("read", 0, 1)
            engine = read_own(Path(str(file)), page.engine, step)
        except WenbaoError as error:
            return _refused(upload, told(str(error), say))
        except Exception:  # a fault of ours: the reader gets a line, the log the rest
            log.exception("a reader's report could not be read")
            return _refused(upload, say["trouble"])
        page.own.keep(str(request.session_hash), engine)
        own = page.of(request.session_hash, engine.corpus.reports[0].id)
        line = el("p", say["own_kept"].format(title=engine.corpus.reports[0].title), role="status")
        kept = {upload.line: line, upload.drop: gr.update(visible=True)}
        return {**kept, upload.file: None} | _shown(parts, page, own, say)

    def drop(request: gr.Request) -> Updates:
        page.own.drop(request.session_hash)
        gone = {upload.line: "", upload.drop: gr.update(visible=False)}
        return gone | _shown(parts, page, page, said(page, request))

    brought = [upload.line, upload.drop, upload.file]
    shown = [*beside(parts), parts.search.report, parts.box, parts.ask.answer, parts.ask.understood]
    slow: dict[str, Any] = {**QUIET, **ONE, "show_progress": "full", "show_progress_on": upload.line}
    upload.file.upload(read, upload.file, [*brought, *shown], **slow).then(None, js="() => wenbao.brought()")
    upload.drop.click(drop, None, [*brought, *shown], queue=False, **QUIET).then(None, js="() => wenbao.brought()")


def _refused(upload: Upload, message: str) -> Updates:
    return {upload.line: el("p", message, role="alert", class_="trouble"), upload.file: None}


def _shown(parts: Layout, page: Page, at: Page, say: Words) -> Updates:
    """The first report of `at` chosen among those of the index and the reader's own, and the page as before any question."""
    titles = [*page.titles(), *(at.titles() if at is not page else [])]
    first, offered = at.first(), reports(at.titles(), {}, 0, DEEP, say)
    return {
        parts.which: gr.update(choices=titles, value=first, visible=len(titles) > 1),
        parts.search.report: gr.update(choices=offered, value="", visible=at.several),
        parts.box: "",
        parts.ask.answer: render.intro(at.corpus, say),
        parts.ask.understood: "",
    } | opened(parts, at, first, say)
