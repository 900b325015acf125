"""Questions over several reports: each cell from its own report, what is missing named, and what is done with the figures."""

from __future__ import annotations

from decimal import Decimal

from search import Engine
from search.results import Answer


def told(answer: Answer) -> dict[tuple[str | None, str | None, str | None], str]:
    """(place, year, status) → the figure of each row, or why there is none."""
    return {(row.place, row.year, row.status): row.text if row.stated and row.text else str(row.reason) for row in answer.rows}


def test_each_place_is_answered_from_its_own_report(library: Engine) -> None:
    answer = library.ask("南京市和福州市2026年地区生产总值增长目标分别是多少？").answer
    assert told(answer) == {("南京市", "2026", "target"): "5%—5.5%", ("福州市", "2026", "target"): "6%左右"}
    assert {row.place: row.bound for row in answer.rows} == {"南京市": "range", "福州市": "about"}
    assert answer.form == "across"
    for row in answer.rows:
        assert row.citation is not None
        assert row.figure is not None
        assert row.report_id == row.citation.report_id == row.figure.report_id


def test_a_result_is_told_by_the_report_of_the_year_after(library: Engine) -> None:
    answer = library.ask("南京市和福州市2025年一般公共预算收入增长了多少？").answer
    assert told(answer) == {("南京市", "2025", "actual"): "3.2%", ("福州市", "2025", "actual"): "4.3%"}


def test_what_no_report_says_is_a_row_that_says_so(library: Engine) -> None:
    answer = library.ask("南京市、福州市和长春市2026年地区生产总值增长目标分别是多少？").answer
    found = told(answer)
    assert found["南京市", "2026", "target"] == "5%—5.5%"
    assert found["长春市", "2026", "target"] == "not_held"
    assert "长春" in answer.text.split("；")[0] or "3项里" in answer.text
    assert answer.coverage is not None
    assert (answer.coverage.asked, answer.coverage.found) == (3, 2)


def test_a_result_that_only_a_later_report_can_say_is_not_yet(library: Engine) -> None:
    answer = library.ask("南京市和福州市2026年固定资产投资实际完成了多少？").answer
    assert set(told(answer).values()) == {"not_yet"}
    assert not answer.stated


def test_the_highest_comes_first_and_a_range_counts_by_its_lower_end(library: Engine) -> None:
    answer = library.ask("南京市和福州市2026年地区生产总值增长目标哪个高？").answer
    assert answer.text.startswith("福州市")
    ranked = library.ask("各市2025年地区生产总值增长目标从高到低排一下").answer
    values = [row.figure.value for row in ranked.rows if row.figure]
    assert values == sorted(values, reverse=True)
    assert ranked.rows[0].place == "长春市"


def test_two_places_are_set_against_each_other(library: Engine) -> None:
    answer = library.ask("福州市2026年地区生产总值增长目标比南京市高多少？").answer
    assert answer.text.startswith("福州市比南京市高1个百分点（区间按下限）")
    assert answer.computed is not None
    assert (answer.computed.value, answer.computed.operand_rows) == (Decimal(1), (0, 1))
    times = library.ask("南京市2026年城镇新增就业目标是福州市的几倍？").answer
    assert times.computed is not None
    assert (times.computed.operation, times.computed.value) == ("ratio", Decimal("1.81"))


def test_means_and_sums_are_told_with_what_they_are_of(library: Engine) -> None:
    mean = library.ask("南京市和福州市2026年城镇新增就业目标平均是多少？").answer
    assert mean.computed is not None
    assert mean.computed.value == Decimal(194000)
    total = library.ask("南京、福州2026年城镇新增就业目标一共多少？").answer
    assert total.computed is not None
    assert (total.computed.operation, total.computed.value) == ("sum", Decimal(388000))


def test_a_target_is_set_against_that_of_the_year_before(library: Engine) -> None:
    answer = library.ask("福州市2026年地区生产总值增长目标比2025年低了多少？").answer
    assert answer.computed is not None
    assert answer.computed.value == Decimal("-0.2")
    assert set(told(answer)) == {("福州市", "2025", "target"), ("福州市", "2026", "target")}


def test_what_became_of_a_target(library: Engine) -> None:
    answer = library.ask("福州市2025年城镇新增就业的目标完成了没有？").answer
    verdicts = [row.verdict for row in answer.rows if row.verdict]
    assert verdicts == ["over"]
    assert "13.6万人" in answer.text
    assert "14.1万人" in answer.text


def test_the_kept_table_has_both_sentences_and_the_difference(library: Engine) -> None:
    table = {(one.place, one.indicator): one for one in library.kept()}
    jobs = table["南京市", "城镇新增就业"]
    assert (jobs.verdict, jobs.target.text, jobs.reached and jobs.reached.text) == ("over", "24万人", "27.3万人")
    assert [one.report_id[:5] for one in jobs.citations] == ["2025年", "2026年"]
    assert jobs.difference is not None
    assert jobs.difference.value == Decimal(33000)
    assert table["福州市", "固定资产投资"].verdict == "distance"  # 5.7%左右: no verdict
    assert table["福州市", "地方一般公共预算收入"].verdict == "met"
    assert table["南京市", "全社会研发投入强度"].verdict == "not_told"
    assert {one.place for one in library.kept("福州")} == {"福州市"}


def test_the_years_of_one_place(library: Engine) -> None:
    answer = library.ask("福州市2024年和2025年地区生产总值各增长了多少？").answer
    assert told(answer) == {("福州市", "2024", "actual"): "6.4%", ("福州市", "2025", "actual"): "5.9%"}


def test_which_reports_say_it_and_how_many_were_looked_through(library: Engine) -> None:
    answer = library.ask("哪些报告提到了江豚？").answer
    assert {item.citation.report_id for item in answer.items} == {"2025年南京市政府工作报告", "2026年南京市政府工作报告"}
    assert answer.coverage is not None
    assert answer.coverage.examined == 12
    none = library.ask("哪些报告提到了量子计算机？").answer
    assert not none.stated


def test_two_places_on_a_subject_side_by_side(library: Engine) -> None:
    answer = library.ask("南京市和福州市在产业发展上的说法有什么不同？").answer
    assert {item.group for item in answer.items} == {"南京市", "福州市"}
    assert all(item.text in item.citation.quote for item in answer.items)


def test_what_the_library_holds(library: Engine) -> None:
    answer = library.ask("库里有哪些报告？").answer
    assert len(answer.rows) == 12
    assert answer.text.startswith("共12份报告")


def test_twins_are_asked_back_and_a_place_not_held_is_said(library: Engine) -> None:
    back = library.ask("朝阳区2025年地区生产总值预期增长多少？").answer
    assert (back.stated, back.reason) == (False, "ambiguous")
    assert "北京市朝阳区" in back.text
    assert "长春市朝阳区" in back.text
    own = library.ask("长春的朝阳区2025年地区生产总值增长目标是多少？").answer
    assert {figure.report_id for figure in own.figures} == {"2025年长春市朝阳区政府工作报告"}
    none = library.ask("杭州市2025年地区生产总值增长目标是多少？").answer
    assert (none.stated, none.reason) == (False, "not_held")
