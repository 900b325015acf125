"""Bad requests, spelled out: what a stranger tries, and what he gets."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search import Engine
from tests.web.server.conftest import HOST, READER, call, serving

API = "/gradio_api"


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/routes.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/..\\..\\secret",
        f"{API}/file=/etc/passwd",
        f"{API}/file=../../../etc/passwd",
        f"{API}/file/etc/passwd",
        f"{API}/file=C:\\Windows\\win.ini",
        f"{API}/custom_component/x/client/../../../../etc/passwd",
        "/svelte/../../../etc/passwd",
        f"{API}/stream/a/b/1/playlist.m3u8",
    ],
)
def test_traversal(public: TestClient, path: str) -> None:
    reply = public.get(path)
    assert reply.status_code == 404
    assert "root:" not in reply.text


@pytest.fixture
def inside() -> Iterator[tuple[str, list[str]]]:
    """A server that only this machine can reach, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"internal")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/secret", asked
    server.shutdown()
    server.server_close()


def test_the_server_fetches_nothing_for_a_stranger(public: TestClient, inside: tuple[str, list[str]]) -> None:
    url, asked = inside
    for path in (f"{API}/proxy={url}", f"{API}/file={url}", f"{API}/proxy=http://169.254.169.254/latest/meta-data"):
        assert public.get(path).status_code == 404
    found = call(public, "ask", url, None, None, None, None, 1, None)
    assert "internal" not in json.dumps(found)
    assert asked == []


@pytest.mark.parametrize("host", ["evil.example", "", "report.example.evil.example", "evil.example@report.example:80"])
def test_a_foreign_host(public: TestClient, host: str) -> None:
    reply = public.get("/", headers={"Host": host})
    if host.endswith("@report.example:80"):
        assert reply.status_code in (200, 400)
        assert "evil.example" not in reply.text
    else:
        assert reply.status_code == 400


