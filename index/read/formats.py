"""Which module reads which suffix. Asking a question loads none of them, a build only those it needs."""

from __future__ import annotations

from importlib import import_module

from index.errors import ReadError
from index.formats.extracted import MOST_CHARACTERS, Extracted

MODULES = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "table",
}
SUFFIXES = tuple(MODULES)
EMPTY = "里面没有文字"


def extract(data: bytes, suffix: str, name: str) -> list[Extracted | ReadError]:
    """The reports of a file, in its order: of a table a row each, else one. A row that cannot be read stands as its error.

    Raises ReadError, in one line that begins with `name`, for a file that cannot be read.
    """
    module = import_module(f"index.formats.{MODULES[suffix]}")
    found: list[Extracted | ReadError] = module.extract(data, name)
    return [one if isinstance(one, ReadError) else _checked(one, name) for one in found]


def _checked(one: Extracted, name: str) -> Extracted | ReadError:
    where = f"{name}：{one.key}：" if one.key else f"{name}："
    if not one.text.strip():
        return ReadError(f"{where}{EMPTY}")
    if len(one.text) > MOST_CHARACTERS:
        return ReadError(f"{where}有 {len(one.text)} 个字，超过 {MOST_CHARACTERS} 的上限，不像一份报告")
    return one
