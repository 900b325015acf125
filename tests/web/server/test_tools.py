"""Tools for language models: a real client against a real server, and what a stranger gets at their route."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent, Tool

from app import launch
from bench.served import free_port, served
from index.paths import PROJECT
from search import Engine
from tests.web.server.conftest import HOST, serving
from web.api import PARAMETERS, endpoints
from web.server.accounts import add_account

Found = TypeVar("Found")
PATH = "/gradio_api/mcp"
ASK = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": "地铁"}}}
SPOKEN = {"Accept": "application/json, text/event-stream"}
GDP = "2006年沈阳市地区生产总值是多少？"


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    server = launch(engine, port=(port := free_port()), mcp=True, block=False)
    yield f"http://127.0.0.1:{port}{PATH}"
    server.close()


@pytest.fixture(scope="module")
def public(engine: Engine) -> Iterator[TestClient]:
    with serving(engine, mcp=True) as client:
        yield client


def told(address: str, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    async def ask() -> list[CallToolResult]:
        async with streamable_http_client(address) as (reading, writing, _), ClientSession(reading, writing) as session:
            await session.initialize()
            return [await session.call_tool(name, arguments) for name, arguments in calls]

    return run(ask())


def listed(address: str) -> dict[str, Tool]:
    async def ask() -> dict[str, Tool]:
        async with streamable_http_client(address) as (reading, writing, _), ClientSession(reading, writing) as session:
            await session.initialize()
            return {tool.name: tool for tool in (await session.list_tools()).tools}

    return run(ask())


def run(client: Coroutine[Any, Any, Found]) -> Found:
    """In a thread of its own: where tests before it opened a browser, this one has a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, client).result()


def text(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


def test_the_tools_are_the_endpoints_each_argument_described(address: str, engine: Engine) -> None:
    tools = listed(address)
    assert list(tools) == list(endpoints(engine))
    assert tools["ask"].inputSchema["required"] == ["question"]
    for tool in tools.values():
        for name, field in tool.inputSchema["properties"].items():
            assert field["description"] == PARAMETERS[name]


def test_a_tool_says_what_it_gives_and_that_it_only_reads(address: str) -> None:
    tools = listed(address)
    for tool in tools.values():
        hints = tool.annotations
        assert hints is not None
        assert (hints.readOnlyHint, hints.idempotentHint, hints.openWorldHint, hints.destructiveHint) == (True, True, False, False)
        assert tool.title
        assert tool.title == hints.title
        assert tool.outputSchema is not None
        assert (tool.outputSchema["type"], set(tool.outputSchema["required"])) == ("object", set(tool.outputSchema["properties"]))
    assert len({tool.title for tool in tools.values()}) == len(tools)
    figures = tools["figures"]
    assert figures.outputSchema is not None
    assert list(figures.outputSchema["properties"]) == ["result", "total", "next_offset"]
    limit = figures.inputSchema["properties"]["limit"]
    assert (limit["default"], limit["maximum"]) == (100, 500)


def test_results_are_the_contracts_objects_as_json(address: str, engine: Engine) -> None:
    calls = [("ask", {"question": GDP, "k": 1}), ("search", {"query": "地铁", "mode": "keyword", "k": 3})]
    asked, found, figures = map(text, told(address, *calls, ("figures", {"words": "外资", "status": "actual"})))
    own = engine.ask(GDP, 1).to_dict()
    assert json.loads(asked)["answer"] == own["answer"]
    assert json.loads(found)["passages"] == engine.search("地铁", "keyword", 3).to_dict()["passages"]
    assert json.loads(figures) == [figure.to_dict() for figure in engine.figures("外资", status="actual")]
    assert "\\u" not in asked  # Chinese as it is


def test_results_are_objects_too_of_the_schema_that_is_told(address: str) -> None:
    """The client itself compares each with its tool's schema, and fails where they disagree."""
    objects: list[tuple[str, dict[str, Any]]] = [("ask", {"question": GDP}), ("search", {"query": "地铁"})]
    objects.append(("paragraph", {"report_id": "000_4c71d26e9961c37b", "paragraph": 6}))
    for result in told(address, *objects):
        assert result.structuredContent == json.loads(text(result))
    lists: list[tuple[str, dict[str, Any]]] = [("side_by_side", {"words": "地区生产总值"}), ("figures", {"words": "外资"})]
    for result in told(address, *lists, ("reports", {}), ("outline", {"report_id": "000_4c71d26e9961c37b"})):
        assert result.structuredContent is not None
        assert result.structuredContent["result"] == json.loads(text(result)) != []


def test_figures_come_by_pages(address: str, engine: Engine) -> None:
    whole = [figure.to_dict() for figure in engine.figures()]
    assert len(whole) > 200
    got: list[dict[str, Any]] = []
    offset: int | None = 0
    sizes = []
    while offset is not None:
        (result,) = told(address, ("figures", {"offset": offset}))
        page = result.structuredContent
        assert page is not None
        assert page["total"] == len(whole)
        assert page["result"] == json.loads(text(result))
        sizes.append(len(page["result"]))
        got, offset = got + page["result"], page["next_offset"]
    assert got == whole
    assert sizes == [100, 100, len(whole) - 200]


@pytest.mark.parametrize(
    ("arguments", "first", "length", "after"),
    [
        ({"limit": 3}, 0, 3, 3),
        ({"limit": 500}, 0, None, None),
        ({"limit": 5.0, "offset": 10.0}, 10, 5, 15),
        ({"offset": 10_000}, 10_000, 0, None),
        ({"words": "外资", "limit": 1, "offset": 1}, None, 1, 2),
    ],
)
def test_a_page(address: str, engine: Engine, arguments: dict[str, Any], first: int | None, length: int | None, after: int | None) -> None:
    whole = [figure.to_dict() for figure in engine.figures(arguments.get("words", ""))]
    first = 1 if first is None else first
    (result,) = told(address, ("figures", arguments))
    page = whole[first:][:length]
    assert result.structuredContent == {"result": page, "total": len(whole), "next_offset": after}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("figures", {"limit": 501}, "500"),
        ("figures", {"limit": 0}, "1"),
        ("figures", {"offset": -1}, "-1"),
        ("figures", {"limit": None}, "None"),
        ("reports", {"place": "大连"}, "大连"),
        ("outline", {"report_id": "none"}, "none"),
        ("ask", {"question": " "}, "问题"),
        ("ask", {"question": "地铁", "report_id": "none"}, "none"),
        ("ask", {}, "question"),
        ("ask", {"question": "地铁", "k": "ten"}, "ten"),
        ("ask", {"question": "地铁", "colour": 1}, "colour"),
        ("search", {"query": "地铁", "mode": "magic"}, "magic"),
        ("open", {}, "ask、search"),
    ],
)
def test_a_failure_is_a_line_of_words(address: str, name: str, arguments: dict[str, Any], said: str) -> None:
    (result,) = told(address, (name, arguments))
    assert result.isError
    assert said in text(result)
    assert "Traceback" not in text(result)