def test_a_forwarded_host_is_not_believed(public: TestClient) -> None:
    said = public.get("/config", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert said.status_code == 200
    assert "evil.example" not in said.text
    assert said.json()["root"] == f"http://{HOST}"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://evil.{HOST}", f"http://{HOST}.evil.example"])
def test_a_foreign_origin(public: TestClient, origin: str) -> None:
    """It may not ask, nor read what it could get."""
    foreign = {"Origin": origin}
    asked = public.post(f"{API}/call/ask", json={"data": ["地铁"]}, headers=foreign)
    assert (asked.status_code, "access-control-allow-origin" in asked.headers) == (403, False)
    simple = public.post(f"{API}/queue/join", content=b"{}", headers={**foreign, "Content-Type": "text/plain"})
    assert simple.status_code == 403
    read = public.get("/config", headers=foreign)
    assert "access-control-allow-origin" not in read.headers
    preflight = public.options(f"{API}/call/ask", headers={**foreign, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code >= 400
    assert "access-control-allow-origin" not in preflight.headers


def test_its_own_origin(public: TestClient) -> None:
    reply = public.post(f"{API}/call/ask", json={"data": ["地铁"]}, headers={"Origin": f"http://{HOST}"})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    ("body", "length"), [(b"x" * 70_000, None), (b"x", "70000"), (b"x", "99999999999999999999999"), (b"x", "-1"), (b"x", "ten")]
)
def test_an_oversized_body(public: TestClient, body: bytes, length: str | None) -> None:
    headers = {"Content-Type": "application/json"} | ({"Content-Length": length} if length else {})
    assert public.post(f"{API}/call/ask", content=body, headers=headers).status_code == 413


def test_an_oversized_body_that_does_not_say_so(public: TestClient) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 8192
            yield b"x" * 8192

    assert public.post(f"{API}/queue/join", content=endless()).status_code == 413


@pytest.mark.parametrize("path", ["upload", "run/vibe", "vibe-edit", "process_recording", "component_server", "run-history/connect"])
def test_what_takes_files_or_runs_tools_is_closed(public: TestClient, path: str) -> None:
    reply = public.post(f"{API}/{path}", files={"files": ("a.txt", b"x")})
    assert reply.status_code in (400, 404, 422)
    assert public.get(f"{API}/{path}").status_code == 404


BAD: tuple[tuple[str, object], ...] = (("component_id", 99999), ("component_id", "1"), ("data", [1]), ("session_hash", None))
PAGES = {"component_id": 1, "fn_name": "show", "data": {"q": "地铁"}, "session_hash": "a"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        *(
            json.dumps({**PAGES, **bad}).encode()
            for bad in ({"component_id": 99999}, {"component_id": "1"}, {"data": [1]}, {"session_hash": None})
        ),
    ],
)
def test_the_page_asks_by_its_own_parts_alone(public: TestClient, body: bytes) -> None:
    reply = public.post(f"{API}/component_server", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in (400, 422)
    assert list(reply.json()) == ["detail"]


def test_no_other_function_of_a_part_is_called(public: TestClient) -> None:
    part = next(one["id"] for one in public.get("/config").json()["components"] if one["props"].get("elem_id") == "page")
    good = public.post(f"{API}/component_server", json={**PAGES, "component_id": part})
    assert "地铁" in good.json()["html"]["answer"]
    for name in ("postprocess", "__init__", "get_config", "nothing"):
        assert public.post(f"{API}/component_server", json={**PAGES, "component_id": part, "fn_name": name}).status_code == 404


def test_the_queue_cannot_be_gone_round(public: TestClient) -> None:
    assert public.post(f"{API}/run/ask", json={"data": ["地铁"]}).status_code == 404
    assert public.post(f"{API}/api/ask", json={"data": ["地铁"]}).status_code == 404


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> ${7*7} {{7*7}} 地铁"


def test_script_in_a_question_is_text(public: TestClient) -> None:
    page = public.get("/", params={"q": SCRIPT}).text
    assert "<script>alert(1)" not in page
    found = call(public, "ask", SCRIPT, None, None, None, None, 1, None)
    assert found["question"] == SCRIPT  # JSON: it is the page that escapes, in web/tags.py


@pytest.mark.parametrize(
    "value", ["地铁\r\nSet-Cookie: a=b", "\r\n\r\n<html>", "%0d%0aSet-Cookie:%20a=b", "a\nLocation: http://evil.example"]
)
def test_header_injection(public: TestClient, value: str) -> None:
    for reply in (
        public.get("/", params={"q": value, "lang": value, "mode": value}),
        public.get("/config", params={"__theme": value}),
        public.get(f"{API}/heartbeat/%0d%0aSet-Cookie:a=b"),
    ):
        assert "set-cookie" not in reply.headers
        assert "evil.example" not in str(reply.headers)


def test_every_response_has_its_headers(public: TestClient) -> None:
    for reply in (public.get("/"), public.get("/none"), public.get("/health"), public.get("/", headers={"Host": "evil"})):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert "server" not in reply.headers


def test_errors_show_nothing_of_the_inside(public: TestClient) -> None:
    bodies: list[Any] = [{"data": 7}, {"data": [{"a": []}]}, {"data": [None] * 7}, {}, [], {"data": ["地铁", "none"]}]
    for body in bodies:
        reply = public.post(f"{API}/call/ask", json=body)
        assert reply.status_code < 500, body
        assert "Traceback" not in reply.text
    found = call(public, "ask", ["地铁"], None, None, None, None, 1, None)
    assert "一段文字" in json.dumps(found, ensure_ascii=False)


def test_metrics_are_for_this_machine(engine: Engine, public: TestClient) -> None:
    assert public.get("/metrics").status_code == 404
    assert public.get("/metrics", headers={"Host": "127.0.0.1"}).status_code == 404
    here = TestClient(public.app, base_url="http://127.0.0.1:7860", client=("127.0.0.1", 1))
    said = here.get("/metrics").text
    assert 'wenbao_requests_total{method="any",route="none",status="404"}' in said
    assert "wenbao_ready 1.0" in said
    assert "地铁" not in said


def test_asking_too_often(engine: Engine) -> None:
    with serving(engine, per_minute=3) as client:
        codes = [client.post(f"{API}/call/search", json={"data": ["地铁", "keyword"]}).status_code for _ in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        refused = client.post(f"{API}/call/search", json={"data": ["地铁", "keyword"]})
        assert int(refused.headers["retry-after"]) > 0
        assert "太快" in refused.json()["detail"]
        assert client.get("/").status_code == 200
        other = TestClient(client.app, base_url=f"http://{HOST}", client=("203.0.113.10", 1))
        assert other.post(f"{API}/call/search", json={"data": ["地铁", "keyword"]}).status_code == 200


def test_a_full_queue_is_a_friendly_503(engine: Engine) -> None:
    with serving(engine) as client:
        client.blocks._queue.max_size = 0  # type: ignore[attr-defined]
        reply = client.post(f"{API}/call/ask", json={"data": ["地铁"] + [None] * 4 + [1, None]})
        assert reply.status_code == 503
        assert "请过几秒再试" in reply.json()["detail"]
        assert reply.headers["retry-after"]
        assert client.get("/health").status_code == 200


def test_a_port_that_is_taken() -> None:
    from web.server.run import CannotListen, _listen

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CannotListen, match="--port"):
        _listen("127.0.0.1", taken.getsockname()[1])


def test_logs_hold_no_question_unless_told(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    for told in (False, True):
        caplog.clear()
        with caplog.at_level("INFO"), serving(engine, log_requests=True, log_questions=told) as client:
            client.get("/", params={"q": "秘密的问题"})
            call(client, "search", '秘密的问题\u2028{"level": "fake"}', "keyword", None, None, None, None, 1)
        rows: list[dict[str, Any]] = [json.loads(record.getMessage()) for record in caplog.records if record.name == "wenbao.requests"]
        assert {row["client"] for row in rows} == {READER[0]}
        assert {"page", "call", "events"} <= {row["route"] for row in rows}
        assert any("秘密" in json.dumps(row, ensure_ascii=False) for row in rows) == told
        assert all("\n" not in record.getMessage() for record in caplog.records)
        assert told or "秘密" not in caplog.text
