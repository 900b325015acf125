"""`make bench`: python -m bench [SECTION …] [--home DIR]. Sections print rows as they are measured; all of them by default.

A section is a module with a TITLE and `measure(home) -> Iterator[Row | str]`; a string is a line of a table of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bench.home import Home
from bench.table import Row, verdict

SECTIONS = {
    "figures": "bench.figures",
    "check": "bench.planted",
    "build": "bench.building",
    "process": "bench.process",
    "ask": "bench.asking",
    "engines": "bench.engines",
    "page": "bench.page",
    "load": "bench.load",
    "collection": "bench.collection",
    "kills": "bench.kills",
    "nearest": "bench.nearest",
    "scale": "bench.scale",
}


def run(names: list[str], home: Home) -> Iterator[Row]:
    """Print the sections; the rows they yield, for the verdict."""
    for name in names:
        start = time.perf_counter()
        section = import_module(SECTIONS[name])
        print(f"\n{name}: {section.TITLE}", flush=True)
        for row in section.measure(home):
            print(row, flush=True)
            if isinstance(row, Row):
                yield row
        print(f"  ({time.perf_counter() - start:.0f} s)", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    options.add_argument("--home", type=Path, metavar="DIR", help="keep what is built here, and use it again")
    options.add_argument("--sizes", type=int, nargs="+", default=[1, 10], metavar="N", help="reports, for scale (1 10)")
    chosen = options.parse_args()
    if unknown := set(chosen.sections) - set(SECTIONS):
        options.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory(prefix="wenbao-bench-") as scratch:
        folder = (chosen.home or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        # index.paths reads it when it is imported: so before any section is
        os.environ |= {"WENBAO_HOME": str(folder), "HF_HUB_OFFLINE": "1", "GOMP_SPINCOUNT": "1000"}
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
        rows = [*run(chosen.sections or [*SECTIONS], Home(folder, tuple(chosen.sizes)))]
    print(f"\n{verdict(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
