"""Path → str: decode a report's file. The byte-order mark is dropped, CRLF becomes LF, nothing else changes."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from index import corrections
from index.errors import ReadError

SUFFIXES = (".txt",)
# In a folder these are plainly meant as reports, so they are listed as not read; other files there are passed over.
UNREAD = (
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
    ".ofd",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
)
MAX_BYTES = 8_000_000  # the longest report known is under 100 kB; what is longer is not a report
# GB18030 decodes almost any bytes, so UTF-8 read as GBK comes out as these instead of failing.
MOJIBAKE = ("銆", "锛", "鐨", "涓€", "鍜")
MOJIBAKE_PER_CHARACTER = 0.01  # in such text every 。，的 is one of them: about 5 in 100


@dataclass(frozen=True, slots=True)
class Source:
    """A file read: its key, its text and the hash of its bytes, with those of its corrections where it has any."""

    id: str
    text: str
    sha256: str


def read_source(path: Path) -> Source:
    """Read one report. Raises ReadError, in one line, for what is no report."""
    if path.suffix.lower() not in SUFFIXES:
        raise ReadError(f"{path}：不认识的格式；现在可读的是 {'、'.join(SUFFIXES)}")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(f"{path}：文件有 {size} 字节，超过 {MAX_BYTES} 的上限，不像一份报告")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}：没有这个文件，请检查路径") from None
    except OSError as error:
        raise ReadError(f"{path}：无法读取（{error.strerror}）") from None
    beside = corrections.beside(path)
    more = beside.read_bytes() if beside.is_file() else b""
    return Source(path.stem, decode(data, str(path)), hashlib.sha256(data + more).hexdigest())


def decode(data: bytes, name: str) -> str:
    """Bytes in UTF-8 (with or without a mark) or GB18030 → text, line ends as LF. Raises ReadError."""
    if b"\0" in data:
        raise ReadError(f"{name}：含有空字节，不是文本文件；请另存为 UTF-8 文本")
    try:
        text = data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise ReadError(f"{name}：既不是 UTF-8 也不是 GB18030（第 {error.start} 字节）；请另存为 UTF-8") from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise ReadError(f"{name}：文件是空的")
    if sum(text.count(sign) for sign in MOJIBAKE) > MOJIBAKE_PER_CHARACTER * len(text):
        raise ReadError(f"{name}：是乱码（UTF-8 被当作 GBK 保存过）；请用原文件")
    return text


def report_files(paths: list[Path]) -> list[Path]:
    """The report files named: files as they are, folders searched to any depth, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            wanted = (*SUFFIXES, *UNREAD)
            found += sorted(file for file in path.rglob("*") if file.suffix.lower() in wanted and file.is_file())
        elif path.exists():
            found.append(path)
        else:
            raise ReadError(f"{path}：没有这个文件，请检查路径")
    found = list(dict.fromkeys(found))
    if not found:
        raise ReadError(f"{'、'.join(map(str, paths))}：里面没有报告（{'、'.join(SUFFIXES)}）")
    return found
