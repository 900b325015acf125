"""Labelled questions → the models that search/ loads, with what they reach on reports left out: python -m train"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from index.encode.encoder import open_encoder
from search import Engine, open_engine
from search.evaluate.asks import judge
from search.match.sure import expanded
from search.plan import reader as reading_model
from search.plan.reader import Reading, read
from train import match, reader
from train.match import Example, Models
from train.questions import Labelled, read_questions

OUTER = 5


@contextmanager
def reading_with(arrays: dict[str, NDArray[np.float32]]) -> Iterator[None]:
    kept = reading_model._model
    wide = {name: value.astype(np.float32) if value.dtype == np.float16 else value for name, value in arrays.items()}
    reading_model._model = lambda: wide  # type: ignore[assignment]
    try:
        yield
    finally:
        reading_model._model = kept


def readings_left_out(questions: Sequence[Labelled], vectors: NDArray[np.float32]) -> list[Reading]:
    docs = [question.doc for question in questions]
    found: dict[int, Reading] = {}
    for train, test in GroupKFold(match.INNER).split(docs, groups=docs):
        with reading_with(reader.fit([questions[at] for at in train], vectors[train])):
            found |= {int(at): read(questions[at].text, vectors[at]) for at in test}
    return [found[at] for at in range(len(questions))]
