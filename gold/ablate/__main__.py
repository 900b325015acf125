"""make ablate: every part off alone, then all that changed nothing together; what each is worth, a line a part, in ablation.tsv.

python -m gold.ablate [PREFIX …]: only parts whose names begin so, printed and not kept.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # each process has a core of its own

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from gold.ablate import reading, worth
from gold.ablate.items import Key, Questions
from gold.ablate.parts import Part, parts, reading_parts
from gold.ablate.record import record
from gold.ablate.worth import Worth

TABLE = Path(__file__).parent.parent / "ablation.tsv"
PROCESSES, SPAWN = 2, multiprocessing.get_context("spawn")


def main() -> int:
    options = argparse.ArgumentParser(
        prog="make ablate", description="switch off every part alone, then together what changes nothing"
    )
    options.add_argument("prefixes", nargs="*", metavar="PREFIX", help="only parts whose names begin so")
    prefixes = tuple(options.parse_args().prefixes)
    start = time.perf_counter()
    found = [*of_questions(_some(parts(), prefixes)), *of_reading(_some(reading_parts(), prefixes))]
    lines = ["part\tkind\tasked\tchanged\tgained\tlost\ttogether", *(one.line for one in found)]
    if prefixes:
        print("\n".join(lines))
    else:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(summary(found))
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def _some(found: Sequence[Part], prefixes: tuple[str, ...]) -> list[Part]:
    return [part for part in found if not prefixes or part.name.startswith(prefixes)]


def of_questions(some: list[Part]) -> list[Worth]:
    """What each part is worth by whose say questions are answered."""
    if not some:
        return []
    questions = Questions()
    said, keys = record(questions, some), list(questions.items)
    del questions  # the processes have their own
    some = [part for part in some if not _needless(part, said)]
    with ProcessPoolExecutor(PROCESSES, SPAWN, worth.open_questions) as pool:
        waiting: list[Worth | Future[Worth]] = []
        for part in some:
            mine = sorted(said[part.name]) if part.name in said else None
            unheard = mine == [] and not part.name.startswith(worth.CELLS)
            waiting.append(Worth(part, 0, 0, 0, 0) if unheard else pool.submit(worth.alone, part, mine))

        def together(group: list[Part]) -> bool:
            shares = [pool.submit(worth.together, group, keys[place::PROCESSES]) for place in range(PROCESSES)]
            same = [share.result() for share in shares]
            return all(same)

        return _settled(waiting, together)


def of_reading(some: list[Part]) -> list[Worth]:
    """What each part is worth by which reports are read."""
    if not some:
        return []
    unheard = reading.silent(some)
    with ProcessPoolExecutor(PROCESSES, SPAWN, reading.open_reports) as pool:
        waiting = [
            Worth(part, 0, 0, 0, 0) if part.name in unheard else pool.submit(reading.alone, part) for part in some
        ]
        return _settled(waiting, lambda group: pool.submit(reading.together, group).result())


def _settled(waiting: Sequence[Worth | Future[Worth]], together: Callable[[list[Part]], bool]) -> list[Worth]:
    """Each part alone; then all that changed nothing together, bisected, as two may stand in for each other."""
    found = []
    for number, one in enumerate(waiting):
        found.append(one if isinstance(one, Worth) else one.result())
        if number % 20 == 0:
            print(f"{number} of {len(waiting)} parts alone", file=sys.stderr)
    gone: list[Part] = []
    idle = [one.part for one in found if not one.changed]
    groups = [idle] if idle else []
    while groups:
        group = groups.pop()
        if together([*gone, *group]):
            gone += group
        elif len(group) > 1:
            groups += [group[len(group) // 2 :], group[: len(group) // 2]]
        print(f"{len(gone)} off together, {sum(map(len, groups))} to try", file=sys.stderr)
    free = {part.name for part in gone}
    words = {True: "goes", False: "stands in for another"}
    return [one if one.changed else replace(one, together=words[one.part.name in free]) for one in found]


def _needless(part: Part, said: Mapping[str, set[Key]]) -> bool:
    """Of a rule that says yes or no, only what it says more often is tried as its constant: the other is sure to be missed."""
    other = {"True": "False", "False": "True"}.get(part.to)
    if other is None:
        return False
    twin = part.name.removesuffix(part.to) + other
    return (len(said[part.name]), part.to) > (len(said[twin]), other)


def summary(found: Sequence[Worth]) -> str:
    """A row a kind: how many parts, how many change an answer, help, hurt, do as much of both, and change nothing."""
    rows = [f"{'kind':<10}{'parts':>7}{'help':>7}{'hurt':>7}{'even':>7}{'other':>7}{'nothing':>9}"]
    for kind in [*dict.fromkeys(one.part.kind for one in found), "all"]:
        of_kind = [one for one in found if kind in (one.part.kind, "all")]
        counts = (
            sum(one.lost > one.gained for one in of_kind),
            sum(one.gained > one.lost for one in of_kind),
            sum(one.gained == one.lost > 0 for one in of_kind),
            sum(one.changed > 0 and one.gained == one.lost == 0 for one in of_kind),
        )
        cells = "".join(f"{count:>7}" for count in (len(of_kind), *counts))
        rows.append(f"{kind:<10}{cells}{sum(not one.changed for one in of_kind):>9}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
