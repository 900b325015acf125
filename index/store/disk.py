"""Corpus, vectors and words ↔ a folder with a manifest; published whole or not at all.

A folder holds generations. Each is written beside the others, synced, and only then named by manifest.json, which is replaced in one
step: a reader sees the old index or the new one, never half. Before anything is read its size and SHA-256 are checked.
"""

import gc
import hashlib
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from index import tokens
from index.errors import IndexFolderError
from index.records import Corpus, Passage, Report, Span
from index.retrieve.backend import LocalBackend, SearchBackend
from index.retrieve.dense import DenseIndex, How
from index.retrieve.lexical import LexicalIndex
from index.retrieve.rows import TABLES, Columns, Table, figure_rows, sentence_rows
from index.store import durable


def dump_corpus(corpus: Corpus) -> str:
    rows = [{"report": _plain(asdict(report))} for report in corpus.reports]
    rows += [{"passage": _plain(asdict(passage))} for passage in corpus.passages]
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def load_corpus(text: str) -> Corpus:
    """The inverse of dump_corpus. Raises ValueError, KeyError or TypeError on anything else."""
    reports, passages = list[Report](), list[Passage]()
    read_report, read_passage = _reader(Report), _reader(Passage)
    assert read_report
    assert read_passage
    with _uncollected():
        for line in filter(None, text.split("\n")):
            row = json.loads(line)
            if "report" in row:
                reports.append(read_report(row["report"]))
            if "passage" in row:
                passages.append(read_passage(row["passage"]))
    return Corpus(tuple(reports), tuple(passages))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: none of the millions of records is in one, and looking through them takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _plain(value: Any) -> Any:
    """asdict's output with each span as [start, end] and each Decimal as a string."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end"}:
            return [value["start"], value["end"]]
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return format(value, "f") if isinstance(value, Decimal) else value


@cache
def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a record's type of its JSON, from the types of the record's fields; None where JSON has it as it is."""
    inner = [one for one in get_args(hint) if one is not NoneType]
    if hint is Decimal or hint is Span:
        return Decimal if hint is Decimal else _span
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        named = [(field.name, _reader(hints[field.name])) for field in fields(hint)]
        return lambda row: hint(*[row[name] if read is None else read(row[name]) for name, read in named])  # type: ignore[operator]
    read = _reader(inner[0]) if inner else None
    if get_origin(hint) is tuple:
        return tuple if read is None else lambda row: tuple(map(read, row))
    return None if read is None else lambda value: None if value is None else read(value)


def _span(pair: Any) -> Span:
    start, end = pair
    return Span(int(start), int(end))


WORK = ".new-"  # the prefix of one being written
Files = Mapping[str, tuple[int, str]]  # name → size and SHA-256
Skipped = Sequence[Mapping[str, str]]  # {"file", "reason"} of each file that could not be read


def fingerprint(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(base: Path) -> dict[str, tuple[int, str]]:
    return {str(path.relative_to(base)): fingerprint(path) for path in sorted(base.rglob("*")) if path.is_file()}


def settle(work: Path, folder: Path, files: Files, skipped: Skipped = ()) -> str:
    """Move a written generation to the name its content gives, which is returned. One that lies there whole stays.

    What was skipped gives another name too: those who follow the folder look at no more than that. A damaged one is left to those
    who may have it open, and a free name is taken.
    """
    named = [files, skipped] if skipped else files
    name = "g-" + hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]
    for number in itertools.count(1):
        generation = name if number == 1 else f"{name}-{number}"
        if not (folder / generation).exists():
            work.replace(folder / generation)
            return generation
        if _is_whole(folder / generation, files):
            return generation
    raise AssertionError


def _is_whole(base: Path, files: Files) -> bool:
    try:
        return all(fingerprint(base / name) == found for name, found in files.items())
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Take away what a writer that was killed has left. Only for the one that holds the folder."""
    for path in folder.glob(f"{WORK}*"):
        shutil.rmtree(path, ignore_errors=True)


def drop_old(folder: Path, current: str, before: str | None) -> None:
    """Keep the generation in use and the one before it, which readers may still be opening."""
    old = sorted((path for path in folder.glob("g-*") if path.name != current), key=lambda path: path.stat().st_mtime)
    kept = before if before not in (None, current) else old[-1].name if old else None
    for path in old:
        if path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


FORMAT = 6  # raise it when what is in the folder, or how it is made, changes
MANIFEST = "manifest.json"
MEND = "请运行：wenbao build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder says of itself. `files` maps each file of the generation to its size and SHA-256."""

    format: int
    generation: str
    model: str
    dimension: int
    dtype: str
    dense: dict[str, How]  # table → how its vectors are searched
    tokeniser: str
    reports: dict[str, str]  # id → SHA-256 of its file
    files: dict[str, tuple[int, str]]
    skipped: list[dict[str, str]] = field(default_factory=list)  # {"file", "reason"} of each file that the last build could not read
    seal: str = ""  # SHA-256 of all the rest


