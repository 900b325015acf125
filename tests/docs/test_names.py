"""Exported names are listed, and the drawn tree of errors is the tree of errors."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from index import errors
from index.paths import PROJECT

ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = ("index", "search", "web")
INITS = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("__init__.py"))]


def module_of(file: Path) -> str:
    return ".".join(file.parent.relative_to(PROJECT).parts)


@pytest.mark.parametrize("file", INITS, ids=module_of)
def test_a_package_lists_what_it_exports(file: Path) -> None:
    """A package that imports or defines anything says in __all__ what of it others may use; each name is there."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    holds = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.FunctionDef | ast.ClassDef)]
    listed = getattr(import_module(module_of(file)), "__all__", None)
    if [node for node in holds if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")]:
        assert listed, "no __all__"
        assert all(hasattr(import_module(module_of(file)), name) for name in listed)


def test_the_document_lists_them() -> None:
    section = ARCHITECTURE.split("## Exported names")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^- `([\w.]+)`: (.*)$", section, re.MULTILINE))
    documented = {module: set(re.findall(r"`(\w+)`", names)) for module, names in rows.items()}
    exported = {module_of(file): set(getattr(import_module(module_of(file)), "__all__", ())) for file in INITS}
    assert documented == {module: names for module, names in exported.items() if names}


def subclasses(kind: type[Exception], depth: int = 0) -> dict[str, int]:
    found = {kind.__name__: depth}
    for child in kind.__subclasses__():
        found |= subclasses(child, depth + 1)
    return found


def test_the_drawn_tree_of_errors() -> None:
    for package in PACKAGES:
        for module in walk_packages([str(PROJECT / package)], f"{package}."):
            import_module(module.name)
    drawn = re.findall(r"^((?:│   |    )*(?:[├└]── )?)(\w+)", (errors.__doc__ or "").split("\n\n")[1], re.MULTILINE)
    assert {name: len(indent) // 4 for indent, name in drawn} == subclasses(errors.WenbaoError)
