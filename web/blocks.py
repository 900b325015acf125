"""The page as Gradio has it: the frame, the functions its script calls, and what reads a report that a reader brings."""

import logging
import queue
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from index.errors import NotFound, WenbaoError
from search.brought import read_own
from web.address import read_address
from web.own import given
from web.page import Page
from web.server.visitor import visitor_of
from web.strings import Words, told
from web.tags import Html, el, join
from web.views.frame import frame, options, tabs

log = logging.getLogger(__name__)
PLAIN: dict[str, Any] = {"apply_default_css": False}
SHARES = {
    "recognise": (0.0, 0.5),
    "read": (0.0, 0.04),
    "model": (0.04, 0.06),
    "embed": (0.1, 0.9),
}  # where each stage's part of the bar begins, and how long it is
ONE = {"concurrency_id": "upload", "concurrency_limit": 1}  # embedding takes a core: questions go on beside it


def lay_out(page: Page, *, uploads: bool) -> None:
    """Called inside gr.Blocks. The page begins in its own language; page.js asks for another where the browser wants it."""

    def show(asked: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        """What an address asks for."""
        say, visitor = _said(page, asked, request), visitor_of(request.cookies)
        wanted = read_address(asked)
        found = page.show(wanted, say, str(asked.get("shown") or ""), str(asked.get("origin") or "")[:200], visitor).to_dict()
        if asked.get("first") or found["report"] == "":  # "": one's own that is kept no more
            at = page.of(visitor)
            found["html"] = {"tabs": tabs(at.corpus, say), "which": options(at.titles(say)), **found["html"]}
        return found | {"generation": page.generation, "lang": say["lang"]}

    def read(asked: Mapping[str, Any], request: gr.Request) -> dict[str, Any] | None:
        """The text of a report; None where it is kept no more."""
        try:
            return page.read(str(asked.get("report") or ""), _said(page, asked, request), visitor_of(request.cookies))
        except NotFound:
            return None

    def begin(asked: Mapping[str, Any], request: gr.Request) -> str:
        """The frame anew, in another language or over another generation of the index."""
        return frame(page.corpus, _said(page, asked, request), uploads=uploads)

    def drop(asked: Mapping[str, Any], request: gr.Request) -> bool:
        """A report of the reader's own is put away."""
        page.shared.own.drop(visitor_of(request.cookies), str(asked.get("report") or ""))
        return True

    functions = [show, read, begin, drop]
    start = "wenbao.start(element, server, upload)"
    gr.HTML(frame(page.corpus, page.words(), uploads=uploads), **PLAIN, js_on_load=start, server_functions=functions, elem_id="page")
    if uploads:
        line = gr.HTML("", **PLAIN, js_on_load="wenbao.bring(element, trigger, watch)", elem_id="own-line")
        line.upload(_reading(page), None, line, api_visibility="private", show_progress="hidden", **ONE)


def _said(page: Page, asked: Mapping[str, Any], request: gr.Request) -> Words:
    return page.words(str(asked.get("lang") or ""), request.headers.get("accept-language"))


def _reading(page: Page) -> Any:
    def reading(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        """How far they are read, then for each that it is kept, or one line that says why not."""
        asked = event._data or {}
        say, visitor = _said(page, asked, request), visitor_of(request.cookies)
        named = asked.get("files")  # each {"path": …}, as Gradio writes files: so it looks itself whether they are what it took in
        files = [str(one.get("path")) for one in named if isinstance(one, dict)] if isinstance(named, list) else [""]
        steps: queue.SimpleQueue[tuple[str, float] | None] = queue.SimpleQueue()
        reached = 0.0  # a bar that has gone far, as a scan's does while it is recognised, does not go back
        ended: list[Html] = []

        def step(stage: str, done: int, of: int) -> None:
            nonlocal reached
            begun, share = SHARES[stage]
            reached = max(reached, (len(ended) + begun + share * (done / of if of else 1.0)) / len(files))
            steps.put((stage, reached))

        def work() -> None:
            for file in files:
                ended.append(_read(page, file, visitor, say, step))
            steps.put(None)

        threading.Thread(target=work, name="own-report", daemon=True).start()
        while (at := steps.get()) is not None:
            count = f" {min(len(ended) + 1, len(files))}/{len(files)}" if len(files) > 1 else ""
            yield el("p", el("progress", max="1", value=f"{at[1]:.3f}"), " ", say[f"own_{at[0]}"], count, role="status")
        yield join(ended)

    return reading


def _read(page: Page, path: str, visitor: str | None, say: Words, step: Any) -> Html:
    try:
        if visitor is None:
            return _refused(say["own_cookies"])
        step("read", 0, 1)
        index = read_own(given(path), page.engine, page.shared.own.of(visitor), step)
    except WenbaoError as error:
        return _refused(told(str(error), say))
    except Exception:  # a fault of ours: the reader gets a line, the log the rest
        log.exception("a reader's report could not be read")
        return _refused(say["trouble"])
    page.shared.own.keep(visitor, index)
    report = index.corpus.reports[0]
    return el("p", say["own_kept"].format(title=report.title), role="status", data_report=report.id)


def _refused(message: str) -> Html:
    return el("p", message, role="alert", class_="trouble")
