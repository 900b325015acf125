"""Readers' reports in memory: each reader's own, a few at once, checked whatever the widget let through."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NotFound, ReadError
from index.store.disk import Index
from search import Engine
from search.brought import MOST, MOST_CHARACTERS, PREFIX, read_own, spelled_out
from web import own
from web.own import Own, given
from web.page import Page
from web.server.routes import find


def reports_of(engine: Engine) -> list[str]:
    return [report.id for report in engine.corpus.reports]


def index_named(engine: Engine, name: str, characters: int = 1000) -> Index:
    """An index of one report, by this name and with so much text."""
    report = replace(engine.corpus.reports[0], id=f"{PREFIX}{name}", title=f"{name}报告", sha256=name, text="字" * characters)
    return replace(engine.index, corpus=replace(engine.corpus, reports=(report,)))


def test_the_one_used_longest_ago_goes(engine: Engine) -> None:
    kept, mine = Own(most=2), engine.index
    for visitor in ("a", "b"):
        kept.keep(visitor, mine)
    assert kept.of("a") == (mine,)
    kept.keep("c", mine)
    assert [len(kept.of(visitor)) for visitor in ("a", "b", "c")] == [1, 0, 1]
    assert kept.of(None) == ()


def test_one_that_is_not_used_goes(engine: Engine) -> None:
    kept = Own(seconds=0.2)
    kept.keep("a", engine.index)
    assert kept.of("a")
    time.sleep(0.3)
    assert kept._kept == {}, "without anybody coming"
    assert kept.of("a") == ()


def test_each_is_put_away_by_itself(engine: Engine) -> None:
    kept, one, two = Own(), index_named(engine, "one"), index_named(engine, "two")
    for index in (one, two, one):
        kept.keep("a", index)
    assert kept.of("a") == (two, one), "none is kept twice"
    kept.drop("b", f"{PREFIX}one")
    kept.drop(None, f"{PREFIX}one")
    kept.drop("a", f"{PREFIX}two")
    assert kept.of("a") == (one,)
    assert (kept.holds(f"{PREFIX}one"), kept.holds(f"{PREFIX}two")) == (True, False)
    kept.drop("a", f"{PREFIX}one")
    assert kept._kept == {}


def test_they_are_asked_with_the_servers_until_either_changes(engine: Engine) -> None:
    kept, server = Own(), reports_of(engine)
    assert kept.beside("a", engine) is engine
    kept.keep("a", index_named(engine, "one"))
    both = kept.beside("a", engine)
    assert reports_of(both) == [*server, f"{PREFIX}one"]
    assert both.view.texts[0] is engine.view.texts[0], "nothing of the server's is made or kept again"
    assert kept.beside("a", engine) is both
    assert kept.beside("b", engine) is engine
    newer = Engine(engine.index, engine.encoder)
    assert kept.beside("b", newer) is newer
    assert kept._kept["a"].engine is None, "an older generation is held by nobody"
    assert kept.beside("a", newer) is not both
    kept.keep("a", index_named(engine, "two"))
    assert reports_of(kept.beside("a", newer)) == [*server, f"{PREFIX}one", f"{PREFIX}two"]


def test_a_report_that_is_kept_no_more_is_said(engine: Engine) -> None:
    page = Page(engine)
    assert page.of("visitor", engine.corpus.reports[0].id) is page
    with pytest.raises(NotFound, match="没有留住"):
        page.of("visitor", f"{PREFIX}1234")
    page.shared.own.keep("other", index_named(engine, "1234"))
    assert page.of("other", f"{PREFIX}1234")._has(f"{PREFIX}1234")
    with pytest.raises(NotFound, match="另一位读者"):
        page.of("visitor", f"{PREFIX}1234")


def brought(
    folder: Path, name: str = "mine.txt", text: str = "戊市2020年政府工作报告\n一、2019年工作回顾\n地区生产总值增长7.3%。\n"
) -> Path:
    """A file in a folder of its own, as Gradio keeps it."""
    file = folder / "hash" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_same_file_is_kept_once(tmp_path: Path, engine: Engine) -> None:
    steps: list[str] = []
    one = read_own(brought(tmp_path), engine, (), lambda stage, *_: steps.append(stage))
    assert "embed" in steps
    steps.clear()
    assert read_own(brought(tmp_path), engine, (index_named(engine, "x"), one), lambda stage, *_: steps.append(stage)) is one
    assert "embed" not in steps


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ([1000] * MOST, "《0报告》"),
        ([MOST_CHARACTERS - 5], "《0报告》"),
        ([MOST_CHARACTERS // 2, MOST_CHARACTERS // 2 - 5, 2], "《0报告》"),
    ],
)
def test_the_limit_says_what_to_remove(tmp_path: Path, engine: Engine, held: list[int], named: str) -> None:
    before = [index_named(engine, str(number), characters) for number, characters in enumerate(held)]
    with pytest.raises(ReadError) as refused:
        read_own(brought(tmp_path), engine, before, lambda *_: None)
    assert str(refused.value) == f"mine.txt：自己的报告最多 {MOST} 份、共 {MOST_CHARACTERS} 个字符；要放这一份，请先拿掉{named}"
    assert not (tmp_path / "hash").exists()


def test_asking_of_mine_names_its_place(engine: Engine) -> None:
    places = [replace(engine.corpus.reports[0], id=f"{PREFIX}{place}", place=place) for place in ("戊市", "己县")]
    assert spelled_out("我的报告和浙江比GDP目标", [*engine.corpus.reports, places[0]]) == "戊市和浙江比GDP目标"
    assert spelled_out("我的两份报告哪个GDP高", places) == "戊市、己县哪个GDP高"
    assert spelled_out("我的报告和浙江比", engine.corpus.reports) == "我的报告和浙江比"


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
        read_own(file, engine, (), lambda *_: None)
    assert str(tmp_path) not in str(refused.value)
    assert name in str(refused.value)
    assert not file.exists()


def test_the_route_is_open_only_where_it_is_allowed() -> None:
    assert find("POST", "/gradio_api/upload") is None
    allowed = find("POST", "/gradio_api/upload", uploads=True)
    assert allowed is not None
    assert allowed.asks, "it is paced like a question"
