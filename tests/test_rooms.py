"""The house: no two modules import each other, no name stands twice, no room is crowded, and one question walks through few of them."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from index.paths import PROJECT
from search import Engine

PACKAGES = ("index", "search", "web")
MOST_MODULES = {"search/commands": 20}  # of a folder; the others hold MOST
MOST = 12
CALLED = {
    "search": 32,
    "index": 12,
}  # modules that a warm question about a figure calls into: rules and what is fitted, both (architecture.md)
FIGURES = ("2006年沈阳市地区生产总值是多少？", "今年新增就业的目标", "2006年城镇登记失业率是多少？")


def files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((PROJECT / package).rglob("*.py"))
    yield PROJECT / "app.py"


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def imported(source: str, own: str, known: Iterable[str]) -> set[str]:
    """The modules that one imports anywhere, in a function and for type checkers too, and the packages on the way to them but its own."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    above = {".".join(name.split(".")[:depth]) for name in found for depth in range(1, name.count(".") + 1)}
    return {name for name in (found | above) & set(known) if name != own and not own.startswith(f"{name}.")}


def graph() -> dict[str, set[str]]:
    sources = {name_of(file): file.read_text(encoding="utf-8") for file in files()}
    return {name: imported(source, name, sources) for name, source in sources.items()}


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_two_modules_import_each_other() -> None:
    assert circle(graph()) == []


def test_no_two_rooms_import_each_other() -> None:
    """Of index/ and search/: what lies in a room imports rooms that lie below it, and never one that lies above."""
    rooms: dict[str, set[str]] = {}
    for name, others in graph().items():
        if name.startswith(("index.", "search.")) and name.count(".") > 1:
            room = name.rpartition(".")[0]
            rooms.setdefault(room, set()).update(
                other.rpartition(".")[0] for other in others if other.count(".") > 1 and other.rpartition(".")[0] != room
            )
    assert len(rooms) > 12
    assert circle(rooms) == []


def test_a_circle_is_seen() -> None:
    known = ("a", "a.b", "a.c", "d")
    assert imported("def f():\n    from a.c import x\n", "d", known) == {"a", "a.c"}
    assert imported("from a import c\n", "a.b", known) == {"a.c"}
    assert circle({"a.b": {"a.c"}, "a.c": {"d"}, "d": {"a.b"}}) != []


def test_no_name_stands_twice() -> None:
    names = [file.stem for file in files() if file.stem != "__init__" and file.parent.name != "commands"]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("package", ["index", "search"])
def test_no_folder_is_crowded(package: str) -> None:
    counts = Counter(str(file.parent.relative_to(PROJECT)) for file in (PROJECT / package).rglob("*.py"))
    assert {name: count for name, count in counts.items() if count > MOST_MODULES.get(name, MOST)} == {}


def called_by(engine: Engine, question: str) -> dict[str, set[str]]:
    """By package the modules that a question calls into, what a dataclass has made for itself among it."""
    found: dict[str, set[str]] = {package: set() for package in CALLED}

    def watch(frame: FrameType, event: str, _: Any) -> None:
        name = str(frame.f_globals.get("__name__", ""))
        if event == "call" and name.partition(".")[0] in found:
            found[name.partition(".")[0]].add(name)

    sys.setprofile(watch)
    try:
        engine.ask(question)
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize("question", FIGURES)
def test_a_warm_question_calls_into_few_modules(engine: Engine, question: str) -> None:
    assert engine.ask(question).answer.figures
    found = called_by(engine, question)
    assert {package: sorted(names) for package, names in found.items() if len(names) > CALLED[package]} == {}
    assert min(map(len, found.values())) > 5  # the watch sees what is called
