"""`wenbao build`, `wenbao remove` and `wenbao migrate`: what makes and moves an index."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from index import paths
from index.encode.encoder import DTYPES
from index.errors import UsageError
from search.commands import show
from search.commands.options import Add


def declare(add: Add) -> None:
    made = add("build", "把报告（文件或文件夹）建成索引", build)
    made.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="默认是源码的 seeds/")
    made.add_argument("--model", help="sentence-transformers 的模型名或文件夹（默认内置的 multilingual-e5-small）")
    made.add_argument("--dtype", choices=DTYPES, default=DTYPES[0], help=f"计算精度（默认 {DTYPES[0]}）")
    made.add_argument("--if-changed", action="store_true", help="索引与文件和模型相符时什么也不做")
    made.add_argument("--add", action="store_true", help="索引里原有的其他报告留下")
    add("remove", "从索引里去掉报告", remove).add_argument("ids", nargs="+", metavar="ID", help="报告的编号")
    moved = add("migrate", "把索引从文件夹复制到 Milvus，或从 Milvus 复制到文件夹（见 docs/scale.md）", migrate)
    for name in ("source", "target"):
        moved.add_argument(name, metavar=name.upper(), help="索引文件夹；http(s)://主机:端口；或 milvus-lite 的 *.db")


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
    return _told(options, done, show.built(done, options.index))


def remove(options: argparse.Namespace) -> int:
    """Take reports out of the index, and say what was done."""
    from index.build import remove as take_out

    done = take_out(options.ids, options.index, lambda: _waiting(options))
    return _told(options, done, show.built(done, options.index))


def migrate(options: argparse.Namespace) -> int:
    """Copy an index from one backend to the other, and say what was copied."""
    from index.location import migrate as copy

    done = copy(options.source, options.target, show.progress(sys.stderr))
    return _told(options, done, show.migrated(done))


def _told(options: argparse.Namespace, done: dict[str, Any], said: str) -> int:
    print(json.dumps(done, ensure_ascii=False) if options.json else said)
    return 0


def _waiting(options: argparse.Namespace) -> None:
    print(f"wenbao：{options.index} 正由另一个 wenbao build 写入，等它完成……", file=sys.stderr)
