"""The generations of an index folder: named by what is in them, kept while they may be in use."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

WORK = ".new-"  # the prefix of one being written
Files = Mapping[str, tuple[int, str]]  # name → size and SHA-256


def fingerprint(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(base: Path) -> dict[str, tuple[int, str]]:
    return {str(path.relative_to(base)): fingerprint(path) for path in sorted(base.rglob("*")) if path.is_file()}


def settle(work: Path, folder: Path, files: Files) -> str:
    """Move a written generation to the name its content gives, which is returned. One that lies there whole stays.

    A damaged one is left to those who may have it open, and a free name is taken.
    """
    name = "g-" + hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]
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
