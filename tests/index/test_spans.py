"""The Span invariant as a property: on the real report, on reports cut and bent out of it, and on the other reports."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from index.figures.extract import extract
from index.outline.sections import outline
from index.read.decoded import decode
from index.read.sources import Source
from index.records import Figure, Report
from index.text import normal
from tests.conftest import SEED
from tests.invariants import check_report

LINES = SEED.read_text(encoding="utf-8").splitlines()
HEADINGS = [line for line in LINES if line[:2] in ("一、", "二、") or line.startswith("（")]
FULL_WIDTH = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
# What numbers, headings and sentences are made of: short strings of these meet every rule of the outline and the figures.
PIECES = [*"0123456789.,，。；、（）()一二三十百千万亿元%％年第个位名人-—至～余多\n\r\u3000 \t“”《》：!？", "\u3000\u3000"]
PIECES += ["增长", "下降", "提高到", "由", "占", "比重", "倍", "百分点", "亿元", "万人次", "以上", "超", "预计", "产值", "2006年", "去年"]
PIECES += ["“十五”期间", "一、", "（二）", "各位代表", "项目", "政府工作报告", "工业", "率", "百分之", "𠮷", "👍", "㎡", "萬", "億"]


def read(text: str) -> Report:
    """As a file of these words would be read, outlined and its figures taken."""
    report = outline(Source("r", decode(text.encode("utf-8"), "r"), ""))
    return replace(report, figures=extract(report))


@st.composite
def bent_reports(draw: st.DrawFn) -> str:
    """Stretches of the real report in any order, each line as it is or spelt otherwise, parted in any way."""
    lines: list[str] = []
    for start in draw(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=4)):
        lines += LINES[start : start + draw(st.integers(1, 6))]
    if draw(st.booleans()):
        lines = [line for line in lines if line not in HEADINGS] or ["甲"]
    bent = [line.translate(FULL_WIDTH) if draw(st.booleans()) else line for line in lines]
    number = draw(st.text("０１２３４５６７８９．％", max_size=4))
    bent = [_inserted(line, number, draw(st.integers(0, len(line)))) for line in bent]
    gaps = ("\n", "\r\n", "\n\n\n", "\r\n \t\r\n", "\u3000\u3000", "\n\u3000\u3000")
    return "".join(line + draw(st.sampled_from(gaps)) for line in bent)


def _inserted(line: str, text: str, position: int) -> str:
    return line[:position] + text + line[position:]


def test_the_real_report(report: Report) -> None:
    check_report(report)


@given(bent_reports())
@settings(max_examples=120)
def test_reports_bent_out_of_the_real_one(text: str) -> None:
    check_report(read(text))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join).filter(str.strip))
@settings(max_examples=500)
def test_reports_of_nothing_but_difficult_pieces(text: str) -> None:
    check_report(read(text))


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text))
def test_any_text_at_all(text: str) -> None:
    check_report(read(text))


def test_crlf_and_lf_give_the_same_report(report: Report) -> None:
    told = tuple((field, "text") for field, _ in report.origins)  # and not by provenance.toml
    assert read(report.text.replace("\n", "\r\n")) == replace(report, id="r", sha256="", origins=told)


def test_full_width_digits_change_no_value(report: Report) -> None:
    """Only commas part clauses in full width, so they stay; everything else may be written either way."""
    wide = read(report.text.translate({key: value for key, value in FULL_WIDTH.items() if key != ord(",")}))
    assert [paragraph.span for paragraph in wide.paragraphs] == [paragraph.span for paragraph in report.paragraphs]
    assert [_plain(figure) for figure in wide.figures] == [_plain(figure) for figure in report.figures]


def _plain(figure: Figure) -> Figure:
    return replace(figure, text=normal(figure.text), indicator=normal(figure.indicator), unit_written=normal(figure.unit_written or ""))


def test_no_headings_leaves_the_figures_without_a_period(report: Report) -> None:
    bare = read("\n".join(line for line in LINES[4:] if line not in HEADINGS))
    assert bare.sections == ()
    assert len(bare.figures) == len(report.figures)
    check_report(bare)


def test_the_other_reports(other_reports: dict[str, Report]) -> None:
    assert len(other_reports) > 50
    for name, report in other_reports.items():
        print(name)
        check_report(report)
        assert report.paragraphs, name
        assert report.figures, name
