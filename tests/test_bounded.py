"""What a server keeps of what strangers ask is bounded: ever new words leave it no larger."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sized
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

from index.paths import PROJECT
from search import Engine, open_engine
from search.library import view
from search.plan import respell
from web import page
from web.own import Own
from web.page import Rendered
from web.tags import Html

OWN = "of a lexicon or a table of ours"
MODEL = "a model's name: the operator's, not a reader's"
# Without bound, and the reason why no stranger makes it grow.
UNBOUNDED = {
    "index.encode.encoder._transformer": MODEL,
    "search.find.rerank.open_reranker": MODEL,
    "search.brought._builder": MODEL,
    "index.store.disk._reader": "a type of records.py",
    "index.read.word_numbers.w": "a name that the reader of Word files looks for",
    "web.api.as_json": "a type of results.py",
    "web.strings._table": "one of the page's languages: words() lets no other in",
    **dict.fromkeys(
        ("index.lexicon.load", "search.plan.vocabulary.patterns", "index.lexicon.compiled.one_of", "index.lexicon.compiled.pattern_of"), OWN
    ),
}
KEPT = 20  # words, in place of the thousands that a server keeps
SYLLABLES = "粮娘亮两良凉梁量辆晾实时食十石拾识史使始驶式示士世柿事"


def caches() -> Iterator[tuple[str, Any]]:
    """Every function of the packages that keeps what it returned, by its name."""
    for package in ("index", "search", "web"):
        for module in walk_packages([str(PROJECT / package)], f"{package}."):
            for name, value in vars(import_module(module.name)).items():
                if hasattr(value, "cache_parameters") and value.__module__ == module.name:
                    yield f"{module.name}.{name}", value


def sizes(engine: Engine) -> dict[str, int]:
    """How much each cache of the packages holds, and each mapping or cache of an engine."""
    found = {name: cache.cache_info().currsize for name, cache in caches()}
    heard = engine.view.sounds(0)
    for owner in (engine, engine.view, engine._sides, heard):
        for name, value in vars(owner).items():
            if hasattr(value, "cache_info"):
                found[f"{type(owner).__name__}.{name}"] = value.cache_info().currsize
            elif isinstance(value, Sized):
                found[f"{type(owner).__name__}.{name}"] = len(value)
    return found


def strange(chance: random.Random) -> str:
    """A question of made-up words: misspelt, Latin, Cyrillic, a place, a number in Chinese."""
    word = "".join(chance.choices(SYLLABLES, k=4))
    latin = "".join(chance.choices("abcdefghij", k=6))
    cyrillic = "".join(chance.choices("абвгдежзик", k=5))
    number = "".join(chance.choices("一二三四五六七八九", k=4))
    rare = chr(chance.randrange(0x3400, 0x9FFF))
    return f"{word[:2]}市2006年{word}和{latin}、{cyrillic}{rare}增长百分之{number}是多少"


def test_every_cache_is_bounded_or_keeps_nothing_of_a_reader() -> None:
    free = {name for name, cache in caches() if cache.cache_parameters()["maxsize"] is None and signature(cache).parameters}
    assert free == set(UNBOUNDED)


def test_ever_new_words_leave_no_more_behind(monkeypatch: pytest.MonkeyPatch, index_folder: Path) -> None:
    monkeypatch.setattr(view, "WORDS", KEPT)
    monkeypatch.setattr(respell, "PAIRS", KEPT)
    engine, chance = open_engine(index_folder), random.Random(2007)

    def ask(times: int) -> dict[str, int]:
        for _ in range(times):
            question = strange(chance)
            engine.ask(question, previous=strange(chance))
            engine.search(question)
            engine.figures(question[2:10])
            engine.side_by_side(question[2:10])
        return sizes(engine)

    before, after = ask(10), ask(10)
    grown = {name for name in before if after[name] > before[name]}
    bounded = {name for name, cache in caches() if cache.cache_parameters()["maxsize"] or not signature(cache).parameters}
    assert grown - bounded - set(UNBOUNDED) == set()
    assert after["View._idf"] == after["Sounds._has_pair"] == KEPT


def test_pieces_of_many_reports_are_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "KEPT", 3)
    pieces = Rendered()
    for number in range(20):
        assert pieces.get("one", ("report", str(number), "zh"), lambda: Html("x")) == "x"
        assert len(pieces._kept) <= 3


def test_many_reports_of_readers_take_one_thread(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr("threading.Thread.start", lambda thread: started.append(thread.name))
    own = Own()
    for number in range(50):
        own.keep(str(number), engine.index)
    assert started == ["own-reports"]
