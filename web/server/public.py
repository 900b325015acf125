"""The app mounted in FastAPI, behind its guards, in its own colours and letters."""

import threading
import warnings
from importlib.resources import as_file, files
from typing import Any

import gradio as gr
from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from index.errors import WenbaoError
from search.brought import MOST_BYTES
from search.live import EngineSource, log, warm
from web.api import endpoints
from web.page import Page
from web.server.accounts import Accounts
from web.server.calls import Calls
from web.server.guards import Entry, KnownHost, OwnOrigin, SecurityHeaders
from web.server.limits import BodyLimit, Buckets, Pace, State
from web.server.login import GUESSES, GUESSES_PER_MINUTE, Login, Sessions
from web.server.serving import add_assets, add_files, head
from web.server.settings import BODY_LIMIT, Settings
from web.server.visitor import Visitor
from web.server.watch import Metrics, Watch

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
MONO = ("Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def theme() -> gr.themes.Base:
    """System fonts only: a web font would be a request to another host. The paper is there before the stylesheet."""
    return gr.themes.Base(font=SANS, font_mono=MONO).set(
        body_background_fill="#fbfaf7", body_background_fill_dark="#171614", body_text_color="#1d1b18", body_text_color_dark="#ece7dd"
    )


SESSIONS = 1000  # open pages whose state is kept; each call from a program counts as one, and Gradio would keep 10,000


def mount(blocks: gr.Blocks, source: EngineSource, page: Page, settings: Settings, state: State) -> FastAPI:
    """The whole server as an ASGI app. Raises AccountsError, WenbaoError. `state` is told when it is ready."""
    queue: Any = blocks._queue
    metrics = Metrics(lambda: len(queue), lambda: state.running, lambda: state.ready)
    outer = FastAPI(
        title="Wenbao",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=_guards(source, settings, state, metrics, frozenset(blocks.blocks)),
        **_tools(source) if settings.mcp else {},
    )
    _add_probes(outer, state, metrics)
    add_assets(outer)
    add_files(outer, page)
    blocks.state_session_capacity = SESSIONS
    if settings.public:
        blocks.api_open = False  # what has a queue goes through it
    _mount_page(outer, blocks, settings.uploads)
    threading.Thread(target=_warm, args=(source, state), daemon=True).start()
    return outer


def _tools(source: EngineSource) -> dict[str, Any]:
    """What FastAPI is told of the tools for language models: their routes, and what runs as long as the server does.

    Raises WenbaoError where the protocol is not installed.
    """
    try:
        from web.server.tools import routes, tools  # the protocol takes half a second to import
    except ImportError:
        raise WenbaoError('没有装 mcp，不能给语言模型当工具；请运行：pip install "wenbao[mcp]"') from None

    manager = tools(endpoints(source))
    return {"routes": routes(manager), "lifespan": lambda _: manager.run()}


def _guards(source: EngineSource, settings: Settings, state: State, metrics: Metrics, parts: frozenset[int]) -> list[Middleware]:
    """The first meets a request first."""
    pace = Buckets(settings.per_minute, settings.per_minute) if settings.per_minute else None
    own = [f"{scheme}://{host}" for host in settings.hosts if host != "*" for scheme in ("https", "http")]
    guards: list[Middleware] = [
        Middleware(Entry, settings.uploads),
        Middleware(Watch, metrics, settings.log_requests, settings.log_questions),
        Middleware(SecurityHeaders),
        Middleware(KnownHost, settings.hosts),
        Middleware(OwnOrigin),
        Middleware(CORSMiddleware, allow_origins=own, allow_methods=["GET", "POST"]),
        Middleware(BodyLimit, BODY_LIMIT),
    ]
    if settings.uploads:
        guards.append(Middleware(Visitor))
    if settings.accounts is not None:
        accounts, guesses = Accounts(settings.accounts), Buckets(GUESSES_PER_MINUTE, GUESSES)
        guards.append(Middleware(Login, accounts, Sessions(), guesses))
    return [*guards, Middleware(Pace, state, pace), Middleware(Calls, endpoints(source), parts)]


def _add_probes(outer: FastAPI, state: State, metrics: Metrics) -> None:
    @outer.api_route("/health", methods=["GET", "HEAD"])
    def health() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok"}

    @outer.api_route("/ready", methods=["GET", "HEAD"])
    def ready(response: Response) -> dict[str, str]:
        """The first question will be answered at once; 503 before that, and when leaving."""
        if state.ready and not state.leaving:
            return {"status": "ready"}
        response.status_code = 503
        return {"status": "leaving" if state.leaving else "loading"}

    @outer.get("/metrics")
    def show_metrics() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _mount_page(outer: FastAPI, blocks: gr.Blocks, uploads: bool) -> None:
    with as_file(files("web") / "assets" / "favicon.svg") as icon, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # nor is it wanted
        gr.mount_gradio_app(
            outer,
            blocks,
            path="/",
            theme=theme(),
            head=head(),
            favicon_path=str(icon),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            max_file_size=MOST_BYTES if uploads else "1kb",
            enable_monitoring=False,
            mcp_server=False,
        )


def _warm(source: EngineSource, state: State) -> None:
    """Before the first question comes."""
    try:
        warm(source.current())
    except WenbaoError as error:
        log.warning("%s", error)
    state.ready = True
