"""The scoring rules of contract.md by hand-made results, and the floors that the real engine holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from index.build import assemble
from index.errors import NotFound, UsageError
from index.records import Corpus, Paragraph
from search import Engine
from search.evaluate.exam import Gold, Score, as_json, evaluate, is_right, means_of, misses, read_gold, table
from search.results import Answer, AskResult, Citation, Item, PassageResult, not_stated
from tests.builds import reports_of
from tests.conftest import REPORT_ID, SEED
from tests.search.conftest import QUESTIONS

FLOORS = {"R@1": 0.82, "R@5": 0.95, "answer": 0.75, "refused": 0.6, "answered": 0.95, "quote": 1.0}


@cache
def corpus() -> Corpus:
    return assemble(reports_of([SEED]))


@cache
def paragraph_on(line: int) -> Paragraph:
    return next(paragraph for paragraph in corpus().reports[0].paragraphs if paragraph.line == line)


@dataclass(frozen=True)
class Scripted:
    """Says what it is given to say; only the scoring is under test."""

    result: AskResult
    corpus: Corpus

    def ask(self, question: str, k: int, report_id: str | None = None) -> AskResult:
        return self.result


def score(gold: Gold, answer: Answer, lines: list[int]) -> dict[str, float]:
    passages = tuple(passage(line, rank) for rank, line in enumerate(lines, start=1))
    result = AskResult(gold.question, gold.question, answer, passages, {})
    (found,) = evaluate(cast(Engine, Scripted(result, corpus())), [gold])
    return found.values


def passage(line: int, rank: int) -> PassageResult:
    paragraph, text = paragraph_on(line), corpus().reports[0].text
    return PassageResult(
        rank=rank, score=1 / rank, report_id=REPORT_ID, report="", section=(), paragraph=paragraph.number,
        paragraph_in_section=1, line=line, line_end=line, start=paragraph.span.start, end=paragraph.span.end,
        year=None, status=None, text=paragraph.span.of(text), marks=(),
    )  # fmt: skip


def citation(line: int) -> Citation:
    found = passage(line, 1)
    return Citation(REPORT_ID, "", (), found.paragraph, 1, line, line, found.text, found.start, found.end)


def stated(text: str, *lines: int, items: tuple[Item, ...] = ()) -> Answer:
    return Answer(text, confidence=0.9, items=items, citations=tuple(map(citation, lines)))


def gold(kind: str = "figure", lines: tuple[int, ...] = (8,), answers: tuple[str, ...] = ("2482.5亿元",)) -> Gold:
    return Gold("t1", kind, "地区生产总值是多少？", REPORT_ID, lines, (), answers)


@pytest.mark.parametrize(
    ("kind", "answers", "said", "right"),
    [
        ("figure", ("2482.5亿元",), ["2482.5亿元（预计），增长16.5%。"], True),
        ("figure", ("2482.5亿元",), ["2482.5 亿元"], True),  # white space is removed
        ("figure", ("16%",), ["16％（2007年计划）。"], True),  # NFKC
        ("figure", ("百分之三十三|33%",), ["百分之三十三。"], True),  # as the report writes it
        ("figure", ("百分之三十三|33%",), ["12%，百分之三十三。"], False),  # another number goes before it
        ("figure", ("16%",), ["１６％"], True),
        ("semantic", ("5.1%",), ["15.1%"], False),  # no digit directly before it
        ("semantic", ("4.5%",), ["由14.5%降低"], False),
        ("semantic", ("5%",), ["4.5%"], False),  # nor a point
        ("figure", ("5%|5％以内",), ["5%以内"], True),
        ("figure", ("一千亿|1000亿",), ["1000亿元"], True),
        ("figure", ("2482.5亿元",), ["增长16.5%，达到2482.5亿元"], False),  # the first number is another
        ("figure", ("2482.5亿元",), ["2006年为2482.5亿元"], True),  # a year is passed over
        ("year", ("31.3%",), ["16%，而2006年为31.3%"], False),
        ("semantic", ("31.3%",), ["16%，而2006年为31.3%"], True),  # only figure and year must say it first
        ("figure", ("2482.5亿元", "16.5%"), ["2482.5亿元，增长16.5%"], True),
        ("figure", ("2482.5亿元", "16.5%"), ["2482.5亿元"], False),  # every expected string
        ("list", ("甲", "乙"), ["甲等。", "甲：1", "乙：2"], True),  # in the text or in the items
        ("semantic", ("地铁",), ["地铁" + "。" * 198], True),
        ("semantic", ("地铁",), ["地铁" + "。" * 199], False),  # 200 characters at most
        ("semantic", ("5个",), ["5个，1、2、3、4、6"], True),
        ("semantic", ("5个",), ["5个，1、2、3、4、6、7"], False),  # five numbers at most beyond those expected
        ("figure", ("1,234元",), ["1,234元"], True),
        ("figure", ("第一",), ["第一，增长43.4%"], True),  # no number is expected
    ],
)
def test_when_an_answer_is_right(kind: str, answers: tuple[str, ...], said: list[str], right: bool) -> None:
    assert is_right(kind, answers, said) is right


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([8, 9], {"R@1": 1.0, "R@5": 1.0, "MRR@10": 1.0}),
        ([9, 10, 8], {"R@1": 0.0, "R@5": 1.0, "MRR@10": 1 / 3}),
        ([9, 10, 11, 12, 13, 8], {"R@1": 0.0, "R@5": 0.0, "MRR@10": 1 / 6}),
        ([9], {"R@1": 0.0, "R@5": 0.0, "MRR@10": 0.0}),
        ([], {"R@1": 0.0, "R@5": 0.0, "MRR@10": 0.0}),  # no result counts 0
    ],
)
def test_ranks(lines: list[int], expected: dict[str, float]) -> None:
    found = score(gold(), stated("2482.5亿元", 8), lines)
    assert {name: found[name] for name in expected} == expected


def test_spans_take_the_place_of_lines() -> None:
    span = paragraph_on(8).span
    for spans, expected in (((span.start, span.start + 1), 1.0), ((span.end, span.end + 1), 0.0)):
        assert score(replace(gold(), spans=(spans,), lines=(9,)), stated("x", 8), [8])["R@1"] == expected


def test_citations() -> None:
    assert score(gold(), stated("2482.5亿元", 8), [8])["cite"] == 1
    assert score(gold(), stated("2482.5亿元", 9), [8])["cite"] == 0
    assert score(gold(), stated("2482.5亿元"), [8])["cite"] == 0
    both = gold("compare", (8, 9))
    assert score(both, stated("2482.5亿元", 8, 9), [8])["cite"] == 1
    assert score(both, stated("2482.5亿元", 8), [8])["cite"] == 0


def test_a_quote_that_is_not_the_reports_text() -> None:
    wrong = replace(citation(8), quote="地区生产总值9999亿元")
    found = score(gold(), replace(stated("2482.5亿元", 8), citations=(wrong,)), [8])
    assert (found["quote"], found["cite"]) == (0, 0)


def test_an_answer_that_is_not_stated() -> None:
    found = score(gold(), not_stated("absent"), [8])
    assert (found["answered"], found["answer"]) == (0, 0)
    assert not {"cite", "quote", "refused"} & set(found)


def test_refusals() -> None:
    nothing = gold("none", (), ())
    assert score(nothing, not_stated("related"), [8]) == {"refused": 1}
    assert score(nothing, stated("2482.5亿元", 8), [8]) == {"refused": 0, "quote": 1}


def test_means_are_over_the_questions_that_a_metric_applies_to() -> None:
    result = AskResult("", "", not_stated("absent"), (), {})
    scores = [Score(gold(), result, {"R@1": 1.0, "answer": 0.0}), Score(gold(), result, {"R@1": 0.0})]
    assert means_of(scores) == {"R@1": 0.5, "answer": 0.0}
    assert means_of([]) == {}


@pytest.mark.parametrize("row", ["{", "[]", "7", '{"id": 1}', '{"id": 1, "kind": "figure", "question": "?", "spans": [1]}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1, "kind": "none", "question": "甲"}\n\n' + row, encoding="utf-8")
    with pytest.raises(UsageError, match="第 3 行"):
        read_gold(path)
    with pytest.raises(UsageError, match=r"none\.jsonl"):
        read_gold(tmp_path / "none.jsonl")


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    """JSON leaves U+2028 and U+0085 as they are inside a string."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1, "kind": "none", "question": "甲\u2028乙\u0085丙"}\r\n', encoding="utf-8", newline="")
    assert [row.question for row in read_gold(path)] == ["甲\u2028乙\u0085丙"]


