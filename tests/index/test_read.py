"""Bytes → text: what is read as it stands, and what is refused in one line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.errors import ReadError
from index.read.decoded import decode
from index.read.sources import MOST_BYTES, Source, read_sources, report_files
from tests.conftest import REPORT_ID, SEED

TEXT = "甲市2011年政府工作报告\n一、2010年工作回顾\n　　地区生产总值实现100亿元，增长9％。\n"


def read_source(path: Path) -> Source:
    (source,) = read_sources(path)
    assert isinstance(source, Source)
    return source


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_source(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "report.txt"
    path.write_bytes(data)
    return path


def test_the_real_report() -> None:
    source = read_source(SEED)
    assert source.id == REPORT_ID
    assert source.text == SEED.read_bytes().decode("utf-8")
    assert source.sha256 == hashlib.sha256(SEED.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode("utf-8"), id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(TEXT.encode("gb18030"), id="gb18030"),
        pytest.param(("\ufeff" + TEXT).encode("gb18030"), id="gb18030 with a mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode("utf-8"), id="crlf"),
        pytest.param(TEXT.replace("\n", "\r\n").encode("gb18030"), id="gb18030 crlf"),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    assert read_source(saved(tmp_path, data)).text == TEXT


def test_nothing_else_changes(tmp_path: Path) -> None:
    odd = "\n\n  增长９％ \t\r。\u3000㎡½\u200b\ue000𠮷👍\n\n"
    assert read_source(saved(tmp_path, odd.encode("utf-8"))).text == odd


def test_four_byte_gb18030(tmp_path: Path) -> None:
    rare = "地名有𠮷、㐀、ḿ；增长9%。\n"
    assert read_source(saved(tmp_path, rare.encode("gb18030"))).text == rare


def test_mojibake_is_refused(tmp_path: Path) -> None:
    data = SEED.read_text(encoding="utf-8").encode("utf-8").decode("gb18030", errors="ignore").encode("utf-8")
    assert "乱码" in refusal(saved(tmp_path, data))


def test_a_rare_character_is_no_mojibake(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8").replace("各位代表，同志们", "各位代表，锛鐨同志们", 1)
    assert read_source(saved(tmp_path, text.encode("utf-8"))).text == text


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", "\u3000\n".encode()])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "空" in refusal(saved(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode() + b"\0", id="nul"),
        pytest.param(TEXT.encode("utf-16-le"), id="utf-16 without its mark"),
        pytest.param(b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)), id="zip"),
    ],
)
def test_nul_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    assert "UTF-8" in refusal(saved(tmp_path, data))


def test_neither_encoding_is_refused(tmp_path: Path) -> None:
    message = refusal(saved(tmp_path, TEXT.encode() + b"\xff\xff\xff"))
    assert "UTF-8" in message
    assert "GB18030" in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "没有" in refusal(tmp_path / "none.txt")
    refusal(tmp_path)


def test_a_file_too_big_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # sparse: nothing is written
    assert str(MOST_BYTES) in refusal(path)


def test_the_messages_name_what_was_given() -> None:
    with pytest.raises(ReadError, match=r"^here：.*空"):
        decode(b"", "here")


def test_folders_are_searched_to_any_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/b/d.txt", "a/notes.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = [str(path.relative_to(tmp_path)) for path in report_files([tmp_path])]
    assert found == ["a/b/d.txt", "a/c.txt", "b.txt"]
    assert report_files([tmp_path / "b.txt"]) == [tmp_path / "b.txt"]


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ReadError, match="没有报告"):
        report_files([tmp_path])
    with pytest.raises(ReadError, match="格式"):
        read_source(tmp_path / "notes.json")
    with pytest.raises(ReadError, match="没有这个文件"):
        report_files([tmp_path / "gone.txt"])
