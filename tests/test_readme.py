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
READMES = [(PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]
CONSOLE = [block for text in READMES for block in re.findall(r"```console\n(.*?)```", text, re.S)]
PYTHON = [block for text in READMES for block in re.findall(r"```python\n(.*?)```", text, re.S)]
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
    assert len(COMMANDS) >= 8
    assert len(PYTHON) == 2


def test_both_languages_say_the_same() -> None:
    """Code, links, commands and the number of paragraphs, headings and rows; each is linked at the top of the other."""
    english, chinese = READMES
    for pattern in (r"```.*?```", r"\]\((.*?)\)", r"`wenbao [^`]*`", r"^#+ ", r"^\|"):
        found = [re.findall(pattern, text, re.S | re.M) for text in READMES]
        assert found[0] == found[1], pattern
    assert english.count("\n\n") == chinese.count("\n\n")
    assert all("(README.md)" in text.split("\n")[0] and "(README.zh.md)" in text.split("\n")[0] for text in READMES)


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=range(len(COMMANDS)))
def test_transcript(command: str, output: str, folder: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "wenbao"
    assert _run(["-m", "search.commands.cli", *arguments], folder) == output


@pytest.mark.parametrize("example", PYTHON)
def test_example(example: str, folder: Path) -> None:
    expected = [line.split("#", 1)[1].strip() for line in example.splitlines() if line.startswith("print")]
    assert _run(["-c", example], folder).splitlines() == expected


def _run(arguments: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8", "WENBAO_HOME": "var"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).rstrip()
