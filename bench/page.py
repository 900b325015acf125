"""The page in a real browser: from Enter to the answer, and from the first request to a page that can be used."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles

from playwright.sync_api import Browser, Response

from app import launch
from bench.browser import NoChromium, chromium
from bench.home import Home
from bench.served import free_port
from bench.table import Row
from search import open_engine

TITLE = "headless Chromium over loopback; questions of the development set, first loads in browsers without a cache"
LOADS, ASKED = 7, 30
ENTER, LOAD = 250.0, 3000.0  # ms
REQUESTS, HTML = 55, 100.0  # kB
WHOLE = (  # one for each kind of answer
    "农业这一块总结一下",
    "2007年主要预期目标有哪些",
    "2007年GDP增长目标比2006年实际低多少",
    "去年固定资产投资和农民人均纯收入各是多少",
    "报告承认了哪些困难和问题",
    "今年重点抓哪几项工作",
    "哪些指标增长超过30%",
    "哪个指标增长最快",
)
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
            yield Row("first load to usable, median", median(load.ms for load in loads), "ms", most=LOAD)
            yield Row("first load, requests", max(load.requests for load in loads), "", most=REQUESTS)
            yield Row("first load, HTML before compression", max(load.html for load in loads) / 1000, "kB", most=HTML)
            yield Row("first load, all of it", max(load.bytes for load in loads) / 1000, "kB")
            for name, questions in (("the answer", list(dict.fromkeys(home.questions))[:ASKED]), ("a whole answer", list(WHOLE))):
                taken = _answers(browser, address, questions)
                yield Row(f"Enter to {name}, median", median(taken), "ms", most=ENTER)
                yield Row(f"Enter to {name}, 95 of 100", quantiles(taken, n=20, method="inclusive")[-1], "ms")
    except NoChromium as error:
        yield f"  {error}"
    finally:
        server.close()


@dataclass(frozen=True, slots=True)
class Load:
    """A page opened without a cache: milliseconds until it can be used, and what came until then."""

    ms: float
    requests: int
    html: int  # bytes of the document
    bytes: int  # of all bodies, before compression


def _load(browser: Browser, address: str) -> Load:
    context = browser.new_context(locale="zh-CN")
    start = time.perf_counter()
    page = context.new_page()
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.wenbao?.isReady")
    taken = (time.perf_counter() - start) * 1000
    sizes = [len(one.body()) for one in came]
    context.close()
    return Load(taken, len(came), sizes[0], sum(sizes))


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
