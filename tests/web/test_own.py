"""Readers' reports in memory: each reader's own, a few at once, checked whatever the widget let through."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.errors import NotFound, ReadError
from search import Engine
from search.brought import PREFIX, read_own
from web import own
from web.own import Own, given
from web.page import Page
from web.server.routes import find


def test_the_one_used_longest_ago_goes(engine: Engine) -> None:
    kept = Own(most=2)
    for visitor in ("a", "b"):
        kept.keep(visitor, engine)
    assert kept.of("a") is engine
    kept.keep("c", engine)
    assert [kept.of(visitor) is engine for visitor in ("a", "b", "c")] == [True, False, True]
    kept.drop("a")
    kept.drop(None)
    assert kept.of("a") is None
    assert kept.of(None) is None


def test_one_that_is_not_used_goes(engine: Engine) -> None:
    kept = Own(seconds=0.2)
    kept.keep("a", engine)
    assert kept.of("a") is engine
    time.sleep(0.3)
    assert kept._engines == {}, "without anybody coming"
    assert kept.of("a") is None


def test_a_report_that_is_kept_no_more_is_said(engine: Engine) -> None:
    page = Page(engine)
    assert page.of("visitor", engine.corpus.reports[0].id) is page
    with pytest.raises(NotFound):
        page.of("visitor", f"{PREFIX}1234")


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gradio's folder of what was brought, with one file in it, and files of others beside it."""
    folder = tmp_path / "gradio"
    for file in (folder / "hash" / "mine.txt", folder / "loose.txt", folder / "hash" / "deep" / "x.txt", tmp_path / "other" / "secret.txt"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (folder / "hash" / "link.txt").symlink_to(tmp_path / "other" / "secret.txt")
    monkeypatch.setattr(own, "GRADIO_FILES", str(folder))
    return folder


def test_what_gradio_took_in_is_read(uploads: Path) -> None:
    assert given(str(uploads / "hash" / "mine.txt")) == uploads / "hash" / "mine.txt"
    assert given(str(uploads / "hash" / "deep" / ".." / "mine.txt")) == uploads / "hash" / "mine.txt"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "{folder}/../other/secret.txt",
        "{folder}/hash/../../other/secret.txt",
        "{folder}/hash/link.txt",
        "{folder}/hash/deep/x.txt",
        "{folder}/loose.txt",
        "{folder}/hash",
        "{folder}/hash/deep",
        "{folder}",
        "{folder}/hash/none.txt",
        "hash/mine.txt",
        "{folder}/hash/mine.txt\0",
        "{folder}/hash/\ud800",
        "{folder}/hash/" + "x" * 5000,
        "/",
        "",
    ],
)
def test_no_other_file_of_the_machine_is_read(uploads: Path, path: str) -> None:
    with pytest.raises(ReadError) as refused:
        given(path.replace("{folder}", str(uploads)))
    assert str(uploads) not in str(refused.value)


@pytest.mark.parametrize(("name", "data"), [("x.exe", b"MZ"), ("x.txt", b" " * 20), ("x.txt", b"1" * 5_000_001)])
def test_what_cannot_be_read_is_removed_too(tmp_path: Path, engine: Engine, name: str, data: bytes) -> None:
    file = tmp_path / "hash" / name
    file.parent.mkdir()
    file.write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read_own(file, engine, lambda *_: None)
    assert str(tmp_path) not in str(refused.value)
    assert name in str(refused.value)
    assert not file.exists()


def test_the_route_is_open_only_where_it_is_allowed() -> None:
    assert find("POST", "/gradio_api/upload") is None
    allowed = find("POST", "/gradio_api/upload", uploads=True)
    assert allowed is not None
    assert allowed.asks, "it is paced like a question"
