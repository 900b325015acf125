"""The app: events, endpoints, server. What things look like is in web/, what is true in search/."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported; no other spelling counts
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # else a table of all past events is made anew at each
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

import sys
from dataclasses import replace
from pathlib import Path

import gradio as gr

from index import paths
from index.errors import WenbaoError
from search.live import EngineSource, LiveEngine
from web.api import PARAMETERS, RETURNS, describe, endpoints
from web.blocks import lay_out
from web.page import AT_ONCE, Page
from web.server.accounts import add_account
from web.server.limits import State
from web.server.public import mount
from web.server.run import Server
from web.server.settings import PER_MINUTE, Settings, local
from web.server.watch import log_as_json
from web.strings import words

__all__ = ["add_account", "create_app", "launch", "main", "public_settings"]
ENCODER = "encoder"  # the events that share the encoder, which takes one text at a time
WAITING = 64  # events in the queue; one more is refused at once instead of waiting without end
KEPT = (3600, 86400)  # seconds between looks at, and least age of, the files that readers brought and nobody read


def create_app(source: EngineSource, page: Page, uploads: bool = False) -> gr.Blocks:
    """The page and the endpoints over an engine, or over one that follows its folder."""
    app = gr.Blocks(title=words(None)["page_title"], analytics_enabled=False, fill_width=True, delete_cache=KEPT)
    with app:
        lay_out(page, uploads=uploads)
    with app.route(
        "endpoints", show_in_navbar=False
    ):  # a page of their own, which is not served: 100 kB of schemas, of use to programs alone
        for name, function in endpoints(source).items():
            gr.api(function, api_name=name, concurrency_id=ENCODER if name in ("ask", "search") else None)
    describe(app, PARAMETERS, RETURNS)
    app.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return app


def launch(
    source: EngineSource,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    settings: Settings | None = None,
    mcp: bool = False,
    block: bool = True,
) -> Server:
    """Serve the app, for this machine alone where `settings` do not say otherwise. Raises CannotListen, AccountsError."""
    settings = replace(settings or local(host), mcp=mcp)
    state, page = State(), Page(source)
    blocks = create_app(source, page, settings.uploads)
    server = Server(mount(blocks, source, page, settings, state), blocks, state, host, port)
    if block:
        print(f"问报：http://{host}:{port}（Ctrl+C 结束）", flush=True)
        server.block()
    else:
        server.start()
    return server


def public_settings(hosts: list[str], rate: int | None, accounts: Path | None, log_questions: bool, uploads: bool = False) -> Settings:
    """The settings of `wenbao serve --public`, and logs as JSON. `rate` 0 is no limit."""
    log_as_json()
    return Settings(
        hosts=tuple(hosts),
        public=True,
        per_minute=PER_MINUTE if rate is None else rate or None,
        accounts=accounts,
        log_requests=True,
        log_questions=log_questions,
        uploads=uploads,
    )


def main() -> int:
    """Serve the index of `WENBAO_HOME` on HOST and PORT."""
    try:
        live = LiveEngine(paths.INDEX)
        live.watch()
        launch(live, os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "7860")))
    except WenbaoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
