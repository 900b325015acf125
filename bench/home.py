"""A folder of its own for what a run builds: var/ is neither read nor changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
QUESTIONS = PROJECT / "tests" / "data" / "questions" / "shenyang_given.jsonl"


@dataclass(frozen=True)
class Home:
    """What the sections share. `folder` is WENBAO_HOME of this process and of those it starts."""

    folder: Path
    sizes: tuple[int, ...] = (1, 10)  # reports, for `scale`

    @cached_property
    def first_build(self) -> dict[str, Any]:
        """What `wenbao build` of seeds/ reports when it finds nothing: no dictionary parsed, no weights rebuilt."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return self.build()

    @cached_property
    def index(self) -> Path:
        """The index of seeds/, built once a run."""
        if not (self.folder / "index" / "manifest.json").is_file():
            _ = self.first_build
        return self.folder / "index"

    @cached_property
    def questions(self) -> list[str]:
        """The 69 development questions."""
        lines = QUESTIONS.read_text(encoding="utf-8").split("\n")
        return [str(json.loads(line)["question"]) for line in lines if line]

    def build(self, *options: str) -> dict[str, Any]:
        """`wenbao build` in a fresh process, without the index that is there; its JSON."""
        shutil.rmtree(self.folder / "index", ignore_errors=True)
        command = [sys.executable, "-m", "search.commands.cli", "build", "--json", *options]
        environment = {**os.environ, "WENBAO_HOME": str(self.folder), "PYTHONPATH": str(PROJECT)}
        done = subprocess.run(command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        report: dict[str, Any] = json.loads(done.stdout)
        return report
