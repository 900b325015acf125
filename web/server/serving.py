"""What the server gives beside the page: its style and script, named by what they hold, and what is shown as files."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from index.errors import NotFound, WenbaoError
from web.address import read_address
from web.page import Page
from web.server.routes import refusal
from web.server.visitor import visitor_of
from web.strings import told

STYLES = ("style.css", "answers.css", "figures.css", "views.css", "print.css")  # in this order
SCRIPTS = ("report.js", "page.js", "take.js", "sort.js", "keys.js")
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # another text has another name
KINDS = {
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def asset(name: str) -> str:
    return (files("web") / "assets" / name).read_text(encoding="utf-8")


@cache
def bundles() -> dict[str, tuple[str, str]]:
    """Path → its text and kind."""
    made = {"css": "\n".join(map(asset, STYLES)), "js": "\n".join(map(asset, SCRIPTS))}
    kinds = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
    return {f"/assets/wenbao-{_hash(text)}.{end}": (text, kinds[end]) for end, text in made.items()}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def head() -> str:
    """What the page loads of ours: Gradio rewrites what it is given as `css`, and breaks its media rules."""
    style, script = bundles()
    return f'<link rel="stylesheet" href="{style}"><script src="{script}"></script>'


def add_assets(app: FastAPI) -> None:
    for path, (text, kind) in bundles().items():
        app.add_api_route(path, _giving(text, kind), methods=["GET", "HEAD"])


def _giving(text: str, kind: str) -> Callable[[], Response]:
    def give() -> Response:
        return Response(text, media_type=kind, headers=FOR_EVER)

    return give


def add_files(app: FastAPI, page: Page) -> None:
    """/file/wenbao.xlsx?q=…: what the address shows."""

    @app.get("/file/wenbao.{ending}")
    async def file(ending: str, request: Request) -> Response:
        wanted = read_address(request.query_params)
        if ending not in KINDS or (ending == "md" and wanted.view in ("figures", "compare", "library")):
            return refusal(404, "没有这种文件。")
        say = page.words(request.query_params.get("lang"), request.headers.get("accept-language"))
        site = str(request.base_url).rstrip("/")
        try:
            written = await run_in_threadpool(page.file, ending, wanted, say, site, visitor_of(request.cookies))
        except NotFound as error:
            return refusal(404, told(str(error), say))
        except WenbaoError as error:
            return refusal(400, told(str(error), say))
        return Response(_bytes(written, ending), media_type=KINDS[ending], headers={"Cache-Control": "no-store"})


def _bytes(written: str | bytes, ending: str) -> bytes:
    """CSV has the mark by which Excel knows UTF-8; a lone surrogate has no UTF-8."""
    if isinstance(written, bytes):
        return written
    return written.encode("utf-8-sig" if ending == "csv" else "utf-8", "replace")
