"""Plans: nothing that a question asks for is dropped without a word, and no model learned from what judges it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.paths import PROJECT
from index.records import Span
from search import Engine
from search.match.arrays import arrays_of
from search.match.groups import Group, quotes_of
from search.results import Answer
from train.questions import manifest_of, read_questions

DATA = PROJECT / "tests" / "data"


def questions() -> Iterator[str]:
    """Questions of every set, and of what models are trained on: every seventh, each put to the one report that is there."""
    files = [file for file in sorted(DATA.rglob("*.jsonl")) if file.parent.name != "blind"]  # not asked before their first run
    rows = [line for file in files for line in file.read_text(encoding="utf-8").split("\n") if '"question"' in line]
    asked = [json.loads(line)["question"] for line in rows] + [one.row["question"] for one in read_questions()]
    yield from dict.fromkeys(asked[::7])


def test_every_cell_is_in_the_answer(engine: Engine) -> None:
    tried = 0
    for question in questions():
        answer = engine.ask(question, 1).answer
        if answer.plan is None or answer.plan.source != "cells" or not answer.stated or answer.coverage is None:
            continue
        tried += 1
        missing = tuple(row.label for row in answer.rows if not row.stated)
        assert answer.coverage.asked == len(answer.rows), question
        assert answer.coverage.missing == missing, question
        assert not missing or (answer.text.startswith(f"{len(answer.rows)}项里找到") and missing[0] in answer.text), (question, answer.text)
        assert all((row.figure is None) == (row.reason is not None) for row in answer.rows), question
        assert all((row.citation is None) == (row.reason not in (None, "related")) for row in answer.rows), (
            question
        )  # related quotes what is said
    assert tried > 50


@pytest.mark.parametrize(
    ("question", "form", "says"),
    [
        ("今年的主要预期目标有哪些", "table", "地区生产总值"),
        ("报告提了几次“创新”", "mention", "36次"),
        ("今年重点抓哪几项工作", "outline", "创新型城市"),
        ("存在哪些问题", "enumeration", "第三产业"),
    ],
)
def test_forms(engine: Engine, question: str, form: str, says: str) -> None:
    answer = engine.ask(question).answer
    assert (answer.form, answer.stated) == (form, True)
    assert says in answer.text


def asked_after(engine: Engine, question: str, previous: str) -> Answer:
    return engine.ask(question, previous=previous).answer


def test_more_of_the_same(engine: Engine) -> None:
    first = engine.ask("环保做了哪些工作").answer
    assert first.more == 0 or len(asked_after(engine, "还有呢？", "环保做了哪些工作").items) > len(first.items)
    assert asked_after(engine, "还有呢？", "环保做了哪些工作").more == 0


def test_what_judges_is_not_learned_from() -> None:
    aside = manifest_of()["aside"]
    stems = {stem for key, listed in aside.items() if key != "over_reports" for stem in listed}
    stems |= {f"{year}{place}" for place in aside["over_reports"] for year in ("province_2026_", "2025年")}
    learned = {question.doc for question in read_questions()}
    assert len(learned) > 40
    assert not [doc for doc in learned if any(doc.startswith(stem) for stem in stems)]


def test_spans_are_of_their_questions() -> None:
    for question in read_questions():
        for span in (*question.subject, *(span for spans, _, _ in question.cells for span in spans)):
            assert 0 <= span.start < span.end <= len(question.text), question.row["id"]


def test_no_model_is_a_pickle() -> None:
    assert {file.suffix for file in Path(PROJECT / "search").rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")} == {
        ".npz",
        ".json",
    }


def test_a_list_is_quoted_from_its_paragraph(engine_of: Callable[[str], Engine]) -> None:
    """A paragraph's blanks are not of it, and a quote of all its clauses begins behind them."""
    blanks = "\u3000\u3000"
    listed = "我们要办好四件事：建好学校；修好医院。还要：开放公园；铺好道路。"
    made = engine_of(f"2026年甲省政府工作报告\n{blanks}过去一年经济增长5%。\n{blanks}{listed}\n{blanks}谢谢大家。\n")
    arrays = arrays_of(made.view, 0)
    start = arrays.matched.index("我们要办好")
    members = tuple(
        Span(start + match.start(), start + match.end()) for match in re.finditer("[^;。]+", arrays.matched[start : start + len(listed)])
    )
    (quote,) = set(quotes_of(arrays, Group("parts", members, "", ())))
    assert quote.of(arrays.matched) == arrays.matched[start : start + len(listed) - 1]
    assert arrays.paragraph_at(quote.start).span.contains(quote)
