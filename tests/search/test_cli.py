"""The command line as another program sees it: standard output, exit status, one line on what went wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index import paths
from index.paths import PROJECT
from search import Engine
from search.commands.cli import main
from tests.conftest import REPORT_ID, SEED
from tests.search.conftest import QUESTIONS

QUESTION = "2006年沈阳市地区生产总值是多少？"
ODD = [
    QUESTION,
    "",
    "增" * 100_000,
    "   \t",
    "地铁\0有几条线？",
    "地铁👍👨‍👩‍👧",
    "\u202e地铁\u200f",
    "<script>alert(1)</script> {{7*7}} ../../etc/passwd ' OR 1=1 --",
    "7" * 1000,
    "地铁",
]
REFUSED = {1, 2, 3, 4}  # of ODD: nothing is asked, too much, a control character
NO_UTF8 = [b"\xff\xfe\xe5\x9c\xb0", "地铁\ud800".encode("utf-8", "surrogatepass")]  # what cannot be read is replaced


def wenbao(*arguments: str | bytes | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "search.commands.cli", *arguments], cwd=PROJECT, input=stdin, capture_output=True, check=False
    )


def failure(status: int, *arguments: str | bytes | Path, stdin: bytes = b"") -> str:
    """The one line on standard error of a command that fails so."""
    done = wenbao(*arguments, stdin=stdin)
    message = done.stderr.decode("utf-8")
    assert done.returncode == status, message
    assert done.stdout == b""
    assert message.count("\n") == 1, message
    assert message.startswith("wenbao：")
    return message


def output(*arguments: str | bytes | Path, stdin: bytes = b"") -> str:
    done = wenbao(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def timeless(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key != "ms"}


def test_ask_json_is_what_python_returns(index_folder: Path, engine: Engine) -> None:
    text = output("ask", QUESTION, "--json", "-k", "3", "--index", index_folder)
    assert text.count("\n") == 1
    assert timeless(json.loads(text)) == timeless(json.loads(json.dumps(engine.ask(QUESTION, 3).to_dict())))


def test_ask_for_people(index_folder: Path) -> None:
    lines = output("ask", QUESTION, "--index", index_folder).splitlines()
    assert lines[0] == "2482.5亿元（预计），增长16.5%。"
    assert any("第8行" in line and "一、2006年政府工作回顾" in line for line in lines)


def test_search_with_filters(index_folder: Path) -> None:
    arguments = ("search", "地铁", "--mode", "keyword", "--year", "2007", "--json", "--index", index_folder)
    found = json.loads(output(*arguments))
    assert (found["query"], found["mode"]) == ("地铁", "keyword")
    assert [passage["year"] for passage in found["passages"]] == ["2007"] * len(found["passages"]) != []


def test_text_is_the_seed_file_byte_for_byte(index_folder: Path) -> None:
    assert wenbao("text", "--index", index_folder).stdout == SEED.read_bytes()


def test_a_batch_answers_every_line_in_order(index_folder: Path) -> None:
    stdin = b"\n".join([*(question.encode("utf-8") for question in ODD), *NO_UTF8])
    rows = output("ask", "--batch", "-", "-k", "1", "--index", index_folder, stdin=stdin).splitlines()
    found = [json.loads(row) for row in rows]
    assert [row["question"] for row in found] == [*ODD, *(line.decode("utf-8", "replace") for line in NO_UTF8)]
    assert {number for number, row in enumerate(found) if "error" in row} == REFUSED
    assert all(row["error"] and "\n" not in row["error"] for row in found if "error" in row)
    assert found[0]["answer"]["text"] == "2482.5亿元（预计），增长16.5%。"
    for row in (found[-3], found[-1]):
        assert "地铁" in row["passages"][0]["text"]


def test_a_batch_file(index_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_bytes("地铁\r\n棚户区\r\n".encode())
    rows = output("search", "--batch", path, "--mode", "keyword", "--index", index_folder).splitlines()
    assert [json.loads(row)["query"] for row in rows] == ["地铁", "棚户区"]


def test_figures_in_three_forms(index_folder: Path, engine: Engine) -> None:
    options = ("--kind", "growth", "--min", "30", "--status", "actual", "--index", index_folder)
    as_json = json.loads(output("figures", "--format", "json", *options))
    as_csv = [*csv.DictReader(io.StringIO(output("figures", "--format", "csv", *options)))]
    table = output("figures", *options).splitlines()
    expected = [figure.to_dict() for figure in engine.figures(kind="growth", minimum=30, status="actual")]  # type: ignore[arg-type]
    assert as_json == json.loads(json.dumps(expected))
    assert len(as_json) > 5
    assert [row["text"] for row in as_csv] == [row["text"] for row in as_json]
    assert as_csv[0].keys() >= as_json[0].keys()
    assert len(table) == 1 + len(as_json)
    for line, row in zip(table[1:], as_json, strict=True):
        assert row["text"] in line


def test_figures_by_a_synonym_and_none_found(index_folder: Path) -> None:
    found = json.loads(output("figures", "GDP", "--year", "2006", "--json", "--index", index_folder))
    assert "2482.5亿元" in {figure["text"] for figure in found}
    assert json.loads(output("figures", "没有这个指标", "--json", "--index", index_folder)) == []


def test_eval_on_the_development_questions(index_folder: Path) -> None:
    found = json.loads(output("eval", QUESTIONS, "--json", "--index", index_folder))
    assert len(found["questions"]) == 69
    assert found["all"]["quote"] == 1.0


def test_build_and_build_again(tmp_path: Path, tiny_model: Path) -> None:
    report, folder = tmp_path / "r.txt", tmp_path / "index"
    report.write_text("甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元。\n", encoding="utf-8")
    arguments = ("build", report, "--model", tiny_model, "--index", folder, "--json", "--if-changed")
    first = json.loads(output(*arguments))
    assert (first["changed"], first["reports"], first["passages"], first["figures"]) == (True, 1, 1, 1)
    assert json.loads(output(*arguments)) == {"changed": False}


def test_reports_come_and_go(tmp_path: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is followed by content; one can be added, and taken out; what is not a report is listed.

    In this process: torch takes seconds to load, and each command but a question would.
    """
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    reports, other, index = tmp_path / "reports", tmp_path / "c.txt", ("--index", tmp_path / "index")
    reports.mkdir()
    text = "甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现{}亿元。\n"
    (reports / "a.txt").write_text(text.format(1), encoding="utf-8")
    (reports / "b.txt").write_text(text.format(2), encoding="utf-8")
    (reports / "empty.txt").write_text("", encoding="utf-8")
    other.write_text(text.format(3), encoding="utf-8")

    def told(*arguments: str | Path) -> dict[str, Any]:
        assert main([*map(str, (*arguments, *index, "--json"))]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        found: dict[str, Any] = json.loads(out)
        return found

    def changes(*arguments: str | Path) -> tuple[list[str], ...]:
        done = told(*arguments)
        return tuple(done[key] for key in ("added", "replaced", "removed"))

    build = ("build", reports, "--model", tiny_model)
    first = told(*build)
    assert first["added"] == ["a", "b"]
    assert [skip["file"] for skip in first["skipped"]] == [str(reports / "empty.txt")]
    assert told(*build, "--if-changed") == {"changed": False}
    assert changes("build", other, "--model", tiny_model, "--add") == (["c"], [], [])
    (reports / "a.txt").write_text(text.format(9), encoding="utf-8")
    assert changes(*build, "--add") == ([], ["a"], [])
    assert changes("remove", "b") == ([], [], ["b"])
    (reports / "b.txt").unlink()
    assert changes(*build) == ([], [], ["c"])
    assert told("ask", "地区生产总值是多少")["answer"]["text"].startswith("9亿元")
    assert "nothing" in failure(1, "remove", "nothing", *index)
    assert "至少" in failure(2, "remove", "a", *index)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask",), "--batch"),
        (("ask", ""), "空"),
        (("ask", " \n\t"), "空"),
        (("ask", "？"), "空"),
        (("ask", "增" * 40_000), "40000"),
        (("search", ""), "空"),
        (("ask", "地铁", "--batch", "-"), "--batch"),
        (("ask", "地铁", "-k", "0"), "-k"),
        (("ask", "地铁", "-k", "-1"), "-k"),
        (("ask", "地铁", "-k", "ten"), "-k"),
        (("ask", "地铁", "-k", "9" * 9), "-k"),
        (("ask", "地铁", "--unknown"), "--unknown"),
        (("search", "地铁", "--mode", "psychic"), "--mode"),
        (("ask", "--batch", "no/such/file"), "no/such/file"),
        (("figures", "--min", "many"), "--min"),
        (("nonsense",), "nonsense"),
        ((), "COMMAND"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], says: str) -> None:
    assert says in failure(2, *arguments)


