"""Login, where the server has accounts: a page, a cookie, and patience with guessing only for a while."""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.server import routes
from web.server.accounts import Accounts
from web.server.guards import http_only
from web.server.limits import Buckets, client_key
from web.server.routes import refusal
from web.server.visitor import COOKIE as VISITOR
from web.strings import words
from web.tags import Html, el, join

COOKIE = "wenbao-session"
SESSION_SECONDS = 12 * 3600
SESSIONS = 10_000
GUESSES_PER_MINUTE, GUESSES = 1, 5  # five wrong ones at once, then one a minute, by client and by name
STYLE = (
    "body{font:16px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;background:#fbfaf7;color:#1d1b18;"
    "display:grid;place-items:center;min-height:90vh}form{display:grid;gap:.75rem;width:18rem}"
    "input,button{font:inherit;padding:.5rem}p{color:#a02020;margin:0}"
)


class Sessions:
    """Tokens of those who have logged in; a restart forgets them."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()
        self._now = now

    def open(self) -> str:
        token = secrets.token_urlsafe(32)
        self._until[token] = self._now() + SESSION_SECONDS
        if len(self._until) > SESSIONS:
            self._until.popitem(last=False)
        return token

    def holds(self, token: str | None) -> bool:
        return token is not None and self._until.get(token, 0) > self._now()

    def close(self, token: str | None) -> None:
        self._until.pop(token or "", None)


@http_only
class Login:
    """Guards the app, and answers /login and /logout."""

    def __init__(self, app: ASGIApp, accounts: Accounts, sessions: Sessions, guesses: Buckets) -> None:
        self.app, self.accounts, self.sessions, self.guesses = app, accounts, sessions, guesses
        self._turn = asyncio.Semaphore(1)  # a guess keeps one core busy for a while: never both

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route, request = scope["wenbao.route"], Request(scope, receive)
        known = self.sessions.holds(request.cookies.get(COOKIE))
        if route.label == "login":
            answer: Response = await self._enter(request) if scope["method"] == "POST" else _form(200)
        elif route.label == "logout":
            self.sessions.close(request.cookies.get(COOKIE))
            answer = RedirectResponse("/login", 303)
            answer.delete_cookie(COOKIE)
            answer.delete_cookie(VISITOR)  # the next reader of this browser is another
        elif known or route.free or route.label == "metrics":
            await self.app(scope, receive, send)
            return
        elif route.label == "page":
            answer = RedirectResponse("/login", 303)
        else:
            answer = refusal(401, routes.NOT_LOGGED_IN)
        await answer(scope, receive, send)

    async def _enter(self, request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        name, password = (fields.get(key, [""])[0] for key in ("username", "password"))
        browser = "text/html" in request.headers.get("accept", "")
        client = client_key(request.client and request.client.host)
        wait = max(self.guesses.take(f"client {client}"), self.guesses.take(f"name {name[:64]}"))
        if wait:
            retry = {"Retry-After": str(int(wait) + 1)}
            return _form(429, "login_wait", retry) if browser else refusal(429, routes.TOO_OFTEN, retry)
        async with self._turn:
            right = await asyncio.to_thread(self.accounts.check, name, password)
        if not right:
            return _form(401, "login_wrong") if browser else refusal(401, routes.NOT_LOGGED_IN)
        answer: Response = RedirectResponse("/", 303) if browser else JSONResponse({"success": True})
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, self.sessions.open(), SESSION_SECONDS, httponly=True, samesite="strict", secure=secure)
        return answer


def _form(status: int, said: str | None = None, headers: dict[str, str] | None = None) -> HTMLResponse:
    say = words(None)
    fields = [
        el("h1", say["brand"]),
        el("p", say[said], role="alert") if said else Html(),
        el("label", say["login_name"], for_="u"),
        Html('<input id="u" name="username" autocomplete="username" maxlength="64" required autofocus>'),
        el("label", say["login_password"], for_="p"),
        Html('<input id="p" name="password" type="password" autocomplete="current-password" maxlength="200" required>'),
        el("button", say["login"], type="submit"),
    ]
    form = el("form", join(fields), method="post", action="/login")
    head = join([Html('<meta charset="utf-8">'), el("title", say["page_title"]), el("style", Html(STYLE))])
    page = Html("<!doctype html>") + el("html", el("head", head), el("body", form), lang=say["lang"])
    return HTMLResponse(page, status, {"Cache-Control": "no-store", **(headers or {})})
