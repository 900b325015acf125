"""Faults of a disk: the k-th write, close, fsync, rename or new folder fails, as the operating system says it."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from typing import Any

import pytest


class Faulty:
    """Counts the steps that write; the one numbered `k` fails with `errno`, and so does each later one if `lasting`."""

    def __init__(self, k: int, errno: int, lasting: bool = False) -> None:
        self.k, self.errno, self.lasting = k, errno, lasting
        self.steps = 0

    def step(self) -> None:
        number = self.steps
        self.steps += 1
        if number == self.k or (self.lasting and number > self.k):
            raise OSError(self.errno, os.strerror(self.errno))

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in ("replace", "fsync", "mkdir"):
            patch.setattr(os, name, self._counted(getattr(os, name)))
        opened = self._opened(io.open)
        patch.setattr(io, "open", opened)  # Path.open and its kin
        patch.setattr(builtins, "open", opened)  # numpy, bm25s

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.step()
            return real(*arguments, **options)

        return call

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            found = real(file, mode, *arguments, **options)
            return found if set("wax+").isdisjoint(mode) else FaultyFile(found, self)

        return call


class FaultyFile:
    """A file open for writing. It is no io class, so numpy writes through it too."""

    def __init__(self, file: Any, faults: Faulty) -> None:
        self._file, self._faults = file, faults

    def write(self, data: Any) -> Any:
        self._faults.step()
        return self._file.write(data)

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """What is buffered reaches the disk here, or does not."""
        closed = self._file.closed
        self._file.close()
        if not closed:
            self._faults.step()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
