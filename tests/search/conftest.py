"""The development questions, put to the real report once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.store.disk import publish
from search import Engine, open_engine
from search.evaluate.exam import Score
from search.results import AskResult
from tests.builds import index_of

QUESTIONS = Path(__file__).parents[1] / "data" / "questions" / "shenyang_given.jsonl"


@pytest.fixture(scope="session")
def results(scores: list[Score]) -> list[AskResult]:
    """What the real engine said to each development question: properties are checked on all of them."""
    assert len(scores) == 69
    return [score.result for score in scores]


@pytest.fixture(scope="session")
def engine_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Engine]:
    """The engine of a report made up for a test, by the packaged model."""

    def made(text: str) -> Engine:
        folder = tmp_path_factory.mktemp("made")
        (folder / "made.txt").write_text(text, encoding="utf-8")
        publish(folder / "index", index_of([folder / "made.txt"], open_encoder()))
        return open_engine(folder / "index")

    return made
