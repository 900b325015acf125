"""Gold questions as they are asked again and again: each with its index, and what came of it beside what came before."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from gold.manifest import ASKED, GoldSet, Manifest, Row, read_manifest, stems_of
from gold.results import Result, asked_of, cells, in_part
from gold.shelf import Shelf
from index.store.disk import Index
from search import Engine

TOO_LONG = 10  # seconds after which a question counts as lost: what bounds a search has been switched off
TEXTS = ("texts", "passage_texts", "passages_of_paragraph", "rows", "_likeness")  # what a view keeps that no part changes
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    set: GoldSet
    row: Row
    stems: tuple[str, ...]
    part: bool  # whether it is of the part that CI runs

    @property
    def key(self) -> Key:
        return self.set.name, str(self.row["id"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What counts of a result: its verdicts, and the answer itself as it reads; it is another where any of them is."""

    right: bool
    first: bool | None
    cited: bool | None
    wrong: int
    mark: str

    @classmethod
    def of(cls, result: Result) -> Outcome:
        return cls(result.right, result.first, result.cited, result.wrong + 2 * len(result.faults), result.mark)


LOST = Outcome(right=False, first=False, cited=False, wrong=0, mark="failed")


class Questions:
    """All gold questions with their indexes, made once; `renew` makes engines anew, as they remember what they worked out."""

    def __init__(self, *, part: bool = False) -> None:
        """With `part` those that CI runs."""
        self.manifest, self._shelf = read_manifest(), Shelf()
        self.items = {item.key: item for item in _items(self.manifest) if item.part or not part}
        self._shelf.questioner.warm([str(item.row["question"]) for item in self.items.values()])
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._texts: dict[tuple[str, ...], dict[str, Any]] = {}
        self._engines: dict[tuple[str, ...], Engine] = {}
        self._cells = next(one for one in self.manifest.sets if one.form == "cells")

    def ask(self, keys: Iterable[Key], now: Callable[[Key], None] = lambda _: None) -> Mapping[Key, Outcome]:
        """What comes of these questions; `now` is told of each before it is asked."""
        found: dict[Key, Outcome] = {}
        for key in keys:
            item = self.items[key]
            now(key)
            found[key] = _asked(self._engine(item.stems), item)
        self._shelf.questioner.keep()
        return found

    def renew(self) -> None:
        """Forget what engines remember, but for what rests on the texts alone."""
        for stems, engine in self._engines.items():
            held = vars(engine.view)
            self._texts[stems] = {name: held[name] for name in TEXTS if name in held}
        self._engines.clear()

    def side_by_side(self) -> Mapping[Key, Outcome]:
        """The cells of reports side by side."""
        try:
            return {one.key: Outcome(one.right, None, None, one.wrong, one.said) for one in cells(self._cells, self._shelf)}
        except Exception:  # whatever a part that is off breaks
            return {}

    def _engine(self, stems: tuple[str, ...]) -> Engine:
        if stems not in self._indexes:
            self._indexes[stems] = self._shelf.index(self._shelf.stems(stems))
        if stems not in self._engines:
            self._engines[stems] = Engine(self._indexes[stems], lambda: self._shelf.questioner)
            vars(self._engines[stems].view).update(self._texts.get(stems, {}))
        return self._engines[stems]


def _items(manifest: Manifest) -> Iterator[Item]:
    for one in manifest.sets:
        if one.form in ASKED and not one.by_name:
            for row in one.rows():
                yield Item(one, row, stems_of(manifest, one, row), in_part(manifest, one, row))


def _asked(engine: Engine, item: Item) -> Outcome:
    try:
        with limited(TOO_LONG):
            return Outcome.of(asked_of(engine, item.set, item.row))
    except Exception:  # whatever a part that is off breaks
        return LOST


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raises TimeoutError in what takes longer."""
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _stop(_: int, __: FrameType | None) -> None:
    raise TimeoutError
