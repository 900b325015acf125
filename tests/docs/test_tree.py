"""docs/architecture.md's file tree is the tree: every module is in it, and nothing that is not there."""

from __future__ import annotations

import re

from index.paths import PROJECT

TEXT = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
TREE = max(re.findall(r"```\n(.*?)```", TEXT, re.DOTALL), key=len)
PACKAGES = ("index", "search", "web", "bench", "train")
NAME = re.compile(r"[\w./]*\w\.py\b")


def drawn() -> set[str]:
    """The modules that the tree names, by path: those of a line stand in the folder that its indentation gives."""
    found: set[str] = set()
    folders: dict[int, str] = {}
    for line in filter(str.strip, TREE.split("\n")):
        depth = len(line) - len(line.lstrip())
        folders = {level: name for level, name in folders.items() if level < depth}
        inside = "".join(folders.values())
        if folder := re.match(r"[\w/]+/(?=\s|,|$)", line.strip()):
            folders[depth] = folder[0]
        own = inside + folders.get(depth, "")
        names = NAME.findall(line)
        found |= {name if (PROJECT / name).is_file() and "/" in name else own + name for name in names}
    return found


def test_every_module_is_drawn() -> None:
    modules = {
        str(file.relative_to(PROJECT))
        for package in PACKAGES
        for file in (PROJECT / package).rglob("*.py")
        if file.name not in ("__init__.py", "__main__.py")
    }
    assert modules - drawn() == set()


def test_nothing_is_drawn_that_is_not_there() -> None:
    assert {name for name in drawn() if not (PROJECT / name).is_file() and not name.endswith("/app.py")} == set()


def test_folders_are_drawn() -> None:
    for package in PACKAGES:
        for file in (PROJECT / package).rglob("__init__.py"):
            folder = file.parent.relative_to(PROJECT)
            assert f"{folder.name}/" in TREE, folder
