"""Hits → Hits in the order of a cross encoder, which reads question and passage together: better for words apart, and far slower."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from index.encode.pieces import encodable
from index.errors import ModelError
from search.find.rank import FUSED, Hit

FIRST = 30  # hits that are read again; those behind them stay behind
BATCH = 8  # pairs at a time


class Reranker(Protocol):
    """Scores each text as an answer to a question, 0..1."""

    name: str

    def scores(self, question: str, texts: Sequence[str]) -> list[float]: ...


class CrossEncoderReranker:
    """A CrossEncoder of sentence-transformers with one label, from safetensors only. Its tokenizer is shared, so calls take turns."""

    def __init__(self, name: str) -> None:
        """Raises ModelError: not to be loaded, or no cross encoder."""
        try:
            from sentence_transformers import CrossEncoder
            from torch.nn import Sigmoid
            from transformers import AutoConfig
            from transformers.utils import logging

            logging.disable_progress_bar()
            made_for = AutoConfig.from_pretrained(name, trust_remote_code=False).architectures or ()
            if not any(kind.endswith("ForSequenceClassification") for kind in made_for):  # its head would be random
                raise ModelError(f"模型“{name}”不是 CrossEncoder（{'、'.join(made_for) or '没有写明结构'}），不能用来重排")
            self._model = CrossEncoder(name, trust_remote_code=False, model_kwargs={"use_safetensors": True})
            self._activation = Sigmoid()
        except ModelError:
            raise
        except Exception as error:  # the library raises dozens of kinds: all of them mean that there is no model
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"重排模型“{name}”无法载入：{reason[:160]}；请检查名称、文件夹或网络") from None
        if self._model.num_labels != 1:
            raise ModelError(f"模型“{name}”有 {self._model.num_labels} 个标签，重排要一个")
        self.name = name
        self._turn = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(encodable(question), encodable(text)) for text in texts]
        with self._turn:
            found = self._model.predict(pairs, batch_size=BATCH, activation_fn=self._activation, show_progress_bar=False)
        return [float(score) for score in found]


@cache
def open_reranker(name: str) -> Reranker:
    """The reranker of a model's name or folder, loaded once. Raises ModelError."""
    return CrossEncoderReranker(name)


def rerank(reranker: Reranker, question: str, hits: Sequence[Hit], texts: Sequence[str]) -> list[Hit]:
    """The first hits in the reranker's order with its scores, the others behind them; `texts` are those of the hits."""
    head, tail = hits[:FIRST], hits[FIRST:]
    if not head:
        return []
    scores = reranker.scores(question, texts[: len(head)])
    scored = [Hit(hit.passage, score, {**hit.parts, FUSED: hit.score}) for hit, score in zip(head, scores, strict=True)]
    ordered = sorted(scored, key=lambda hit: (-hit.score, hit.passage))
    return [*ordered, *(replace(hit, score=min(hit.score, ordered[-1].score)) for hit in tail)]
