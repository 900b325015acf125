"""Parts switched off for a while: the name rebound wherever it was imported, the lexicon changed, what was kept of it forgotten."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

from gold.ablate.parts import SAYING, Part, member_name
from index.lexicon import load

NEVER = re.compile(r"(?!)")
KEPT = ("index.lexicon", "index.encode.encoder", "index.tokens", "index.encode.weights")  # what these remember rests on no part
FIXED = {"True": True, "False": False, "None": None}


@contextmanager
def off(parts: Iterable[Part]) -> Iterator[None]:
    """All of them off, and on again."""
    with ExitStack() as stack:
        words: dict[tuple[str, ...], list[Part]] = {}
        for part in sorted(parts, key=lambda part: part.kind != "feature"):  # a feature is found by its name in a constant
            if part.kind in ("section", "word"):
                words.setdefault(part.where[:-1], []).append(part)
            elif part.kind == "feature":
                stack.enter_context(_feature(part))
            else:
                module, name = part.where
                old = getattr(importlib.import_module(module), name)
                stack.enter_context(rebound(old, name, replacement(part, old)))
        for table, some in words.items():
            stack.enter_context(_absent(table, some))
        forget()
        try:
            yield
        finally:
            stack.close()
            forget()


def replacement(part: Part, old: Any) -> Any:
    """What stands in the place of a rule, pattern or constant."""
    if part.to in FIXED:
        said = FIXED[part.to]
        return lambda *_, **__: said
    if part.to == "never":
        return never(old)
    if part.to == "empty":
        return type(old)()
    return old * (0 if part.to == "0" else 2)


def never(value: Any) -> Any:
    """A pattern, or a table with patterns in it, that matches nothing."""
    if isinstance(value, re.Pattern):
        return NEVER
    if isinstance(value, dict):
        return {key: never(inner) for key, inner in value.items()}
    return type(value)(map(never, value)) if isinstance(value, tuple | list) else value


@contextmanager
def rebound(old: Any, name: str, new: Any) -> Iterator[None]:
    """A module's name, in every module that has imported it."""
    holders = [module for module in ours() if vars(module).get(name) is old]
    for module in holders:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module in holders:
            setattr(module, name, old)


def ours() -> list[ModuleType]:
    """The project's modules that are loaded."""
    return [module for name, module in list(sys.modules.items()) if name.split(".")[0] in ("search", "index")]


def forget() -> None:
    """Empty what functions of the project remember, as it was worked out with the parts as they were."""
    for module in ours():
        if module.__name__ not in KEPT:
            for value in list(vars(module).values()):
                clear: Callable[[], None] | None = getattr(value, "cache_clear", None)
                if clear is not None and getattr(value, "__module__", None) not in KEPT:
                    clear()


@contextmanager
def _absent(path: Sequence[str], parts: Sequence[Part]) -> Iterator[None]:
    """Keys, members and sections of one table of a lexicon."""
    table: Any = load(path[0]) if path else None
    for key in path[1:]:
        table = table[key]
    if isinstance(table, list):
        old = list(table)
        gone = {part.where[-1] for part in parts}
        table[:] = [one for one in old if member_name(one) not in gone]
        try:
            yield
        finally:
            table[:] = old
        return
    kept = dict(table)
    for part in parts:
        key = part.where[-1]
        if part.to == "absent":
            del table[key]
        else:
            table[key] = "(?!)" if isinstance(table[key], str) else type(table[key])()
    try:
        yield
    finally:
        table.clear()
        table.update(kept)


@contextmanager
def _feature(part: Part) -> Iterator[None]:
    """A weight of the ranking by its default; a slope of a fitted model."""
    if len(part.where) == 3:
        made = getattr(importlib.import_module(part.where[0]), part.where[1])
        names = list(made.__dataclass_fields__)
        defaults = made.__init__.__defaults__
        place = names.index(part.where[2]) - (len(names) - len(defaults))
        made.__init__.__defaults__ = (*defaults[:place], 0.0, *defaults[place + 1 :])
        try:
            yield
        finally:
            made.__init__.__defaults__ = defaults
        return
    from search.match import chance, saying

    name = part.where[1]
    if part.where[0] == "search.match.saying":
        old = saying.SLOPES
        place = SAYING.index(name)
        saying.SLOPES = tuple(0.0 if number == place else slope for number, slope in enumerate(old))  # type: ignore[assignment]
        try:
            yield
        finally:
            saying.SLOPES = old
        return
    place, features = [*chance.BY_WORDS, *chance.BY_MEANING].index(name), chance.features

    def without(*args: Any) -> chance.Features:
        """Nothing in its place: the fitted models and those of the folds alike give it no weight."""
        return tuple(0.0 if number == place else value for number, value in enumerate(features(*args)))

    with rebound(features, "features", without):
        yield
