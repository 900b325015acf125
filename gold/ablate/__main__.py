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
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from gold.ablate.items import Key, Questions
from gold.ablate.parts import Part, parts
from gold.ablate.record import record
from gold.ablate.worth import CELLS, Worth, alone, open_questions, together

TABLE = Path(__file__).parent.parent / "ablation.tsv"
PROCESSES = 2


def main() -> int:
    options = argparse.ArgumentParser(
        prog="make ablate", description="switch off every part alone, then together what changes nothing"
    )
    options.add_argument("prefixes", nargs="*", metavar="PREFIX", help="only parts whose names begin so")
    asked = options.parse_args()
    start = time.perf_counter()
    some = [part for part in parts() if not asked.prefixes or part.name.startswith(tuple(asked.prefixes))]
    questions = Questions()
    said = record(questions, some)
    some = [part for part in some if not _needless(part, said)]
    print(
        f"{len(some)} parts, {len(questions.items)} questions, recorded after {time.perf_counter() - start:.0f} s",
        file=sys.stderr,
    )
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, open_questions) as pool:
        waiting: list[Worth | Future[Worth]] = []
        for part in some:
            keys = sorted(said[part.name]) if part.name in said else None
            silent = keys == [] and not part.name.startswith(CELLS)
            waiting.append(Worth(part, 0, 0, 0, 0) if silent else pool.submit(alone, part, keys))
        found = []
        for number, one in enumerate(waiting):
            found.append(one if isinstance(one, Worth) else one.result())
            if number % 50 == 0:
                print(f"{number} of {len(some)} parts, {time.perf_counter() - start:.0f} s", file=sys.stderr)
        idle = [one.part for one in found if not one.changed]
        free = _free(pool, idle, list(questions.items))
    told = [one if one.changed else _settled(one, free) for one in found]
    lines = ["part\tkind\tasked\tchanged\tgained\tlost\ttogether", *(one.line for one in told)]
    if asked.prefixes:
        print("\n".join(lines))
    else:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(summary(told))
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def _needless(part: Part, said: Mapping[str, set[Key]]) -> bool:
    """Of a rule that says yes or no, only what it says more often is tried as its constant: the other is sure to be missed."""
    other = {"True": "False", "False": "True"}.get(part.to)
    if other is None:
        return False
    twin = part.name.removesuffix(part.to) + other
    return (len(said[part.name]), part.to) > (len(said[twin]), other)


def _settled(one: Worth, free: frozenset[str]) -> Worth:
    return Worth(one.part, one.asked, 0, 0, 0, "goes" if one.part.name in free else "stands in for another")


def _free(pool: ProcessPoolExecutor, idle: Sequence[Part], keys: Sequence[Key]) -> frozenset[str]:
    """The parts that may be off all at once: what is lost together is bisected, as two may stand in for each other."""
    gone: list[Part] = []
    groups = [list(idle)] if idle else []
    while groups:
        group = groups.pop()
        halves = [pool.submit(together, [*gone, *group], keys[place::PROCESSES]) for place in range(PROCESSES)]
        whole = [half.result() for half in halves]  # both, as the next group is asked only then
        if all(whole):
            gone += group
        elif len(group) > 1:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
        print(f"{len(gone)} off together, {sum(map(len, groups))} to try", file=sys.stderr)
    return frozenset(part.name for part in gone)


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
