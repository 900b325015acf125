"""SIGTERM to a real server in a process of its own: what runs is answered, then it leaves."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench.served import served

API = "/gradio_api/call/ask"


@pytest.fixture
def server(index_folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with served(index_folder, stderr=subprocess.PIPE) as started:
        yield started.url, started.process


def test_what_runs_is_finished(server: tuple[str, subprocess.Popen[bytes]]) -> None:
    url, process = server
    answers: list[str] = []

    opened = threading.Barrier(21, timeout=60)

    def ask(event: str) -> None:
        with httpx.stream("GET", f"{url}{API}/{event}", timeout=30) as stream:
            opened.wait()
            answers.append(stream.read().decode())

    heartbeat = threading.Thread(target=lambda: httpx.get(f"{url}/gradio_api/heartbeat/page", timeout=30), daemon=True)
    heartbeat.start()  # an open page: it must not hold the server up
    body = {"data": ["2006年沈阳市地区生产总值是多少？", None, None, None, None, 10, None]}
    events = [httpx.post(url + API, json=body).json()["event_id"] for _ in range(20)]
    threads = [threading.Thread(target=ask, args=(event,)) for event in events]
    for thread in threads:
        thread.start()
    opened.wait()  # the streams are open
    process.send_signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    assert process.wait(20) == 0
    assert len(answers) == 20
    assert all("event: complete" in answer and "2482.5" in answer for answer in answers)
    assert b"Traceback" not in (process.stderr.read() if process.stderr else b"")
