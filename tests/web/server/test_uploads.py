"""Readers' own reports on a public server: only where it was told to take them, and then from the page to the answer."""

from __future__ import annotations

from pathlib import Path

import httpx
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from bench.served import served
from tests.web.conftest import Visit
from tests.web.reader import ask
from tests.web.test_own_report import MINE, bring

UPLOAD = "/gradio_api/upload"
FILES = {"files": ("mine.txt", MINE.encode())}


def test_without_the_option_a_file_is_refused_in_a_line(public: TestClient) -> None:
    reply = public.post(UPLOAD, files=FILES)
    assert (reply.status_code, reply.json()) == (404, {"detail": "这里不收读者自己的报告。"})
    assert public.get(f"{UPLOAD}_progress").json() == reply.json()
    parts = public.get("/config").json()["components"]
    assert "own-file" not in [part["props"].get("elem_id") for part in parts]


def test_with_the_option_it_is_read_and_asked(visit: Visit, index_folder: Path) -> None:
    """By the command, in a process of its own, behind every guard."""
    with served(index_folder, "--allow-upload") as server:
        page = visit(server.url)
        bring(page, MINE)
        expect(page.locator("#own-line")).to_contain_text("戊市2020年政府工作报告")
        ask(page, "2019年地区生产总值是多少？")
        expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
        assert httpx.post(server.url + UPLOAD, files=FILES, headers={"Origin": "https://evil.example"}).status_code == 403
        large = {"files": ("large.txt", b"1" * 5_100_000)}
        reply = httpx.post(server.url + UPLOAD, files=large)
        assert (reply.status_code, reply.json()["detail"]) == (413, "请求太大了。")
