"""Publishing an index: whole or not at all, whatever fails in the middle."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.errors import IndexFolderError, WenbaoError
from index.retrieve.backend import LocalBackend
from index.retrieve.lexical import LexicalIndex
from index.store import disk
from index.store.disk import WORK, Index, load, publish, read_manifest
from index.store.durable import LOCK
from tests.builds import index_of
from tests.index.conftest import small_index


def with_sentences(index: Index, words: list[list[str]]) -> Index:
    assert isinstance(index.backend, LocalBackend)
    kept = index.backend
    changed = LocalBackend(kept.columns, kept.dense, {**kept.lexical, "sentences": LexicalIndex.of(words)})
    return replace(index, backend=changed)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path, tiny_model: Path) -> None:
    folder = tmp_path / "index"
    made = []
    for names in (["one"], ["two"], ["one", "two"]):
        made.append(publish(folder, small_index(tmp_path, tiny_model, *names)).generation)
        os.utime(folder / made[-1], (len(made), len(made)))  # file times are too coarse to tell them apart
    assert {path.name for path in folder.iterdir()} == {LOCK, disk.MANIFEST, *made[-2:]}
    assert load(folder).manifest.generation == made[-1]


def test_going_back_keeps_the_generation_that_was_in_use(folder: Path, one: Index, two: Index, tmp_path: Path) -> None:
    first = read_manifest(folder).generation
    publish(folder, two)
    publish(folder, one)
    third = publish(folder, with_sentences(one, [["other"]])).generation
    assert {path.name for path in folder.glob("g-*")} == {first, third}


def test_publishing_the_same_again_mends_it(folder: Path, one: Index) -> None:
    """The damaged generation is not written over: somebody may have it open."""
    damaged = read_manifest(folder).generation
    files_of(folder / damaged)[0].write_bytes(b"")
    assert publish(folder, one).generation != damaged
    assert load(folder).corpus == one.corpus


def test_publishing_the_same_again_writes_nothing(folder: Path, one: Index) -> None:
    before = {path: path.stat().st_ino for path in files_of(folder) if path.name != disk.MANIFEST}
    publish(folder, one)
    assert {path: path.stat().st_ino for path in files_of(folder) if path.name != disk.MANIFEST} == before


def test_what_a_killed_writer_left_is_swept(folder: Path, one: Index) -> None:
    (folder / f"{WORK}x" / "sub").mkdir(parents=True)
    publish(folder, one)
    assert list(folder.glob(f"{WORK}*")) == []


def test_a_full_disk_leaves_the_old_index(folder: Path, tmp_path: Path, one: Index, two: Index) -> None:
    """No file may grow beyond a limit, which stops the writing of one kind of file after the other."""
    large = with_sentences(two, [[f"word{n}"] for n in range(500)])
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
        index_of([path], open_encoder(str(tiny_model)))
