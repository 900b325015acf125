"""Requests made from the server's own schema, and from nothing: never a fault of ours, never a word of the inside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Engine
from tests.web.server.conftest import serving
from web.server.routes import OPEN

API = "/gradio_api"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
QUIET = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
LABELS = {route.label for route in OPEN}


@pytest.fixture(scope="module")
def http(engine: Engine) -> Any:
    with serving(engine) as client:
        yield client


def sound(reply: Any) -> None:
    assert reply.status_code < 500, (reply.request.url, reply.text[:300])
    assert "Traceback" not in reply.text
    assert "/site-packages/" not in reply.text


def endpoints(http: TestClient) -> dict[str, list[dict[str, Any]]]:
    found = http.get(f"{API}/info").json()["named_endpoints"]
    return {name: row["parameters"] for name, row in found.items()}


def test_calls_with_values_of_any_type(http: TestClient) -> None:
    """Each endpoint of the schema, its number of arguments kept or not, each of the type it says or another."""
    names = endpoints(http)
    assert {"/ask", "/search", "/paragraph"} <= names.keys()

    @QUIET
    @given(st.data())
    def is_sound(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(names)))
        wanted = [data.draw(_value(row)) for row in names[name]]
        arguments = data.draw(st.just(wanted) | st.lists(JSON, max_size=9))
        body = json.dumps({"data": arguments})  # with Infinity, which JSON itself does not have
        begun = http.post(f"{API}/call{name}", content=body, headers={"Content-Type": "application/json"})
        sound(begun)
        if begun.status_code == 200:
            told = http.get(f"{API}/call{name}/{begun.json()['event_id']}")
            sound(told)
            assert "event: complete" in told.text or "event: error" in told.text

    is_sound()


def _value(parameter: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = parameter.get("python_type", {}).get("type", "")
    right = st.integers(-5, 200) if "int" in kind else st.sampled_from(["地铁", "2006", "actual", "hybrid", "一", ""])
    return right | st.none() | JSON


def test_bodies_that_are_no_calls(http: TestClient) -> None:
    paths = [f"{API}/queue/join", f"{API}/call/ask", f"{API}/run/ask", f"{API}/cancel", f"{API}/reset", "/login"]

    @QUIET
    @given(st.sampled_from(paths), JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200))
    def is_sound(path: str, body: bytes) -> None:
        sound(http.post(path, content=body))
        sound(http.post(path, content=body, headers={"Content-Type": "application/json"}))

    is_sound()


def test_addresses(http: TestClient) -> None:
    pieces = st.sampled_from(
        [*LABELS, "gradio_api", "call", "ask", "..", "%2e%2e", "%00", "file=", "proxy=", "x", "", "assets", "config", "@"]
    )

    @QUIET
    @given(st.lists(pieces, max_size=6), st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]))
    def is_sound(parts: list[str], method: str) -> None:
        path = "/" + "/".join(parts)
        if not any(endless in path for endless in ("heartbeat", "queue/data")):
            sound(http.request(method, path))

    is_sound()
