"""`wenbao serve --public` in a process of its own, on loopback, with no limit by client."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.home import PROJECT


@dataclass(frozen=True, slots=True)
class Served:
    url: str
    process: subprocess.Popen[bytes]

    def alive(self) -> bool:
        return self.process.poll() is None

    def mib(self) -> float:
        """What the process holds of memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.split("\n") if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def served(index: Path, *more: str, stderr: int = subprocess.DEVNULL) -> Iterator[Served]:
    """The server, ready, until the block ends; `more` options, and `stderr` as subprocess has it."""
    port = free_port()
    command = [sys.executable, "-m", "search.commands.cli", "serve", "--index", str(index), "--port", str(port)]
    command += ["--public", "127.0.0.1", "--rate", "0", *more]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)
    try:
        server = Served(f"http://127.0.0.1:{port}", process)
        _wait_until_ready(server)
        yield server
    finally:
        process.terminate()
        process.wait(60)


def _wait_until_ready(server: Served) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{server.url}/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        if not server.alive():
            break
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
