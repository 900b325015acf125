"""Vectors kept between builds: found again by their text, never believed when damaged, enough to go on after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import build
from index.build import assemble, embed
from index.collect import collect
from index.encode.encoder import Encoder, open_encoder
from index.encode.pieces import Vectors
from index.retrieve.backend import LocalBackend
from index.retrieve.rows import TABLES
from index.store.cache import MERGED_FROM, SUFFIX, VectorCache, model_folder
from index.store.disk import Index
from tests.index.conftest import REPORTS

ROWS = np.eye(4, dtype=np.float32)
TEXTS = ["甲", "乙", "丙", "丁\ud800"]


class Counting:
    """The real encoder, which stops (as Ctrl-C does) before its `last` batch and says what it was given."""

    def __init__(self, inner: Encoder, last: int = 1000) -> None:
        self.inner, self.last = inner, last
        self.name, self.engine, self.dtype = inner.name, inner.engine, inner.dtype
        self.given: list[str] = []
        self.batches = 0

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self.inner.encode_query(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        if self.batches == self.last:
            raise KeyboardInterrupt
        self.batches += 1
        self.given += texts
        return self.inner.encode_document(texts)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        more = "".join(f"第{number}个项目完成投资{number + len(name)}亿元。\n" for number in range(40))
        (folder / f"{name}.txt").write_text(text + more, encoding="utf-8")
    return folder


def same(one: Index, other: Index) -> None:
    assert one.corpus == other.corpus
    assert isinstance(one.backend, LocalBackend)
    assert isinstance(other.backend, LocalBackend)
    for table in TABLES:
        left, right = one.backend.dense[table], other.backend.dense[table]
        assert len(left) == len(right)
        rows = zip(left.vectors(0, len(left)), right.vectors(0, len(right)), strict=True)
        assert min(float(a @ b) for a, b in rows) >= 0.9999


def test_found_by_text_and_by_nothing_else(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "c")
    assert cache.find(TEXTS) == {}
    cache.add(TEXTS, ROWS)
    found = VectorCache(tmp_path / "c").find([*TEXTS, "戊"])
    assert set(found) == set(TEXTS)
    assert all((found[text] == row).all() for text, row in zip(TEXTS, ROWS, strict=True))


@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_a_damaged_segment_is_left_out(tmp_path: Path, damage: str) -> None:
    cache = VectorCache(tmp_path)
    cache.add(TEXTS[:2], ROWS[:2])
    cache.add(TEXTS[2:], ROWS[2:])
    path = next(path for path in tmp_path.glob(f"*{SUFFIX}"))
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[-1] ^= 1
    path.write_bytes(b"" if damage == "empty" else data[:-1] if damage == "cut" else data)
    assert len(cache.find(TEXTS)) == 2
    assert not path.exists()


def test_many_segments_become_one(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)
    texts = [str(number) for number in range(MERGED_FROM)]
    for number, text in enumerate(texts):
        cache.add([text], np.full((1, 4), number, np.float32))
    cache.tidy()
    assert len(list(tmp_path.glob(f"*{SUFFIX}"))) == 1
    assert {text: row[0] for text, row in cache.find(texts).items()} == {text: float(text) for text in texts}


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = VectorCache(tmp_path)
    for age, text in enumerate(TEXTS[:3]):
        cache.add([text], ROWS[age : age + 1])
        for path in tmp_path.glob(f"*{SUFFIX}"):
            os.utime(path, (path.stat().st_mtime - 100,) * 2)
    monkeypatch.setattr("index.store.cache.MOST_BYTES", 2 * path.stat().st_size)
    cache.tidy()
    assert set(cache.find(TEXTS)) == set(TEXTS[1:3])


def test_models_do_not_share(tmp_path: Path, tiny_model: Path) -> None:
    one, other = Counting(open_encoder(str(tiny_model))), Counting(open_encoder(str(tiny_model)))
    assert model_folder(tmp_path, one) == model_folder(tmp_path, other)
    other.dtype = "bfloat16"
    assert model_folder(tmp_path, one) != model_folder(tmp_path, other)


def test_a_build_embeds_only_what_is_new(reports: Path, tmp_path: Path, tiny_model: Path) -> None:
    cache, encoder = VectorCache(tmp_path / "c"), Counting(open_encoder(str(tiny_model)))
    embed(assemble(collect([reports]).reports), encoder, cache=cache)
    (reports / "four.txt").write_text("丁市2014年政府工作报告\n新的一段文字。\n", encoding="utf-8")
    again = Counting(encoder.inner)
    index = embed(assemble(collect([reports]).reports), again, cache=cache)
    assert again.given == ["新的一段文字。"]
    same(index, embed(index.corpus, encoder))


def test_a_build_that_is_stopped_goes_on(reports: Path, tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before each of its batches in turn: what was done is never done again, and the index is the same."""
    monkeypatch.setattr(build, "BATCH", 8)
    cache, model, given = VectorCache(tmp_path / "c"), open_encoder(str(tiny_model)), []
    corpus = assemble(collect([reports]).reports)
    whole = embed(corpus, model)
    for _ in range(5):
        stopped = Counting(model, last=2)
        with pytest.raises(KeyboardInterrupt):
            embed(corpus, stopped, cache=cache)
        given += stopped.given
    last = Counting(model)
    same(embed(corpus, last, cache=cache), whole)
    assert len(given) == 80
    assert not set(given) & set(last.given)
    assert len(given + last.given) == len(set(given + last.given))


CHILD = """
import sys
from pathlib import Path
from index import build
from index.store.cache import VectorCache
from index.collect import collect
from index.encode.encoder import open_encoder
build.BATCH = 2
build.embed(build.assemble(collect([Path(sys.argv[1])]).reports), open_encoder(sys.argv[2]), cache=VectorCache(Path(sys.argv[3])))
"""


def test_a_build_that_is_killed_goes_on(reports: Path, tmp_path: Path, tiny_model: Path) -> None:
    """kill -9 of a process in the middle of its work."""
    folder = tmp_path / "c"
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(reports), str(tiny_model), str(folder)])
    deadline = time.monotonic() + 120
    while len(list(folder.glob(f"*{SUFFIX}"))) < 3 and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    child.wait()
    corpus = assemble(collect([reports]).reports)
    encoder = Counting(open_encoder(str(tiny_model)))
    index = embed(corpus, encoder, cache=VectorCache(folder))
    whole = Counting(open_encoder(str(tiny_model)))
    same(index, embed(corpus, whole))
    assert 0 < len(encoder.given) < len(whole.given)
