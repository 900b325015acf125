"""What the tests share: the real report, an index of it by the real model, an engine over that index, and a tiny model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from index import paths
from index.encode import weights
from index.encode.encoder import open_builder
from index.records import Report
from index.store import disk
from search import Engine, open_engine
from search.evaluate.exam import Score, evaluate, read_gold
from tests.builds import index_of, reports_of
from tests.tiny_model import save_tiny_model

REPORT_ID = "000_4c71d26e9961c37b"
SEED = paths.SEEDS / f"{REPORT_ID}.txt"
SHARED = paths.PROJECT.parent / "shared"
LIBRARY = paths.PROJECT / "tests" / "data" / "library" / "reports"

# The same examples at every run, and none of them timed. To look for more: --hypothesis-profile=search
settings.register_profile("wenbao", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("wenbao")


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """No setting of the developer's reaches a test, nor a process that a test starts; no test reaches a model hub."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [*os.environ]:
            if name.startswith("WENBAO_") or name in ("HOST", "PORT"):
                patch.delenv(name)
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="session")
def report() -> Report:
    """The real report, outlined, with its figures."""
    return reports_of([SEED])[0]


@pytest.fixture(scope="session")
def weights_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged weights as a sentence-transformers folder: 480 MB, never written to."""
    return _made_once(tmp_path_factory, "multilingual-e5-small", weights.export)


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory, weights_folder: Path) -> Path:
    """The index of seeds/ by the packaged model, embedded as `wenbao build` does: never written to."""

    return _made_once(tmp_path_factory, "index", lambda folder: _publish(folder, weights_folder, [paths.SEEDS]))


def _publish(folder: Path, weights_folder: Path, files: list[Path]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "CACHE", weights_folder.parent)
        disk.publish(folder, index_of(files, open_builder()))


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that takes long to make: made by the first of the processes of a run (pytest -n) that wants it."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once" / name
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            make(folder)
    return folder


@pytest.fixture(scope="session")
def engine(index_folder: Path) -> Engine:
    return open_engine(index_folder)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, weights_folder: Path) -> Engine:
    """Twelve short reports: ten of 2025, of whose places three names are each of two, and those of 2026 of two of the places."""
    return open_engine(_made_once(tmp_path_factory, "library", lambda folder: _publish(folder, weights_folder, [LIBRARY])))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of some 50,000 random weights: real code, quick, and of no understanding."""
    return save_tiny_model(tmp_path_factory.mktemp("model") / "tiny", SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """What stands beside the project on a developer's machine: other reports, external questions."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: the other reports are not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def other_reports(shared: Path) -> dict[str, Report]:
    """The reports beside the project, with their figures, by their names below reports/."""
    folder = shared / "reports"
    return {str(file.relative_to(folder)): reports_of([file])[0] for file in sorted(folder.rglob("*.txt"))}


@pytest.fixture(scope="session")
def scores(engine: Engine) -> list[Score]:
    """The development questions, asked and scored."""
    return evaluate(engine, read_gold(paths.PROJECT / "tests" / "data" / "questions" / "shenyang_given.jsonl"))
