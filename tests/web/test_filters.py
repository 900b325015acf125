"""The reports that a search may be restricted to, with what each holds of the passages found."""

from __future__ import annotations

from collections import Counter

from web.strings import words
from web.views.offered import reports

SAY = words("zh")
TITLES = [("甲市2011年政府工作报告", "a"), ("乙市2012年政府工作报告", "b"), ("丙市2013年政府工作报告", "c")]
FOUND = {"report": Counter(b=30, c=12)}


def test_those_with_most_of_what_was_found_come_first_and_none_is_left_out() -> None:
    assert reports(TITLES, FOUND, 42, 50, SAY) == [
        ("报告：不限", ""),
        ("乙市2012年政府工作报告（30）", "b"),
        ("丙市2013年政府工作报告（12）", "c"),
        ("甲市2011年政府工作报告（0）", "a"),
    ]


def test_where_there_may_be_more_the_count_says_of_how_many_it_is() -> None:
    assert reports(TITLES, FOUND, 50, 50, SAY)[1] == ("乙市2012年政府工作报告（30/50）", "b")


def test_before_a_search_nothing_is_counted() -> None:
    assert reports(TITLES, {}, 0, 50, SAY) == [("报告：不限", ""), *TITLES]
