"""Filters by report, part, year and status, and how many passages are wanted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from index.build import assemble, embed
from index.errors import NotFound, UsageError
from index.figures.extract import extract
from index.outline.sections import outline
from index.read.sources import Source
from index.records import Report
from search import Engine
from tests.conftest import REPORT_ID


@pytest.mark.parametrize(
    "question", ["固定资产投资增长多少？", "地铁", "哪些指标增长超过30%？", "就业", "1012公里", "2006年城建投资多少？", "市长是谁？"]
)
def test_filters(engine: Engine, report: Report, question: str) -> None:
    for name, kept in (("actual", "2006"), ("target", "2007")):
        found = [engine.ask(question, status=name), engine.ask(question, year=kept)]
        lists = [result.passages for result in found]
        lists += [engine.search(question, status=name).passages, engine.search(question, year=kept).passages]
        assert {(passage.year, passage.status) for passages in lists for passage in passages} == {(kept, name)}
        for result in found:
            for citation in result.answer.citations:
                section = report.section_of(report.paragraph(citation.paragraph))
                assert section is not None
                assert section.status == name
    for passage in engine.search(question, section="城市").passages:
        assert any("城市" in heading for heading in passage.section)


def test_filters_that_leave_nothing(engine: Engine) -> None:
    for result in (engine.ask("地铁", section="没有这一节"), engine.ask("财政收入多少？", year="1999")):
        assert result.passages == ()
        assert not result.answer.stated
    assert engine.search("地铁", section="没有这一节").passages == ()
    with pytest.raises(NotFound, match=REPORT_ID):
        engine.ask("地铁", report_id="none")
    with pytest.raises(NotFound):
        engine.figures("地铁", report_id="none")


@pytest.mark.parametrize("k", [1, 3, 100])
def test_k(engine: Engine, k: int) -> None:
    assert len(engine.ask("地区生产总值是多少？", k).passages) == min(k, 100)
    ten = engine.search("地区生产总值", k=10).passages
    assert engine.search("地区生产总值", k=k).passages[: min(k, 10)] == ten[:k]


def test_figures_by_kind_unit_and_value(engine: Engine) -> None:
    found = engine.figures(unit="亿元", minimum=Decimal("2000") * 10**8)
    assert [figure.text for figure in found] == ["2482.5亿元", "4000亿元", "2600亿元", "2100亿元"]
    assert {figure.text for figure in engine.figures(kind="rank")} == {"第7位", "第一"}
    few = engine.figures(unit="%", kind="growth", minimum=Decimal(50), maximum=Decimal(60), status="actual")
    assert {figure.text for figure in few} == {"51%", "50%"}
    assert engine.figures(unit="元", maximum=Decimal(0)) == ()


def test_figures_by_words_year_and_part(engine: Engine) -> None:
    assert [figure.text for figure in engine.figures("登记失业率")] == ["5.1%", "5%"]
    assert [figure.text for figure in engine.figures("失业率", year="2007")] == ["5%"]
    assert [figure.text for figure in engine.figures("失业率", section="社会事业全面发展")] == ["5.1%"]
    lines = {figure.line for figure in engine.figures("固定资产 投资")}
    assert {9, 20, 79} <= lines
    assert {figure.text for figure in engine.figures("GDP", year="2006")} >= {"2482.5亿元", "16.5%"}


def test_figures_are_in_text_order(engine: Engine) -> None:
    starts = [figure.start for figure in engine.figures()]
    assert starts == sorted(starts)
    assert len(starts) == sum(len(report.figures) for report in engine.corpus.reports)


def test_an_unknown_kind_is_wrong_usage(engine: Engine) -> None:
    with pytest.raises(UsageError, match="amount"):
        engine.figures(kind="colour")


def test_a_report_without_headings(engine: Engine) -> None:
    text = "抚远市政府工作报告\n2006年，全市地区生产总值完成12.5亿元，增长9.1%。\n今年，全市地区生产总值要增长10%。\n"
    report = outline(Source("plain", text, ""))
    report = replace(report, figures=extract(report))
    assert report.sections == ()
    plain = Engine(embed(assemble([report]), engine.encoder()), engine.encoder)
    for question in ("2006年地区生产总值是多少？", "今年地区生产总值计划增长多少？", "地区生产总值"):
        assert plain.ask(question).passages
        assert plain.search(question).passages
    assert plain.ask("地区生产总值", section="某一节", year="2006", status="actual").passages == ()
