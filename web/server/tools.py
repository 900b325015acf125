"""Tools for language models over MCP (`wenbao serve --mcp`): the app's endpoints, each result as JSON.

The protocol is the mcp package's, without sessions and without streams: a call is one request and one response. So the guards and
limits hold for it as for any question, and nothing stays open that a server would wait for when it leaves. Gradio's own route
writes results as Python writes them, and sends each call on over HTTP to whatever host the request named.
"""

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import gradio as gr
from anyio import CapacityLimiter, to_thread
from mcp.server.fastmcp.tools import Tool
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, TextContent
from mcp.types import Tool as Listed
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from web.api import PARAMETERS
from web.server.routes import POST_ALONE, refusal
from web.strings import words

PATH = "/gradio_api/mcp"
AT_ONCE = 2  # calls that work at the same time
log = logging.getLogger(__name__)
Functions = Mapping[str, Callable[..., Any]]


def tools(functions: Functions) -> StreamableHTTPSessionManager:
    """A server of these functions; it answers while `run()` of what is returned is open."""
    server: Server[Any, Any] = Server("wenbao")
    listed = [_listed(name, function) for name, function in functions.items()]
    limiter = CapacityLimiter(AT_ONCE)

    @server.list_tools()  # type: ignore[no-untyped-call,untyped-decorator]
    async def list_tools() -> list[Listed]:
        return listed

    @server.call_tool()  # type: ignore[untyped-decorator]
    async def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
        if name not in functions:
            return _said(f"没有叫 {name} 的工具；有 {'、'.join(functions)}", failed=True)
        return await to_thread.run_sync(partial(_call, functions[name], arguments), limiter=limiter)

    return StreamableHTTPSessionManager(server, json_response=True, stateless=True)


def routes(manager: StreamableHTTPSessionManager) -> list[BaseRoute]:
    return [Route(path, _Asked(manager)) for path in (PATH, f"{PATH}/")]


class _Asked:
    """The manager as an ASGI app, for POST alone: to a GET, which would open a stream, the protocol's answer is 405."""

    def __init__(self, manager: StreamableHTTPSessionManager) -> None:
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handle = self._manager.handle_request if scope["method"] == "POST" else refusal(405, POST_ALONE, {"Allow": "POST"})
        await handle(scope, receive, send)


def _listed(name: str, function: Callable[..., Any]) -> Listed:
    """A tool with the schema of its arguments, from the function's own types."""
    schema = Tool.from_function(function, structured_output=False).parameters
    for parameter, field in schema["properties"].items():
        field["description"] = PARAMETERS[parameter]
    return Listed(name=name, description=function.__doc__, inputSchema=schema | {"additionalProperties": False})


def _call(function: Callable[..., Any], arguments: dict[str, Any]) -> CallToolResult:
    try:
        return _said(json.dumps(function(**arguments), ensure_ascii=False))
    except gr.Error as error:
        return _said(str(error.message), failed=True)
    except Exception:  # a fault of ours: the caller gets a line, the log the rest
        log.exception("a tool could not answer")
        return _said(words(None)["trouble"], failed=True)


def _said(text: str, *, failed: bool = False) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], isError=failed)
