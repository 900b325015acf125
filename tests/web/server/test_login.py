"""Login: who gets in, who guesses, and what is kept of a password."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from index.errors import UsageError
from search import Engine
from search.commands.cli import main
from tests.web.server.conftest import HOST, serving
from web.server.accounts import Accounts, AccountsError, add_account
from web.server.limits import CLIENTS, Buckets, client_key
from web.server.login import COOKIE, SESSION_SECONDS, Sessions

PASSWORD = "correct horse 电池"
API = "/gradio_api"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "accounts"
    add_account(path, "reader", PASSWORD)
    return path


@pytest.fixture
def closed(engine: Engine, file: Path) -> Iterator[TestClient]:
    with serving(engine, accounts=file) as client:
        yield client


def log_in(client: TestClient, name: str, password: str, accept: str = "*/*") -> int:
    form = {"username": name, "password": password}
    return int(client.post("/login", data=form, headers={"Accept": accept}).status_code)


def test_nothing_is_shown_before(closed: TestClient) -> None:
    assert closed.get("/").headers["location"] == "/login"
    for path in ("/config", f"{API}/info", f"{API}/queue/data", "/assets/index.js"):
        assert closed.get(path).status_code == 401, path
    assert closed.post(f"{API}/call/ask", json={"data": ["地铁"]}).status_code == 401
    assert closed.get("/health").status_code == 200
    assert 'type="password"' in closed.get("/login").text


def test_in_and_out(closed: TestClient) -> None:
    assert log_in(closed, "reader", PASSWORD) == 200
    assert closed.get("/").status_code == 200
    assert closed.post(f"{API}/call/search", json={"data": ["地铁", "keyword"]}).status_code == 200
    assert closed.post("/logout").headers["location"] == "/login"
    assert closed.get("/config").status_code == 401


def test_the_cookie_is_for_this_site_alone(closed: TestClient) -> None:
    reply = closed.post("/login", data={"username": "reader", "password": PASSWORD}, headers={"Accept": "text/html"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "SameSite=strict" in reply.headers["set-cookie"]
    safe = TestClient(closed.app, base_url=f"https://{HOST}", follow_redirects=False)
    reply = safe.post("/login", data={"username": "reader", "password": PASSWORD})
    assert "Secure" in reply.headers["set-cookie"]
    assert reply.headers["strict-transport-security"]


@pytest.mark.parametrize("cookie", ["", "guess", "x" * 5000, "reader", "' OR 1=1 --"])
def test_a_made_up_session(closed: TestClient, cookie: str) -> None:
    assert closed.get("/config", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_guessing_is_slowed_down(closed: TestClient) -> None:
    """Five wrong ones, then it takes patience; the right one has to wait as well, or it would stand out."""
    codes = [log_in(closed, "reader", f"guess number {number}") for number in range(7)]
    assert codes == [401] * 5 + [429] * 2
    assert log_in(closed, "reader", PASSWORD) == 429
    elsewhere = TestClient(closed.app, base_url=f"http://{HOST}", client=("198.51.100.7", 1))
    assert log_in(elsewhere, "reader", PASSWORD) == 429  # by name: many machines guess no faster than one
    assert log_in(elsewhere, "somebody", "else entirely") == 401


def test_an_unknown_name_looks_like_a_wrong_password(closed: TestClient) -> None:
    replies = [
        closed.post("/login", data={"username": name, "password": "wrong password"}, headers={"Accept": "text/html"})
        for name in ("reader", "nobody", "<script>alert(1)</script>")
    ]
    assert len({(reply.status_code, reply.text) for reply in replies}) == 1


def test_the_file_holds_no_password(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("reader:scrypt$")
    assert PASSWORD not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Accounts(file).check("reader", PASSWORD)
    assert not Accounts(file).check("reader", PASSWORD + " ")


def test_accounts_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    for password, status in ((PASSWORD, 0), ("short", 2)):
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        assert main(["account", str(tmp_path / "accounts"), "writer"]) == status
    assert Accounts(tmp_path / "accounts").check("writer", PASSWORD)


@pytest.mark.parametrize("text", ["", "reader", "reader:plain", "reader:md5$1$1$1$aa$bb", "reader:scrypt$x$8$1$aa$bb"])
def test_a_file_that_is_no_accounts_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accounts"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AccountsError, match="wenbao account"):
        Accounts(path)


@pytest.mark.parametrize(("name", "password"), [("a:b", PASSWORD), ("a\nb", PASSWORD), ("", PASSWORD), ("a", "x" * 201)])
def test_a_name_that_would_break_the_file(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        add_account(tmp_path / "accounts", name, password)


def test_sessions_end() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    token = sessions.open()
    assert sessions.holds(token)
    now[0] = SESSION_SECONDS + 1
    assert not sessions.holds(token)


def test_buckets_fill_again_and_are_not_kept_for_ever() -> None:
    now = [0.0]
    buckets = Buckets(60, 2, lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a"), buckets.take("b")] == [0, 0, 1, 0]
    now[0] = 1.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 1]
    for number in range(CLIENTS + 10):
        buckets.take(str(number))
    assert len(buckets._full) == CLIENTS


def test_a_client_has_one_key() -> None:
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff") != client_key("2001:db8:0:1::1")
    assert client_key(None) == client_key("nonsense") == "unknown"
