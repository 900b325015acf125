"""What a request may take: so many bytes, so often from one client, so many at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.server import replies
from web.server.guards import http_only
from web.server.rate import Buckets, client_key
from web.server.replies import refusal
from web.server.settings import QUESTIONS_AT_ONCE, UPLOAD_LIMIT
from web.server.state import State


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
            await refusal(413, replies.TOO_LARGE, {"Connection": "close"})(scope, receive, send)
            return
        body = b""
        while scope["method"] == "POST":
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > limit:
                await refusal(413, replies.TOO_LARGE, {"Connection": "close"})(scope, receive, send)
                return
            if not message.get("more_body"):
                break
        if (
            scope["method"] == "POST" and not file and not _is_text(body)
        ):  # the framework would call it a fault of its own
            await refusal(400, replies.NOT_TEXT)(scope, receive, send)
            return
        scope["wenbao.body"] = b"" if file else body
        await self.app(scope, _replayed(body, receive) if scope["method"] == "POST" else receive, send)


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _replayed(body: bytes, receive: Receive) -> Receive:
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
            await refusal(503, replies.LEAVING, {"Retry-After": "10"})(scope, receive, send)
            return
        client = scope.get("client")
        wait = self.buckets.take(client_key(client and client[0])) if self.buckets else 0
        if wait:
            await refusal(429, replies.TOO_OFTEN, {"Retry-After": str(int(wait) + 1)})(scope, receive, send)
        elif self.state.running >= QUESTIONS_AT_ONCE:
            await refusal(503, replies.BUSY, {"Retry-After": "2"})(scope, receive, send)
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
            await refusal(503, replies.BUSY, {"Retry-After": "2"})(scope, receive, send)
        elif not full:
            await send(message)

    return pass_on
