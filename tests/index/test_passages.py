"""Paragraph → passages: whole where it is short, else runs of sentences; nothing lost, nothing over the limit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import assemble
from index.figures.extract import extract
from index.outline.passages import MAX_CHARACTERS, split_passages
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Passage, Report
from tests.invariants import check_passages

SENTENCE = "全市工业继续保持强劲发展势头，实现增加值929.3亿元。"


def read(text: str) -> Report:
    report = outline(Source("r", text, ""))
    return replace(report, figures=extract(report))


def texts(report: Report) -> list[str]:
    return [passage.span.of(report.text) for passage in split_passages(report, 0)]


def test_the_limit_is_the_contracts() -> None:
    assert MAX_CHARACTERS == 400


def test_a_short_paragraph_is_one_passage(report: Report) -> None:
    passages: dict[int, list[Passage]] = {}
    for passage in split_passages(report, 0):
        passages.setdefault(passage.paragraph, []).append(passage)
    assert set(passages) == set(range(1, 120))
    for paragraph in report.paragraphs:
        own = passages[paragraph.number]
        if paragraph.span.end - paragraph.span.start <= MAX_CHARACTERS:
            assert [passage.span for passage in own] == [paragraph.span]
        else:
            assert len(own) > 1


def test_no_heading_is_a_passage(report: Report) -> None:
    headings = {section.span.of(report.text) for section in report.sections} | {report.title}
    assert not headings & set(texts(report))


def test_a_long_paragraph_is_parted_between_sentences() -> None:
    found = texts(read(SENTENCE * 40))
    assert "".join(found) == SENTENCE * 40
    assert len(found) > 2
    for text in found:
        assert text.startswith("全市")
        assert text.endswith("。")
    full = MAX_CHARACTERS // len(SENTENCE)
    assert [text.count("。") for text in found[:-1]] == [full] * (len(found) - 1)


@pytest.mark.parametrize("length", [MAX_CHARACTERS - 1, MAX_CHARACTERS, MAX_CHARACTERS + 1, 5 * MAX_CHARACTERS])
def test_a_long_sentence_without_a_mark(length: int) -> None:
    text = "甲" * length
    found = texts(read(text))
    assert "".join(found) == text
    assert [len(part) for part in found[:-1]] == [MAX_CHARACTERS] * (len(found) - 1)
    assert 0 < len(found[-1]) <= MAX_CHARACTERS


def test_a_number_is_never_parted() -> None:
    """Neither at its thousands separator nor where the limit falls."""
    parted = []
    for lead in range(380, 402):
        report = read("甲" * lead + "收入11,651.4万元" + "乙" * 60 + "。")
        (figure,) = report.figures
        assert figure.text == "11,651.4万元"
        if [passage.span.contains(figure.span) for passage in split_passages(report, 0)].count(True) != 1:
            parted.append(lead)
    assert parted == []


def test_every_figure_stands_in_one_passage(report: Report) -> None:
    passages = split_passages(report, 0)
    for figure in report.figures:
        assert [passage.span.contains(figure.span) for passage in passages].count(True) == 1


@given(st.lists(st.tuples(st.integers(1, 700), st.sampled_from("，。；、甲 ")), min_size=1, max_size=12))
def test_nothing_is_lost(runs: list[tuple[int, str]]) -> None:
    check_passages(read("".join("甲" * length + mark for length, mark in runs)))


def test_passages_say_which_report_they_are_of(report: Report) -> None:
    corpus = assemble([read("甲。"), report])
    assert [passage.report for passage in corpus.passages] == [0] + [1] * (len(corpus.passages) - 1)
    for passage in corpus.passages:
        assert corpus.text_of(passage) == passage.span.of(corpus.reports[passage.report].text)
        assert corpus.paragraph_of(passage).span.contains(passage.span)
