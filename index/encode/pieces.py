"""A text longer than the model reads → pieces, each embedded whole; the text's vector is their mean.

sentence-transformers would cut such a text, the C engine would slide a window over it: neither is left to do so.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# The model reads 512 tokens. Each stands for one character or more of the text's NFKC form; twelve are left for the prompt and the ends.
LONGEST = 500
BREAK = re.compile(r"[。！？；，、.!?;,\s]")


def split(text: str) -> list[str]:
    """Pieces of at most LONGEST characters in NFKC, cut behind a mark or space where there is one in the second half of a piece."""
    pieces = []
    while _size(text) > LONGEST:
        end = _fitting(text)
        marks = [mark.end() for mark in BREAK.finditer(text, end // 2, end)]
        cut = marks[-1] if marks else end
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def encode_pieces(encode: Callable[[list[str]], Vectors], texts: Sequence[str]) -> Vectors:
    """One unit row a text, from an encoder that must not see more than 512 tokens at once. No texts are no rows."""
    split_texts = [split(text) for text in texts]
    rows = encode([piece for pieces in split_texts for piece in pieces])
    if len(rows) == len(texts):
        return rows
    starts = np.cumsum([0, *(len(pieces) for pieces in split_texts[:-1])])
    return unit(np.add.reduceat(rows, starts, axis=0))


def unit(rows: Vectors) -> Vectors:
    """Each row divided by its length."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def encodable(text: str) -> str:
    """A lone surrogate has no UTF-8, and a C string ends at NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _size(text: str) -> int:
    return len(unicodedata.normalize("NFKC", text))


def _fitting(text: str) -> int:
    """How many characters from the start fit into one piece; at least one."""
    low, high = 1, min(len(text), LONGEST)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(text[:middle]) <= LONGEST else (low, middle - 1)
    return low
