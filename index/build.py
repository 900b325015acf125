"""Reports → Index → a published folder, where something has changed. Only what is new is embedded."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from index import paths, tokens
from index.collect import Collected, collect
from index.encode.encoder import DEFAULT_MODEL, DTYPES, Encoder, open_builder
from index.encode.pieces import Vectors
from index.errors import IndexFolderError, NotFound, UsageError
from index.outline.passages import split_passages
from index.records import Corpus, Progress, Report
from index.retrieve.backend import LocalBackend, lexical_of
from index.retrieve.dense import DenseIndex
from index.retrieve.joined import JoinedBackend, Part
from index.retrieve.rows import TABLES, Columns, figure_rows, meanings_of, sentence_rows
from index.store import disk, durable
from index.store.cache import VectorCache, model_folder
from index.store.disk import Index, Manifest, load, publish


@dataclass(frozen=True, slots=True)
class Recipe:
    """By which model, and in which precision, reports are embedded."""

    model: str | None = None  # None is the packaged one
    dtype: str = DTYPES[0]

    def made(self, index: Index) -> bool:
        return (index.manifest.model, index.manifest.dtype) == (self.model or DEFAULT_MODEL, self.dtype)


def rebuild(
    files: list[Path],
    folder: Path,
    recipe: Recipe,
    *,
    if_changed: bool = False,
    add: bool = False,
    progress: Progress = lambda *_: None,
    waiting: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Build and publish the reports of `files`; with `add` those of the index stay too. Returns counts and seconds.

    One build of a folder at a time: `waiting` is told before this one waits for another. Raises ReadError, ModelError, IndexFolderError.
    """
    start = time.perf_counter()
    collected = collect(files, progress)
    if if_changed and _holds(_held(folder), collected, recipe, add=add):
        return {"changed": False}
    with _alone(folder, waiting):
        before = _held(folder)
        if if_changed and _holds(before, collected, recipe, add=add):  # the one we waited for built it
            return {"changed": False}
        reports = (*(_others(before, collected) if add else ()), *collected.reports)
        done = _publish(folder, reports, _skipped(before, collected, add=add), before, recipe, progress, start)
    return {**done, "skipped": [{"file": str(skip.file), "reason": skip.reason} for skip in collected.skipped]}


