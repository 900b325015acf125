"""A program's call before Gradio has it: what cannot be one is refused in a line, and a result is given once.

Gradio answers a parameter that is missing with a fault of its own, or with an error that says nothing, and a second reading never.
"""

import inspect
import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import UsageError
from web.server import routes
from web.server.guards import http_only
from web.server.limits import replayed
from web.server.routes import API, refusal

WAITING = 2000  # results that nobody has read yet: Gradio keeps the messages of as many
EVENT = re.compile(rb'\s*\{\s*"event_id"\s*:\s*"([^"\\]+)"\s*\}\s*')  # the whole answer to a call that was taken
Parameters = Mapping[str, inspect.Parameter]


@http_only
class Calls:
    """Guards the named endpoints' own routes, and the one by which the page asks. What it remembers belongs to one event loop."""

    def __init__(self, app: ASGIApp, functions: Mapping[str, Callable[..., Any]], parts: frozenset[int]) -> None:
        self.app, self._parts = app, parts
        self._parameters = {name: inspect.signature(function).parameters for name, function in functions.items()}
        self._waiting: OrderedDict[str, bool] = OrderedDict()  # the numbers of calls whose results may be read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        label, last = scope["wenbao.route"].label, scope["path"].rstrip("/").rpartition("/")[2]
        reads = label == "events" and scope["method"] == "GET" and scope["path"].startswith(f"{API}/call/")
        if label in ("call", "run"):
            await self._begin(last, scope, receive, send)
        elif label == "show":
            body = (await receive())["body"]
            fit = _asks_part(body, self._parts)
            await (self.app(scope, replayed(body, receive), send) if fit else refusal(422, routes.NO_OBJECT)(scope, receive, send))
        elif reads and not self._waiting.pop(last, False):  # also taken from a reader who leaves in the middle: Gradio ends the call then
            await refusal(404, routes.NO_RESULT)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _begin(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        if name not in self._parameters:
            await refusal(404, routes.NOT_FOUND)(scope, receive, send)
            return
        body = (await receive())["body"]  # whole: BodyLimit has read it
        try:
            given = _object(Headers(scope=scope).get("content-type", ""), body)
            whole = _arranged(given, self._parameters[name], named=scope["path"].startswith(f"{API}/call/v2/"))
        except UsageError as error:
            await refusal(422, str(error))(scope, receive, send)
            return
        await self.app(scope, replayed(json.dumps(whole).encode(), receive), self._noted(send))

    def _noted(self, send: Send) -> Send:
        """Passes an answer on; the number it gives the call is remembered first."""

        async def pass_on(message: Message) -> None:
            if found := EVENT.fullmatch(message.get("body", b"")):
                self._waiting[found[1].decode()] = True
                if len(self._waiting) > WAITING:
                    self._waiting.popitem(last=False)
            await send(message)

        return pass_on


def _asks_part(body: bytes, parts: frozenset[int]) -> bool:
    """Whether the page asks for something by a function of one of its own parts: of anything else Gradio makes a fault of its own."""
    with suppress(UsageError):
        given, kinds = _object("json", body), {"component_id": int, "fn_name": str, "data": dict, "session_hash": str}
        return all(isinstance(given.get(name), kind) for name, kind in kinds.items()) and given["component_id"] in parts
    return False


def _object(kind: str, body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body) if "json" in kind.lower() else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UsageError(routes.NO_OBJECT)
    return given


def _arranged(given: dict[str, Any], parameters: Parameters, named: bool) -> dict[str, Any]:
    """A call as Gradio takes it: values by name, or an array with one for every parameter and nothing beside it. Raises UsageError."""
    values = given.get("data")
    placed = values if isinstance(values, list) else []
    held = given if named else dict(zip(parameters, placed, strict=False))
    missing = [name for name, one in parameters.items() if one.default is one.empty and name not in held]
    if not missing and not named and placed is not values:
        missing = ["data"]
    how = ("参数有：" if named else "参数写在数组 data 里，依次为：") + "、".join(parameters)
    if missing:
        raise UsageError(f"请求里没有 {'、'.join(missing)}；{how}")
    if strange := held.keys() - parameters.keys():
        raise UsageError(f"没有 {min(strange)[:40]!r} 这个参数；{how}")
    return given if named else {"data": [held.get(name, one.default) for name, one in parameters.items()]}
