"""Readers' own reports on a public server: only where it was told to take them, and then from the page to the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient
from playwright.sync_api import Route, expect

from bench.served import served
from tests.web.conftest import Serve, Visit, site_of
from tests.web.reader import ask, ready
from tests.web.test_own_report import GDP, MINE, READ, bring, is_asked

UPLOAD = "/gradio_api/upload"
OURS = f"{MINE}我们再接再厉。\n"  # known from what other tests bring at the same time
FILES = {"files": ("mine.txt", OURS.encode())}


def parts(config: dict[str, Any]) -> list[bool]:
    """Whether what the page is made of has a place for a file, and what takes it."""
    made = json.dumps(config["components"])
    return [name in made for name in ("own-file", "own-line")]


def test_without_the_option_a_file_is_refused_in_a_line(public: TestClient) -> None:
    reply = public.post(UPLOAD, files=FILES)
    assert (reply.status_code, reply.json()) == (404, {"detail": "这里不收读者自己的报告。"})
    assert public.get(f"{UPLOAD}_progress").json() == reply.json()
    assert parts(public.get("/config").json()) == [False, False]


def test_with_the_option_it_is_read_and_asked(visit: Visit, index_folder: Path) -> None:
    """By the command, in a process of its own, behind every guard."""
    with served(index_folder, "--allow-upload") as server:
        assert parts(httpx.get(f"{server.url}/config").json()) == [True, True]
        page = visit(server.url)
        bring(page, OURS)
        expect(page.locator("#own")).to_contain_text("戊市2020年政府工作报告")
        ask(page, GDP)
        expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
        page.reload()
        ready(page)
        expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
        is_asked(page)
        assert httpx.post(server.url + UPLOAD, files=FILES, headers={"Origin": "https://evil.example"}).status_code == 403
        large = {"files": ("large.txt", b"1" * 5_100_000)}
        reply = httpx.post(server.url + UPLOAD, files=large)
        assert (reply.status_code, reply.json()["detail"]) == (413, "请求太大了。")


def test_a_page_that_names_another_file_of_the_machine_gets_a_line_alone(visit: Visit, serve: Serve, tmp_path: Path) -> None:
    """The path comes from the browser, so that it may be any."""
    secret = tmp_path / "secret.txt"
    secret.write_text(OURS, encoding="utf-8")

    def lie(route: Route) -> None:
        event = json.loads(route.request.post_data or "{}")
        event["event_data"]["files"] = [{"path": str(secret)}]
        route.continue_(post_data=json.dumps(event))

    page = visit(site_of(serve()))
    page.route("**/queue/join*", lie)
    bring(page, OURS)
    expect(page.locator("#own .trouble")).to_have_text("出了差错，没有得到结果。请再试一次。")
    expect(page.locator(".toast-body:visible")).to_have_count(0)
    assert secret.exists(), "what is no upload is not removed either"
    assert "own_" not in page.url
    page.unroute("**/queue/join*")
    bring(page, OURS)
    expect(page.locator("#own")).to_contain_text("戊市2020年政府工作报告", timeout=READ)
