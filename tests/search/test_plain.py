"""Plain questions: the right measure, with its own hedge and nobody else's, or "not stated"."""

from __future__ import annotations

from pathlib import Path

from search import Engine

CASES = Path(__file__).parents[1] / "data" / "cases" / "plain.txt"


def test_plain_questions(engine: Engine) -> None:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines:
        question, expected = (cell.strip() for cell in line.split("|"))
        answer = engine.ask(question).answer
        assert answer.stated == (expected != "–"), line
        assert not answer.stated or answer.text.startswith(expected), (line, answer.text)
