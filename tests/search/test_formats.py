"""Every command that gives rows × every format: each is read back by a reader of that format, and holds the same rows."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from index.paths import PROJECT
from search.commands.cli import main
from search.evaluate.squad import SYSTEMS
from search.evaluate.squad import as_table as squad_table
from search.export import FORMATS, Table
from tests.search.conftest import QUESTIONS

COMMANDS = {
    "figures": ("figures", "外资"),
    "figures --by report": ("figures", "地区生产总值", "--kind", "growth", "--by", "report"),
    "check": ("check",),
    "search": ("search", "地铁", "--mode", "keyword"),
    "eval": ("eval", str(QUESTIONS.with_name("one.jsonl"))),
    "info": ("info",),
}
NONE_FOUND = {
    "figures": ("figures", "没有这个指标"),
    "figures --by report": ("figures", "没有这个指标", "--by", "report"),
    "search": ("search", "地铁", "--year", "1900", "--mode", "keyword"),
}
# What tells the rows of each apart: in JSON, the field of a file, the heading that a person reads.
KEYS: dict[str, tuple[Callable[[Any], list[Any]], str, str]] = {
    "figures": (lambda rows: [row["text"] for row in rows], "text", "数值"),
    "figures --by report": (lambda rows: [row["reached"]["text"] for row in rows], "reached", "上年完成"),
    "check": (lambda rows: [row["text"] for row in rows], "text", "说明"),
    "search": (lambda found: [row["text"] for row in found["passages"]], "text", "原文"),
    "eval": (lambda found: ["all", *found["kinds"]], "kind", "kind"),
    "info": (lambda found: [report["id"] for report in found["reports"]], "id", "编号"),
}
HOSTILE = ("=1+1", "+1", "-1%", "@SUM(A1)", "\t=1", "\x01=1", "甲|乙", "甲\n乙", "甲\\", '甲"，,乙', "")
Read = Callable[..., bytes]


@pytest.fixture
def read(index_folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Read:
    """Standard output of a command in this process."""
    one = tmp_path / "one.jsonl"
    one.write_text(QUESTIONS.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")

    def run(*arguments: str) -> bytes:
        given = [str(one) if argument.endswith("one.jsonl") else argument for argument in arguments]
        assert main([*given, "--index", str(index_folder)]) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        return out

    return run


def csv_rows(data: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode("utf-8"), newline=""))]


def xlsx_rows(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    return [[*row] for row in sheet.iter_rows(values_only=True)]


def markdown_rows(data: bytes) -> list[list[str]]:
    lines = [re.split(r"(?<!\\)\|", line) for line in data.decode("utf-8").splitlines()]
    assert {(line[0], line[-1], len(line)) for line in lines} == {("", "", len(lines[0]))}
    rows = [[cell.strip() for cell in line[1:-1]] for line in lines]
    assert set(rows.pop(1)) == {"---"}
    return rows


def column(rows: list[list[Any]], name: str) -> list[Any]:
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_holds_the_same_rows(name: str, read: Read) -> None:
    told, field, heading = KEYS[name]
    found = {form: read(*COMMANDS[name], "--format", form) for form in FORMATS}
    expected = told(json.loads(found["json"]))
    assert expected
    files, shown = csv_rows(found["csv"]), markdown_rows(found["md"])
    assert column(files, field) == column(xlsx_rows(found["xlsx"]), field) == expected
    assert column(shown, heading) == expected
    table = found["table"].decode("utf-8").splitlines()
    assert len(table) == 1 + len(expected)
    assert [key in line for key, line in zip(expected, table[1:], strict=True)] == [True] * len(expected)
    for line, row in zip(table, shown, strict=True):
        assert line.split() == " ".join(row).split()
    for written, kept in zip(files, xlsx_rows(found["xlsx"]), strict=True):
        assert len(written) == len(kept) == len(files[0])
        for text, cell in zip(written, kept, strict=True):
            assert Decimal(text) == Decimal(str(cell)) if isinstance(cell, int | float) else text == (cell or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_what_it_is_by_its_short_name(name: str, read: Read) -> None:
    timeless = [re.sub(rb'"ms": {[^}]*}', b"", read(*COMMANDS[name], *option)) for option in (("--format", "json"), ("--json",))]
    assert timeless[0] == timeless[1]


@pytest.mark.parametrize("name", NONE_FOUND)
def test_nothing_found_is_headings_alone(name: str, read: Read) -> None:
    found = {form: read(*NONE_FOUND[name], "--format", form) for form in FORMATS}
    assert len(csv_rows(found["csv"])) == len(xlsx_rows(found["xlsx"])) == len(markdown_rows(found["md"])) == 1
    assert found["table"].decode("utf-8").startswith("没有")


def test_numbers_are_numbers_in_a_workbook(read: Read) -> None:
    rows = xlsx_rows(read("figures", "外资", "--format", "xlsx"))
    assert 3_040_000_000 in column(rows, "value")
    assert all(isinstance(line, int) for line in column(rows, "line"))


def test_the_table_of_squad() -> None:
    table = squad_table({name: [1.0, 0.0] for name in SYSTEMS})
    for form, rows in (("csv", csv_rows), ("md", markdown_rows)):
        written = FORMATS[form](table)
        assert isinstance(written, str)
        assert [row[:3] for row in rows(written.encode())[1:]] == [[name, "2", "0.5"] for name in SYSTEMS]
    assert table.listing
    assert table.listing.count("\n") == len(SYSTEMS)


def test_no_cell_is_a_formula_or_breaks_its_row() -> None:
    table = Table(None, HOSTILE, [HOSTILE, [Decimal("-0.00000012"), -3, None, ("甲", "乙"), *[1.5] * 7]])
    rows = csv_rows(str(FORMATS["csv"](table)).encode())
    assert rows[0] == rows[1] == ["'=1+1", "'+1", "'-1%", "'@SUM(A1)", "'\t=1", *HOSTILE[5:]]
    assert rows[2][:5] == ["-0.00000012", "-3", "", "甲 / 乙", "1.5"]
    workbook = FORMATS["xlsx"](table)
    assert isinstance(workbook, bytes)
    kept = xlsx_rows(workbook)
    assert [cell or "" for cell in kept[1]] == [*rows[1][:5], "'=1", *HOSTILE[6:]]
    assert kept[2][:5] == [pytest.approx(-0.00000012), -3, None, "甲 / 乙", 1.5]
    shown = markdown_rows(str(FORMATS["md"](table)).encode())
    assert shown[1][6:9] == [r"甲\|乙", "甲<br>乙", r"甲\\"]


def test_a_workbook_is_not_shown_on_a_terminal(index_folder: Path) -> None:
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "search.commands.cli", "figures", "--format", "xlsx", "--index", str(index_folder)]
    done = subprocess.run(command, cwd=PROJECT, stdout=terminal, stderr=subprocess.PIPE, check=False)
    os.close(terminal)
    os.close(ours)
    message = done.stderr.decode("utf-8")
    assert (done.returncode, message.count("\n")) == (2, 1)
    assert "> FILE.xlsx" in message


def test_a_batch_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--batch", "-", "--format", "csv"]) == 2
    assert "--batch" in capsys.readouterr().err
