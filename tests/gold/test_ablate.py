"""Every part has its line in gold/ablation.tsv, and a part that is switched off is off, and on again behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gold.ablate.parts import LEFT_OUT, Part, modules, parts, reading_parts
from gold.ablate.record import Spy
from gold.ablate.switch import off, ours
from gold.ablate.worth import Worth
from index import paths
from index.lexicon import load
from index.lexicon.compiled import one_of
from search import Engine
from search.find.rank import Weights
from search.match import chance, fits, saying
from search.plan import when
from search.plan.vocabulary import found

TABLE = paths.PROJECT / "gold" / "ablation.tsv"
TWINS = {"→ True": "→ False", "→ False": "→ True"}


def lines() -> Iterator[list[str]]:
    _, *rest = TABLE.read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in rest)


def test_every_part_has_a_line_and_every_line_a_part() -> None:
    """`make ablate` was run since a rule, a pattern, a constant, a section or a word came in or went. Of a rule one constant is tried."""
    told = {name for name, *_ in lines()}
    names = {part.name for part in [*parts(), *reading_parts()]}
    twins = {name[: -len(to)] + other for name in told for to, other in TWINS.items() if name.endswith(to)}
    assert sorted(names - told - twins) == []
    assert sorted(told - names) == []


def test_nothing_stands_that_changes_nothing() -> None:
    """What no answer and no record needs goes, but for closed classes and what the table's head says is kept."""
    idle = [name for name, _, _, changed, *_ in lines() if changed == "0"]
    kept = set((paths.PROJECT / "gold" / "kept.txt").read_text(encoding="utf-8").split("\n"))
    assert [name for name in idle if not any(name.startswith(line) for line in kept if line and not line.startswith("#"))] == []


def test_the_modules_that_are_left_out_are_there() -> None:
    every = {".".join(path.relative_to(paths.PROJECT).with_suffix("").parts).removesuffix(".__init__") for path in python_files()}
    assert set(LEFT_OUT) <= every
    assert set(modules("search")) | set(modules("index")) <= every


def python_files() -> list[Path]:
    return [path for package in ("search", "index") for path in (paths.PROJECT / package).rglob("*.py")]


def held() -> dict[str, Any]:
    """What every name of every module is bound to, and every lexicon."""
    names = {f"{module.__name__}.{name}": id(value) for module in ours() for name, value in vars(module).items() if name[:2] != "__"}
    return names | {name: repr(load(name)) for name in ("everyday", "indicators", "question", "places", "figures", "units", "periods")}


def test_parts_are_off_and_on_again(engine: Engine) -> None:
    engine.ask("2006年地区生产总值是多少")
    for part in [*parts(), *reading_parts()]:  # whatever is imported on the way is there before
        with off([part]):
            pass
    before = held()
    some = [*parts(), *reading_parts()]
    with off(some[::7]):
        assert held() != before
    assert held() == before


def test_a_rule_says_one_thing_wherever_it_was_imported() -> None:
    from search.answer import compare
    from search.match import fits

    with off([Part("rule", ("search.match.fits", "measures_it"), "False")]):
        assert vars(compare)["measures_it"] is fits.measures_it
        assert fits.measures_it(None, None, "") is False
    assert vars(compare)["measures_it"] is fits.measures_it


def test_a_pattern_matches_nothing_and_a_constant_is_none_or_twice() -> None:
    with off([Part("pattern", ("search.plan.when", "UNTIL"), "never")]):
        assert when.UNTIL.search("到去年为止") is None
    assert when.UNTIL.search("到去年为止")
    with off([Part("constant", ("search.match.chance", "CLOSE"), "double")]):
        assert pytest.approx(1.94) == chance.CLOSE
    with off([Part("constant", ("search.match.fits", "GROWTH"), "empty")]):
        assert not fits.GROWTH


def test_words_and_sections_are_absent_and_what_was_made_of_them_is_made_anew() -> None:
    word = next(iter(load("everyday")["words"]))
    with off([Part("word", ("everyday", "words", word), "absent")]):
        assert word not in one_of("everyday", "words")
    assert word in one_of("everyday", "words")
    pattern = load("question")["asks"]["who"][0]
    with off([Part("word", ("question", "asks", "who", pattern), "absent")]):
        assert found("asks", "who", pattern) is None
    assert found("asks", "who", pattern)
    with off([Part("section", ("question", "agree", "per"), "empty")]):
        assert re.compile(load("question")["agree"]["per"]).search("人均") is None


def test_a_feature_weighs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ones: list[tuple[float, ...]] = []
    monkeypatch.setattr(chance, "features", lambda *_: ones[-1])
    with off([Part("feature", ("search.find.rank", "Weights", "figures"), "0")]):
        assert Weights().figures == 0
        assert Weights().words > 0
    with off([Part("feature", ("search.match.chance", "known"), "0")]):
        for count in (len(chance.BY_WORDS), len(chance.BY_WORDS) + len(chance.BY_MEANING)):  # of both models
            ones.append((1.0,) * count)
            found = chance.features(None, None, None, ())  # type: ignore[arg-type]
            assert [number for number, value in enumerate(found) if value == 0] == [chance.BY_WORDS.index("known")]
    with off([Part("feature", ("search.match.saying", "ranked"), "0")]):
        assert saying.SLOPES[2] == 0
    assert Weights().figures > 0
    assert saying.SLOPES[2] > 0


def test_a_spy_tells_only_when_it_matches() -> None:
    told: list[str] = []
    spy = Spy(re.compile("[一二]"), lambda: told.append("!"))
    assert (spy.search("三"), spy.sub("", "三"), spy.split("三"), [*spy.finditer("三")]) == (None, "三", ["三"], [])
    assert told == []
    assert spy.sub("", "一三") == "三"
    assert [match[0] for match in spy.finditer("一二")] == ["一", "二"]
    assert told == ["!", "!"]


def test_a_line_says_what_a_part_is_worth() -> None:
    part = Part("rule", ("search.match.fits", "_half"), "True")
    assert Worth(part, 6, 2, 0, 2, wrong=1).line == "search.match.fits._half → True\trule\t6\t2\t0\t2\t0\t1\t"
