"""The documents that labelled questions are about, as one engine: reports beside the project, and the counties' in a workbook."""

from collections.abc import Iterable
from pathlib import Path

import openpyxl

from gold.shelf import SHARED, Shelf
from index import paths
from index.collect import read_reports
from index.records import Progress, Report
from search import Engine

WORKBOOK, ROW, TEXT = SHARED / "reports2" / "counties_work_reports.xlsx", "county_row", 7  # rows by their number, the column of the text
BREAKS = ("\\r\\n", "\\n")  # written out in its cells


def engine_of(stems: Iterable[str], progress: Progress = lambda *_: None) -> Engine:
    """An engine over all of these documents."""
    once = [*dict.fromkeys(stems)]
    counties = [_county(stem) for stem in once if stem.startswith(ROW)]
    return Shelf(progress).engine([stem for stem in once if not stem.startswith(ROW)], counties)


def _county(stem: str) -> Report:
    """A row of the workbook, read as the text file that it would be."""
    row = int(stem.removeprefix(ROW))
    text = str(openpyxl.load_workbook(WORKBOOK, read_only=True).worksheets[0].cell(row, TEXT + 1).value)
    for mark in BREAKS:
        text = text.replace(mark, "\n")
    folder = paths.CACHE / "train"
    folder.mkdir(parents=True, exist_ok=True)
    file = Path(folder / f"{stem}.txt")
    file.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    (report,) = read_reports(file, stem)
    if not isinstance(report, Report):
        raise report
    return report
