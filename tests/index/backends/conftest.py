"""The backends, each holding the same small reports; and milvus-lite's server, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.encode.encoder import open_encoder
from index.errors import BackendError
from index.milvus import transfer
from index.milvus.connect import Address, open_client
from index.retrieve import dense
from index.retrieve.backend import SearchBackend
from index.store import disk
from index.store.disk import Index
from tests.builds import index_of

PLACES = ("沈阳市", "大连市", "鄂尔多斯市", "喀什地区")
KINDS = ("faiss", "faiss, a graph", "milvus-lite, a folder", "milvus-lite, its server")


def write_reports(folder: Path) -> Path:
    """Four reports of some forty paragraphs, some of them word for word the same."""
    folder.mkdir(parents=True)
    for number, place in enumerate(PLACES):
        year = 2011 + number
        past = [f"{industry}投资完成{n + number}亿元，增长{n + 3}%。" for n, industry in enumerate(INDUSTRIES)]
        plan = [f"{industry}投资达到{n + 20}亿元。把“{industry}”办好，{place}要有新气象。" for n, industry in enumerate(INDUSTRIES)]
        lines = [f"{place}{year}年政府工作报告", f"一、{year - 1}年工作回顾", *past, f"二、{year}年工作安排", *plan]
        (folder / f"报告_{number}.txt").write_text("\n".join([*lines, "谢谢大家，让我们共同努力。"]), encoding="utf-8")
    return folder


INDUSTRIES = ("地铁", "固定资产", "农业", "工业", "旅游", "教育", "卫生", "港口", "高新技术产业", "房地产", "信息", "体育")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Index:
    return made_of(tmp_path_factory.mktemp("made"), tiny_model)


def made_of(folder: Path, model: Path, *without: str) -> Index:
    """The index of the reports, published and opened."""
    reports = write_reports(folder / "reports")
    for name in without:
        (reports / f"{name}.txt").unlink()
    disk.publish(folder / "index", index_of([reports], open_encoder(str(model))))
    return disk.load(folder / "index")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(uri: str) -> None:
    """Until it listens: starting takes some seconds, on a busy machine many."""
    until = time.monotonic() + 120
    while True:
        try:
            open_client(Address(uri)).list_collections()
            return
        except BackendError:
            if time.monotonic() > until:
                raise


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """milvus-lite's server on loopback: its address, once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "milvus_lite.cmdline", "server", "--data-dir", str(folder)]
    with subprocess.Popen([*command, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL) as process:
        try:
            uri = f"http://127.0.0.1:{port}"
            _wait(uri)
            yield uri
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def lite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(tmp_path_factory.mktemp("milvus") / "data") as uri:
        yield uri


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def address(kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Address | None:
    """Where Milvus is; None for FAISS."""
    if kind.startswith("faiss"):
        return None
    if kind.endswith("server"):
        return Address(request.getfixturevalue("lite_server"))
    return Address(str(tmp_path_factory.mktemp("milvus") / "lite.db"))


def held(kind: str, address: Address | None, index: Index, folder: Path) -> SearchBackend:
    """The index as a backend of this kind has it, opened anew."""
    if address is not None:
        transfer.publish(address, index)
        return transfer.load(address).backend
    disk.publish(folder, index)
    return disk.load(folder).backend


@pytest.fixture(scope="session")
def backend(kind: str, address: Address | None, made: Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchBackend]:
    with pytest.MonkeyPatch.context() as patch:
        index = made
        if kind.endswith("graph"):
            patch.setattr(dense, "FLAT_TO", 10)  # rows are so few: the graph is to be asked, not its flat rows
            index = made_of(tmp_path_factory.mktemp("graph"), Path(made.manifest.model))
        yield held(kind, address, index, tmp_path_factory.mktemp("held") / "index")
