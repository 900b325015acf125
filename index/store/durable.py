"""Files that outlive a crash: written beside, synced, renamed; and one writer of a folder at a time."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".lock"


@contextmanager
def exclusive(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """The folder is this thread's to write: others wait, in this process or another. `waiting` is told before a wait.

    The same thread may enter again. A process that dies lets go of it. Raises OSError where nothing can be written.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, is_singleton=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        if lock.lock_counter == 1:
            _take_back(folder)
        lock.release()


def _take_back(folder: Path) -> None:
    """Remove a folder in which there is nothing but the lock."""
    with suppress(OSError):
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()


def replace_bytes(path: Path, data: bytes) -> None:
    """The file holds its old content or the new one, whole, at any moment."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(data)
        sync(fresh)
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    with suppress(OSError):  # the new one is in place: only how soon the disk knows it is left
        sync(path.parent)


def sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
