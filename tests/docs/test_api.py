"""docs/api.md: each example is run against a real server and prints what stands below it; the tables are the code's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app import launch
from bench.served import free_port
from index.paths import PROJECT
from search import Engine
from tests.docs.api_tables import tables

TEXT = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```\n\n```text\n(.*?)```", TEXT, re.DOTALL)
ADDRESS = "http://127.0.0.1:7860"
RUNS = {"sh": ["sh", "-c"], "python": [sys.executable, "-c"]}


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    server = launch(engine, port=(port := free_port()), mcp=True, block=False)
    yield f"http://127.0.0.1:{port}"
    server.close()


def test_every_example_says_what_it_prints() -> None:
    assert len(EXAMPLES) == 4 == len(re.findall(r"^```(?:sh|python)$", TEXT, re.MULTILINE))


@pytest.mark.parametrize(("language", "code", "printed"), EXAMPLES, ids=["curl", "curl-error", "gradio_client", "mcp"])
def test_an_example_prints_what_stands_below_it(address: str, language: str, code: str, printed: str) -> None:
    if language == "sh" and not shutil.which("curl"):
        pytest.skip("curl is not installed here")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [*RUNS[language], code.replace(ADDRESS, address)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.returncode) == (printed, 0), done.stderr


@pytest.mark.parametrize("table", list(tables()), ids=lambda table: table.split()[1 if table.startswith("#") else 0])
def test_the_tables_are_the_codes(table: str) -> None:
    assert f"{table}\n" in TEXT
