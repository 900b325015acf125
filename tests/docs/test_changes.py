"""CONTRIBUTING.md: each change is applied to a copy of the project; its commands print what it says, and it touches two files at most."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.paths import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGES = [
    pytest.param(diff, console, id=title)
    for title, diff, console in re.findall(r"### (.*?)\n.*?```diff\n(.*?)```.*?```console\n(.*?)```", TEXT, re.DOTALL)
]
COPIED = ("index", "search", "web", "tests", "seeds", "app.py", "pyproject.toml")
MOST = 2  # files a change may touch
RUNS = {"wenbao": ("-m", "search.commands.cli"), "python": ()}


def test_there_are_three() -> None:
    assert len(CHANGES) == 3 == TEXT.count("\n### ")


@pytest.fixture
def copy(tmp_path: Path, index_folder: Path) -> Path:
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "index").symlink_to(index_folder)
    return tmp_path


def run(command: str, folder: Path) -> str:
    name, *arguments = shlex.split(command)
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    line = [sys.executable, *RUNS[name], *arguments]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(("diff", "console"), CHANGES)
def test_change(diff: str, console: str, copy: Path) -> None:
    assert 1 <= len(re.findall(r"^\+\+\+ ", diff, re.MULTILINE)) <= MOST
    command, expected = re.fullmatch(r"\$ (.*?)\n(.*)\n", console, re.DOTALL).groups()  # type: ignore[union-attr]
    assert expected not in run(command, copy), "it is there without the change"
    patch = ["patch", "-p1", "--fuzz=0"]  # a line that has changed is told, not guessed at
    applied = subprocess.run(patch, cwd=copy, input=diff, capture_output=True, text=True, check=False)
    assert applied.returncode == 0, applied.stdout
    assert expected in run(command, copy)


def test_a_new_mode_has_a_name_on_the_page() -> None:
    """What the second change adds to strings.toml is what the page looks for."""
    from search.find.rank import MODES
    from web.strings import LANGUAGES, words

    assert all(words(language)[f"mode_{mode}"] for language in LANGUAGES for mode in MODES)