def test_the_guards_hold_at_its_route(public: TestClient) -> None:
    def ask(**headers: str) -> Any:
        return public.post(PATH, json=ASK, headers=SPOKEN | headers)

    assert "地铁" in ask().json()["result"]["content"][0]["text"]
    assert ask(Origin=f"http://{HOST}").status_code == 200
    assert ask(Origin="https://evil.example").status_code == 403
    assert ask(Host="evil.example").status_code == 400
    assert ask(Host="127.0.0.1").status_code == 400
    assert public.post(PATH, content=b"x" * 70_000, headers=SPOKEN).status_code == 413
    assert public.post(PATH, content=b"\xff", headers=SPOKEN).status_code == 400
    assert "access-control-allow-origin" not in public.get(PATH, headers={"Origin": "https://evil.example"}).headers
    for other in ("sse", "messages/", "schema", "http"):
        assert public.get(f"{PATH}/{other}").status_code == 404


def test_no_stream_can_be_opened(public: TestClient) -> None:
    for method in ("GET", "DELETE"):
        reply = public.request(method, PATH, headers={"Accept": "text/event-stream"})
        assert (reply.status_code, reply.headers["allow"]) == (405, "POST")


def test_without_the_option_there_are_no_tools(engine: Engine) -> None:
    with serving(engine) as client:
        assert client.post(PATH, json=ASK, headers=SPOKEN).status_code in (404, 405)


def test_without_mcp_only_its_option_is_missing(index_folder: Path) -> None:
    hidden = "import sys; sys.modules['mcp'] = None; from search.commands.cli import main; "
    command = ["serve", "--mcp", "--index", str(index_folder), "--port", str(free_port())]
    code = f"{hidden}sys.exit(main({command}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "wenbao[mcp]" in done.stderr
    code = f"{hidden}from app import launch; from search import open_engine; "
    code += f"launch(open_engine({str(index_folder)!r}), port={free_port()}, block=False).close(); print('served')"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stdout == "served\n", done.stderr


def test_pace_and_login_hold_too(engine: Engine, tmp_path: Path) -> None:
    with serving(engine, mcp=True, per_minute=2) as client:
        codes = [client.post(PATH, json=ASK, headers=SPOKEN).status_code for _ in range(4)]
        assert codes == [200, 200, 429, 429]
    file = tmp_path / "accounts"
    add_account(file, "reader", "a long password")
    with serving(engine, mcp=True, accounts=file) as client:
        assert client.post(PATH, json=ASK, headers=SPOKEN).status_code == 401


def test_a_client_that_stays_does_not_hold_the_server_up(index_folder: Path) -> None:
    with served(index_folder, "--mcp") as server:
        host, port = server.url.removeprefix("http://").split(":")
        body = json.dumps(ASK).encode()
        head = f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        with socket.create_connection((host, int(port))) as kept:
            kept.sendall(head.encode() + b"Accept: application/json, text/event-stream\r\n\r\n" + body)
            assert kept.recv(15) == b"HTTP/1.1 200 OK"
            start = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            try:
                assert server.process.wait(20) == 0
            except subprocess.TimeoutExpired:
                pytest.fail("it did not leave")
            assert time.monotonic() - start < 8
