"""Which parts had a say in which question: a rule by what it returned, a pattern by what it matched, a word by standing in the question.

A part that had none there changes nothing there: so most parts need only a few questions to be asked again.
"""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from gold.ablate.items import LOST, Key, Questions
from gold.ablate.parts import Part, holds_patterns
from gold.ablate.switch import FIXED, forget, rebound
from index.lexicon import load
from index.text import normal
from search.plan.vocabulary import patterns as compiled

Said = dict[str, set[Key]]  # a part's name → the questions in which it had a say
SPOKEN = ("everyday", "indicators", "question.stop")  # words that matter only where they stand in the question


class Spy:
    """A pattern that tells when it matches."""

    def __init__(self, pattern: re.Pattern[str], tell: Callable[[], None]) -> None:
        self._pattern, self._tell = pattern, tell
        self.pattern, self.groups, self.flags = pattern.pattern, pattern.groups, pattern.flags

    def _told(self, found: Any) -> Any:
        if found:
            self._tell()
        return found

    def search(self, *args: Any) -> Any:
        return self._told(self._pattern.search(*args))

    def match(self, *args: Any) -> Any:
        return self._told(self._pattern.match(*args))

    def fullmatch(self, *args: Any) -> Any:
        return self._told(self._pattern.fullmatch(*args))

    def findall(self, *args: Any) -> Any:
        return self._told(self._pattern.findall(*args))

    def finditer(self, *args: Any) -> Any:
        return iter(self._told([*self._pattern.finditer(*args)]))

    def split(self, text: str, *args: Any) -> Any:
        found = self._pattern.split(text, *args)
        self._told(len(found) > 1)
        return found

    def sub(self, new: Any, text: str, *args: Any) -> str:
        self._told(self._pattern.search(text))
        return self._pattern.sub(new, text, *args)


def record(questions: Questions, parts: Iterable[Part]) -> Mapping[str, set[Key]]:
    """Ask every question once, and note who had a say. A part that is not in the result may have one anywhere."""
    said: Said = defaultdict(set)
    now: list[Key] = []
    parts = list(parts)
    with ExitStack() as stack:
        for module, name in dict.fromkeys((part.where[0], part.where[1]) for part in parts if part.kind in ("rule", "pattern")):
            old = getattr(importlib.import_module(module), name)
            stack.enter_context(rebound(old, name, watched(old, f"{module}.{name}", said, now)))
        stack.enter_context(rebound(compiled, "patterns", _watched_patterns(said, now)))
        forget()
        questions.renew()
        found = questions.ask(questions.items, lambda key: now.__setitem__(slice(None), [key]))
    if LOST in found.values():
        raise RuntimeError(f"watched, it fails: {[key for key, outcome in found.items() if outcome == LOST][:5]}")
    forget()
    asked = {key: normal(str(item.row["question"])) for key, item in questions.items.items()}
    for part in parts:
        if part.kind in ("rule", "pattern"):
            said[part.name]
        elif part.kind == "word" and ".".join(part.where).startswith(SPOKEN):
            names = _spoken_names(part)
            said[part.name] = {key for key, question in asked.items() if _stands(names, question)}
        elif part.where[:2] in (("question", "units"), ("question", "maybe_units")):
            said[part.name] = {key for key, question in asked.items() if re.search(part.where[2], question)}
        elif part.kind == "word" and part.where[:2] in (("question", "wanted"), ("question", "asks"), ("question", "status")):
            said[part.name]
    return dict(said)


def watched(old: Any, name: str, said: Said, now: list[Key]) -> Any:
    """A rule or a pattern that notes where it had a say."""
    if holds_patterns(old):
        return _spied(old, lambda: said[f"{name} → never"].add(now[0]))

    def rule(*args: Any, **options: Any) -> Any:
        found = old(*args, **options)
        for to, value in FIXED.items():
            if found is not value:
                said[f"{name} → {to}"].add(now[0])
        return found

    return rule


def _spied(value: Any, tell: Callable[[], None]) -> Any:
    if isinstance(value, re.Pattern):
        return Spy(value, tell)
    if isinstance(value, dict):
        return {key: _spied(inner, tell) for key, inner in value.items()}
    return type(value)(_spied(one, tell) for one in value) if isinstance(value, tuple | list) else value


def _watched_patterns(said: Said, now: list[Key]) -> Callable[[str], Mapping[str, Any]]:
    """The patterns of lexicon/question.toml, each of which tells when it matches."""

    def spy(name: str, pattern: re.Pattern[str]) -> Spy:
        return Spy(pattern, lambda: said[f"question.{name}.{pattern.pattern} → absent"].add(now[0]))

    def patterns(table: str) -> Mapping[str, Any]:
        if table not in kept:
            kept[table] = {key: tuple(spy(f"{table}.{key}", one) for one in some) for key, some in compiled(table).items()}
        return kept[table]

    kept: dict[str, Mapping[str, Any]] = {}
    return patterns


def _spoken_names(part: Part) -> tuple[str, ...]:
    if part.where[0] != "indicators":
        return (part.where[-1],)
    entries = [one for one in load("indicators")["indicator"] if one["names"][0] == part.where[-1]]
    names = [name for one in entries for key in ("names", "spoken", "english") for name in one.get(key, ())]
    # 进出口 has a say where 出口 is asked for, as a longer name that ends so
    return tuple(name[start:] for name in names for start in range(max(1, len(name) - 1)))


def _stands(names: Iterable[str], question: str) -> bool:
    return any(name.lower() in question for name in names)
