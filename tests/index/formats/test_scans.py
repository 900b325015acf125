"""Pages that are pictures: their text by the extra `ocr`, its boxes, and a mark on what was not recognised for certain."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from gold.reading import KEPT
from index.collect import read_reports
from index.errors import ReadError
from index.read.formats import extract
from index.read.paged import scans
from index.read.paged.pdf_tables import Line, Word
from index.records import Report, Unread
from search.library.outlined import outline_result

SOURCE = KEPT / "made_2" / "guangshan_2021_work_report.pdf"
PAGES = (2, 3)  # of its text


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of a report, drawn as pictures."""
    document, drawn = pypdfium2.PdfDocument(SOURCE), FPDF(unit="pt", format="A4")
    for number in PAGES:
        picture = io.BytesIO()
        document[number].render(scale=2).to_pil().save(picture, "JPEG", quality=80)
        drawn.add_page()
        drawn.image(picture, 0, 0, drawn.w, drawn.h)
    path = tmp_path_factory.mktemp("scan") / "guangshan_2021.pdf"
    drawn.output(str(path))
    return path


@pytest.fixture(scope="module")
def read(scan: Path) -> tuple[Report, list[tuple[str, int, int]]]:
    told: list[tuple[str, int, int]] = []
    (report,) = read_reports(scan, None, lambda *step: told.append(step))
    assert isinstance(report, Report)
    return report, told


def test_its_figures_are_those_of_the_text(read: tuple[Report, list[tuple[str, int, int]]]) -> None:
    (source,) = read_reports(SOURCE)
    assert isinstance(source, Report)
    written = {figure.text for figure in source.figures}
    found = [figure.text.replace(" ", "") for figure in read[0].figures]
    assert len(found) > 30
    assert [text for text in found if text not in written] == []


def test_each_paragraph_has_its_boxes(read: tuple[Report, list[tuple[str, int, int]]]) -> None:
    report, _ = read
    lines = [line for line in outline_result(report).paragraphs if line.paragraph]
    assert all(line.boxes for line in lines)
    assert {box.page for line in lines for box in line.boxes} == {1, 2}
    assert all(0 <= box.edges[0] < box.edges[2] <= 596 and 0 <= box.edges[1] < box.edges[3] <= 843 for box in report.boxes)
    assert "综合实力跃上新台阶" in "".join(box.span.of(report.text) for box in report.boxes if box.page == 1)


def test_it_is_told_and_shown_on_the_way(read: tuple[Report, list[tuple[str, int, int]]]) -> None:
    report, told = read
    assert told == [("recognise", 1, 2), ("recognise", 2, 2)]
    assert report.unread[0] == Unread("扫描的 2 页", "文字是识别出来的，可能有错；不确定的数字有标记")


def test_a_character_that_is_not_certain_marks_its_figure() -> None:
    """A line in two words, whose blank is gone in the text."""
    line = Line(100.0, 16.0, (Word("增长", 50.0, 80.0, (0.99, 0.99)), Word("4.6%。", 85.0, 120.0, (0.55, 0.99, 0.97, 0.99, 0.99))))
    (box,) = scans.placed("去年\n增长4.6%。\n", [(3, line)])
    assert (box.page, box.edges, box.span.of("去年\n增长4.6%。\n")) == (3, (50.0, 100.0, 120.0, 116.0), "增长4.6%。")
    assert [span.of("去年\n增长4.6%。\n") for span in box.doubtful] == ["4"]


def test_words_of_a_row_that_came_apart_are_found_one_by_one() -> None:
    line = Line(100.0, 16.0, (Word("农业", 50.0, 80.0, (0.9, 0.9)), Word("3.9", 200.0, 220.0, (0.4, 0.9, 0.9))))
    text = "农业\t其中林业\t3.9\n"
    assert [box.span.of(text) for box in scans.placed(text, [(1, line)])] == ["农业", "3.9"]


def test_what_is_not_certain_stays_marked_through_all_that_is_edited(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit that nothing reaches every figure is marked, and with none no figure is."""
    monkeypatch.setattr(scans, "DOUBTFUL", 1.1)
    (report,) = read_reports(scan)
    assert isinstance(report, Report)
    assert all(figure.doubtful for figure in report.figures)
    monkeypatch.setattr(scans, "DOUBTFUL", 0.0)
    (report,) = read_reports(scan)
    assert isinstance(report, Report)
    assert not any(figure.doubtful for figure in report.figures)


def test_without_the_extra_one_line_says_how(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"^a\.pdf：没有文字层，像是扫描件；请装上 wenbao\[ocr\]，或先做文字识别（OCR）$"):
        extract(scan.read_bytes(), ".pdf", "a.pdf")


def test_too_many_pages_are_refused_before_the_first(scan: Path) -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf：有 201 页要识别文字，最多 200 页"):
        scans.recognised(scan.read_bytes(), [0] * 201, "a.pdf", lambda *_: None)


def test_one_that_fails_says_at_which_page(scan: Path) -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf：识别文字时出错，到第 2 页为止"):
        scans.recognised(scan.read_bytes(), [0, 99], "a.pdf", lambda *_: None)


def test_a_record_keeps_its_mark_in_the_index(read: tuple[Report, list[tuple[str, int, int]]]) -> None:
    from index.records import Corpus
    from index.store.disk import dump_corpus, load_corpus

    report = replace(read[0], figures=tuple(replace(figure, doubtful=True) for figure in read[0].figures))
    (again,) = load_corpus(dump_corpus(Corpus((report,), ()))).reports
    assert again == report
