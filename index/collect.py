"""Paths → Reports: each file read, corrected and outlined, its figures extracted; what cannot be read is listed, and the rest goes on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.clean.documents import documents, once
from index.clean.edits import restored, without_lines
from index.clean.lines import closed, meant
from index.errors import ReadError
from index.figures.extract import extract
from index.outline import masthead, portal, sections
from index.read import corrections, sources
from index.read.sources import Source
from index.records import Figure, Progress, Report, Unread


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no report, and why, in one line."""

    file: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Collected:
    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]
    files: tuple[Path, ...] = ()  # all that were looked at


def collect(paths: Iterable[Path], progress: Progress = lambda *_: None) -> Collected:
    """The reports of files and folders, in the order of their paths. Raises ReadError where there is not one."""
    files = sources.report_files(list(paths))
    ids = report_ids(files)
    reports: dict[str, Report] = {}  # by their words: the same report in two files or two formats is one
    skipped: list[Skipped] = []
    for number, file in enumerate(files, start=1):
        for report in read_reports(file, ids[file], progress):
            try:
                _keep(report, reports, file)
            except ReadError as error:
                skipped.append(Skipped(file, str(error)))
        progress("read", number, len(files))
    if not reports:
        others = f"（另有 {len(skipped) - 1} 个文件也不能读）" if len(skipped) > 1 else ""
        raise ReadError(f"{skipped[0].reason}{others}")
    return Collected(tuple(reports.values()), tuple(skipped), tuple(files))


def _keep(report: Report | ReadError, reports: dict[str, Report], file: Path) -> None:
    if isinstance(report, ReadError):
        raise report
    words = "".join(report.text.split())
    if words in reports:
        raise ReadError(f"{file}：与 {reports[words].id} 的内容完全相同")
    reports[words] = report


def read_reports(file: Path, report_id: str | None = None, progress: Progress = lambda *_: None) -> Iterator[Report | ReadError]:
    """The reports of a file with their figures, and in the place of one that cannot be read its error.

    `report_id` stands in for the file's name. Raises CorrectionError.
    """
    try:
        for source in sources.read_sources(file, report_id, progress):
            if isinstance(source, ReadError):
                yield source
            else:
                yield from (_report(part, file) for part in documents(once(meant(source))))
    except ReadError as error:
        yield error


def _report(source: Source, file: Path) -> Report | ReadError:
    """A source read: what a portal put around it is left out, what parts its numbers is seen through."""
    own = sources.own_file(file, source.key)
    if said := portal.error_in(source.text):
        return ReadError(f"{file}：是网站的出错或验证页面（“{said}”），不是报告；请重新下载")
    read = closed(source)
    head = masthead.corrected(masthead.read_source(read), corrections.provenance(own))
    report = sections.outlined(read, head)
    if portals := portal.boilerplate(report):
        lines = restored(report, read)
        spans = [lines.paragraph(number).span for number in sorted(portals)]
        told = Unread(f"“{spans[0].of(lines.text)[:16]}”等 {len(spans)} 行", "网页的按钮、来源和链接，不是正文")
        source = replace(without_lines(source, spans), unread=(*source.unread, told))
        read = closed(source)
        report = sections.outlined(read, masthead.moved(head, read))
    if not report.paragraphs:
        return ReadError(f"{file}：没有正文，只有标题")
    report = restored(replace(report, figures=_doubted(extract(report), read), boxes=read.boxes), read)
    report = restored(report, source) if source.is_file else report
    return replace(report, figures=corrections.apply(report, report.figures, own))


def _doubted(figures: tuple[Figure, ...], read: Source) -> tuple[Figure, ...]:
    """The figures of a scan, marked where a character was not recognised for certain."""
    doubtful = [span for box in read.boxes for span in box.doubtful]
    return tuple(replace(one, doubtful=any(map(one.span.overlaps, doubtful))) for one in figures) if doubtful else figures


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
