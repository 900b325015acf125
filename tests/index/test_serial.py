"""Corpus ↔ JSON Lines: everything comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import assemble
from index.records import Report
from index.store.disk import dump_corpus, load_corpus
from tests.sheets import communique

NUMBERS = st.decimals(min_value=0, max_value=10**20, allow_nan=False, places=4)


def test_the_real_report_comes_back(report: Report) -> None:
    corpus = assemble([report])
    assert load_corpus(dump_corpus(corpus)) == corpus


def test_tables_terms_and_what_was_not_read_come_back() -> None:
    one = communique()
    corpus = assemble(
        [replace(one, year_planned="2024", source="https://a.gov.cn/"), replace(one, id="bare", tables=(), terms=(), unread=())]
    )
    found = load_corpus(dump_corpus(corpus))
    assert found == corpus
    assert found.reports[0].tables[0].cells[0].rows == 2
    assert hash(found.reports[0]) == hash(corpus.reports[0])  # tuples, not lists, all the way down


def test_any_number_and_any_text_come_back(report: Report) -> None:
    @given(NUMBERS, st.none() | NUMBERS, st.text(st.characters(exclude_categories=["Cs"])))
    def come_back(value: Decimal, high: Decimal | None, text: str) -> None:
        figure = replace(report.figures[0], value=value, value_to=high, indicator=text, unit=None)
        corpus = assemble([replace(report, figures=(figure,), speaker=None, text=report.text + text)])
        assert load_corpus(dump_corpus(corpus)) == corpus

    come_back()


def test_a_line_a_report_then_a_line_a_passage(report: Report) -> None:
    corpus = assemble([report, replace(report, id="second")])
    rows = [json.loads(line) for line in dump_corpus(corpus).split("\n")[:-1]]
    assert [[*row] for row in rows] == [["report"]] * 2 + [["passage"]] * len(corpus.passages)
    assert rows[0]["report"]["figures"][0]["span"] == [272, 280]


@pytest.mark.parametrize("text", ["{", "7\n", '{"report": {}}\n', '{"passage": {"span": [1]}}\n'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        load_corpus(text)
