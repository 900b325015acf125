"""The routes that are open, and what is answered to a request that is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse

BUSY = "现在提问的人很多，请过几秒再试。"
LEAVING = "服务正在重新启动，请过一会儿再试。"
TOO_OFTEN = "提问太快了，请过一会儿再试。"
TOO_LARGE = "请求太大了。"
NOT_TEXT = "请求应是 UTF-8 文本。"
NO_OBJECT = "请求应是一个 JSON 对象，并带着 Content-Type: application/json。"
NO_RESULT = "没有这个编号的结果，或者已经取过了；请重新提问。"
NOT_FOUND = "没有这个地址。"
NO_FILES = "这里不收读者自己的报告。"
FOREIGN = "这个请求来自别的网站，不予处理。"
UNKNOWN_HOST = "这里不以这个域名提供服务。"
POST_ALONE = "这个地址只接受 POST。"
NOT_LOGGED_IN = "请先登录。"


def refusal(status: int, line: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A refusal as a response: `{"detail": line}`, which is where Gradio's clients look."""
    return JSONResponse({"detail": line}, status, {"Cache-Control": "no-store", **(headers or {})})


@dataclass(frozen=True, slots=True)
class Route:
    """`label` names it in metrics and logs, where a path of a request's own making would be anybody's text."""

    label: str
    methods: frozenset[str]
    path: re.Pattern[str]
    asks: bool = False  # it costs a question's work: limited by client and by what runs
    free: bool = False  # open without login, and to any Host: probes know neither


GET, POST = frozenset({"GET", "HEAD"}), frozenset({"POST"})
API = "/gradio_api"
NAME = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,79}"


def _route(label: str, methods: frozenset[str], path: str, *, asks: bool = False, free: bool = False) -> Route:
    return Route(label, methods, re.compile(path), asks, free)


OPEN = (
    _route("health", GET, "/health", free=True),
    _route("ready", GET, "/ready", free=True),
    _route("metrics", GET, "/metrics"),
    _route("login", GET | POST, "/login"),
    _route("logout", POST, "/logout"),
    _route("page", GET, "/"),
    _route("config", GET, "/config/?"),
    _route("static", GET, rf"/(?:assets|static)/(?:{NAME}/){{0,4}}{NAME}"),
    _route("static", GET, rf"(?:{API})?/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json"),
    _route("file", GET, r"/file/wenbao\.[a-z]{2,4}", asks=True),
    _route("show", POST, rf"{API}/component_server/?", asks=True),
    _route("info", GET, rf"{API}/(?:info|openapi\.json|app_id|startup-events)/?"),
    _route("join", POST, rf"{API}/queue/join", asks=True),
    _route("call", POST, rf"{API}/call/(?:v2/)?{NAME}/?", asks=True),
    _route("run", POST, rf"{API}/(?:run|api)/{NAME}/?", asks=True),
    _route("events", GET, rf"{API}/queue/data|{API}/call/(?:v2/)?{NAME}/{NAME}"),
    _route("mcp", GET | POST | frozenset({"DELETE"}), rf"{API}/mcp/?", asks=True),
    _route("heartbeat", GET, rf"{API}/heartbeat/{NAME}"),
    _route("cancel", POST, rf"{API}/(?:cancel|reset/?)"),
)


# Only where readers may upload their own report.
UPLOAD = (_route("upload", POST, rf"{API}/upload/?", asks=True), _route("upload", GET, rf"{API}/upload_progress/?"))


def find(method: str, path: str, uploads: bool = False) -> Route | None:
    """The open route of a request; None for anything else."""
    for route in OPEN + UPLOAD if uploads else OPEN:
        if method in route.methods and route.path.fullmatch(path):
            return route
    return None
