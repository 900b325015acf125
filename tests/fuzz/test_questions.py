"""Questions of every bad sort, through Python, command line and HTTP: each is answered, or refused in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.errors import UsageError
from index.paths import PROJECT
from search import Engine
from tests.web.server.conftest import call, serving

# docs/reliability.md's list; whether each can be asked
BAD: dict[str, tuple[str, bool]] = {
    "empty": ("", False),
    "white space": (" \t\u3000\n", False),
    "100,000 characters": ("增" * 100_000, False),
    "a lone surrogate": ("地铁\ud800有几条", True),
    "NUL": ("地铁\0", False),
    "right-to-left marks": ("\u202e地铁\u200f有几条\u202c", True),
    "emoji": ("地铁👍👨‍👩‍👧🇨🇳有几条", True),
    "only emoji": ("👍👍", False),
    "control characters": ("地铁\x07\x1b[31m", False),
    "HTML and script": ("<script>alert(1)</script><img src=x onerror=alert(1)>地铁", True),
    "templates": ("{{7*7}} ${7*7} #{7*7} %(x)s {0} <%= 7 %> 地铁", True),
    "a path": ("../../../../etc/passwd", True),
    "SQL": ("地铁'; DROP TABLE reports; -- OR 1=1", True),
    "another language": ("Quelle était la croissance du PIB de Shenyang en 2006 ?", True),
    "1,000 digits": ("9" * 1000, True),
    "JSON": ('{"question": "地铁"}', True),
    "combining characters": ("地" + "\u0301" * 500 + "铁", True),
    "a regular expression": ("(a+)+$ [\\ ( * 地铁", True),
    "numerals without end": ("百分之" * 300 + "亿" * 300, True),
    "2,000 brackets": ("（" * 1000 + "一" + "）" * 999, True),
}


@pytest.fixture(scope="module")
def http(engine: Engine) -> Any:
    with serving(engine) as client:
        yield client


def refused_in_python(engine: Engine, question: str) -> bool:
    try:
        json.dumps(engine.ask(question, 3).to_dict())
        json.dumps(engine.search(question, "hybrid", 3).to_dict())
        json.dumps(engine.search(question, "keyword", 3).to_dict())
        engine.ask("今年呢？", 3, previous=question[-1000:])
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return True
    return False


@pytest.mark.parametrize("name", BAD)
def test_python(engine: Engine, name: str) -> None:
    question, can_be_asked = BAD[name]
    assert refused_in_python(engine, question) != can_be_asked


@pytest.mark.parametrize("name", BAD)
def test_http(http: TestClient, name: str) -> None:
    question, can_be_asked = BAD[name]
    body = json.dumps({"data": [question, None, None, None, None, 3, None]})
    begun = http.post("/gradio_api/call/ask", content=body, headers={"Content-Type": "application/json"})
    if name == "100,000 characters":
        assert begun.status_code == 413
    elif name == "a lone surrogate":  # what is no Unicode is no JSON: the parser may refuse it
        assert begun.status_code in (200, 400, 422)
    else:
        found = call(http, "ask", question, None, None, None, None, 3, None)
        assert ("answer" in found) == can_be_asked
        assert "Traceback" not in json.dumps(found)


def test_command_line(index_folder: Path) -> None:
    """In one batch, as each process takes a second; a line ends a question there."""
    asked = {name: pair for name, pair in BAD.items() if "\n" not in pair[0] and "\r" not in pair[0]}
    stdin = "\n".join(question for question, _ in asked.values()).encode("utf-8", "surrogatepass")
    run = [sys.executable, "-m", "search.commands.cli", "ask", "--batch", "-", "-k", "1", "--index", str(index_folder)]
    done = subprocess.run(run, cwd=PROJECT, input=stdin, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert {name: "answer" in row for name, row in zip(asked, rows, strict=True)} == {
        name: can_be_asked for name, (_, can_be_asked) in asked.items()
    }


@pytest.mark.parametrize("wrong", [{"k": 0}, {"k": True}, {"k": "10"}, {"k": None}, {"year": 2006}, {"status": "past"}])
@pytest.mark.parametrize("wrong_filter", [{}, {"section": ["一"]}, {"report_id": "x" * 300}])
def test_wrong_arguments(engine: Engine, wrong: dict[str, Any], wrong_filter: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        engine.ask("地铁", **{**wrong, **wrong_filter})
    with pytest.raises(UsageError):
        engine.search("地铁", mode=["hybrid"])  # type: ignore[arg-type]
