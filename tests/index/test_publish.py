"""Publishing an index: whole or not at all, whatever fails in the middle."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import store
from index.build import build
from index.dense import DenseIndex
from index.encode import open_encoder
from index.errors import IndexFolderError, WenbaoError
from index.store import Index, load, publish, read_manifest
from tests.index.conftest import small_index


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in files_of(folder)}


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path, tiny_model: Path) -> None:
    folder = tmp_path / "index"
    made = []
    for names in (["one"], ["two"], ["one", "two"]):
        made.append(publish(folder, small_index(tmp_path, tiny_model, *names)).generation)
        os.utime(folder / made[-1], (len(made), len(made)))  # file times are too coarse to tell them apart
    assert {path.name for path in folder.iterdir()} == {store.MANIFEST, *made[-2:]}
    assert load(folder).manifest.generation == made[-1]


def test_publishing_the_same_again_mends_it(folder: Path, one: Index) -> None:
    damaged = files_of(folder / read_manifest(folder).generation)[0]
    damaged.write_bytes(b"")
    publish(folder, one)
    assert load(folder).corpus == one.corpus


def test_a_failure_at_any_step_leaves_the_old_index(
    folder: Path, one: Index, two: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th sync or rename fails, for every n: what was there is there, byte for byte."""
    before = contents(folder)
    for step in range(1000):
        if _published(folder, two, step, monkeypatch):
            break
        assert load(folder).corpus == one.corpus, step
        assert {path: data for path, data in contents(folder).items() if path in before} == before
    assert step > 20
    assert load(folder).corpus == two.corpus


def _published(folder: Path, index: Index, step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether it went through, the `step`-th call of the two failing: it does when there are fewer calls."""
    calls = iter(range(1000))
    with monkeypatch.context() as patch:
        for name in ("replace", "fsync"):
            patch.setattr(os, name, _failing(getattr(os, name), calls, step))
        try:
            publish(folder, index)
        except IndexFolderError:
            return False
    return True


def test_a_failure_leaves_no_scraps(folder: Path, two: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last rename, that of the manifest, fails."""
    monkeypatch.setattr(os, "replace", _failing(os.replace, iter(range(1000)), 1))
    with pytest.raises(IndexFolderError, match="原来的没有改动"):
        publish(folder, two)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def _failing(real: Callable[..., object], calls: Iterator[int], step: int) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        if next(calls) == step:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    return call


def test_a_full_disk_leaves_the_old_index(folder: Path, tmp_path: Path, one: Index, two: Index) -> None:
    """No file may grow beyond a limit, which stops the writing of one kind of file after the other."""
    large = replace(two, dense_sentences=DenseIndex.of(np.ones((500, two.manifest.dimension), np.float32)))
    publish(tmp_path / "roomy", large)
    sizes = sorted({path.stat().st_size for path in files_of(tmp_path / "roomy")})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in sizes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size - 1, hard))
        try:
            with pytest.raises(IndexFolderError, match="没有写成"):
                publish(folder, large)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert load(folder).corpus == one.corpus
    publish(folder, large)
    assert load(folder).corpus == two.corpus


def test_a_file_where_the_folder_should_be(tmp_path: Path, one: Index) -> None:
    (tmp_path / "index").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexFolderError, match="无法写入"):
        publish(tmp_path / "index", one)
    assert (tmp_path / "index").read_text(encoding="utf-8") == "mine"


def test_a_report_of_nothing_but_headings_is_refused(tmp_path: Path, tiny_model: Path) -> None:
    path = tmp_path / "bare.txt"
    path.write_text("甲市2011年政府工作报告\n一、2010年工作回顾\n", encoding="utf-8")
    with pytest.raises(WenbaoError):
        build([path], open_encoder(str(tiny_model)))
