"""The page in a real browser: from the first request to a page that can be used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser

from app import launch
from bench.browser import NoChromium, chromium, free_port
from bench.home import Home
from bench.table import Row
from search import open_engine

TITLE = "headless Chromium over loopback; first loads in browsers without a cache"
LOADS = 7
LOAD = 3000.0  # ms


def measure(home: Home) -> Iterator[Row | str]:
    server = launch(open_engine(home.index), port=(port := free_port()), block=False)
    address = f"http://127.0.0.1:{port}"
    try:
        with chromium() as browser:
            loads = [_load(browser, address) for _ in range(LOADS)]
            yield Row("first load to usable, median", median(loads), "ms", most=LOAD)
    except NoChromium as error:
        yield f"  {error}"
    finally:
        server.close()


def _load(browser: Browser, address: str) -> float:
    context = browser.new_context(locale="zh-CN")
    start = time.perf_counter()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.wenbao?.isReady")
    taken = (time.perf_counter() - start) * 1000
    context.close()
    return taken
