"""Calls that cannot be made, and results that are not there to be read: a line at once, where Gradio would fault or never answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app import launch
from bench.served import free_port
from search import Engine
from tests.web.server.conftest import call, serving
from web.server import calls

API = "/gradio_api"
REQUIRED = {"ask": "question", "search": "query", "side_by_side": "words", "paragraph": "report_id、paragraph"}


@pytest.fixture(scope="module")
def local(engine: Engine) -> Iterator[str]:
    """The address of a server for this machine, where /run and /api may be called too."""
    server = launch(engine, port=(port := free_port()), block=False)
    yield f"http://127.0.0.1:{port}{API}"
    server.close()


def line(reply: Any, status: int = 422) -> str:
    """The one line of a refusal."""
    assert reply.status_code == status, reply.text
    said = reply.json()["detail"]
    assert isinstance(said, str)
    assert "\n" not in said
    return said


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize(("path", "body"), [("call/", {}), ("call/", {"data": []}), ("call/v2/", {}), ("run/", {}), ("api/", {"data": []})])
def test_a_parameter_that_is_missing_is_named(public: TestClient, local: str, name: str, path: str, body: dict[str, Any]) -> None:
    for ask in (public.post, lambda address, json: httpx.post(address.replace(API, local), json=json)):
        assert line(ask(f"{API}/{path}{name}", json=body)).startswith(f"请求里没有 {REQUIRED[name]}；参数")


def test_the_second_of_two_is_missing(public: TestClient) -> None:
    assert line(public.post(f"{API}/call/paragraph", json={"data": ["x"]})).startswith("请求里没有 paragraph；")
    assert line(public.post(f"{API}/call/v2/paragraph/", json={"paragraph": 1})).startswith("请求里没有 report_id；")


@pytest.mark.parametrize("body", [b"", b"x", b"7", b"null", b"[]", b'"question"', b"[" * 50_000])
@pytest.mark.parametrize("path", ["call/ask", "call/v2/figures", "run/search", "api/paragraph"])
def test_a_body_that_is_no_object(public: TestClient, path: str, body: bytes) -> None:
    reply = public.post(f"{API}/{path}", content=body, headers={"Content-Type": "application/json"})
    assert "JSON 对象" in line(reply)
    assert "application/json" in line(public.post(f"{API}/{path}", content=b'{"data": ["x"]}'))  # as curl -d sends it


@pytest.mark.parametrize("body", [{}, {"words": "外资"}, {"data": None}, {"data": {"words": "外资"}}])
def test_values_that_are_in_no_array(public: TestClient, body: dict[str, Any]) -> None:
    """Nothing is required of /figures: what is said by name where places count would be left out in silence."""
    assert line(public.post(f"{API}/call/figures", json=body)).startswith("请求里没有 data；")


def test_a_parameter_that_there_is_not(public: TestClient) -> None:
    said = line(public.post(f"{API}/call/v2/ask", json={"question": "地铁", "col\nour" + "x" * 900: 1}))
    assert said.startswith("没有 'col\\nour")
    assert len(said) < 200


def test_what_is_left_out_has_its_default(public: TestClient, engine: Engine) -> None:
    """By place as by name: Gradio has an error without words for an array that is short."""
    found = call(public, "search", "地铁", "keyword")
    assert found["passages"] == engine.search("地铁", "keyword").to_dict()["passages"]
    assert call(public, "figures") == [figure.to_dict() for figure in engine.figures()]


def test_only_the_array_goes_on(local: str) -> None:
    """Not the number of another function, which /run would call instead."""
    reply = httpx.post(f"{local}/run/paragraph", json={"data": ["none", 1], "fn_index": 0})
    assert "none" in reply.json()["error"]


@pytest.mark.parametrize("path", ["call/none", "call/v2/none", "run/none", "api/none", "call/v2"])
def test_an_endpoint_that_there_is_not(public: TestClient, path: str) -> None:
    assert line(public.post(f"{API}/{path}", json={"data": ["地铁"]}), 404) == "没有这个地址。"


def begun(client: TestClient) -> str:
    reply = client.post(f"{API}/call/v2/search", json={"query": "地铁", "mode": "keyword", "k": 1})
    return str(reply.json()["event_id"])


@pytest.mark.parametrize("path", ["call/search", "call/v2/search"])
def test_a_result_is_read_once(public: TestClient, path: str) -> None:
    address = f"{API}/{path}/{begun(public)}"
    assert "event: complete" in public.get(address).text
    assert "取过" in line(public.get(address), 404)
    assert "event: complete" in public.get(f"{API}/{path}/{begun(public)}").text


@pytest.mark.parametrize("number", ["0" * 32, "none", "v2", "x.json"])
def test_a_result_that_never_was(public: TestClient, number: str) -> None:
    assert "没有这个编号" in line(public.get(f"{API}/call/ask/{number}"), 404)
    assert "没有这个编号" in line(public.get(f"{API}/call/v2/ask/{number}"), 404)


def test_a_refused_call_gives_no_number(public: TestClient) -> None:
    """Though its answer may quote what looks like one."""
    public.post(f"{API}/call/v2/ask", json={"event_id": "mine"})
    public.post(f"{API}/queue/join", json={"event_id": "mine"})
    line(public.get(f"{API}/call/ask/mine"), 404)


def test_the_oldest_unread_result_is_forgotten(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "WAITING", 2)
    with serving(engine) as client:
        first, *others = [begun(client) for _ in range(3)]
        line(client.get(f"{API}/call/search/{first}"), 404)
        assert all("event: complete" in client.get(f"{API}/call/search/{number}").text for number in others)


def test_a_reader_who_leaves_has_read(local: str) -> None:
    """Gradio ends the call of one who goes away: what is left of it would never come."""
    where = httpx.URL(local)
    number = httpx.post(f"{local}/call/v2/ask", json={"question": "2006年沈阳市地区生产总值是多少？"}).json()["event_id"]
    with socket.create_connection((where.host, where.port or 80)) as reader:
        reader.sendall(f"GET {API}/call/ask/{number} HTTP/1.1\r\nHost: {where.host}:{where.port}\r\n\r\n".encode())
        assert reader.recv(15) == b"HTTP/1.1 200 OK"
    line(httpx.get(f"{local}/call/ask/{number}", timeout=5), 404)
    number = httpx.post(f"{local}/call/v2/ask", json={"question": "地铁", "k": 1}).json()["event_id"]
    assert "event: complete" in httpx.get(f"{local}/call/ask/{number}", timeout=30).text
