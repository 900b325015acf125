"""Nothing that an encoder sees is over 512 tokens, and the pieces of a text are the text."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.encode.encoder import PackagedEncoder
from index.encode.pieces import LONGEST, encodable, encode_pieces, split, unit

TOKENS = 512
LONG = st.text(st.sampled_from("甲乙，。 aé1㎡½ﷺ👍\u0301"), min_size=0, max_size=1500)


@given(LONG)
def test_pieces_are_the_text_and_fit(text: str) -> None:
    pieces = split(text)
    assert "".join(pieces) == text
    assert all(len(unicodedata.normalize("NFKC", piece)) <= LONGEST for piece in pieces)
    assert all(pieces) or pieces == [""]


ENGINE: Any = PackagedEncoder()._engine


@given(st.text(max_size=1200).map(encodable) | LONG)
def test_a_piece_is_within_the_models_tokens(text: str) -> None:
    assert all(ENGINE.token_count(piece, is_query) <= TOKENS for piece in split(text) for is_query in (True, False))


def test_cut_behind_a_mark() -> None:
    text = "甲" * 300 + "。" + "乙" * 300
    assert split(text) == ["甲" * 300 + "。", "乙" * 300]
    assert [len(piece) for piece in split("甲" * 1100)] == [500, 500, 100]


def test_a_text_of_pieces_is_their_mean() -> None:
    seen: list[list[str]] = []

    def encode(pieces: list[str]) -> Any:
        seen.append(pieces)
        return unit(np.array([[len(piece), 1.0] for piece in pieces], np.float32))

    rows = encode_pieces(encode, ["甲", "乙" * 700, "丙"])
    assert [len(piece) for piece in seen[0]] == [1, 500, 200, 1]
    parts = unit(np.array([[500, 1], [200, 1]], np.float32))
    assert np.allclose(rows[1], unit(parts.sum(axis=0, keepdims=True))[0])
    assert np.allclose(rows[0], rows[2])
    assert len(encode_pieces(lambda _: np.empty((0, 2), np.float32), [])) == 0
