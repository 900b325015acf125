"""Tools for language models over MCP (`wenbao serve --mcp`): the app's endpoints, each result as JSON, as text and as an object.

The protocol is the mcp package's, without sessions and without streams: a call is one request and one response. So the guards and
limits hold for it as for any question, and nothing stays open that a server would wait for when it leaves. Gradio's own route
writes results as Python writes them, and sends each call on over HTTP to whatever host the request named.
"""

import inspect
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
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from mcp.types import Tool as Listed
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from web.api import PARAMETERS
from web.server.routes import POST_ALONE, refusal
from web.strings import words

PATH = "/gradio_api/mcp"
AT_ONCE = 2  # calls that work at the same time
PAGE, MOST = 100, 500  # members of a list that a call returns unless told, and at most: a model reads all that it gets
TITLES = {"ask": "问答", "search": "检索", "figures": "数字表", "side_by_side": "对照", "paragraph": "段落原文", "reports": "报告目录"}
TITLES |= {"outline": "读到了什么", "kept": "目标完成情况"}
PAGED = {"total": {"type": "integer"}, "next_offset": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}
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
    """A tool with the schemas of its arguments and its result, from the function's own types."""
    tool = Tool.from_function(function, structured_output=True)
    takes, gives = tool.parameters, tool.output_schema or {}
    if "offset" in takes["properties"]:
        takes["properties"]["limit"] = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE}
        takes["properties"]["offset"]["minimum"] = 0
        gives = gives | {"properties": gives["properties"] | PAGED, "required": [*gives["required"], *PAGED]}
    for parameter, field in takes["properties"].items():
        field["description"] = PARAMETERS[parameter]
    hints = ToolAnnotations(title=TITLES[name], readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False)
    takes["additionalProperties"] = False
    return Listed(name=name, title=hints.title, description=function.__doc__, inputSchema=takes, outputSchema=gives, annotations=hints)


def _call(function: Callable[..., Any], arguments: dict[str, Any]) -> CallToolResult:
    try:
        shown, whole = _result(function, arguments)
        return _said(json.dumps(shown, ensure_ascii=False), whole)
    except gr.Error as error:
        return _said(str(error.message), failed=True)
    except Exception:  # a fault of ours: the caller gets a line, the log the rest
        log.exception("a tool could not answer")
        return _said(words(None)["trouble"], failed=True)


def _result(function: Callable[..., Any], arguments: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """What is returned, of a long list the page that is asked for, and the same as the object that the protocol wants."""
    if "offset" not in inspect.signature(function).parameters:
        found = function(**arguments)
        return found, found if isinstance(found, dict) else {"result": found}
    first, limit = int(arguments.get("offset", 0)), int(arguments.get("limit", PAGE))  # JSON has 5.0 for an integer too
    found = function(**arguments | {"offset": 0, "limit": None})
    shown, after = found[first : first + limit], first + limit
    return shown, {"result": shown, "total": len(found), "next_offset": after if after < len(found) else None}


def _said(text: str, whole: dict[str, Any] | None = None, *, failed: bool = False) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=whole, isError=failed)
