"""The questions to begin with: made from what a report has, and answered from it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs

from index.records import Corpus, Report
from search import Engine
from web.strings import words
from web.views.examples import MOST, buttons, examples

SAY = words("zh")


def test_they_are_of_the_reports_years_and_the_engine_answers_them(report: Report, engine: Engine) -> None:
    asked = examples(report, SAY)
    assert asked == ["地区生产总值是多少？", "2007年高新技术产值的目标", "政府承认哪些不足"]
    assert all(engine.ask(question).answer.stated for question in asked)


def test_each_is_a_link_that_asks_it_of_the_report_that_is_shown(report: Report) -> None:
    asked = examples(report, SAY)
    html = buttons(Corpus((report,), ()), report.id, SAY)
    links = re.findall(r'<a href="\?([^"]*)" lang="zh-CN">([^<]*)</a>', html)
    assert [text for _, text in links] == asked
    assert [parse_qs(query) for query, _ in links] == [{"q": [question]} for question in asked]
    own = replace(report, id="own_1")
    named = re.findall(r"\?([^\"]*)\" lang", buttons(Corpus((own,), ()), own.id, SAY))
    assert [parse_qs(query.replace("&amp;", "&"))["report"] for query in named] == [["own_1"]] * len(asked)
    assert buttons(Corpus((report,), ()), "another", SAY) == ""


def test_of_several_reports_each_question_names_its_own(report: Report) -> None:
    asked = examples(report, SAY, several=True)
    assert asked[0] == "2006年沈阳市地区生产总值是多少？"
    assert asked[-1] == f"{report.title}承认哪些不足"


def test_the_reports_own_year_goes_before_a_longer_span(report: Report) -> None:
    first, *rest = [figure for figure in report.figures if figure.indicator == "全市地区生产总值"]
    long = replace(first, indicator="经济总量", period="2001-2006")
    assert examples(replace(report, figures=(long, first, *rest)), SAY)[0] == "地区生产总值是多少？"
    assert examples(replace(report, figures=(long,)), SAY)[0] == "经济总量是多少？"


def test_a_report_without_figures_has_fewer(report: Report) -> None:
    assert len(examples(replace(report, figures=()), SAY)) == 1 < MOST
