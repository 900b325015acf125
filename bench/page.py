"""The page in a real browser: from Enter to the answer, and from the first request to a page that can be used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser

from app import launch
from bench.browser import NoChromium, chromium
from bench.home import Home
from bench.served import free_port
from bench.table import Row
from search import open_engine

TITLE = "headless Chromium over loopback; questions of the development set, first loads in browsers without a cache"
LOADS, ASKED = 7, 30
ENTER, LOAD = 250.0, 3000.0  # ms
# From the key to the frame that shows the answer to this question.
WATCH = """(question) => { window.taken = new Promise((done) => {
  let start = 0;
  addEventListener('keydown', (event) => { if (event.key === 'Enter') start = performance.now(); }, true);
  const look = () => {
    const shown = document.querySelector('#answer [data-url]')?.dataset.url ?? '';
    if (start && new URLSearchParams(shown).get('q') === question) return done(performance.now() - start);
    requestAnimationFrame(look);
  };
  look();
}); }"""


def measure(home: Home) -> Iterator[Row | str]:
    server = launch(open_engine(home.index), port=(port := free_port()), block=False)
    address = f"http://127.0.0.1:{port}"
    try:
        with chromium() as browser:
            loads = [_load(browser, address) for _ in range(LOADS)]
            yield Row("first load to usable, median", median(loads), "ms", most=LOAD)
            answers = _answers(browser, address, list(dict.fromkeys(home.questions))[:ASKED])
            yield Row("Enter to the answer, median", median(answers), "ms", most=ENTER)
            yield Row("Enter to the answer, slowest", max(answers), "ms")
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


def _answers(browser: Browser, address: str, questions: list[str]) -> list[float]:
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(address)
    page.wait_for_function("window.wenbao?.isReady")
    taken = []
    for question in questions:
        page.evaluate(WATCH, question)
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        taken.append(float(page.evaluate("window.taken")))
    return taken[1:]  # the first warms what is lazy
