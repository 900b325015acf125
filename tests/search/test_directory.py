"""What is looked up about many reports is what looking through all of them finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from index import tokens
from index.outline.masthead import NATION
from index.records import Report
from index.text import normal
from search.library.directory import Directory, PlacesWritten
from search.library.extent import extent_of
from search.plan.respell import Sounds

PLACES = ("辽宁省", "沈阳市", NATION, "呼伦贝尔市海拉尔区", "沈阳市", None, "内蒙古自治区")
YEARS = ("2025", "2026", "2026", None, "2024", "2026", "2026")
TEXTS = ("我市浑南新区建成,法库县增收", "海城市、新宾满族自治县", "市区", "")


@pytest.fixture(scope="module")
def reports(report: Report) -> list[Report]:
    return [replace(report, place=p, year_planned=y) for p, y in zip(PLACES, YEARS, strict=True)]


@pytest.fixture(scope="module")
def directory(reports: list[Report]) -> Directory:
    return Directory(reports)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("沈阳市的出口", (1, 4)),
        ("辽宁和沈阳谁高", (0,)),
        ("海拉尔呢", (3,)),
        ("呼伦贝尔市海拉尔区和辽宁", (3,)),
        ("国务院", ()),
        ("内蒙古粮食", (6,)),
        ("", ()),
    ],
)
def test_the_place_named_first(directory: Directory, reports: list[Report], asked: str, found: tuple[int, ...]) -> None:
    places = extent_of(directory, reports, asked).places
    rows = next((place.reports for place in places if place.name != NATION and place.reports), ())
    assert tuple(sorted(rows)) == found


def test_the_latest_is_the_first_of_its_year(directory: Directory) -> None:
    assert directory.latest(range(len(PLACES))) == 1
    assert directory.latest((3, 4)) == 4
    assert directory.latest((3,)) == 3
    assert directory.national == (2,)


def test_figures_are_counted_by_period(directory: Directory, report: Report) -> None:
    counts = Counter(figure.period for figure in report.figures)
    assert directory.figures == {period: dict.fromkeys(range(len(PLACES)), n) for period, n in counts.items()}


@pytest.mark.parametrize("name", ["浑南新区", "法库县", "南新区", "海城市", "满族自治县", "城县", "库县增", "我市", "大连市", "新民市"])
def test_a_place_is_written_where_a_text_has_it(name: str) -> None:
    written = any(name in text for text in TEXTS) and name[-1] in "市县旗盟区"
    assert (name in PlacesWritten(TEXTS)) == written


def test_words_by_sound_are_those_of_the_whole_text_cut(report: Report) -> None:
    text = normal(report.text)
    counts = Counter(word for word in tokens.search_words(text) if len(word) > 1 and word.isalpha())
    by_sound = {tokens.sound(word): word for word, _ in reversed(counts.most_common())}
    sounds = Sounds(text)
    asked = [sound for sound, word in by_sound.items() if not word.isascii()]
    assert [sounds.word(sound) for sound in asked] == [by_sound[sound] for sound in asked]
    assert sounds.word(("liang", "chuai")) is None
