"""list[str] → float32 (n, d) by a model of sentence-transformers, in batches that are padded little."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from index.encode.pieces import Vectors, encodable, encode_pieces, unit
from index.errors import ModelError

# A batch costs its number of texts × its longest. Ten paragraphs or fifty short sentences keep two cores busiest; more
# only leave the cache.
BATCH_CHARACTERS, BATCH_TEXTS = 1200, 64


class TransformerEncoder:
    """Any model of sentence-transformers. A model without prompts of its own gets none."""

    engine = "sentence-transformers"

    def __init__(self, name: str, path: str | None = None, dtype: str | None = None) -> None:
        """Load `name`, from `path` where it is a folder elsewhere. Raises ModelError, and ImportError or OSError without torch."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        options = {"use_safetensors": True, **({"dtype": dtype} if dtype else {})}
        try:
            self._model = SentenceTransformer(path or name, trust_remote_code=False, model_kwargs=options)
        except Exception as error:  # the library raises dozens of kinds: all of them mean that there is no model
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"模型“{name}”无法载入：{reason[:160]}；请检查名称、文件夹或网络") from None
        self.name = name
        self.dtype = str(self._model.dtype).removeprefix("torch.")

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        quiet = partial(encode, show_progress_bar=False)
        return encode_pieces(lambda pieces: in_batches(quiet, pieces), [encodable(text) for text in texts])

    def pack(self) -> None:
        """Hand the matrix products of a float32 model to oneDNN, by torch's own conversion.

        torch gives them to MKL otherwise, which leaves AMD's AVX-512 unused: 2.1 times slower there, the same numbers to 1e-6.
        """
        import torch
        from torch.utils.mkldnn import to_mkldnn

        if self.dtype == "float32" and self._model.device.type == "cpu" and torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
            to_mkldnn(self._model)  # type: ignore[no-untyped-call]


def in_batches(encode: Callable[..., Any], texts: list[str]) -> Vectors:
    """Unit rows in the order of `texts`; empty for none."""
    rows: dict[int, Any] = {}
    for batch in batches(texts):
        encoded = encode([texts[row] for row in batch], batch_size=len(batch))
        rows |= zip(batch, encoded, strict=True)
    return unit(np.asarray([rows[row] for row in range(len(texts))], np.float32)) if rows else np.empty((0, 0), np.float32)


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """The positions of all texts, the longest first, in batches of at most BATCH_CHARACTERS once padded."""
    batch: list[int] = []
    for row in sorted(range(len(texts)), key=lambda row: -len(texts[row])):
        longest = len(texts[batch[0]]) if batch else 0
        if batch and (longest * (len(batch) + 1) > BATCH_CHARACTERS or len(batch) == BATCH_TEXTS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
