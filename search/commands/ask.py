"""A batch: a question a line in, a JSON object a line out; what is wrong with one question stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.errors import NotFound, UsageError, WenbaoError


def attempt(engine: Any, call: Callable[[Any, str], Any], question: str) -> dict[str, Any]:
    """The JSON of one result, or what is wrong with its question. Raises NotFound: that is wrong with all of them."""
    try:
        found: dict[str, Any] = call(engine, question).to_dict()
        return found
    except NotFound:
        raise
    except WenbaoError as error:
        return {"question": question, "error": str(error)}


def lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input as they come; bytes that are no UTF-8 are replaced, not fatal."""
    if name != "-" and not Path(name).is_file():
        raise UsageError(f"{name}：没有这个文件")
    return _read_lines(name)


def _read_lines(name: str) -> Iterator[str]:
    with open(0 if name == "-" else name, encoding="utf-8", errors="replace", closefd=name != "-") as file:
        for line in file:
            yield line.rstrip("\r\n")
