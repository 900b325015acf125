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
from mcp.types import CallToolResult, TextContent

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


def run(client: Coroutine[Any, Any, Found]) -> Found:
    """In a thread of its own: where tests before it opened a browser, this one has a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, client).result()


def text(result: CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


def test_the_tools_are_the_endpoints_each_argument_described(address: str, engine: Engine) -> None:
    async def listed() -> dict[str, dict[str, Any]]:
        async with streamable_http_client(address) as (reading, writing, _), ClientSession(reading, writing) as session:
            await session.initialize()
            return {tool.name: tool.inputSchema for tool in (await session.list_tools()).tools}

    tools = run(listed())
    assert list(tools) == list(endpoints(engine))
    assert tools["ask"]["required"] == ["question"]
    for schema in tools.values():
        for name, field in schema["properties"].items():
            assert field["description"] == PARAMETERS[name]


def test_results_are_the_contracts_objects_as_json(address: str, engine: Engine) -> None:
    calls = [("ask", {"question": GDP, "k": 1}), ("search", {"query": "地铁", "mode": "keyword", "k": 3})]
    asked, found, figures = map(text, told(address, *calls, ("figures", {"words": "外资", "status": "actual"})))
    own = engine.ask(GDP, 1).to_dict()
    assert json.loads(asked)["answer"] == own["answer"]
    assert json.loads(found)["passages"] == engine.search("地铁", "keyword", 3).to_dict()["passages"]
    assert json.loads(figures) == [figure.to_dict() for figure in engine.figures("外资", status="actual")]
    assert "\\u" not in asked  # Chinese as it is


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
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
