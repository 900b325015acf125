"""The same passages and vectors in txtai (github.com/neuml/txtai): what a general search library takes for the same question."""

from __future__ import annotations

from typing import Any

import numpy as np

from index.encode.encoder import Encoder
from index.encode.pieces import Vectors
from index.records import Corpus

INSTALL = "pip install --no-deps txtai==9.14.0 msgpack"
EXACT = "IDMap,Flat"  # as ours
PASSAGES = 10  # as many as `ask` shows


class NoPeer(Exception):
    """txtai is not installed."""


class Peer:
    """Two of its indexes: vectors alone, and vectors with its BM25 and the stored texts, which is what `ask` returns."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        try:
            from txtai import Embeddings
        except ImportError:
            raise NoPeer(f"txtai is not installed, so it is not measured: {INSTALL}") from None

        texts = [corpus.text_of(passage) for passage in corpus.passages]
        documents = dict(zip(texts, encoder.encode_document(texts), strict=True))

        def transform(asked: list[str]) -> Vectors:
            """txtai embeds questions and documents by one function; the index's vectors are those of ours."""
            if all(text in documents for text in asked):
                return np.array([documents[text] for text in asked])
            return encoder.encode_query(asked)

        shared = {"method": "external", "transform": transform, "backend": "faiss", "faiss": {"components": EXACT}}
        self._vectors: Any = Embeddings(shared)
        self._hybrid: Any = Embeddings({**shared, "hybrid": True, "content": True})
        self._vectors.index(enumerate(texts))
        self._hybrid.index(enumerate(texts))

    def vectors(self, question: str) -> object:
        return self._vectors.search(question, PASSAGES)

    def hybrid(self, question: str) -> object:
        return self._hybrid.search(question, PASSAGES)
