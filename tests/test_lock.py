"""The lock: every package by its hashes but torch, and nothing that the project asks for is left out."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from itertools import chain

from index.paths import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^ \\]+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def name(text: str) -> str:
    """A requirement's name as packaging compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[; ]", text)[0]).lower()


def test_every_line_is_a_version_with_hashes() -> None:
    left = [line for line in ENTRY.sub("", LOCK).split("\n") if line and not line.startswith("#")]
    assert left == [], "a line without hashes: run make hashes"


def test_what_the_project_asks_for_is_locked_and_installed() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {name(text) for text in chain(project["dependencies"], *project["optional-dependencies"].values())}
    locked = {name(found[1]): found[2] for found in ENTRY.finditer(LOCK)}
    assert asked - locked.keys() == {"torch"}
    assert {package: version(package) for package in asked & locked.keys()} == {
        package: locked[package] for package in asked & locked.keys()
    }
