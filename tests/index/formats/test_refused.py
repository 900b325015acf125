"""What cannot be read is one line that says why, and the rest of the folder is built."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from index.collect import collect
from index.errors import ReadError
from index.read import docx
from index.read.sources import read_sources
from tests.index.formats import writers

LINES = [
    "甲市2011年政府工作报告",
    "——2011年1月9日在甲市第三届人民代表大会第一次会议上",
    "市长 张三",
    "各位代表：",
    "一、2010年工作回顾",
    "地区生产总值实现100亿元，增长9%，经济社会发展取得新的成绩，人民生活继续改善。",
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)  # how Word keeps a document behind a password


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(writers.word(LINES))) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in whole.namelist():
            made.writestr(part, whole.read(part))
        made.writestr("word/media/image1.bin", bytes(docx.MOST_BYTES + 1))
    return out.getvalue()


def missing_part() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(writers.word(LINES))) as whole, zipfile.ZipFile(out, "w") as made:
        for part in whole.namelist():
            if part != "word/document.xml":
                made.writestr(part, whole.read(part))
    return out.getvalue()


REFUSED = {
    "empty.pdf": (b"", "空"),
    "empty.docx": (b"", "空"),
    "blank.html": (b"<html><body>  <p>&nbsp;</p></body></html>", "没有正文"),
    "script.html": ("<body><script>document.write('报告全文')</script><div id=app></div></body>".encode(), "脚本"),
    "nothing.md": (b"---\ntitle: x\n---\n", "没有文字"),
    "password.docx": (OLE, "密码"),
    "cut.docx": (writers.word(LINES)[:9000], "Word"),
    "missing.docx": (missing_part(), "Word"),
    "no.docx": (b"PK\x03\x04", "Word"),
    "nothing.docx": (writers.word([""]), "没有文字"),
    "bomb.docx": (bomb(), "解压"),
    "password.pdf": (writers.pages(LINES, password="secret"), "密码"),
    "cut.pdf": (writers.pages(LINES)[:3000], "PDF"),
    "no.pdf": (b"%PDF-1.7\nnothing", "PDF"),
    "scanned.pdf": (writers.scanned(), "扫描"),
    "column.csv": (writers.table([{"地区": "甲市", "备注": "无"}]), "全文"),
    "text.csv": ("甲市2011年政府工作报告\n".encode(), "全文"),
    "bytes.csv": (b"\xff\xfe\x00", "空字节"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_line(name: str, tmp_path: Path) -> None:
    data, said = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    try:
        (error,) = read_sources(path)
    except ReadError as raised:
        error = raised
    assert isinstance(error, ReadError)
    assert str(error).startswith(f"{path}：")
    assert said in str(error)
    assert "\n" not in str(error)


def test_a_mixed_folder_is_built_but_for_what_cannot_be_read(tmp_path: Path) -> None:
    files = {"a.txt": "\n".join(LINES).encode(), "b/b.html": writers.web_page([LINES[0].replace("甲", "乙"), *LINES[1:]])}
    files |= {"same.docx": writers.word(LINES), "README.md": b"# x", "~$same.docx": b"open", "notes.json": b"{}"}
    rows = [{"地区": "丙市", "年份": "2011", "全文": "\n".join(LINES[3:])}, {"地区": "丁市", "年份": "2011", "全文": " "}]
    files["many.csv"] = writers.table(rows)
    files |= {name: data for name, (data, _) in REFUSED.items()}
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = collect([tmp_path])
    assert sorted(report.id for report in found.reports) == ["a", "b", "many_丙市2011"]
    named = [skipped.file.name for skipped in found.skipped]
    assert sorted(named) == sorted([*REFUSED, "many.csv", "same.docx"])
    reasons = {skipped.file.name: skipped.reason for skipped in found.skipped}
    assert "第 2 行没有全文" in reasons["many.csv"]
    assert "与 a 的内容完全相同" in reasons["same.docx"]


def test_a_pdf_that_unpacks_to_more_than_its_reader_may_hold(tmp_path: Path) -> None:
    """Its stream is 1.2 GB of spaces: the reader's own process ends, and this one says so."""
    packer = zlib.compressobj(1)
    stream = b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(1200)), packer.flush()])
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % row for row in enumerate(objects, start=1))
    (tmp_path / "bomb.pdf").write_bytes(data + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF")
    with pytest.raises(ReadError, match="PDF"):
        read_sources(tmp_path / "bomb.pdf")
