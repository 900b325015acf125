"""The index folder: written whole, read back equal, refused in one line where it is not what its manifest says."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import store
from index.build import build
from index.encode import open_encoder
from index.errors import IndexFolderError
from index.store import Index, load, publish, read_manifest

REPORTS = {
    "one": "甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n",
    "two": "乙市2012年政府工作报告\n一、2011年工作回顾\n地区生产总值实现777亿元，增长8%。\n",
    "three": "丙市2013年政府工作报告\n一、2012年工作回顾\n",
}


def built(folder: Path, model: Path, *names: str) -> Index:
    files = []
    for name in names:
        files.append(folder / f"{name}.txt")
        files[-1].write_text(REPORTS[name], encoding="utf-8")
    return build(files, open_encoder(str(model)))[0]


@pytest.fixture
def one(tmp_path: Path, tiny_model: Path) -> Index:
    return built(tmp_path, tiny_model, "one")


@pytest.fixture
def two(tmp_path: Path, tiny_model: Path) -> Index:
    return built(tmp_path, tiny_model, "one", "two")


@pytest.fixture
def folder(tmp_path: Path, one: Index) -> Path:
    publish(tmp_path / "index", one)
    return tmp_path / "index"


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in files_of(folder)}


def refusal(folder: Path) -> str:
    with pytest.raises(IndexFolderError) as caught:
        load(folder)
    message = str(caught.value)
    assert str(folder) in message
    assert "wenbao build" in message
    assert "\n" not in message
    return message


def test_what_is_loaded_is_what_was_published(tmp_path: Path, two: Index) -> None:
    manifest = publish(tmp_path / "index", two)
    found = load(tmp_path / "index")
    assert found.manifest == manifest
    assert (found.corpus, found.sentences, found.figures) == (two.corpus, two.sentences, two.figures)
    vector = np.eye(1, two.manifest.dimension, dtype=np.float32)[0]
    for name in store.DENSE:
        assert len(getattr(found, name)) == len(getattr(two, name)) > 0
        assert getattr(found, name).nearest(vector, 9) == getattr(two, name).nearest(vector, 9)
    for name in store.LEXICAL:
        assert getattr(found, name).nearest(["生产总值", "9"], 9) == getattr(two, name).nearest(["生产总值", "9"], 9)


def test_the_manifest_says_what_is_in_the_folder(folder: Path, one: Index, tiny_model: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.model, manifest.dimension, manifest.dtype) == (str(tiny_model), 32, "float32")
    assert manifest.reports == {"one": one.corpus.reports[0].sha256}
    base = folder / manifest.generation
    assert sorted(base / name for name in manifest.files) == files_of(base)
    assert {path.suffix for path in files_of(folder)} == {".json", ".jsonl", ".faiss", ".npy"}  # and no pickle


def test_a_report_without_figures(tmp_path: Path, tiny_model: Path) -> None:
    index = built(tmp_path, tiny_model, "three")
    publish(tmp_path / "index", index)
    assert load(tmp_path / "index").corpus == index.corpus


def test_missing(tmp_path: Path, folder: Path) -> None:
    assert "没有" in refusal(tmp_path / "nowhere")
    (folder / store.MANIFEST).unlink()
    assert "没有" in refusal(folder)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"files": 1}', '{"files": {"a": [1]}}', '{"files": {}, "format": 1}']
)
def test_a_broken_manifest(folder: Path, text: str) -> None:
    (folder / store.MANIFEST).write_text(text, encoding="utf-8")
    refusal(folder)


@pytest.mark.parametrize("change", [{"format": 0}, {"format": 99}, {"tokeniser": "other"}])
def test_another_programs_format(folder: Path, change: dict[str, Any]) -> None:
    _edit(folder, change)
    assert "版本" in refusal(folder)


def _edit(folder: Path, change: dict[str, Any]) -> None:
    path = folder / store.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")


def test_a_file_outside_the_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for name in ("../../secret", str(tmp_path / "secret")):
        _edit(folder, {"files": {name: [6, "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"]}})
        refusal(folder)


def test_a_truncated_a_changed_and_a_missing_file(folder: Path) -> None:
    for path in files_of(folder / read_manifest(folder).generation):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        assert path.name in refusal(folder)
        for position in (0, len(whole) // 2, len(whole) - 1):
            flipped = bytearray(whole)
            flipped[position] ^= 1
            path.write_bytes(flipped)
            assert path.name in refusal(folder)
        path.unlink()
        assert path.name in refusal(folder)
        path.write_bytes(whole)
    load(folder)


def test_a_flipped_bit_in_the_manifest_never_gives_another_index(folder: Path, one: Index) -> None:
    path = folder / store.MANIFEST
    whole = path.read_bytes()
    for position in range(0, len(whole), 7):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 4]) + whole[position + 1 :])
        try:
            found = load(folder)
        except IndexFolderError:
            continue
        assert found.corpus == one.corpus  # a name was changed that no question depends on


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path, tiny_model: Path) -> None:
    folder = tmp_path / "index"
    made = []
    for names in (["one"], ["two"], ["one", "two"]):
        made.append(publish(folder, built(tmp_path, tiny_model, *names)).generation)
        os.utime(folder / made[-1], (len(made), len(made)))  # file times are too coarse to tell them apart
    assert {path.name for path in folder.iterdir()} == {store.MANIFEST, *made[-2:]}
    assert load(folder).manifest.generation == made[-1]


def test_publishing_the_same_again_mends_it(folder: Path, one: Index) -> None:
    damaged = files_of(folder / read_manifest(folder).generation)[0]
    damaged.write_bytes(b"")
    publish(folder, one)
    assert load(folder).corpus == one.corpus


@pytest.mark.parametrize("step", range(12))
def test_a_failed_publication_leaves_the_old_index(
    folder: Path, one: Index, two: Index, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the n-th call that touches it: what was there is there, byte for byte, and nothing beside it."""
    before, calls = contents(folder), iter(range(99))
    real = {name: getattr(os, name) for name in ("replace", "fsync")}

    def failing(name: str) -> Any:
        def call(*arguments: Any) -> Any:
            if next(calls) == step:
                raise OSError(28, "No space left on device")
            return real[name](*arguments)

        return call

    for name in real:
        monkeypatch.setattr(os, name, failing(name))
    with pytest.raises(IndexFolderError, match="原来的没有改动"):
        publish(folder, two)
    monkeypatch.undo()
    assert load(folder).corpus == one.corpus
    assert {path: data for path, data in contents(folder).items() if path in before} == before
    publish(folder, two)
    assert load(folder).corpus == two.corpus


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to any folder")
def test_a_folder_that_cannot_be_written_to(folder: Path, one: Index, two: Index) -> None:
    folder.chmod(0o500)
    try:
        with pytest.raises(IndexFolderError, match="无法写入"):
            publish(folder, two)
        assert load(folder).corpus == one.corpus
    finally:
        folder.chmod(0o700)


def test_a_file_where_the_folder_should_be(tmp_path: Path, one: Index) -> None:
    (tmp_path / "index").write_text("", encoding="utf-8")
    with pytest.raises(IndexFolderError, match="无法写入"):
        publish(tmp_path / "index", one)
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
