"""`wenbao build`, `wenbao remove` and `wenbao migrate` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping

from index import paths
from index.errors import UsageError
from search.commands import show


def build(options: argparse.Namespace) -> int:
    """Make the index hold the reports of the paths, and say what was done."""
    from index.build import Recipe, rebuild

    if not options.paths and not paths.is_checkout():
        raise UsageError("装好的程序不带报告；请给出报告的文件或文件夹：wenbao build PATH …")
    done = rebuild(
        options.paths or [paths.SEEDS],
        options.index,
        Recipe(options.model, options.dtype),
        if_changed=options.if_changed,
        add=options.add,
        progress=show.progress(sys.stderr),
        waiting=lambda: _waiting(options),
    )
    print(json.dumps(done, ensure_ascii=False) if options.json else show.built(done, options.index))
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take reports out of the index, and say what was done."""
    from index.build import remove as take_out

    done = take_out(options.ids, options.index, lambda: _waiting(options))
    print(json.dumps(done, ensure_ascii=False) if options.json else show.built(done, options.index))
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Copy an index from one backend to the other, and say what was copied."""
    from index.location import migrate

    done = migrate(options.source, options.target, show.progress(sys.stderr))
    print(json.dumps(done, ensure_ascii=False) if options.json else show.migrated(done))
    return 0


def _waiting(options: argparse.Namespace) -> None:
    print(f"wenbao：{options.index} 正由另一个 wenbao build 写入，等它完成……", file=sys.stderr)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {"build": build, "remove": remove, "migrate": migrate}