def remove(ids: Sequence[str], folder: Path, waiting: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Take reports out of an index. Raises NotFound for one that is not in it, UsageError where none would be left."""
    with _alone(folder, waiting):
        start, before = time.perf_counter(), load(folder)
        missing = [name for name in ids if name not in before.manifest.reports]
        if missing:
            raise NotFound(f"没有编号为 {missing[0]} 的报告；用 wenbao build 重建，或看清编号再删")
        if not before.manifest.reports.keys() - set(ids):
            raise UsageError("索引里至少要留一份报告；不要这个索引就删掉它的文件夹")
        index = without(before, ids)
        publish(folder, _saying(index, before.manifest.skipped))
        return {**_told(before, index), "seconds": {"all": round(time.perf_counter() - start, 2)}, "skipped": []}


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    try:
        with durable.exclusive(folder, waiting):
            yield
    except OSError as error:
        raise IndexFolderError(f"{folder}：无法写入（{error.strerror}）；请换一个文件夹：--index DIR") from None


def is_current(files: list[Path], folder: Path, model: str, dtype: str) -> bool:
    """Whether the folder holds a sound index of exactly these files, as they would be read now, by this model in this dtype."""
    return _holds(_held(folder), collect(files), Recipe(model, dtype), add=False)


def _holds(before: Index | None, collected: Collected, recipe: Recipe, *, add: bool) -> bool:
    """Whether the index holds these reports as they would be read now."""
    if before is None or not recipe.made(before):
        return False
    kept = _others(before, collected) if add else ()
    same = before.manifest.skipped == _skipped(before, collected, add=add)
    return same and set(before.corpus.reports) == {*kept, *collected.reports}


def _held(folder: Path) -> Index | None:
    try:
        return load(folder)
    except IndexFolderError:
        return None


def _others(before: Index | None, collected: Collected) -> tuple[Report, ...]:
    """The reports of the index that are not given anew, by key or by content."""
    given = {report.id for report in collected.reports} | {report.sha256 for report in collected.reports}
    reports = before.corpus.reports if before else ()
    return tuple(report for report in reports if not {report.id, report.sha256} & given)


def _skipped(before: Index | None, collected: Collected, *, add: bool) -> list[dict[str, str]]:
    """What could not be read, to be kept: by whole path, since a later build may run elsewhere, with a reason that names the file alone.

    Where reports are added, what was said before of files that are not given now stays.
    """
    given = {str(file.absolute()) for file in collected.files}
    kept = [skip for skip in before.manifest.skipped if skip["file"] not in given] if before and add else []
    found = [(str(skip.file.absolute()), skip.reason.replace(f"{skip.file.parent}/", "")) for skip in collected.skipped]
    return [*kept, *({"file": file, "reason": reason} for file, reason in found)]


def _saying(index: Index, skipped: list[dict[str, str]]) -> Index:
    """The index with what could not be read in its manifest."""
    return replace(index, manifest=replace(index.manifest, skipped=skipped))


def _publish(
    folder: Path,
    reports: Sequence[Report],
    skipped: list[dict[str, str]],
    before: Index | None,
    recipe: Recipe,
    progress: Progress,
    start: float,
) -> dict[str, Any]:
    corpus = assemble(reports)
    gathered = time.perf_counter()
    encoder = open_builder(recipe.model, recipe.dtype)
    opened = time.perf_counter()
    index = embed(corpus, encoder, progress, vector_cache(encoder))
    embedded = time.perf_counter()
    publish(folder, _saying(index, skipped))
    return {
        **_told(before, index),
        "engine": encoder.engine,
        "seconds": {
            "read": round(gathered - start, 2),
            "model": round(opened - gathered, 2),
            "embed": round(embedded - opened, 2),
            "all": round(time.perf_counter() - start, 2),
        },
    }


def _told(before: Index | None, index: Index) -> dict[str, Any]:
    """What is said of an index that was published in the place of another."""
    return {
        "changed": True,
        **_changes(before, index),
        "reports": len(index.corpus.reports),
        "paragraphs": sum(len(report.paragraphs) for report in index.corpus.reports),
        "passages": len(index.corpus.passages),
        "sentences": len(index.sentences),
        "figures": len(index.figures),
        "model": index.manifest.model,
        "dtype": index.manifest.dtype,
    }


def vector_cache(encoder: Encoder) -> VectorCache:
    return VectorCache(model_folder(paths.CACHE / "vectors", encoder))


def _changes(before: Index | None, index: Index) -> dict[str, list[str]]:
    """The keys of the reports that are new, have another content, or are gone."""
    old, new = before.manifest.reports if before else {}, index.manifest.reports
    return {
        "added": [name for name in new if name not in old],
        "replaced": [name for name in new if name in old and old[name] != new[name]],
        "removed": [name for name in old if name not in new],
    }


BATCH = 64  # texts a step of progress


def assemble(reports: Sequence[Report]) -> Corpus:
    passages = [passage for position, report in enumerate(reports) for passage in split_passages(report, position)]
    return Corpus(tuple(reports), tuple(passages))


def embed(corpus: Corpus, encoder: Encoder, progress: Progress = lambda *_: None, cache: VectorCache | None = None) -> Index:
    """Vectors and words for every passage, sentence and figure of a corpus; vectors that the cache has are taken from it."""
    rows = _vectors([meanings_of(corpus, table) for table in TABLES], encoder, progress, cache)
    return _indexed(corpus, rows, encoder.name, encoder.dtype)


def without(index: Index, ids: Collection[str]) -> Index:
    """The index less the reports of these ids. What stays keeps its vectors: nothing is embedded, no model opened."""
    reports = index.corpus.reports
    corpus = assemble([report for report in reports if report.id not in ids])
    gone = [position for position, report in enumerate(reports) if report.id in ids]
    report_of_row = Columns(index.corpus).reports
    rows = [index.backend.vectors(table, 0, index.sizes[table])[~np.isin(report_of_row[table], gone)] for table in TABLES]
    return _indexed(corpus, rows, index.manifest.model, index.manifest.dtype)


def joined(base: Index, others: Sequence[Index]) -> Index:
    """The index with the reports of others after its own, by its own manifest. Nothing is embedded; what base holds is not copied."""
    reports, passages = [*base.corpus.reports], [*base.corpus.passages]
    sentences, figures, sizes = [*base.sentences], [*base.figures], base.sizes
    parts = [Part(base.backend, range(len(reports)), {table: range(sizes[table]) for table in TABLES})]
    for other in others:
        first, row = len(reports), len(passages)
        rows = {table: range(sizes[table], sizes[table] + size) for table, size in other.sizes.items()}
        reports += other.corpus.reports
        passages += [replace(passage, report=first + passage.report) for passage in other.corpus.passages]
        sentences += [(row + passage, number) for passage, number in other.sentences]
        figures += [(first + report, number) for report, number in other.figures]
        parts.append(Part(other.backend, range(first, len(reports)), rows))
        sizes = {table: run.stop for table, run in rows.items()}
    corpus = Corpus(tuple(reports), tuple(passages))
    return Index(base.manifest, corpus, tuple(sentences), tuple(figures), JoinedBackend(Columns(corpus), parts))


def _indexed(corpus: Corpus, rows: Sequence[Vectors], model: str, dtype: str) -> Index:
    """The index of a corpus by the vectors of its tables, in the order of TABLES."""
    dense = dict(zip(TABLES, map(DenseIndex.of, rows), strict=True))
    backend = LocalBackend(Columns(corpus), dense, lexical_of(corpus))
    manifest = Manifest(
        format=disk.FORMAT,
        generation="",
        model=model,
        dimension=rows[0].shape[1],
        dtype=dtype,
        dense=backend.how,
        tokeniser=tokens.SPELLING,
        reports={report.id: report.sha256 for report in corpus.reports},
        files={},
    )
    return Index(manifest, corpus, sentence_rows(corpus), figure_rows(corpus), backend)


def _vectors(tables: Sequence[list[str]], encoder: Encoder, progress: Progress, cache: VectorCache | None) -> list[Vectors]:
    """Rows for each list; a text that stands in several is embedded once. Like lengths go together, so little is padded.

    What the cache has is not embedded again, and each batch is in it before the next begins. Progress counts characters.
    """
    unique = sorted(dict.fromkeys(chain(*tables)), key=len, reverse=True)
    known = cache.find(unique) if cache else {}
    new = [text for text in unique if text not in known]
    done, of = 0, sum(map(len, new))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        rows = encoder.encode_document(batch)
        known.update(zip(batch, rows, strict=True))
        if cache:
            cache.add(batch, rows)
        done += sum(map(len, batch))
        progress("embed", done, of)
    if cache:
        cache.tidy()
    dimension = len(next(iter(known.values())))
    return [np.array([known[text] for text in texts], np.float32).reshape(-1, dimension) for texts in tables]
