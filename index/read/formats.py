"""Which module reads which suffix, and what each hands on. Asking a question loads none of them, a build only those it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from index.errors import ReadError

MOST_CHARACTERS = 4_000_000  # the longest report known has under 40,000; what unpacks to more is not a report


@dataclass(frozen=True, slots=True)
class Extracted:
    """One report as its file gives it.

    `headings` maps a line of the text (1-based) to its depth where the format marks it as a heading (1 is the outermost).
    `given` holds fields of the masthead that stand beside the text. `key` tells apart the reports of one file.
    """

    text: str
    headings: Mapping[int, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    is_file: bool = False  # the text is the file itself, as decoded: nothing may be left out of it


def of_lines(lines: list[tuple[str, int]]) -> Extracted:
    """Lines with their depth as headings (0: none) → a text with a line for each that is not empty."""
    kept = [(text.strip(), depth) for text, depth in lines if text.strip()]
    marked = {number: depth for number, (_, depth) in enumerate(kept, start=1) if depth}
    return Extracted("".join(f"{text}\n" for text, _ in kept), marked)


MODULES = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".csv": "spreadsheet",
}
SUFFIXES = tuple(MODULES)
EMPTY = "里面没有文字"


def extract(data: bytes, suffix: str, name: str) -> list[Extracted | ReadError]:
    """The reports of a file, in its order: of a table a row each, else one. A row that cannot be read stands as its error.

    Raises ReadError, in one line that begins with `name`, for a file that cannot be read.
    """
    module = import_module(f"index.read.{MODULES[suffix]}")
    found: list[Extracted | ReadError] = module.extract(data, name)
    return [one if isinstance(one, ReadError) else _checked(one, name) for one in found]


def _checked(one: Extracted, name: str) -> Extracted | ReadError:
    where = f"{name}：{one.key}：" if one.key else f"{name}："
    if not one.text.strip():
        return ReadError(f"{where}{EMPTY}")
    if len(one.text) > MOST_CHARACTERS:
        return ReadError(f"{where}有 {len(one.text)} 个字，超过 {MOST_CHARACTERS} 的上限，不像一份报告")
    return one
