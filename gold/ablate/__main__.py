"""make ablate: every part off alone, then all that changed nothing together; what each is worth, a line a part, in ablation.tsv.

python -m gold.ablate [--part] [PREFIX …]: only parts whose names begin so; their lines are printed, and renewed in the table. With --part
by the questions that CI runs.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # each process has a core of its own

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from gold.ablate import reading, worth
from gold.ablate.items import Key, Questions
from gold.ablate.parts import Part, parts, reading_parts
from gold.ablate.record import record
from gold.ablate.worth import Worth
from index import paths

TABLE = Path(__file__).parent.parent / "ablation.tsv"
HEAD = "part\tkind\tasked\tchanged\tgained\tlost\tfirst\twrong\ttogether"
PROCESSES, SPAWN = 2, multiprocessing.get_context("spawn")


def main() -> int:
    options = argparse.ArgumentParser(prog="make ablate", description="switch off every part alone, then together what changes nothing")
    options.add_argument("prefixes", nargs="*", metavar="PREFIX", help="only parts whose names begin so")
    options.add_argument("--count", action="store_true", help="only how many parts and lines there are")
    options.add_argument("--part", action="store_true", help="by the questions that CI runs")
    asked = options.parse_args()
    prefixes, start = tuple(asked.prefixes), time.perf_counter()
    if asked.count:
        print(sizes())
        return 0
    found = [*of_questions(_some(parts(), prefixes), part=asked.part), *of_reading(_some(reading_parts(), prefixes))]
    if prefixes:
        print("\n".join(one.line for one in found))
    keep(found)
    print(summary(TABLE.read_text(encoding="utf-8").splitlines()[1:]))
    print(sizes())
    print(f"{time.perf_counter() - start:.0f} s")
    return 0


def keep(found: Sequence[Worth]) -> None:
    """Write the table: these lines, and those it had of parts that are still there; in the order of the parts."""
    lines = {one.part.name: one.line for one in found}
    if TABLE.is_file():
        old = {line.split("\t")[0]: line for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]}
        tried = {name.rpartition(" → ")[0] for name in lines}
        lines |= {name: line for name, line in old.items() if name not in lines and name.rpartition(" → ")[0] not in tried}
    names = [part.name for part in (*parts(), *reading_parts())]
    TABLE.write_text("\n".join([HEAD, *(lines[name] for name in names if name in lines)]) + "\n", encoding="utf-8")


def _some(found: Sequence[Part], prefixes: tuple[str, ...]) -> list[Part]:
    return [part for part in found if not prefixes or part.name.startswith(prefixes)]


def of_questions(some: list[Part], *, part: bool) -> list[Worth]:
    """What each part is worth by whose say questions are answered."""
    if not some:
        return []
    questions = Questions(part=part)
    said, keys = record(questions, some), list(questions.items)
    del questions  # the processes have their own
    some = [one for one in some if not _needless(one, said)]
    with ProcessPoolExecutor(PROCESSES, SPAWN, worth.open_questions, (part,)) as pool:
        waiting: list[Worth | Future[Worth]] = []
        for one in some:
            mine = sorted(said[one.name]) if one.name in said else None
            unheard = mine == [] and not one.name.startswith(worth.CELLS)
            waiting.append(Worth(one, 0, 0, 0, 0) if unheard else pool.submit(worth.alone, one, mine))

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
        waiting = [Worth(part, 0, 0, 0, 0) if part.name in unheard else pool.submit(reading.alone, part) for part in some]
        return _settled(waiting, lambda group: pool.submit(reading.together, group).result())


def _settled(waiting: Sequence[Worth | Future[Worth]], together: Callable[[list[Part]], bool]) -> list[Worth]:
    """Each part alone; then all that changed nothing together, bisected, as two may stand in for each other."""
    found = []
    for number, one in enumerate(waiting):
        found.append(one if isinstance(one, Worth) else one.result())
        print(f"{number + 1} of {len(waiting)}: {found[-1].line}", file=sys.stderr)
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


def sizes() -> str:
    """How many parts of each kind there are, each counted once, and how many lines of Python and of lexicons."""
    things = dict.fromkeys((part.kind, part.where) for part in (*parts(), *reading_parts()))
    kinds = Counter(kind for kind, _ in things)
    code = [path for name in ("index", "search", "web") for path in (paths.PROJECT / name).rglob("*.py")] + [paths.PROJECT / "app.py"]
    lexicons = (paths.PROJECT / "index" / "lexicon").glob("*.toml")
    python, words = (sum(path.read_text(encoding="utf-8").count("\n") for path in some) for some in (code, lexicons))
    return ", ".join(f"{count} {kind}s" for kind, count in kinds.items()) + f"; {python:,} lines of Python, {words:,} of lexicons"


def summary(lines: Sequence[str]) -> str:
    """A row a kind: how many parts, how many help, hurt, do as much of both, change answers that are neither, and change nothing."""
    cells = [line.split("\t") for line in lines]
    told = [(kind, int(changed), int(gained), int(lost)) for _, kind, _, changed, gained, lost, *_ in cells]
    rows = [f"{'kind':<10}{'parts':>7}{'help':>7}{'hurt':>7}{'even':>7}{'other':>7}{'nothing':>9}"]
    for name in [*dict.fromkeys(kind for kind, *_ in told), "all"]:
        of_kind = [numbers for kind, *numbers in told if name in (kind, "all")]
        counts = (
            len(of_kind),
            sum(lost > gained for _, gained, lost in of_kind),
            sum(gained > lost for _, gained, lost in of_kind),
            sum(gained == lost > 0 for _, gained, lost in of_kind),
            sum(changed > 0 and gained == lost == 0 for changed, gained, lost in of_kind),
        )
        nothing = sum(not changed for changed, *_ in of_kind)
        rows.append(f"{name:<10}" + "".join(f"{count:>7}" for count in counts) + f"{nothing:>9}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
