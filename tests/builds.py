"""Indexes and reports of files, in memory."""

from __future__ import annotations

from pathlib import Path

from index.build import assemble, embed
from index.collect import collect, read_reports
from index.encode.encoder import Encoder
from index.errors import ReadError
from index.records import Report
from index.store.disk import Index


def index_of(paths: list[Path], encoder: Encoder) -> Index:
    """An index of the reports of files and folders."""
    return embed(assemble(collect(paths).reports), encoder)


def reports_of(files: list[Path]) -> list[Report]:
    """The reports of the files. Raises ReadError for the first that is no report."""
    found = [report for file in files for report in read_reports(file)]
    for report in found:
        if isinstance(report, ReadError):
            raise report
    return [report for report in found if isinstance(report, Report)]
