"""Who a reader is, for the report of their own: a random name in a cookie of the session, which no script reads."""

import re
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.server.guards import http_only

COOKIE = "wenbao-visitor"
NAME = re.compile(r"[0-9a-f]{32}")


def visitor_of(cookies: Mapping[str, str]) -> str | None:
    """The visitor's name; None where the browser keeps none."""
    name = cookies.get(COOKIE, "")
    return name if NAME.fullmatch(name) else None


@http_only
class Visitor:
    """Names each browser that opens the page, once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        opens = scope["method"] == "GET" and scope["path"] == "/"
        if not opens or visitor_of(Request(scope).cookies):
            await self.app(scope, receive, send)
            return

        async def with_name(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", _cookie(secure=scope.get("scheme") == "https"))
            await send(message)

        await self.app(scope, receive, with_name)


def _cookie(*, secure: bool) -> str:
    cookie: SimpleCookie = SimpleCookie({COOKIE: secrets.token_hex(16)})
    for name, value in {"path": "/", "httponly": True, "samesite": "Lax", "secure": secure}.items():
        cookie[COOKIE][name] = value
    return cookie[COOKIE].OutputString()
