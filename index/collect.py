"""Paths → Reports: each file read, corrected and outlined, its figures extracted; what cannot be read is listed, and the rest goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index import corrections, figures, outline, portal, provenance, read
from index.errors import ReadError
from index.records import Report

Progress = Callable[[str, int, int], None]  # stage, done, of


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no report, and why, in one line."""

    file: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Collected:
    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def collect(paths: Iterable[Path], progress: Progress = lambda *_: None) -> Collected:
    """The reports of files and folders, in the order of their paths. Raises ReadError where there is not one."""
    files = read.report_files(list(paths))
    ids = report_ids(files)
    reports: dict[str, Report] = {}  # by the hash of their bytes
    skipped: list[Skipped] = []
    for number, file in enumerate(files, start=1):
        try:
            report = read_report(file, ids[file])
            if report.sha256 in reports:
                raise ReadError(f"{file}：与 {reports[report.sha256].id} 的内容完全相同")
            if len(portal.boilerplate(report)) == len(report.paragraphs):
                raise ReadError(f"{file}：没有正文，只有标题")
            reports[report.sha256] = report
        except ReadError as error:
            skipped.append(Skipped(file, str(error)))
        progress("read", number, len(files))
    if not reports:
        others = f"（另有 {len(skipped) - 1} 个文件也不能读）" if len(skipped) > 1 else ""
        raise ReadError(f"{skipped[0].reason}{others}")
    return Collected(tuple(reports.values()), tuple(skipped))


def read_report(file: Path, report_id: str | None = None) -> Report:
    """One file as a report with its figures; `report_id` stands in for the file's name. Raises ReadError, CorrectionError."""
    source = read.read_source(file)
    if report_id is not None:
        source = replace(source, id=report_id)
    report = outline.outline(source, provenance.corrections(file))
    portals = portal.boilerplate(report)
    found = [figure for figure in figures.extract(report) if figure.paragraph not in portals]
    return replace(report, figures=corrections.apply(report, found, file))


def report_ids(files: list[Path]) -> dict[Path, str]:
    """A key for each file: its name, with its folder's before it where another file has the same."""
    counts = Counter(file.stem for file in files)
    named = {file: file.stem if counts[file.stem] == 1 else f"{file.parent.name}_{file.stem}" for file in files}
    taken: Counter[str] = Counter()
    for file, name in named.items():
        taken[name] += 1
        if taken[name] > 1:
            named[file] = f"{name}_{taken[name]}"
    return named
