"""Corpus, vectors and words ↔ a folder with a manifest; published whole or not at all.

A folder holds generations. Each is written beside the others, synced, and only then named by manifest.json, which is replaced in one
step: a reader sees the old index or the new one, never half. Before anything is read its size and SHA-256 are checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index import serial, tokens
from index.dense import DenseIndex
from index.errors import IndexFolderError
from index.lexical import LexicalIndex
from index.records import Corpus

FORMAT = 1  # raise it when what is in the folder, or how it is made, changes
MANIFEST = "manifest.json"
KEPT = 2  # generations: the one in use, and the one before it for readers that still have it open
MEND = "请运行：wenbao build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder says of itself. `files` maps each file of the generation to its size and SHA-256."""

    format: int
    generation: str
    model: str
    dimension: int
    dtype: str
    tokeniser: str
    reports: dict[str, str]  # id → SHA-256 of its file
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Index:
    """All that a question needs. The id of a row is a position: in passages, in `sentences`, in `figures`."""

    manifest: Manifest
    corpus: Corpus
    sentences: tuple[tuple[int, int], ...]  # (passage, position among its sentences)
    figures: tuple[tuple[int, int], ...]  # (report, position in Report.figures)
    dense_passages: DenseIndex
    dense_sentences: DenseIndex
    lexical_passages: LexicalIndex
    lexical_sentences: LexicalIndex
    lexical_figures: LexicalIndex


DENSE = {"dense_passages": "passages.faiss", "dense_sentences": "sentences.faiss"}
LEXICAL = {
    "lexical_passages": "passages.bm25",
    "lexical_sentences": "sentences.bm25",
    "lexical_figures": "figures.bm25",
}


def publish(folder: Path, index: Index) -> Manifest:
    """Write the index as a new generation of the folder and make it the one that is read. Returns its manifest."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    except OSError as error:
        raise IndexFolderError(f"{folder}：无法写入索引（{error.strerror}）；请换一个文件夹：--index DIR") from None
    try:
        _write(work, index)
        files = {str(path.relative_to(work)): _fingerprint(path) for path in sorted(work.rglob("*")) if path.is_file()}
        generation = "g-" + hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]
        manifest = Manifest(**{**asdict(index.manifest), "generation": generation, "files": files})
        _sync_tree(work)
        if (folder / generation).exists():  # the same content was built before; what lies there may be damaged
            shutil.rmtree(folder / generation)
        work.replace(folder / generation)
        _replace(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    except (OSError, RuntimeError) as error:  # FAISS says a full disk as a RuntimeError
        reason = getattr(error, "strerror", None) or "磁盘已满或不可写"
        raise IndexFolderError(f"{folder}：索引没有写成（{reason}），原来的没有改动") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _drop_old(folder, generation)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest. Raises IndexFolderError with what mends it."""
    try:
        fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {name: (int(size), str(digest)) for name, (size, digest) in fields["files"].items()}
        manifest = Manifest(**{**fields, "files": files})
    except FileNotFoundError:
        raise IndexFolderError(f"{folder}：这里没有索引。{MEND}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise IndexFolderError(f"{folder}：索引的清单已损坏。{MEND}") from None
    if manifest.format != FORMAT or manifest.tokeniser != tokens.SPELLING:
        raise IndexFolderError(f"{folder}：索引是另一版本的程序建的。{MEND}")
    return manifest


def load(folder: Path) -> Index:
    """Open the folder's index, every file checked against the manifest first. Raises IndexFolderError."""
    manifest = read_manifest(folder)
    base = folder / manifest.generation
    for name, (size, digest) in manifest.files.items():
        _check(base, name, size, digest)
    try:
        corpus = serial.load_corpus((base / "corpus.jsonl").read_text(encoding="utf-8"))
        dense: dict[str, Any] = {field: DenseIndex.load(base / name) for field, name in DENSE.items()}
        lexical: dict[str, Any] = {field: LexicalIndex.load(base / name) for field, name in LEXICAL.items()}
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        raise IndexFolderError(f"{folder}：索引无法读取（{type(error).__name__}）。{MEND}") from None
    return Index(manifest, corpus, sentence_rows(corpus), figure_rows(corpus), **dense, **lexical)


def sentence_rows(corpus: Corpus) -> tuple[tuple[int, int], ...]:
    return tuple(
        (row, number) for row, passage in enumerate(corpus.passages) for number in range(len(passage.sentences))
    )


def figure_rows(corpus: Corpus) -> tuple[tuple[int, int], ...]:
    return tuple((row, number) for row, report in enumerate(corpus.reports) for number in range(len(report.figures)))


def _write(work: Path, index: Index) -> None:
    (work / "corpus.jsonl").write_text(serial.dump_corpus(index.corpus), encoding="utf-8")
    for field, name in DENSE.items():
        getattr(index, field).save(work / name)
    for field, name in LEXICAL.items():
        getattr(index, field).save(work / name)


def _check(base: Path, name: str, size: int, digest: str) -> None:
    path = base / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
        raise IndexFolderError(f"{base.parent}：索引缺少文件 {name}。{MEND}")
    if _fingerprint(path) != (size, digest):
        raise IndexFolderError(f"{base.parent}：索引文件 {name} 与清单不符，已损坏。{MEND}")


def _fingerprint(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        _sync(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    with suppress(OSError):  # the new one is in place: only how soon the disk knows it is left
        _sync(path.parent)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop_old(folder: Path, current: str) -> None:
    old = sorted((path for path in folder.glob("g-*") if path.name != current), key=lambda path: path.stat().st_mtime)
    for path in old[: len(old) - KEPT + 1]:
        shutil.rmtree(path, ignore_errors=True)