@dataclass(frozen=True, slots=True)
class Index:
    """All that a question needs. The id of a row is a position: in passages, in `sentences`, in `figures`."""

    manifest: Manifest
    corpus: Corpus
    sentences: tuple[tuple[int, int], ...]  # (passage, position among its sentences)
    figures: tuple[tuple[int, int], ...]  # (report, position in Report.figures)
    backend: SearchBackend

    @property
    def sizes(self) -> dict[Table, int]:
        """How many rows each table has."""
        return {"passages": len(self.corpus.passages), "sentences": len(self.sentences), "figures": len(self.figures)}


def publish(folder: Path, index: Index) -> Manifest:
    """Write the index as a new generation of the folder and make it the one that is read. Returns its manifest.

    Waits while another publishes there. Raises IndexFolderError, and then the folder is as it was.
    """
    try:
        with durable.exclusive(folder):
            return _publish(folder, index)
    except (OSError, RuntimeError) as error:  # FAISS says a full disk as a RuntimeError
        reason = getattr(error, "strerror", None) or "磁盘已满或不可写"
        raise IndexFolderError(
            f"{folder}：无法写入，索引没有写成（{reason}），原来的没有改动；请腾出空间，或换一个文件夹：--index DIR"
        ) from None


def _publish(folder: Path, index: Index) -> Manifest:
    sweep(folder)
    before = _current(folder)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=folder))
    try:
        _write(work, index)
        files = fingerprints(work)
        durable.sync_tree(work)
        generation = settle(work, folder, files, index.manifest.skipped)
        durable.sync(folder)
        manifest = _sealed(replace(index.manifest, generation=generation, files=files))
        durable.replace_bytes(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
    finally:
        shutil.rmtree(work, ignore_errors=True)
    drop_old(folder, generation, before)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest. Raises IndexFolderError with what mends it."""
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (fields["format"], fields["tokeniser"]) != (FORMAT, tokens.SPELLING):
            raise IndexFolderError(f"{folder}：索引是另一版本的程序建的。{MEND}")
        files = {name: (int(size), str(digest)) for name, (size, digest) in fields["files"].items()}
        manifest = Manifest(**{**fields, "files": files})
    except FileNotFoundError:
        raise IndexFolderError(f"{folder}：这里没有索引。{MEND}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise IndexFolderError(f"{folder}：索引的清单已损坏。{MEND}") from None
    if manifest != _sealed(manifest):
        raise IndexFolderError(f"{folder}：索引的清单已损坏或被改动。{MEND}")
    return manifest


def _sealed(manifest: Manifest) -> Manifest:
    fields = {**asdict(manifest), "seal": ""}
    return replace(manifest, seal=hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest())


def load(folder: Path) -> Index:
    """Open the folder's index, every file checked against the manifest first. Raises IndexFolderError."""
    manifest = read_manifest(folder)
    try:
        return _load(folder, manifest)
    except IndexFolderError:
        if _current(folder) in (None, manifest.generation):
            raise
    return load(folder)  # another generation was published meanwhile, and this one dropped


def _load(folder: Path, manifest: Manifest) -> Index:
    base = folder / manifest.generation
    for name, (size, digest) in manifest.files.items():
        _check(base, name, size, digest)
    try:
        corpus = load_corpus((base / "corpus.jsonl").read_text(encoding="utf-8"))
        dense = {table: DenseIndex.load(base / f"{table}.faiss") for table in TABLES}
        lexical = {table: LexicalIndex.load(base / f"{table}.bm25") for table in TABLES}
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        raise IndexFolderError(f"{folder}：索引无法读取（{type(error).__name__}）。{MEND}") from None
    backend = LocalBackend(Columns(corpus), dense, lexical)
    index = Index(manifest, corpus, sentence_rows(corpus), figure_rows(corpus), backend)
    rows = {table: len(vectors) for table, vectors in dense.items()}
    if rows != index.sizes or dense["passages"].dimension != manifest.dimension:
        raise IndexFolderError(f"{folder}：向量与段落的数目不符。{MEND}")
    return index


def _write(work: Path, index: Index) -> None:
    (work / "corpus.jsonl").write_text(dump_corpus(index.corpus), encoding="utf-8")
    assert isinstance(index.backend, LocalBackend)  # one on Milvus is copied by index/location.py
    for table, dense in index.backend.dense.items():
        dense.save(work / f"{table}.faiss")
    for table, lexical in index.backend.lexical.items():
        lexical.save(work / f"{table}.bm25")


def _check(base: Path, name: str, size: int, digest: str) -> None:
    path = base / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
        raise IndexFolderError(f"{base.parent}：索引缺少文件 {name}。{MEND}")
    if fingerprint(path) != (size, digest):
        raise IndexFolderError(f"{base.parent}：索引文件 {name} 与清单不符，已损坏。{MEND}")


def _current(folder: Path) -> str | None:
    try:
        return read_manifest(folder).generation
    except IndexFolderError:
        return None
