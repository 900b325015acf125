"""README's transcripts and examples run, and print what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.S)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)
COMMANDS = [
    (command, output.rstrip()) for block in CONSOLE for command, output in re.findall(r"^\$ (.*?)\n(.*?)(?=^\$ |\Z)", block, re.S | re.M)
]


@pytest.fixture(scope="module")
def folder(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the project after `make run`, to the eye: an index in var/, the tests' data beside it."""
    home = tmp_path_factory.mktemp("readme")
    (home / "var").mkdir()
    (home / "var" / "index").symlink_to(index_folder)
    (home / "tests").symlink_to(PROJECT / "tests")
    return home


def test_readme_has_transcripts() -> None:
    assert len(COMMANDS) >= 4
    assert len(PYTHON) == 1


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_transcript(command: str, output: str, folder: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "wenbao"
    assert _run(["-m", "search.commands.cli", *arguments], folder) == output


def test_example(folder: Path) -> None:
    expected = [line.split("#", 1)[1].strip() for line in PYTHON[0].splitlines() if line.startswith("print")]
    assert _run(["-c", PYTHON[0]], folder).splitlines() == expected


def _run(arguments: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8", "WENBAO_HOME": "var"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).rstrip()