def test_an_unknown_report(engine: Engine) -> None:
    with pytest.raises(NotFound):
        evaluate(engine, [replace(gold(), report_id="none")])


def test_the_floors(scores: list[Score]) -> None:
    print(table(scores))
    print(misses(scores))
    means = means_of(scores)
    assert {name: means[name] for name, floor in FLOORS.items() if means[name] < floor} == {}


def test_tables_leave_no_question_out(scores: list[Score]) -> None:
    assert len(as_json(scores)["questions"]) == len(read_gold(QUESTIONS)) == 69
    counts = [int(row.split()[1]) for row in table(scores).splitlines()[1:]]
    assert counts[0] == sum(counts[1:]) == 69


def test_the_report_is_right_when_it_is_quoted_first() -> None:
    """A question that names no report by its id: the first citation's report counts, else the first passage's."""
    own, other = (replace(gold(), report_id=None, gold_report=REPORT_ID), replace(gold(), report_id=None, gold_report="x"))
    assert score(own, stated("2482.5亿元", 8), [8])["report"] == 1.0
    assert score(other, stated("2482.5亿元", 8), [8]) | {"R@1": 0.0, "cite": 0.0} == score(other, stated("2482.5亿元", 8), [8])
    assert score(other, stated("2482.5亿元", 8), [8])["report"] == 0.0
    assert score(replace(own, kind="none"), not_stated("absent"), [8])["report"] == 1.0
    assert "report" not in score(gold(), stated("2482.5亿元", 8), [8])


def test_the_cross_questions_are_read() -> None:
    found = read_gold(QUESTIONS.parents[1] / "across" / "any_report.jsonl")
    assert len(found) == len({question.id for question in found}) == 470
    assert all(question.report_id is None for question in found)
    assert sum(question.gold_report is None for question in found) == sum(
        question.kind == "none" and not question.gold_report for question in found
    )
