"""What a request meets before the app, as plain ASGI: each guard has one reason to refuse."""

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.server import routes
from web.server.routes import find, refusal
from web.server.settings import LOOPBACK

# Gradio's page needs inline scripts and its templates `eval`; nothing may come from, go to or frame another host.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # the address holds the question
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"


class Entry:
    """Finds the route of a request, None where none is open; drops what only a proxy may say.

    uvicorn has read X-Forwarded-For and -Proto by now, from trusted proxies alone. Gradio would believe X-Forwarded-Host from anybody.
    """

    def __init__(self, app: ASGIApp, uploads: bool = False) -> None:
        self.app, self.uploads = app, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["wenbao.route"] = find(scope["method"], scope["path"], self.uploads)
            scope["headers"] = [pair for pair in scope["headers"] if not pair[0].lower().startswith(b"x-forwarded-")]
        if scope["type"] in ("http", "lifespan"):  # the app has no websocket
            await self.app(scope, receive, send)


def http_only(guard: Any) -> Any:
    """A guard's class, which lets the lifespan's messages pass."""
    inner = guard.__call__

    async def call(self: Any, scope: Scope, receive: Receive, send: Send) -> None:
        await (inner(self, scope, receive, send) if scope["type"] == "http" else self.app(scope, receive, send))

    guard.__call__ = call
    return guard


@http_only
class SecurityHeaders:
    """On every response, refusals too. Strict transport only where the request came by https."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope.get("scheme") == "https":
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
            await send(message)

        await self.app(scope, receive, with_headers)


@http_only
class KnownHost:
    """Only names the server was told; probes may use an address. Metrics only for this machine."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = hostname(Headers(scope=scope).get("host", ""))
        route = scope["wenbao.route"]
        if route is not None and route.label == "metrics" and not _from_here(scope, host):
            await refusal(404, routes.NOT_FOUND)(scope, receive, send)
        elif "*" in self.hosts or host in self.hosts or (route and (route.free or route.label == "metrics")):
            await self.app(scope, receive, send)
        else:
            await refusal(400, routes.UNKNOWN_HOST)(scope, receive, send)


def _from_here(scope: Scope, host: str) -> bool:
    client = scope.get("client")
    return host in LOOPBACK and client is not None and client[0] in ("127.0.0.1", "::1")


def hostname(host: str) -> str:
    """A Host header without its port, in small letters; "" where it is none."""
    try:
        found = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
    return f"[{found}]" if ":" in found else found


@http_only
class OwnOrigin:
    """A page of another site may not make a reader's browser ask here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        origin, host = headers.get("origin"), headers.get("host", "")
        if scope["wenbao.route"] is None:
            closed = find(scope["method"], scope["path"], uploads=True)  # but would be open with --allow-upload
            await refusal(404, routes.NO_FILES if closed else routes.NOT_FOUND)(scope, receive, send)
        elif origin is not None and scope["method"] != "GET" and not _same(origin, host):
            await refusal(403, routes.FOREIGN)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _same(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False
