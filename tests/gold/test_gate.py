"""The gold gate: the part of it that CI runs holds its level, and the gate itself falls where it has to."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gold.figures import FIELDS, stretches
from gold.level import Stored, compare, level_of, read_level, table, write_level
from gold.manifest import ASKED, DATA, OTHERS, GoldSet, Manifest, read_manifest, report_of
from gold.results import Result, faults, in_part, run
from gold.shelf import Shelf
from search import Engine
from search.results import Answer, Computed

LEVEL = {("a", "1"): Stored(right=True, first=True, cited=True, wrong=0), ("a", "2"): Stored(right=False, first=True, cited=None, wrong=1)}
KEPT = (Result("a", "1", right=True, first=True, cited=True), Result("a", "2", right=False, first=True, wrong=1))


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest()


def test_the_part_of_ci_holds_its_level(shared: Path, manifest: Manifest) -> None:
    """Shenyang and fourteen other reports: no quote or difference is wrong, and no set is below what is stored of these items."""
    level = read_level()
    results = [*run(manifest, Shelf(), part=True)]
    found = compare(results, level)
    print(table(results, level), *(f"lost {one.set} {one.id}: {one.said}" for one in found.lost), sep="\n")
    assert found.faulty == ()
    assert found.fallen == ()
    assert found.new == 0


def test_a_level_that_holds_passes() -> None:
    found = compare(KEPT, LEVEL)
    assert (found.gained, found.lost, found.fallen, found.faulty, found.new) == ((), (), (), (), 0)
    assert found.passes
    assert found.acceptable


@pytest.mark.parametrize(
    ("number", "change", "fallen"),
    [
        (0, {"right": False}, "a: right 0, stored 1, of 2"),
        (0, {"first": False}, "a: first 1, stored 2, of 2"),
        (0, {"cited": False}, "a: cited 0, stored 1, of 2"),
        (0, {"wrong": 1}, "a: wrong 2, stored 1"),
    ],
)
def test_a_set_below_its_level_fails(number: int, change: dict[str, int], fallen: str) -> None:
    results = [replace(one, **change) if place == number else one for place, one in enumerate(KEPT)]  # type: ignore[arg-type]
    found = compare(results, LEVEL)
    assert found.fallen == (fallen,)
    assert not found.passes


def test_gained_and_lost_are_told_one_by_one_and_more_lost_than_gained_is_not_stored() -> None:
    turned = (replace(KEPT[0], right=False), replace(KEPT[1], right=True))
    found = compare(turned, LEVEL)
    assert [[one.id for one in some] for some in (found.gained, found.lost)] == [["2"], ["1"]]
    assert found.passes  # the set as a whole is where it was
    assert found.acceptable
    assert not compare(turned[:1], LEVEL).acceptable


def test_a_fault_fails_whatever_else_was_gained() -> None:
    found = compare((KEPT[0], replace(KEPT[1], right=True, faults=("no quote: …",))), LEVEL)
    assert len(found.gained) == 1
    assert not found.passes
    assert not found.acceptable


def test_a_level_is_stored_and_read(tmp_path: Path) -> None:
    write_level(level_of(KEPT), tmp_path / "baseline.jsonl")
    assert read_level(tmp_path / "baseline.jsonl") == LEVEL
    assert read_level(tmp_path / "none.jsonl") == {}


def test_a_quote_that_is_not_exact_and_a_wrong_difference_are_faults(engine: Engine) -> None:
    answer = engine.ask("新增就业2006年和2007年目标相差多少").answer
    assert answer.stated
    assert faults(engine, answer) == ()
    moved = replace(answer.citations[0], start=answer.citations[0].start + 1)
    assert len(faults(engine, replace(answer, citations=(moved,)))) == 1
    one, other = answer.figures[:2]
    wrong = Computed("多1", one.value - other.value + Decimal(1), one.unit or "", (one.text, other.text))
    assert len(faults(engine, Answer("多1", confidence=0.9, computed=wrong, figures=(one, other)))) == 1
    right = replace(wrong, value=one.value - other.value)
    assert faults(engine, Answer("多0", confidence=0.9, computed=right, figures=(one, other))) == ()


def test_the_manifest_names_every_file_and_every_report(manifest: Manifest) -> None:
    folders = ("questions", "across", "whole", "library", "figures", "side_by_side")
    files = {str(path.relative_to(DATA)) for folder in folders for path in (DATA / folder).glob("*.jsonl")}
    assert {one.file for one in manifest.sets} == files - {"figures/shenyang_given.jsonl"}  # 24 records: tests/index/test_figures.py
    assert len({one.name for one in manifest.sets}) == len(manifest.sets)
    for one in manifest.sets:
        if one.library is None and one.form in ("exam", "whole"):
            assert {report_of(one, row) for row in one.rows()} == set(one.reports), one.name
        elif one.form == "library":
            assert {doc for row in one.rows() for doc in row["docs"]} <= set(one.reports), one.name


def test_each_item_has_a_stored_level_and_an_id_of_its_own(manifest: Manifest) -> None:
    level = read_level()
    for one in manifest.sets:
        if one.form in ASKED and not one.by_name:
            ids = [(one.name, str(row["id"])) for row in one.rows()]
            assert max(Counter(ids).values()) == 1
            assert level.keys() >= set(ids)


def test_the_part_of_ci_is_shenyang_and_eight_more(manifest: Manifest) -> None:
    asked: set[str] = set()
    for one in manifest.sets:
        rows = one.rows() if one.form in ("exam", "whole") and one.library is None else []
        asked |= {report_of(one, row) for row in rows if in_part(manifest, one, row)}
    assert "000_4c71d26e9961c37b" in asked
    assert len(asked) >= 9


def test_the_labelled_figures_are_whole(manifest: Manifest) -> None:
    """Every gold figure stands inside its stretch, none is given twice, and each has every field."""
    sets = [one for one in manifest.sets if one.form == "figures"]
    assert [len(one.rows()) for one in sets] == [147, 313, 311, 287]
    for one in sets:
        assert sum(len(rows) for rows, _ in stretches(one).values()) == len(one.rows())
        for stem, (rows, stretch) in stretches(one).items():
            places = [(row.get("start", row.get("line")), row.get("end"), row["text"]) for row in rows]
            if "spans" in stretch:
                assert len(set(places)) == len(rows), stem
            for row in rows:
                assert set(FIELDS) < row.keys()
                place = (row["start"], row["end"]) if "spans" in stretch else (row["line"], row["line"])
                assert any(low <= place[0] <= place[1] <= high for low, high in stretch.get("spans", stretch.get("lines"))), place


def test_every_report_that_is_named_is_there(shared: Path, manifest: Manifest) -> None:
    shelf = Shelf()
    named = {stem for one in manifest.sets for stem in one.reports} | {s for some in manifest.libraries.values() for s in some}
    assert all(stem in shelf.files for stem in shelf.stems(named))
    assert len(shelf.stems([OTHERS])) == 55


def test_a_set_says_what_it_is(manifest: Manifest) -> None:
    for one in manifest.sets:
        assert one.use in ("development", "training", "judge")
        assert one.written
        assert isinstance(one, GoldSet)


def test_the_stored_level_holds_nothing_else(manifest: Manifest) -> None:
    """What was renamed or taken out leaves no line behind."""
    names = {one.name for one in manifest.sets if not one.by_name}
    lines = [json.loads(line) for line in (DATA / "baseline.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["set"] for line in lines} == names
    asked = {(one.name, str(row["id"])) for one in manifest.sets if one.form in ASKED and not one.by_name for row in one.rows()}
    forms = {one.name: one.form for one in manifest.sets}
    assert {(line["set"], line["id"]) for line in lines if forms[line["set"]] in ASKED} == asked
