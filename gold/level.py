"""The stored level: tests/data/baseline.jsonl, a line an item, and what has been gained and lost against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gold.manifest import DATA, read_rows
from gold.results import Result

BASELINE = DATA / "baseline.jsonl"
MEASURES = ("right", "first", "cited")  # higher is better; `wrong` is counted, and lower is better

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What an item was when the level was last accepted."""

    right: bool
    first: bool | None
    cited: bool | None
    wrong: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Results beside what is stored of the same items. An item that is not stored is new, and neither gained nor lost."""

    results: tuple[Result, ...]
    gained: tuple[Result, ...]
    lost: tuple[Result, ...]
    fallen: tuple[str, ...]  # a line for each measure of a set that is below its level
    faulty: tuple[Result, ...]
    new: int

    @property
    def passes(self) -> bool:
        return not self.fallen and not self.faulty

    @property
    def acceptable(self) -> bool:
        """Whether the results may be stored: nothing is faulty, and no more is lost than gained."""
        return not self.faulty and len(self.lost) <= len(self.gained)


def read_level(path: Path = BASELINE) -> dict[Key, Stored]:
    if not path.is_file():
        return {}
    rows = read_rows(path)
    return {
        (row["set"], row["id"]): Stored(row["right"] == 1, _flag(row, "first"), _flag(row, "cited"), row.get("wrong", 0)) for row in rows
    }


def _flag(row: Mapping[str, object], name: str) -> bool | None:
    return bool(row[name]) if name in row else None


def level_of(results: Iterable[Result]) -> dict[Key, Stored]:
    return {one.key: Stored(one.right, one.first, one.cited, one.wrong) for one in results}


def write_level(level: Mapping[Key, Stored], path: Path = BASELINE) -> None:
    """Store a level: a short line an item, what does not apply left out."""
    lines = []
    for (name, item), one in level.items():
        row: dict[str, object] = {"set": name, "id": item, "right": int(one.right)}
        row |= {measure: int(flag) for measure in ("first", "cited") if (flag := getattr(one, measure)) is not None}
        lines.append(json.dumps(row | ({"wrong": one.wrong} if one.wrong else {}), ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare(results: Sequence[Result], level: Mapping[Key, Stored]) -> Comparison:
    known = [(one, level[one.key]) for one in results if one.key in level]
    fallen = []
    for name in dict.fromkeys(one.set for one, _ in known):
        of_set = [pair for pair in known if pair[0].set == name]
        for measure in MEASURES:
            now, before = (sum(bool(getattr(pair[side], measure)) for pair in of_set) for side in (0, 1))
            if now < before:
                fallen.append(f"{name}: {measure} {now}, stored {before}, of {len(of_set)}")
        now, before = (sum(pair[side].wrong for pair in of_set) for side in (0, 1))
        if now > before:
            fallen.append(f"{name}: wrong {now}, stored {before}")
    return Comparison(
        results=tuple(results),
        gained=tuple(one for one, was in known if one.right and not was.right),
        lost=tuple(one for one, was in known if was.right and not one.right),
        fallen=tuple(fallen),
        faulty=tuple(one for one in results if one.faults),
        new=len(results) - len(known),
    )


def table(results: Sequence[Result], level: Mapping[Key, Stored]) -> str:
    """A row a set: how many, the share that is right, whose passage comes first, that is cited; how many are wrong; and what is stored."""
    rows = [f"{'set':<52}{'n':>5}" + "".join(f"{name:>8}" for name in (*MEASURES, "wrong")) + "   stored: right  wrong"]
    names = list(dict.fromkeys(one.set for one in results))
    for name in [*names, "all"]:
        of_set = [one for one in results if name in (one.set, "all")]
        shares = "".join(f"{_share([getattr(one, measure) for one in of_set]):>8}" for measure in MEASURES)
        was = [level[one.key] for one in of_set if one.key in level]
        stored = f"{_share([one.right for one in was]):>8}{sum(one.wrong for one in was):>7}" if was else f"{'–':>8}{'–':>7}"
        rows.append(f"{name:<52}{len(of_set):>5}{shares}{sum(one.wrong for one in of_set):>8}   {'':>6}{stored}")
    return "\n".join(rows)


def _share(flags: Iterable[bool | None]) -> str:
    told = [flag for flag in flags if flag is not None]
    return f"{sum(told) / len(told):.3f}" if told else "–"
