"""What a request may take: so many bytes, so often from one client, so many at once."""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.server import routes
from web.server.guards import http_only
from web.server.routes import refusal
from web.server.settings import QUESTIONS_AT_ONCE, UPLOAD_LIMIT


@dataclass(slots=True)
class State:
    ready: bool = False  # the first question will find everything loaded
    leaving: bool = False  # SIGTERM has come: what runs is finished, nothing new begins
    running: int = 0  # requests that ask, between their first byte and their last


CLIENTS = 10_000  # remembered; the one not seen for longest is forgotten first


class Buckets:
    """A bucket for each key holds `burst` tokens and gains `per_minute`. Safe to share between threads."""

    def __init__(self, per_minute: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._pace, self._burst, self._now = per_minute / 60, burst, now
        self._full: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key → tokens, when
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """0 where a token was taken, else the seconds until there is one."""
        with self._lock:
            now = self._now()
            tokens, then = self._full.pop(key, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._pace)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / self._pace
            self._full[key] = (tokens - 1 if tokens >= 1 else tokens, now)
            if len(self._full) > CLIENTS:
                self._full.popitem(last=False)
            return wait


def client_key(address: str | None) -> str:
    """A client by its address; IPv6 by its network of 64 bits, as one customer has all of it."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)


@http_only
class BodyLimit:
    """Reads no more than the limit, whatever the length that was announced."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = scope["wenbao.route"].label == "upload"
        limit = UPLOAD_LIMIT if file else self.limit
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced[:20]) > limit:
            await refusal(413, routes.TOO_LARGE, {"Connection": "close"})(scope, receive, send)
            return
        body = b""
        while scope["method"] == "POST":
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > limit:
                await refusal(413, routes.TOO_LARGE, {"Connection": "close"})(scope, receive, send)
                return
            if not message.get("more_body"):
                break
        if scope["method"] == "POST" and not file and not _is_text(body):  # the framework would call it a fault of its own
            await refusal(400, routes.NOT_TEXT)(scope, receive, send)
            return
        scope["wenbao.body"] = b"" if file else body
        await self.app(scope, replayed(body, receive) if scope["method"] == "POST" else receive, send)


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def replayed(body: bytes, receive: Receive) -> Receive:
    """The body once, then what else comes: a client that goes away."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


@http_only
class Pace:
    """Questions: not too often from one client, not too many at once, none when the server is leaving."""

    def __init__(self, app: ASGIApp, state: State, buckets: Buckets | None) -> None:
        self.app, self.state, self.buckets = app, state, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = scope["wenbao.route"]
        if not route.asks:
            await self.app(scope, receive, send)
            return
        if self.state.leaving:
            await refusal(503, routes.LEAVING, {"Retry-After": "10"})(scope, receive, send)
            return
        client = scope.get("client")
        wait = self.buckets.take(client_key(client and client[0])) if self.buckets else 0
        if wait:
            await refusal(429, routes.TOO_OFTEN, {"Retry-After": str(int(wait) + 1)})(scope, receive, send)
        elif self.state.running >= QUESTIONS_AT_ONCE:
            await refusal(503, routes.BUSY, {"Retry-After": "2"})(scope, receive, send)
        else:
            with _counted(self.state):
                await self.app(scope, receive, _friendly(scope, receive, send))


@contextmanager
def _counted(state: State) -> Iterator[None]:
    state.running += 1
    try:
        yield
    finally:
        state.running -= 1


def _friendly(scope: Scope, receive: Receive, send: Send) -> Send:
    """Gradio's 503 of a full queue, in words of ours."""
    full = False

    async def pass_on(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start" and message["status"] == 503:
            full = True
            await refusal(503, routes.BUSY, {"Retry-After": "2"})(scope, receive, send)
        elif not full:
            await send(message)

    return pass_on
