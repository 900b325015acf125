"""The normal form: another spelling of the same text, code point by code point."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import joined, normal
from tests.conftest import SEED

ANY_TEXT = st.text(st.characters())  # lone surrogates, controls and unassigned code points too


@given(ANY_TEXT)
def test_the_length_stays(text: str) -> None:
    assert len(normal(text)) == len(text)


@given(ANY_TEXT, ANY_TEXT)
def test_a_slice_has_the_form_of_the_whole(head: str, tail: str) -> None:
    assert normal(head + tail) == normal(head) + normal(tail)


def test_every_code_point_in_use_stays_one() -> None:
    """Lone surrogates too: JSON can carry them, and so can an argument that is no UTF-8."""
    text = "".join(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Co"))
    assert len(normal(text)) == len(text)


def test_full_width_is_half_width() -> None:
    for code in range(0x21, 0x7F):
        full = chr(code + 0xFEE0)
        expected = "，" if full == "，" else chr(code).lower()
        assert normal(full) == expected
    assert normal("　") == " "


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("实现２４８２．５亿元，增长１６．５％", "实现2482.5亿元，增长16.5%"),
        ("ＧＤＰ、GDP、Gdp", "gdp、gdp、gdp"),
        ("瀋陽市國內生產總值增長多少？", "沈阳市国内生产总值增长多少?"),
        ("農民人均純收入", "农民人均纯收入"),
        ("（一）工業快速健康發展；", "(一)工业快速健康发展;"),
        ("100㎡、½、㈠", "100㎡、½、㈠"),  # longer once folded: left alone
        ("3，121亿元，1，055．0万吨", "3,121亿元，1,055.0万吨"),  # a full-width comma parts clauses, but where it parts thousands
        ("2020，121个；12，34；3，1215", "2020，121个;12，34;3，1215"),
    ],
)
def test_spellings(written: str, expected: str) -> None:
    assert normal(written) == expected


def test_simplified_half_width_text_only_folds_its_marks() -> None:
    text = SEED.read_text(encoding="utf-8")
    changed = {character for character, form in zip(text, normal(text), strict=True) if character != form}
    assert changed == set("：；！（）％") | {c for c in text if c.isascii() and c.isupper()}


def test_broken_lines_read_on_and_two_latin_words_stay_two() -> None:
    assert joined("全市增值税下\n- 3 -\n\f降5%，农林\n　水支出GDP\nof all") == "全市增值税下降5%，农林水支出GDP of all"
