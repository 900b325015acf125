"""Several reports in one index: which one a question is put to, what is refused, and that nothing leaks between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.store.disk import publish
from search import Engine, open_engine
from search.plan.places import place_names
from tests.builds import index_of


def national(year: int, target: str, reached: str) -> str:
    return (
        f"政府工作报告\n——{year}年3月5日在第十一届全国人民代表大会第三次会议上\n国务院总理 温家宝\n各位代表：\n"
        f"一、{year - 1}年工作回顾\n国内生产总值达到{reached}万亿元。对外贸易稳定增长。\n"
        f"二、{year}年主要任务\n国内生产总值增长目标为{target}%左右。城镇新增就业{year % 100}00万人。\n"
    )


def local(place: str, year: int, target: str, reached: str, more: str = "") -> str:
    return (
        f"{year}年{place}政府工作报告\n——{year}年1月9日在{place}第十届人民代表大会第一次会议上\n市长 张三\n各位代表：\n"
        f"一、{year - 1}年工作回顾\n地区生产总值实现{reached}亿元。{more}\n二、{year}年工作安排\n地区生产总值增长目标为{target}%。\n"
    )


REPORTS = {
    "n2009": national(2009, "8", "30.1"),
    "n2010": national(2010, "8.5", "33.5"),
    "liaoning": local("辽宁省", 2010, "13", "15000", "大连新机场开工建设。大连港货物吞吐量达到4亿吨。"),
    "shanghai": local("上海市", 2010, "9", "14900", "成功筹办世界博览会。"),
    "hailar2013": local("海拉尔区", 2013, "10", "235.2"),
    "hailar2014": local("呼伦贝尔市海拉尔区", 2014, "9", "253.1"),
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Engine:
    """Six small reports by the tiny model: which report is asked does not hang on what a model understands."""
    folder = tmp_path_factory.mktemp("several")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    publish(folder / "index", index_of([folder], open_encoder(str(tiny_model))))
    return open_engine(folder / "index")


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("辽宁省", ["辽宁省", "辽宁"]),
        ("内蒙古自治区", ["内蒙古自治区", "内蒙古"]),
        ("广西壮族自治区", ["广西壮族自治区", "广西"]),
        ("呼伦贝尔市海拉尔区", ["呼伦贝尔市海拉尔区", "海拉尔区", "海拉尔"]),
        ("甲市", ["甲市"]),
    ],
)
def test_the_names_of_a_place(place: str, names: list[str]) -> None:
    assert list(place_names(place)) == names


@pytest.mark.parametrize(
    ("question", "report_id", "said"),
    [
        ("辽宁2010年地区生产总值增长目标是多少", "liaoning", "13%"),
        ("上海市2009年地区生产总值是多少", "shanghai", "14900亿元"),
        ("全国2009年国内生产总值是多少", "n2010", "33.5万亿元"),  # reached in 2009: in the report of 2010
        ("2009年国务院的国内生产总值增长目标是多少", "n2009", "8%"),  # planned for 2009: in its own
        ("2010年国务院政府工作报告提出的城镇新增就业目标是多少", "n2010", "1000万人"),
        ("我国2010年国内生产总值增长目标是多少", "n2010", "8.5%"),
        ("海拉尔2012年地区生产总值是多少", "hailar2013", "235.2亿元"),
        ("海拉尔区去年地区生产总值是多少", "hailar2014", "253.1亿元"),  # 去年 is the latest report's
        ("海拉尔地区生产总值增长目标是多少", "hailar2014", "9%"),
        ("2014年地区生产总值增长目标是多少", "hailar2014", "9%"),  # the only report for that year
        ("2009年全国城镇新增就业多少万人", "n2009", "900万人"),  # the report of 2010 says nothing of it, the plan does
        ("2009年城镇新增就业多少万人", "n2009", "900万人"),  # of no place: of the reports on 2009, and for it, the one that says it
        ("温家宝2009年的报告说国内生产总值增长目标是多少", "n2009", "8%"),
        ("辽宁省2010年政府工作报告里，地区生产总值目标2010", "liaoning", "13%"),  # keywords, with the report's name before them
        ("What was the GDP of Liaoning in 2009?", "liaoning", "15000亿元"),
        ("大连港的货物吞吐量是多少", "liaoning", "4亿吨"),  # named for a place that no report is of
        ("世界博览会筹办得怎么样", "shanghai", "世界博览会"),  # no place, no year: the report with the words
    ],
)
def test_the_report_that_is_asked(several: Engine, question: str, report_id: str, said: str) -> None:
    result = several.ask(question)
    assert result.report_id == report_id
    assert result.answer.stated
    assert said in result.answer.text
    assert {quote.report_id for quote in result.answer.citations} == {report_id}
    assert {passage.report_id for passage in result.passages} == {report_id}
    assert all(figure.report_id == report_id for figure in result.answer.figures)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("深圳2010年地区生产总值是多少", "深圳"),
        ("大连地区生产总值增长目标是多少", "大连"),  # in Liaoning's report by name only
        ("昆山市2010年地区生产总值是多少", "昆山市"),
        ("全国2003年国内生产总值是多少", "全国2003年"),
        ("海拉尔2012年地区生产总值增长目标是多少", "海拉尔区2012年"),  # the report of 2013 gives what 2012 reached
    ],
)
def test_a_place_or_a_year_that_is_not_held_is_refused(several: Engine, question: str, missing: str) -> None:
    answer = several.ask(question).answer
    assert (answer.stated, answer.reason) == (False, "not_held")
    assert answer.text.startswith(f"索引里没有{missing}的报告")  # and, of a city, whose report is there of what it lies in


def test_a_name_alone_is_a_search(several: Engine) -> None:
    result = several.ask("大连新机场")
    assert result.report_id == "liaoning"
    assert result.answer.stated


def test_filters_choose_the_report_too(several: Engine) -> None:
    assert several.ask("国内生产总值是多少", report_id="n2009").answer.text.startswith("30.1万亿元")
    assert several.ask("全国国内生产总值增长目标是多少", year="2009", status="target").report_id == "n2009"


def test_a_follow_up_goes_to_the_other_place(several: Engine) -> None:
    result = several.ask("上海呢？", previous="辽宁2010年地区生产总值增长目标是多少")
    assert (result.report_id, result.answer.text[:2]) == ("shanghai", "9%")


def test_a_search_that_names_none_is_in_all(several: Engine) -> None:
    assert {passage.report_id for passage in several.search("地区生产总值", "keyword").passages} >= {"liaoning", "shanghai", "hailar2013"}
    assert {passage.report_id for passage in several.search("上海 生产总值", "keyword").passages} == {"shanghai"}


def test_the_rows_of_a_report_are_ranked_as_if_alone(several: Engine, tmp_path: Path, tiny_model: Path) -> None:
    """What other reports hold takes no place among the candidates of the one that is asked."""
    (tmp_path / "shanghai.txt").write_text(REPORTS["shanghai"], encoding="utf-8")
    publish(tmp_path / "index", index_of([tmp_path], open_encoder(str(tiny_model))))
    alone = open_engine(tmp_path / "index")
    for question in ("地区生产总值是多少", "2010年增长目标是多少", "世界博览会"):
        one, among = alone.ask(question), several.ask(question, report_id="shanghai")
        assert one.answer == among.answer
        assert [passage.text for passage in one.passages] == [passage.text for passage in among.passages]
