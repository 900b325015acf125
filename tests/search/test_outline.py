"""What was read, told as contract.md has it, for people, as tables; and what could not be read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from index import paths
from index.build import assemble, embed
from index.encode.encoder import open_encoder
from index.errors import NotFound, UsageError
from index.store.disk import publish, read_manifest
from index.text import joined
from search import Engine, open_engine
from search.commands.cli import main
from tests.conftest import REPORT_ID
from tests.sheets import HEADS, ID, TEXT, TITLE, communique

KEYS = "report_id title place year date kind speaker source heads paragraphs terms tables unread origins characters figures"
INNER = {
    "heads": {"text", "level", "line"},
    "paragraphs": {"paragraph", "line", "section", "text", "boxes"},
    "terms": {"term", "definition", "citation"},
    "tables": {"title", "rows", "columns", "line"},
    "unread": {"where", "why"},
}
Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Path:
    """An index of one report with a table, terms and what was not read of it."""
    made = tmp_path_factory.mktemp("outline") / "index"
    publish(made, embed(assemble([communique()]), open_encoder(str(tiny_model))))
    return made


def output(capsys: Out, *arguments: str | Path) -> str:
    assert main([*map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def outlined(capsys: Out, folder: Path, *more: str) -> dict[str, Any]:
    (found,) = json.loads(output(capsys, "outline", "--json", "--index", folder, *more))
    return dict(found)


def test_the_json_has_the_contracts_keys_and_what_the_report_has(folder: Path, capsys: Out) -> None:
    found = outlined(capsys, folder)
    assert [*found] == KEYS.split()
    for name, keys in INNER.items():
        assert found[name]
        assert all(set(one) == keys for one in found[name]), name
    said = {name: found[name] for name in ("report_id", "title", "place", "year", "date", "kind", "speaker", "source")}
    told = [ID, TITLE, "丙市", "2023", "2024-03-20", "communique", None, None]
    assert [*said.values()] == told
    assert found["heads"] == [{"text": head, "level": 1, "line": TEXT[: TEXT.index(f"\n{head}")].count("\n") + 2} for head in HEADS]
    assert found["tables"] == [{"title": "表1  2023年地区生产总值及其增长速度", "rows": 6, "columns": 5, "line": 9}]
    assert found["unread"][0] == {"where": "第3页", "why": "图片，没有文字"}
    assert found["origins"] == {"title": "text", "place": "text", "date": "metadata", "year": "file name"}
    assert (found["characters"], found["figures"]) == (len(TEXT), 3)


def test_paragraphs_are_numbered_as_citations_have_them_and_read_on_over_line_breaks(folder: Path, capsys: Out) -> None:
    title, *rest = outlined(capsys, folder)["paragraphs"]
    assert title == {"paragraph": 0, "line": 1, "section": [], "text": TITLE, "boxes": []}
    assert [one["text"] for one in rest if not one["paragraph"]] == [*HEADS]  # with them it is the whole text
    assert [one["line"] for one in rest] == sorted(one["line"] for one in rest)
    found = [one for one in rest if one["paragraph"]]
    assert [one["paragraph"] for one in found] == [*range(1, len(found) + 1)]
    assert (found[0]["section"], found[2]["section"], found[2]["line"]) == ([], [HEADS[0]], 5)
    assert found[7]["text"] == "地区生产总值\t2381000\t2505000\t5.2"  # a row as it stands
    assert found[-1]["text"] == "研发活动：指为增加知识存量而进行的创造性的、系统的工作。"


def test_a_term_is_cited_with_its_definition(folder: Path, capsys: Out) -> None:
    first, second = outlined(capsys, folder)["terms"]
    assert first["term"] == "“四上”企业"
    assert first["definition"].startswith("指规模以上工业")
    for one in (first, second):
        cited = one["citation"]
        assert TEXT[cited["start"] : cited["end"]] == cited["quote"]
        assert one["term"] in cited["quote"]
    assert second["definition"] == "指为增加知识存量而进行的创造性的、系统的工作。"
    assert (second["citation"]["paragraph"], second["citation"]["section"]) == (14, [HEADS[2]])


def test_python_returns_the_same(folder: Path, capsys: Out) -> None:
    engine = open_engine(folder)
    (one,) = engine.outline()
    assert engine.outline(ID) == (one,)
    assert json.loads(json.dumps(one.to_dict())) == outlined(capsys, folder)
    with pytest.raises(NotFound, match=ID):
        engine.outline("none")
    with pytest.raises(UsageError):
        engine.outline("9" * 300)


def test_the_real_report(engine: Engine) -> None:
    (one,) = engine.outline(REPORT_ID)
    report = engine.corpus.reports[0]
    assert (one.kind, one.year, one.date, one.figures) == ("work_report", "2007", "2007-01-19", len(report.figures))
    written = [(head.text.rstrip("。"), head.level) for head in one.heads]
    assert written == [(section.path[-1].rstrip("。"), len(section.path)) for section in report.sections]
    lines = report.text.split("\n")
    assert all(head.text in lines[head.line - 1] for head in one.heads)
    numbered = [line.text for line in one.paragraphs if line.paragraph]
    assert numbered == [joined(paragraph.span.of(report.text)) for paragraph in report.paragraphs]
    assert "".join("".join(line.text.split()) for line in one.paragraphs) == "".join(report.text.split())  # nothing is lost


def test_for_people(folder: Path, capsys: Out) -> None:
    lines = output(capsys, "outline", "--index", folder).splitlines()
    assert lines[0] == f"{TITLE}（文内）"
    assert lines[1] == f"  编号 {ID}，统计公报，地方 丙市（文内），年份 2023（文件名），日期 2024-03-20（文件属性）"
    assert "3 个标题，14 段" in lines[2]
    for said in (
        "    一、综合（第4行）",
        "    表1  2023年地区生产总值及其增长速度：6 行 5 列（第9行）",
        "    研发活动：指为增加知识存量而进行的创造性的、系统的工作。（第18行）",
        "  没有读的",
        "    第3页：图片，没有文字",
    ):
        assert said in lines
    assert lines[-1] != ""


def test_as_tables_a_row_a_heading(folder: Path, capsys: Out) -> None:
    rows = [*csv.DictReader(io.StringIO(output(capsys, "outline", "--format", "csv", "--index", folder)))]
    assert [row["text"] for row in rows] == [*HEADS]
    assert rows[0] == {"report_id": ID, "report": TITLE, "level": "1", "text": HEADS[0], "line": "4"}
    assert f"| {TITLE} | 1 | {HEADS[0]} | 4 |" in output(capsys, "outline", "--format", "md", "--index", folder)


def test_no_such_report_is_one_line(folder: Path, capsys: Out) -> None:
    assert main(["outline", "--report", "none", "--index", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert ID in err


REPORT = "{place}2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现{number}亿元。\n"


def test_what_cannot_be_read_is_kept_and_told(tmp_path: Path, tiny_model: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each build: with --add what earlier ones could not read stays, until those files are given again."""
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    folder, index = Path("reports"), ("--index", tmp_path / "index")
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT.format(place="甲市", number=1), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    build = ("build", folder, "--model", tiny_model, *index)

    def kept() -> dict[str, str]:
        return {Path(skip["file"]).name: skip["reason"] for skip in read_manifest(tmp_path / "index").skipped}

    output(capsys, *build)
    assert kept() == {"empty.txt": "empty.txt：文件是空的"}
    assert read_manifest(tmp_path / "index").skipped[0]["file"] == str(tmp_path / "reports" / "empty.txt")
    before = read_manifest(tmp_path / "index").generation
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text(REPORT.format(place="乙市", number=2), encoding="utf-8")
    (tmp_path / "more" / "old.doc").write_bytes(b"x")
    output(capsys, "build", "more", "--add", "--model", tiny_model, *index)
    assert [*kept()] == ["empty.txt", "old.doc"]
    told = json.loads(output(capsys, "info", "--json", *index))
    assert told["skipped"] == read_manifest(tmp_path / "index").skipped
    for command in ("info", "outline"):
        said = output(capsys, command, *index)
        assert said.splitlines()[-3:] == [
            "没有读成的文件",
            f"  empty.txt：文件是空的（{tmp_path / 'reports' / 'empty.txt'}）",
            f"  {kept()['old.doc']}（{tmp_path / 'more' / 'old.doc'}）",
        ]
    output(capsys, "remove", "b", *index)
    assert [*kept()] == ["empty.txt", "old.doc"]
    (folder / "empty.txt").write_text(REPORT.format(place="丙市", number=3), encoding="utf-8")
    output(capsys, *build, "--add")
    assert [*kept()] == ["old.doc"]  # the other is read now
    assert json.loads(output(capsys, *build, "--add", "--json", "--if-changed")) == {"changed": False}
    (folder / "new.doc").write_bytes(b"x")
    same = read_manifest(tmp_path / "index")
    assert json.loads(output(capsys, *build, "--add", "--json", "--if-changed"))["changed"]
    after = read_manifest(tmp_path / "index")
    assert [*kept()] == ["old.doc", "new.doc"]
    assert after.reports == same.reports
    assert after.generation not in (before, same.generation)  # so that a server that runs sees it
    output(capsys, *build)
    assert [*kept()] == ["new.doc"]
