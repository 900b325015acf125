"""Which reports a question is about: places named one by one, together, misspelt, twice there, or not held."""

from dataclasses import replace

import pytest

from index.records import Report
from search.library.directory import Directory
from search.library.extent import extent_of, level_of, province_of

PLACES = (
    "浙江省",
    "江苏省",
    "山西省",
    "陕西省",
    "上海市",
    "重庆市",
    "全国",
    "北京市朝阳区",
    "长春市朝阳区",
    "沈阳市",
    "呼伦贝尔市海拉尔区",
    "海拉尔区",
)


@pytest.fixture(scope="module")
def reports(report: Report) -> list[Report]:
    """A report a place and year; their texts are not read."""
    return [
        replace(report, id=f"{place}{year}", place=place, year_planned=year, year_reported=str(int(year) - 1))
        for place in PLACES
        for year in ("2025", "2026")
    ]


def named(reports: list[Report], question: str) -> list[str]:
    return [place.name for place in extent_of(Directory(reports), reports, question).places]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("浙江、江苏和上海今年的目标", ["浙江省", "江苏省", "上海市"]),
        ("苏浙沪2026年gdp目标", ["江苏省", "浙江省", "上海市"]),
        ("沪渝两市去年财政收入", ["上海市", "重庆市"]),
        ("浙将今年gdp目标", ["浙江省"]),
        ("淅江今年gdp目标", ["浙江省"]),
        ("zhejang growth target", ["浙江省"]),
        ("zhejiang and shanxi growth targets", ["浙江省", "山西省"]),
        ("总理报告里的赤字率", ["全国"]),
        ("全国平均一年打多少粮食", ["全国"]),
        ("海拉而区2016年的收入", ["呼伦贝尔市海拉尔区"]),
        ("北京市朝阳区和长春朝阳区", ["北京市朝阳区", "长春市朝阳区"]),
        ("作为浙江市场主体关心的目标", ["浙江省"]),
        ("长春那个朝阳区去年的就业", ["长春市朝阳区"]),
        ("申城和三秦今年的gdp目标", ["上海市", "陕西省"]),
    ],
)
def test_places_are_known_by_all_their_names(reports: list[Report], question: str, places: list[str]) -> None:
    assert named(reports, question) == places


def test_groups_are_spelt_out(reports: list[Report]) -> None:
    found = extent_of(Directory(reports), reports, "各省今年的gdp目标")
    assert [place.name for place in found.places] == ["浙江省", "江苏省", "山西省", "陕西省", "上海市", "重庆市"]
    region = extent_of(Directory(reports), reports, "长三角今年的gdp目标")
    assert [place.name for place in region.places if place.reports] == ["上海市", "江苏省", "浙江省"]
    assert [place.name for place in region.places if not place.reports] == ["安徽"]


def test_a_name_of_two_places_is_asked_back(reports: list[Report]) -> None:
    (place,) = extent_of(Directory(reports), reports, "朝阳区今年的目标").places
    assert place.reports == ()
    assert place.twins == ("北京市朝阳区", "长春市朝阳区")


@pytest.mark.parametrize(
    ("question", "name", "near"),
    [
        ("江西抚州市今年的目标", "抚州", ()),
        ("羊城今年的目标", "广州", ()),
        ("大连今年的目标", "大连", ()),
        ("辽宁省今年的目标", "辽宁省", ("沈阳市",)),
        ("杭州今年的目标", "杭州", ("浙江省",)),
    ],
)
def test_what_is_not_held_is_never_another_place(reports: list[Report], question: str, name: str, near: tuple[str, ...]) -> None:
    (place,) = extent_of(Directory(reports), reports, question).places
    assert (place.name, place.reports, place.near) == (name, (), near)


def test_reports_of_one_place_stand_by_year(reports: list[Report]) -> None:
    (place,) = extent_of(Directory(reports), reports, "海拉尔区历年的收入").places
    assert [reports[row].year for row in place.reports] == ["2025", "2025", "2026", "2026"]


def test_levels_and_provinces() -> None:
    levels = {"浙江省": "province", "上海市": "province", "沈阳市": "city", "北京市朝阳区": "county", "全国": ""}
    levels |= {"内蒙古自治区": "province", "吉林市": "city", "海南州": "city", "黄南藏族自治州": "city"}
    assert {place: level_of(place) for place in levels} == levels
    assert [province_of(place) for place in ("沈阳市", "浙江省", "北京市朝阳区", "海拉尔区")] == ["辽宁", "浙江", "北京", "内蒙古"]
