"""The index folder read back: equal to what was published, or refused in one line."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.build import assemble, embed
from index.encode.encoder import open_encoder
from index.errors import IndexFolderError
from index.retrieve.backend import LocalBackend
from index.retrieve.rows import TABLES
from index.store import disk
from index.store.disk import Index, load, publish, read_manifest
from index.store.durable import LOCK
from tests.index.conftest import small_index
from tests.sheets import communique


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)


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
    for table in TABLES:
        assert len(found.backend.by_vector(table, vector, 9)) > 0
        assert found.backend.by_vector(table, vector, 9) == two.backend.by_vector(table, vector, 9)
    for table in TABLES:
        words = ["生产总值", "9", "增长"]
        assert found.backend.by_words(table, words, 9) == two.backend.by_words(table, words, 9)
        assert found.backend.by_words(table, words, 9)


def test_the_manifest_says_what_is_in_the_folder(folder: Path, one: Index, tiny_model: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.model, manifest.dimension, manifest.dtype) == (str(tiny_model), 32, "float32")
    assert manifest.reports == {"one": one.corpus.reports[0].sha256}
    base = folder / manifest.generation
    assert sorted(base / name for name in manifest.files) == files_of(base)
    assert {path.suffix for path in files_of(folder)} == {".json", ".jsonl", ".faiss", ".npy"}  # and no pickle


def test_a_report_without_figures(tmp_path: Path, tiny_model: Path) -> None:
    index = small_index(tmp_path, tiny_model, "three")
    publish(tmp_path / "index", index)
    assert load(tmp_path / "index").corpus == index.corpus


def test_a_report_with_a_table_and_what_could_not_be_read(tmp_path: Path, tiny_model: Path) -> None:
    index = embed(assemble([communique()]), open_encoder(str(tiny_model)))
    skipped = [{"file": "/a/b.pdf", "reason": "b.pdf：没有文字层"}]
    plain = publish(tmp_path / "index", index)
    manifest = publish(tmp_path / "index", replace(index, manifest=replace(index.manifest, skipped=skipped)))
    found = load(tmp_path / "index")
    assert (found.corpus, found.manifest, found.manifest.skipped) == (index.corpus, manifest, skipped)
    assert manifest.generation != plain.generation


def test_missing(tmp_path: Path, folder: Path) -> None:
    assert "没有" in refusal(tmp_path / "nowhere")
    (folder / disk.MANIFEST).unlink()
    assert "没有" in refusal(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"files": 1}', '{"files": {"a": [1]}}', '{"files": {}, "format": 1}'])
def test_a_broken_manifest(folder: Path, text: str) -> None:
    (folder / disk.MANIFEST).write_text(text, encoding="utf-8")
    refusal(folder)


@pytest.mark.parametrize("change", [{"format": 0}, {"format": 99}, {"tokeniser": "other"}])
def test_another_programs_format(folder: Path, change: dict[str, Any]) -> None:
    _edit(folder, change)
    assert "版本" in refusal(folder)


def _edit(folder: Path, change: dict[str, Any]) -> None:
    path = folder / disk.MANIFEST
    fields = json.loads(path.read_text(encoding="utf-8")) | change | {"seal": ""}
    fields["seal"] = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    path.write_text(json.dumps(fields), encoding="utf-8")


def test_a_field_changed_by_hand(folder: Path) -> None:
    path = folder / disk.MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace("float32", "float16"), encoding="utf-8")
    assert "清单" in refusal(folder)


def test_vectors_of_another_corpus(tmp_path: Path, one: Index, two: Index) -> None:
    assert isinstance(one.backend, LocalBackend)
    assert isinstance(two.backend, LocalBackend)
    dense = {**two.backend.dense, "passages": one.backend.dense["passages"]}
    publish(tmp_path / "index", replace(two, backend=LocalBackend(two.backend.columns, dense, two.backend.lexical)))
    assert "数目" in refusal(tmp_path / "index")


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
