"""The development questions, put to the real report once."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import Engine
from search.evaluate import Score, evaluate, read_gold
from search.results import AskResult

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"


@pytest.fixture(scope="session")
def scores(engine: Engine) -> list[Score]:
    return evaluate(engine, read_gold(QUESTIONS))


@pytest.fixture(scope="session")
def results(scores: list[Score]) -> list[AskResult]:
    """What the real engine said to each development question: properties are checked on all of them."""
    assert len(scores) == 69
    return [score.result for score in scores]