@pytest.mark.parametrize("command", [("ask", "地铁"), ("figures",), ("text",), ("eval", str(QUESTIONS)), ("serve",)])
def test_no_index(command: tuple[str, ...], tmp_path: Path) -> None:
    message = failure(1, *command, "--index", tmp_path / "none")
    assert "wenbao build" in message
    assert str(tmp_path / "none") in message


def test_files_that_cannot_be_built(tmp_path: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    for name in ("none.txt", "empty.txt", "notes.pdf"):
        arguments = ("build", tmp_path / name, "--index", tmp_path / "index", "--model", tiny_model)
        assert main([*map(str, arguments)]) == 1
        assert name in capsys.readouterr().err
    assert not (tmp_path / "index").exists()


def test_what_the_index_does_not_have(index_folder: Path, tiny_model: Path) -> None:
    for arguments in (("ask", "地铁"), ("ask", "--batch", "-"), ("figures",), ("text",)):
        message = failure(1, *arguments, "--report", "none", "--index", index_folder, stdin="地铁\n".encode())
        assert REPORT_ID in message
    assert "wenbao build" in failure(1, "ask", "地铁", "--model", tiny_model, "--index", index_folder)
    failure(2, "figures", "--kind", "colour", "--index", index_folder)


def test_arguments_that_are_no_utf8(index_folder: Path) -> None:
    found = json.loads(output("ask", b"\xff\xfe" + "地铁".encode(), "--json", "-k", "1", "--index", index_folder))
    assert "地铁" in found["passages"][0]["text"]
