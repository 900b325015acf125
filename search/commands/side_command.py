"""`wenbao figures --by report`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from index.errors import UsageError
from search.commands.tables import side_by_side
from search.export import Table

OTHERS = ("section", "status", "unit", "min", "max")  # filters of single figures


def shown(options: argparse.Namespace, engine: Callable[[], Any]) -> Table:
    """The rows of the reports that are asked for. Raises UsageError, NotFound."""
    if options.by is None:
        raise UsageError("--place 要与 --by report 一起用")
    unused = [name for name in OTHERS if getattr(options, name) is not None]
    if unused:
        raise UsageError(f"--by report 不能与 --{unused[0]} 一起用")
    ids = None if options.report is None else [options.report]
    return side_by_side(
        engine().side_by_side(options.words, kind=options.kind, report_ids=ids, place=options.place, year=options.year)
    )
