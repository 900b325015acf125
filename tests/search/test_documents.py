"""Documents of several kinds in one index: each is asked for what it says, and never quoted as another."""

from __future__ import annotations

import pytest

from index.encode.encoder import open_builder, open_encoder
from index.paths import PROJECT
from search import Engine
from tests.builds import index_of

MADE = PROJECT / "tests" / "data" / "reading" / "made"
TABLE = """# 甲市2007年政府工作报告

各位代表：

## 一、2006年工作回顾

经济平稳增长，各项任务圆满完成。

| 指标 | 2006年完成 | 2007年目标 |
|--|--|--|
| 地方财政收入（亿元） | 12.5 | 15 |
| 城镇登记失业率（%） | 3.9 | 4.2 |

## 二、2007年工作安排

坚持稳中求进，全力以赴抓好各项工作。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    table = tmp_path_factory.mktemp("table") / "table.md"
    table.write_text(TABLE, encoding="utf-8")
    index = index_of([MADE / "tengzhou_congress_papers.txt", MADE / "qinzhou_communique.pdf", table], open_builder())
    return Engine(index, open_encoder)


def test_the_courts_cases_are_quoted_from_the_courts_report(engine: Engine) -> None:
    result = engine.ask("滕州法院受理案件多少件")
    assert "32186件" in result.answer.text
    assert {cited.report_id for cited in result.answer.citations} == {"tengzhou_congress_papers_3"}
    assert "法院" in result.answer.citations[0].report


@pytest.mark.parametrize("asked", ["受理案件多少件", "财政预算收入安排多少"])
def test_a_work_report_is_not_answered_from_what_stood_in_its_file(engine: Engine, asked: str) -> None:
    result = engine.ask(asked, report_id="tengzhou_congress_papers")
    assert {cited.report_id for cited in result.answer.citations} <= {"tengzhou_congress_papers"}
    assert "32186" not in result.answer.text


@pytest.mark.parametrize(
    ("asked", "said", "status"),
    [("甲市2006年地方财政收入完成多少亿元", "12.5亿元", "actual"), ("甲市2007年地方财政收入的目标是多少", "15亿元", "target")],
)
def test_a_cell_is_answered_with_its_unit(engine: Engine, asked: str, said: str, status: str) -> None:
    answer = engine.ask(asked).answer
    assert said in answer.text
    assert (answer.figures[0].unit_written, answer.figures[0].status) == ("亿元", status)
    assert answer.figures[0].text in answer.citations[0].quote


def test_a_communique_is_asked_for_the_year_it_describes(engine: Engine) -> None:
    result = engine.ask("2023年钦州市粮食总产量是多少")
    assert result.report_id == "qinzhou_communique"
    assert "98.32" in result.answer.text


def test_what_was_read_is_told_of_each(engine: Engine) -> None:
    kinds = {one.report_id: one.kind for one in engine.outline()}
    assert kinds == {
        "tengzhou_congress_papers": "work_report",
        "tengzhou_congress_papers_2": "budget",
        "tengzhou_congress_papers_3": "other",
        "qinzhou_communique": "communique",
        "table": "work_report",
    }
