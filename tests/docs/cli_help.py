"""docs/cli.md from the parser: python -m tests.docs.cli_help writes it (`make docs`); a test compares it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

from index.paths import PROJECT
from search.commands.cli import parser

PAGE = PROJECT / "docs" / "cli.md"
HEAD = "# Every command's `--help`\n\nWritten by `make docs`, compared by a test. README shows them at work.\n"
SETTINGS = {"COLUMNS": "100", "HOST": "127.0.0.1", "PORT": "7860"}


def helps() -> Iterator[tuple[str, str]]:
    """Each command with what it prints for --help on a terminal of 100 columns."""
    with patch.dict(os.environ, SETTINGS):
        top = parser()
        commands = next(action.choices for action in top._actions if isinstance(action.choices, dict))
        yield "wenbao", top.format_help()
        for name, command in commands.items():
            yield f"wenbao {name}", command.format_help()


def page() -> str:
    return HEAD + "".join(f"\n## {name}\n\n```\n{text}```\n" for name, text in helps())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
