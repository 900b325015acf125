"""Answers of the real engine on the real report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.records import Report
from search import Engine
from search.results import Answer
from tests.search.properties import NUMBER


def lines(answer: Answer) -> set[int]:
    return {citation.line for citation in answer.citations}


def test_the_headline_question(engine: Engine) -> None:
    result = engine.ask("2006年沈阳市地区生产总值是多少？")
    answer = result.answer
    assert answer.text == "2482.5亿元（预计），增长16.5%。"
    assert (answer.stated, answer.reason) == (True, None)
    assert lines(answer) == {8}
    assert answer.citations[0].quote == "预计全市地区生产总值实现2482.5亿元，增长16.5%"
    assert answer.figures[0].value == Decimal("248250000000")
    assert result.passages[0].line == 8


@pytest.mark.parametrize(
    ("question", "starts", "line"),
    [
        ("地区生产总值是多少？", "2482.5亿元", 8),  # the level, not by how much it grows
        ("GDP是多少？", "2482.5亿元", 8),
        ("2006年固定资产投资增长多少？", "31.3%", 9),
        ("2007年固定资产投资增长多少？", "16％", 79),
        ("今年固定资产投资计划增长多少？", "16％", 79),
        ("去年固定资产投资增长了多少？", "31.3%", 9),
        ("2006年城镇登记失业率是多少？", "5.1%", 61),
        ("2007年城镇登记失业率控制在多少？", "5%以内", 124),  # a bound is part of what is said
        ("去年城建投资多少？", "155亿元", 45),
        ("2007年城建投资多少？", "185亿元", 108),
        ("规模以上工业增加值在全国副省级城市中排第几？", "第7位", 19),
        ("非公有制经济占全市地区生产总值的比重是多少？", "62%", 12),
        ("新型农村合作医疗覆盖率要达到多少？", "92%以上", 126),
        ("规模以上农产品加工企业有多少家？", "2000余家", 32),
        ("肉的产量是多少？", "73.5万吨", 31),
        ("奶的产量是多少？", "22万吨", 31),
        ("贷款余额增长多少？", "10.4%", 40),
        ("全市万元GDP综合能耗下降多少？", "4.5%", 85),
        ("市长是谁？", "李英杰", 3),
        ("这份报告是什么时候通过的？", "2007年1月19日", 2),
    ],
)
def test_what_is_asked_for_comes_first(engine: Engine, question: str, starts: str, line: int) -> None:
    answer = engine.ask(question).answer
    assert answer.stated
    assert answer.text.startswith(starts), answer.text
    assert line in lines(answer)


def test_a_comparison_names_both(engine: Engine) -> None:
    answer = engine.ask("2006年和2007年固定资产投资各增长多少？").answer
    assert {"31.3", "16"} <= set(NUMBER.findall(answer.text))
    assert lines(answer) == {9, 79}


@pytest.mark.parametrize("question", ["城建投资2007年比2006年增加多少？", "今年城建投资比去年多多少？"])
def test_a_difference_is_computed_and_shown(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert answer.text == "增加30亿元（185 − 155）。"
    assert lines(answer) == {45, 108}
    assert answer.computed is not None
    assert (answer.computed.value, answer.computed.unit) == (Decimal("3000000000"), "元")
    assert set(answer.computed.operands) == {"185亿元", "155亿元"}


def test_two_people_are_set_side_by_side(engine: Engine) -> None:
    assert engine.ask("城里人和农民去年各挣多少？").answer.text == "11651.4元，5712元。"
    assert engine.ask("城里人比农民一年多挣多少钱？").answer.text == "高5939.4元（11651.4 − 5712）。"


def test_a_difference_the_other_way_round(engine: Engine) -> None:
    answer = engine.ask("实际利用外资2007年计划比2006年多多少？").answer
    assert answer.text == "增加5.1亿美元（35.5 − 30.4）。"
    assert lines(answer) == {11, 116}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2004年沈阳市财政收入是多少？", "related"),
        ("2004年的地区生产总值是多少？", "related"),
        ("长春市的地区生产总值是多少？", "related"),
        ("副市长是谁？", "absent"),
        ("沈阳市2006年结婚登记多少对？", "absent"),
        ("沈阳到北京的机票多少钱？", "absent"),
        ("你好", "absent"),
    ],
)
def test_what_the_report_does_not_say(engine: Engine, question: str, reason: str) -> None:
    result = engine.ask(question)
    assert (result.answer.stated, result.answer.reason) == (False, reason)
    assert not NUMBER.findall(result.answer.text)
    assert (result.answer.figures, result.answer.citations, result.answer.computed) == ((), (), None)
    assert result.passages  # the nearest ones


def test_a_keyword_is_answered_by_the_best_sentence(engine: Engine) -> None:
    answer = engine.ask("地铁").answer
    assert answer.stated
    assert "地铁" in answer.text
    assert lines(answer) <= {47, 110}


def test_a_bare_number_is_answered_by_its_sentence(engine: Engine) -> None:
    answer = engine.ask("1012公里").answer
    assert answer.stated
    assert "公路1012公里" in answer.text
    assert lines(answer) == {35}


def test_figures_of_a_table_are_rows_with_their_places(engine: Engine, report: Report) -> None:
    answer = engine.ask("哪些指标增长超过50%？").answer
    found = {NUMBER.search(row.text).group(): row.citation.line for row in answer.rows if row.citation}  # type: ignore[union-attr]
    assert found == {"51": 19, "65": 19, "92.7": 21}
    for citation in (row.citation for row in answer.rows if row.citation):
        assert citation.quote == report.text[citation.start : citation.end]


@pytest.mark.parametrize(
    ("question", "modifier"),
    [
        ("地区生产总值完成了多少？", "预计"),
        ("2007年大气优良天数要达到多少天？", "以上"),
        ("2007年登记失业率控制在多少？", "以内"),
        ("2006年有多少重要外宾来访？", "余"),
        ("科技领航型企业的年销售额要超过多少才算？", "超"),
    ],
)
def test_no_hedge_is_lost(engine: Engine, question: str, modifier: str) -> None:
    answer = engine.ask(question).answer
    assert answer.figures[0].modifier == modifier
    assert modifier in answer.text


def test_a_figure_whose_words_are_others_is_found_by_its_meaning(engine: Engine) -> None:
    # "trees" are 造林 3000万株 in the report: no word of the question stands in the clause
    assert engine.ask("五一之前要种多少棵树？").answer.text.startswith("3000万株")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What was the GDP of Shenyang in 2006?", "2482.5亿元"),
        ("What is the GDP growth target for 2007?", "15%"),
        ("What was the per capita disposable income of urban residents?", "11651.4元"),
        ("What are the problems?", "一是抓第三产业发展力度不够"),  # no number is asked for: the list itself
    ],
)
def test_what_in_english(engine: Engine, question: str, says: str) -> None:
    assert engine.ask(question).answer.text.startswith(says)


def test_a_job_is_counted_in_people_too(engine: Engine) -> None:
    assert engine.ask("去年沈阳新增了多少个就业岗位？").answer.text.startswith("15万人")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("沈阳一年造出多少辆车？", "26.7万辆"),
        ("装备制造这一行的产值有多大，涨幅多少？", "46.7%"),
        ("今年打算让多少人新上岗？", "15万人"),
        ("今年必保的投资10亿元以上大项目是多少个？", "24个"),  # not the 1,500 of 5 million
        ("乡下的财政进账今年计划多收几成？", "30%"),
        ("卖到国外的东西去年值多少美元？", "26.5亿美元"),
        ("2007年城区街头新建绿地几块？", "100块"),  # pieces, not money
        ("喂，问一下哈，去年咱这儿牛奶产了多少来着", "22万吨"),
    ],
)
def test_spoken_words(engine: Engine, question: str, says: str) -> None:
    assert says in engine.ask(question).answer.text


def test_a_bound_that_is_denied_lists_nothing(engine: Engine) -> None:
    assert not engine.ask("哪个指标连着六年增速都没掉到三成以下？").answer.items
