"""The real report in every format: the same texts, outline and figures as its text file gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.browser import NAMES
from index.records import Figure, Report
from tests.builds import reports_of
from tests.conftest import SEED
from tests.index.formats import writers
from tests.invariants import check_report

LINES = [line.strip() for line in SEED.read_text(encoding="utf-8").split("\n") if line.strip()]
SAME: dict[str, Callable[[list[str]], bytes]] = {
    "utf-8.html": writers.web_page,
    "gb2312.htm": lambda lines: writers.web_page(lines, "gb2312"),
    "report.md": writers.markdown,
    "report.docx": writers.word,
    "report.pdf": writers.pages,
    "gaps.pdf": lambda lines: writers.pages(lines, indent="", gap=4),
    "table.csv": lambda lines: writers.table([{"编号": "7", "全文": "\n".join(lines)}]),
    "gbk.csv": lambda lines: writers.table([{"content": "\r\n".join(lines)}], "gb18030"),
}


def saved(folder: Path, name: str, data: bytes) -> Report:
    (folder / name).write_bytes(data)
    return reports_of([folder / name])[0]


def texts(report: Report) -> list[str]:
    return [paragraph.span.of(report.text) for paragraph in report.paragraphs]


def told(figure: Figure) -> tuple[object, ...]:
    """All of a figure but its place."""
    return tuple(getattr(figure, name) for name in Figure.__slots__ if name not in ("span", "clause", "sentence"))


def same(found: Report, report: Report) -> None:
    check_report(found)
    head = ("title", "place", "date", "speaker", "office", "year_reported", "year_planned")
    assert [getattr(found, name) for name in head] == [getattr(report, name) for name in head]
    outlined = [[(one.path, one.year, one.status) for one in each.sections] for each in (found, report)]
    assert outlined[0] == outlined[1]
    assert texts(found) == texts(report)
    assert [told(figure) for figure in found.figures] == [told(figure) for figure in report.figures]


@pytest.mark.parametrize("name", SAME)
def test_the_report_in_another_format_is_the_same(name: str, tmp_path: Path, report: Report) -> None:
    same(saved(tmp_path, name, SAME[name](LINES)), report)


def test_as_a_browser_prints_it(tmp_path: Path, report: Report) -> None:
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        pytest.skip("no Chromium")
    same(saved(tmp_path, "printed.pdf", writers.printed(LINES, tmp_path, browser)), report)


def test_without_indents_or_gaps_a_pdf_loses_few_paragraphs(tmp_path: Path, report: Report) -> None:
    """Where a last line happens to be full nothing tells that a paragraph ends: 117 of 119 are found."""
    found = saved(tmp_path, "plain.pdf", writers.pages(LINES, indent=""))
    assert "".join(texts(found)) == "".join(texts(report))
    assert len(set(texts(report)) & set(texts(found))) >= 0.95 * len(report.paragraphs)
    assert [figure.text for figure in found.figures] == [figure.text for figure in report.figures]
