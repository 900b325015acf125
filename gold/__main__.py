"""make gold: all gold is asked; what was gained and lost is printed, and the stored level holds or this fails.

python -m gold [--part] [--accept] [SET …]
"""

from __future__ import annotations

import argparse
import sys
import time

from gold.level import Comparison, compare, level_of, read_level, table, write_level
from gold.manifest import read_manifest
from gold.results import run
from gold.shelf import SHARED, Shelf
from search.commands.show import progress


def main() -> int:
    """0 where the level holds or was stored; 1 where it fell, or may not be stored; 2 where the reports are not there."""
    options = argparse.ArgumentParser(prog="make gold", description="ask all gold, and compare with the stored level")
    options.add_argument("--part", action="store_true", help="only the part that CI runs")
    options.add_argument("--accept", action="store_true", help="store what was reached as the new level")
    options.add_argument("sets", nargs="*", metavar="SET", help="only these sets of tests/data/manifest.toml")
    asked = options.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: the reports that gold is about stand beside the project", file=sys.stderr)
        return 2
    start = time.perf_counter()
    results = [*run(read_manifest(), Shelf(progress(sys.stderr)), part=asked.part, names=asked.sets)]
    level = read_level()
    found = compare(results, level)
    print(table(results, level))
    told(found)
    print(f"{time.perf_counter() - start:.0f} s")
    if not asked.accept:
        return 0 if found.passes else 1
    new = bool(asked.sets) and found.new == len(results)
    if asked.part or (asked.sets and not new):
        print("only a whole run is stored, or sets that are new")
        return 1
    if not found.acceptable:
        print("not stored: a fault, or more lost than gained")
        return 1
    write_level({**(level if new else {}), **level_of(results)})
    print("stored; commit it by itself, with what was lost and why")
    return 0


def told(found: Comparison) -> None:
    """Gained and lost, question by question, faults and sets below their level."""
    for title, some in (("gained", found.gained), ("lost", found.lost)):
        print(f"\n{title}: {len(some)}")
        for one in some:
            print(f"  {one.set} {one.id}: {one.said}")
    for one in found.faulty:
        print(f"FAULT {one.set} {one.id}: {'; '.join(one.faults)}")
    for line in found.fallen:
        print(f"BELOW its level: {line}")
    if found.new:
        print(f"{found.new} items have no stored level")


if __name__ == "__main__":
    sys.exit(main())
