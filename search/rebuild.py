"""`wenbao build`: files → a published index folder, where something has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import durable, read
from index.build import assemble, embed
from index.collect import collect, report_ids
from index.encode import DEFAULT_MODEL, DTYPES, open_builder
from index.errors import IndexFolderError
from index.store import load, publish


def rebuild(
    paths: list[Path],
    folder: Path,
    model: str | None,
    if_changed: bool,
    progress: Callable[[str, int, int], None],
    waiting: Callable[[], None] = lambda: None,
    dtype: str = DTYPES[0],
) -> dict[str, Any]:
    """Build and publish; returns counts and seconds. Raises ReadError, ModelError, IndexFolderError.

    One build of a folder at a time: `waiting` is told before this one waits for another.
    """
    if if_changed and is_current(paths, folder, model or DEFAULT_MODEL, dtype):
        return {"changed": False}
    with _alone(folder, waiting):
        if if_changed and is_current(paths, folder, model or DEFAULT_MODEL, dtype):  # the one we waited for built it
            return {"changed": False}
        return _rebuild(paths, folder, model, dtype, progress)


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    try:
        with durable.exclusive(folder, waiting):
            yield
    except OSError as error:
        raise IndexFolderError(f"{folder}：无法写入（{error.strerror}）；请换一个文件夹：--index DIR") from None


def _rebuild(
    paths: list[Path], folder: Path, model: str | None, dtype: str, progress: Callable[[str, int, int], None]
) -> dict[str, Any]:
    start = time.perf_counter()
    collected = collect(paths, progress)
    corpus = assemble(collected.reports)
    gathered = time.perf_counter()
    encoder = open_builder(model, dtype)
    opened = time.perf_counter()
    index = embed(corpus, encoder, progress)
    embedded = time.perf_counter()
    publish(folder, index)
    return {
        "changed": True,
        "reports": len(corpus.reports),
        "paragraphs": sum(len(report.paragraphs) for report in corpus.reports),
        "passages": len(corpus.passages),
        "sentences": len(index.sentences),
        "figures": len(index.figures),
        "model": index.manifest.model,
        "engine": encoder.engine,
        "dtype": index.manifest.dtype,
        "skipped": [{"file": str(skip.file), "reason": skip.reason} for skip in collected.skipped],
        "seconds": {
            "read": round(gathered - start, 2),
            "model": round(opened - gathered, 2),
            "embed": round(embedded - opened, 2),
            "all": round(time.perf_counter() - start, 2),
        },
    }


def is_current(paths: list[Path], folder: Path, model: str, dtype: str) -> bool:
    """Whether the folder holds a sound index of exactly these files by this model in this dtype."""
    try:
        manifest = load(folder).manifest
    except IndexFolderError:
        return False
    files = read.report_files(paths)
    names = report_ids(files)
    wanted = {names[file]: read.read_source(file).sha256 for file in files}
    return manifest.reports == wanted and (manifest.model, manifest.dtype) == (model, dtype)
