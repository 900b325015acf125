"""A module is as long as its one job, and a function small: none over 350 and 50 lines, or the reason stands here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.paths import PROJECT

MODULE, FUNCTION = 350, 50  # lines; a cap of 200 had bred forty crumbs
WALKED = ("index", "search", "web", "bench", "gold", "app.py")
REASONS = {"search/engine.py": "the facade: contract.md's filters are spelled out in each signature; it decides nothing"}


def files() -> list[Path]:
    roots = [PROJECT / name for name in WALKED]
    return [file for root in roots for file in ([root] if root.is_file() else sorted(root.rglob("*.py")))]


def long_ones(file: Path) -> Iterator[tuple[str, int]]:
    """A module or function (file:name) that is too long, and its lines."""
    text, name = file.read_text(encoding="utf-8"), str(file.relative_to(PROJECT))
    if (lines := text.count("\n")) > MODULE:
        yield name, lines
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION:
                yield f"{name}:{node.name}", lines


def test_none_is_long_without_a_reason() -> None:
    found = {name: lines for file in files() for name, lines in long_ones(file)}
    assert {name: lines for name, lines in found.items() if name not in REASONS} == {}
    assert all((PROJECT / name.partition(":")[0]).is_file() for name in REASONS)


def test_the_walk_sees_what_is_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.docs.test_shape.PROJECT", tmp_path)
    file = tmp_path / "long.py"
    file.write_text("def long():\n" + "    x = 1\n" * FUNCTION + "y = 2\n" * MODULE, encoding="utf-8")
    assert [*long_ones(file)] == [("long.py", FUNCTION + MODULE + 1), ("long.py:long", FUNCTION + 1)]
    file.write_text("def short():\n" + "    x = 1\n" * (FUNCTION - 1), encoding="utf-8")
    assert [*long_ones(file)] == []
