"""<report>.corrections.toml: what it changes, what it refuses, and that a build notices it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.build import is_current
from index.collect import collect
from index.errors import CorrectionError
from index.records import Figure
from index.store.disk import publish
from tests.builds import reports_of
from tests.index.conftest import small_index

TEXT = "甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。出口实现100亿元。\n"
REASON = 'reason = "统计公报"\n'


def corrected(folder: Path, rows: str) -> dict[str, Figure]:
    file = folder / "one.txt"
    file.write_text(TEXT, encoding="utf-8")
    (folder / "one.corrections.toml").write_text(rows, encoding="utf-8")
    return {figure.indicator + figure.text: figure for figure in reports_of([file])[0].figures}


def test_a_field_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    rows = '[[figure]]\ntext = "9%"\nvalue = "9.1"\nmodifier = "约"\n' + REASON
    found = corrected(tmp_path, rows)
    assert list(found) == ["地区生产总值100亿元", "地区生产总值9%", "出口100亿元"]
    figure = found["地区生产总值9%"]
    assert (figure.value, figure.modifier, figure.kind, figure.period) == (Decimal("9.1"), "约", "growth", "2010")


def test_a_record_is_removed(tmp_path: Path) -> None:
    rows = '[[figure]]\ntext = "100亿元"\nbefore = "出口实现"\nremove = true\n' + REASON
    assert list(corrected(tmp_path, rows)) == ["地区生产总值100亿元", "地区生产总值9%"]


def test_a_record_is_named_by_its_offset(tmp_path: Path) -> None:
    start = TEXT.rindex("100亿元")
    rows = f'[[figure]]\ntext = "100亿元"\nstart = {start}\nunit = "美元"\n' + REASON
    assert corrected(tmp_path, rows)["出口100亿元"].unit == "美元"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ('[[figure]]\ntext = "8%"\nvalue = "9"\n' + REASON, "第1条：文中没有数字“8%”"),
        ('[[figure]]\ntext = "9%"\nbefore = "下降"\nvalue = "9"\n' + REASON, "第1条：“下降”之后没有数字“9%”"),
        ('[[figure]]\ntext = "9%"\nstart = 3\nvalue = "9"\n' + REASON, "第1条：位置 3没有数字“9%”"),
        ('[[figure]]\ntext = "100亿元"\nremove = true\n' + REASON, "第1条：文中有 2 处“100亿元”"),
        ('[[figure]]\ntext = "9%"\nvalue = "9.1"\n', "要有 reason"),
        ('[[figure]]\ntext = "9%"\n' + REASON, "没有说改什么"),
        ('[[figure]]\ntext = "9%"\nyear = "2010"\n' + REASON, "不认识 year"),
        ('[[figure]]\ntext = "9%"\nvalue = "九"\n' + REASON, "不是数字"),
        ('[[figure]]\ntext = "9%"\nkind = "speed"\n' + REASON, "kind = 'speed' 应该是"),
        ('[[figure]]\nvalue = "9"\n' + REASON, "要有 text"),
        (('[[figure]]\ntext = "9%"\nvalue = "9.1"\n' + REASON) * 2, "第2条：“9%”已由前面一条更正"),
        ("[[figure]\n", "不是有效的 TOML"),
        ("[figures]\n", "只能有 [[figure]] 表"),
    ],
)
def test_what_cannot_be_applied_is_one_line(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(CorrectionError) as raised:
        corrected(tmp_path, rows)
    assert message in str(raised.value)
    assert "one.corrections.toml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_build_stops_at_a_correction_that_no_longer_stands(tmp_path: Path) -> None:
    """Going on with the other reports would show the figure uncorrected."""
    (tmp_path / "two.txt").write_text(TEXT.replace("甲", "乙"), encoding="utf-8")
    with pytest.raises(CorrectionError):
        corrected(tmp_path, '[[figure]]\ntext = "8%"\nremove = true\n' + REASON)
    with pytest.raises(CorrectionError):
        collect([tmp_path])


def test_a_changed_correction_asks_for_a_build(tmp_path: Path, tiny_model: Path) -> None:
    reports, folder = tmp_path / "reports", tmp_path / "index"
    reports.mkdir()
    publish(folder, small_index(reports, tiny_model, "one"))
    assert is_current([reports], folder, str(tiny_model), "float32")
    (reports / "one.corrections.toml").write_text('[[figure]]\ntext = "9%"\nremove = true\n' + REASON, encoding="utf-8")
    assert not is_current([reports], folder, str(tiny_model), "float32")
    index = small_index(reports, tiny_model, "one")  # a rebuild keeps to it
    assert [figure.text for figure in index.corpus.reports[0].figures] == ["100亿元"]
    publish(folder, index)
    assert is_current([reports], folder, str(tiny_model), "float32")
