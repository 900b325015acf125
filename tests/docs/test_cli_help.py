"""docs/cli.md is what the commands print, and README and docs/ name every command and no other."""

from __future__ import annotations

import re

import pytest

from index.paths import PROJECT
from search.commands.cli import main
from tests.docs.cli_help import PAGE, SETTINGS, helps, page

NAMES = [name.removeprefix("wenbao ") for name, _ in helps() if " " in name]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def words(text: str) -> list[str]:
    """Without line breaks: where they fall differs between versions of Python."""
    return text.split()


def test_the_page_is_current() -> None:
    assert words(PAGE.read_text(encoding="utf-8")) == words(page()), "run: make docs"


@pytest.mark.parametrize("command", NAMES)
def test_each_command_prints_it(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        main([command, "--help"])
    shown = PAGE.read_text(encoding="utf-8").split(f"\n## wenbao {command}\n")[1].split("\n## ")[0]
    assert words(shown.replace("```", "")) == words(capsys.readouterr().out)


def test_readme_names_only_what_is_there() -> None:
    named = set(re.findall(r"wenbao (\w+)", README))
    assert named - {*NAMES, "ask"} == set()
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(re.findall(r"`wenbao [^`]*`", README))))
    assert options - set(re.findall(r"--[a-z][a-z-]+", page())) == set()


def test_every_command_is_documented() -> None:
    text = README + "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "docs").glob("*.md") if file != PAGE)
    assert [command for command in NAMES if f"wenbao {command}" not in text] == []
