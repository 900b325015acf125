"""Vectors already made, kept by the hash of their text, so that a build embeds only what is new and goes on after a stop.

A folder a model; in it segments, each named by the SHA-256 of its content: what a kill or a bad disk damaged is left out and made again.
"""

import hashlib
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encode.encoder import Encoder
from index.encode.pieces import Vectors
from index.store.durable import replace_bytes

SUFFIX = ".vectors"
MERGED_FROM = 32  # segments at which they are merged into one: a build of one batch a segment leaves many
MOST_BYTES = 4_000_000_000  # about 2.5 million vectors of 384 dimensions; the oldest segments go first


def text_key(text: str) -> bytes:
    """The 32 bytes by which a text's vector is found."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def model_folder(root: Path, encoder: Encoder) -> Path:
    """The folder of an encoder's vectors: name, engine and precision tell them apart; a local model its files as well."""
    told = "|".join([encoder.name, encoder.engine, encoder.dtype, *_model_files(Path(encoder.name))])
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", Path(encoder.name).name)[:40]
    return root / f"{slug}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _model_files(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{path.relative_to(folder)}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]


class VectorCache:
    """The vectors of one model on disk. What cannot be read is as if it were not there; what cannot be written is not kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vector, of shape (d,), of each of the texts that has one."""
        wanted = {text_key(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        for path in self._segments():
            keys, rows = _read(path)
            for key, row in zip(keys, rows, strict=True):
                if bytes(key) in wanted:
                    found[wanted[bytes(key)]] = row
        return found

    def add(self, texts: Sequence[str], rows: Vectors) -> None:
        """Keep the vectors (n, d) of n texts: on disk and whole when this returns."""
        keys = np.frombuffer(b"".join(map(text_key, texts)), np.uint8).reshape(len(texts), 32)
        with suppress(OSError):  # a full disk costs the next build its time, not this one its result
            self._write(keys, rows)

    def tidy(self) -> None:
        """Merge many segments into one, and drop the oldest beyond MOST_BYTES."""
        segments = self._segments()
        with suppress(OSError, ValueError):
            if len(segments) >= MERGED_FROM:
                parts = [part for part in map(_read, segments) if len(part[0])]
                merged = self._write(np.vstack([keys for keys, _ in parts]), np.vstack([rows for _, rows in parts]))
                for path in segments:
                    if path != merged:
                        path.unlink(missing_ok=True)
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        kept = 0
        for path in sorted(self._segments(), key=lambda path: path.stat().st_mtime, reverse=True):
            kept += path.stat().st_size
            if kept > MOST_BYTES:
                path.unlink(missing_ok=True)

    def _segments(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def _write(self, keys: NDArray[np.uint8], rows: Vectors) -> Path:
        out = io.BytesIO()
        np.save(out, keys, allow_pickle=False)
        np.save(out, np.asarray(rows, np.float32), allow_pickle=False)
        data = out.getvalue()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{hashlib.sha256(data).hexdigest()}{SUFFIX}"
        replace_bytes(path, data)
        return path


def _read(path: Path) -> tuple[NDArray[np.uint8], Vectors]:
    """Keys (n, 32) and rows (n, d) of a segment; none where it is damaged or gone."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == path.stem:
            source = io.BytesIO(data)
            return np.load(source, allow_pickle=False), np.load(source, allow_pickle=False)
    except (OSError, ValueError):
        pass
    path.unlink(missing_ok=True)  # named by its content: damaged, it can only be made again
    return np.empty((0, 32), np.uint8), np.empty((0, 0), np.float32)
