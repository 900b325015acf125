"""Path → Sources: the reports of a file, each with its text, its key and the hash of what it was made from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ReadError
from index.read import corrections
from index.read.formats import SUFFIXES, Extracted, extract
from index.records import Box, Cell, Progress, Unread

# In a folder these are plainly meant as reports, so they are listed as not read; other files there are passed over.
CONVERTED = {
    "在 Word 或 WPS 里另存为 .docx": (".doc", ".wps", ".rtf", ".odt"),
    "在 Excel 或 WPS 里另存为 .xlsx": (".xls", ".et", ".ods"),
    "另存为 .pdf": (".ofd", ".ppt", ".pptx"),
    "先做文字识别（OCR），存成 .txt": (".jpg", ".jpeg", ".png", ".tif", ".tiff"),
}
UNREAD = tuple(suffix for suffixes in CONVERTED.values() for suffix in suffixes)
ABOUT = ("readme", "changelog", "license", "licence", "contributing")  # what a folder says of itself
MAX_BYTES = {".csv": 200_000_000, ".xlsx": 50_000_000, ".pdf": 50_000_000, ".docx": 50_000_000}  # of many reports, or with pictures
MOST_BYTES = 8_000_000  # of any other: the longest report known is under 100 kB


@dataclass(frozen=True, slots=True)
class Source:
    """A report read: its key, its text and the hash of what it was made from, with that of its corrections where it has any.

    `key`, `headings`, `given` and `is_file` are what its format says beside the text (formats/extracted.py).
    """

    id: str
    text: str
    sha256: str
    key: str = ""
    headings: Mapping[int, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    is_file: bool = True
    tables: tuple[tuple[Cell, ...], ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    origin: str = "columns"
    boxes: tuple[Box, ...] = ()
    back: Sequence[int] | None = None  # of an edited text: where each of its characters stood in the one that was given,
    original: str = ""  # which is this


def read_sources(path: Path, report_id: str | None = None, progress: Progress = lambda *_: None) -> list[Source | ReadError]:
    """The reports of a file; `report_id` stands in for its name. Raises ReadError, in one line, for what is no report."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        told = next((how for how, suffixes in CONVERTED.items() if suffix in suffixes), "")
        if told:
            raise ReadError(f"{path}：不认识的格式；请{told}")
        raise ReadError(f"{path}：不认识的格式；现在可读的是 {'、'.join(SUFFIXES)}")
    data = _bytes(path, MAX_BYTES.get(suffix, MOST_BYTES))
    name = path.stem if report_id is None else report_id
    extracted = extract(data, suffix, str(path), progress)
    return [one if isinstance(one, ReadError) else _source(one, data, name, path) for one in extracted]


def own_file(path: Path, key: str) -> Path:
    """The name by which a report's corrections are looked for: a table's row has one of its own."""
    return path.with_name(f"{path.stem}_{key}{path.suffix}") if key else path


def _source(one: Extracted, data: bytes, name: str, path: Path) -> Source:
    made_from = repr((one.text, sorted(one.given.items()))).encode("utf-8", "surrogatepass") if one.key else data
    beside = corrections.beside(own_file(path, one.key))
    more = beside.read_bytes() if beside.is_file() else b""
    return Source(
        id=f"{name}_{one.key}" if one.key else name,
        text=one.text,
        sha256=hashlib.sha256(made_from + more).hexdigest(),
        key=one.key,
        headings=one.headings,
        given=one.given,
        is_file=one.is_file,
        tables=one.tables,
        notes=one.notes,
        unread=one.unread,
        origin=one.origin,
        boxes=one.boxes,
    )


def _bytes(path: Path, most: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > most:
            raise ReadError(f"{path}：文件有 {size} 字节，超过 {most} 的上限，不像一份报告")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}：没有这个文件，请检查路径") from None
    except OSError as error:
        raise ReadError(f"{path}：无法读取（{error.strerror}）") from None
    if not data.strip():
        raise ReadError(f"{path}：文件是空的")
    return data


def report_files(paths: list[Path]) -> list[Path]:
    """The report files named: files as they are, folders searched to any depth, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if _is_meant(file))
        elif path.exists():
            found.append(path)
        else:
            raise ReadError(f"{path}：没有这个文件，请检查路径")
    found = list(dict.fromkeys(found))
    if not found:
        raise ReadError(f"{'、'.join(map(str, paths))}：里面没有报告（{'、'.join(SUFFIXES)}）")
    return found


def _is_meant(file: Path) -> bool:
    """Whether a file in a folder is meant as a report. ~$ is Word's own mark of an open document."""
    named = file.suffix.lower() in (*SUFFIXES, *UNREAD) and file.stem.lower() not in ABOUT
    return named and not file.name.startswith(("~$", ".")) and file.is_file()
