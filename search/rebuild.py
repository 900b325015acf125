"""`wenbao build`: files → a published index folder, where something has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import durable, read
from index.build import build
from index.encode import DEFAULT_MODEL, open_builder
from index.errors import IndexFolderError
from index.store import load, publish


def rebuild(
    paths: list[Path],
    folder: Path,
    model: str | None,
    if_changed: bool,
    progress: Callable[[str, int, int], None],
    waiting: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Build and publish; returns counts and seconds. Raises ReadError, ModelError, IndexFolderError.

    One build of a folder at a time: `waiting` is told before this one waits for another.
    """
    if if_changed and is_current(paths, folder, model or DEFAULT_MODEL):
        return {"changed": False}
    with _alone(folder, waiting):
        if if_changed and is_current(paths, folder, model or DEFAULT_MODEL):  # the one we waited for built it
            return {"changed": False}
        return _rebuild(paths, folder, model, progress)


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    try:
        with durable.exclusive(folder, waiting):
            yield
    except OSError as error:
        raise IndexFolderError(f"{folder}：无法写入（{error.strerror}）；请换一个文件夹：--index DIR") from None


def _rebuild(
    paths: list[Path], folder: Path, model: str | None, progress: Callable[[str, int, int], None]
) -> dict[str, Any]:
    start = time.perf_counter()
    files = read.report_files(paths)
    encoder = open_builder(model)
    opened = time.perf_counter()
    index, seconds = build(files, encoder, progress)
    publish(folder, index)
    corpus = index.corpus
    return {
        "changed": True,
        "reports": len(corpus.reports),
        "paragraphs": sum(len(report.paragraphs) for report in corpus.reports),
        "passages": len(corpus.passages),
        "sentences": len(index.sentences),
        "figures": len(index.figures),
        "model": index.manifest.model,
        "seconds": {
            "model": round(opened - start, 2),
            **{stage: round(value, 2) for stage, value in seconds.items()},
            "all": round(time.perf_counter() - start, 2),
        },
    }


def is_current(paths: list[Path], folder: Path, model: str) -> bool:
    """Whether the folder holds a sound index of exactly these files by this model."""
    try:
        manifest = load(folder).manifest
    except IndexFolderError:
        return False
    wanted = {source.id: source.sha256 for source in map(read.read_source, read.report_files(paths))}
    return manifest.reports == wanted and manifest.model == model
