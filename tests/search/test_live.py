"""An engine that follows its folder: rebuilt under questions, it drops none and ends with the newest."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import IndexFolderError
from index.store.disk import Index, publish, read_manifest
from search.live import LiveEngine, warm
from search.results import AskResult
from tests.index.conftest import small_index

QUESTION = "地区生产总值是多少？"


@pytest.fixture
def indexes(tmp_path: Path, tiny_model: Path) -> tuple[Index, Index]:
    return small_index(tmp_path, tiny_model, "one"), small_index(tmp_path, tiny_model, "two")


def said(result: AskResult) -> str:
    return result.answer.text


def test_it_moves_to_a_new_generation(tmp_path: Path, indexes: tuple[Index, Index]) -> None:
    first, second = indexes
    publish(tmp_path / "index", first)
    live = LiveEngine(tmp_path / "index")
    before = live.current()
    assert not live.refresh()
    assert live.current() is before
    publish(tmp_path / "index", second)
    assert live.refresh()
    assert "777亿元" in said(live.current().ask(QUESTION))
    assert "100亿元" in said(before.ask(QUESTION))  # what began with the old one ends with it


def test_a_generation_that_nobody_asks_leaves_the_memory_at_once(tmp_path: Path, indexes: tuple[Index, Index]) -> None:
    publish(tmp_path / "index", indexes[0])
    live = LiveEngine(tmp_path / "index")
    warm(live.current())
    before = weakref.ref(live.current().view)
    publish(tmp_path / "index", indexes[1])
    assert live.refresh()
    gc.disable()  # once warm, it is no longer looked through for cycles: there must be none
    try:
        assert before() is None
    finally:
        gc.enable()


def test_a_damaged_generation_leaves_the_old_one(tmp_path: Path, indexes: tuple[Index, Index]) -> None:
    first, second = indexes
    publish(tmp_path / "index", first)
    live = LiveEngine(tmp_path / "index")
    generation = publish(tmp_path / "index", second).generation
    (tmp_path / "index" / generation / "corpus.jsonl").write_bytes(b"")
    with pytest.raises(IndexFolderError):
        live.refresh()
    assert "100亿元" in said(live.current().ask(QUESTION))


def test_no_question_is_dropped_while_it_is_rebuilt(tmp_path: Path, indexes: tuple[Index, Index]) -> None:
    folder = tmp_path / "index"
    publish(folder, indexes[0])
    live = LiveEngine(folder)
    live.watch(every=0.01)
    done = threading.Event()

    def reader() -> list[str]:
        answers = []
        while not done.is_set():
            answers.append(said(live.current().ask(QUESTION)))
        return answers

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(reader) for _ in range(4)]
        seen = []
        for number in range(12):
            publish(folder, indexes[(number + 1) % 2])
            while live.current().index.manifest.generation != read_manifest(folder).generation:
                done.wait(0.01)
            seen.append(said(live.current().ask(QUESTION)))
        done.set()
        answers = {answer for future in readers for answer in future.result()}
    live.stop()
    assert len(set(seen)) == 2
    assert answers == set(seen)
