"""Three readers at work in a browser, counted and timed: python -m bench.jobs [CHECKOUT …]. Each checkout's own page is served.

A journalist takes five figures to print, each with its source; an analyst takes all targets into a spreadsheet; a student takes what was
done and is planned for the environment, each point with a link to its place. Clicks are those of the mouse and of Enter.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from bench.browser import chromium
from bench.home import PROJECT
from bench.served import free_port
from index import paths

FIGURES = (
    "2006年地区生产总值是多少",
    "2006年全社会固定资产投资",
    "2006年社会消费品零售总额",
    "2006年实际利用外资是多少",
    "2006年农民人均纯收入",
)
ENVIRONMENT = "环境保护"
BOX = "#question textarea"
GRANTED = ["clipboard-read", "clipboard-write"]


class Reader:
    """A page, and how often its reader has clicked."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.clicks = 0
        self.page.goto(address)
        self.page.wait_for_function("window.wenbao?.isReady")

    @property
    def is_new(self) -> bool:
        return self.page.locator("#tab-figures-button[data-view]").count() > 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1

    def ask(self, question: str) -> None:
        self.page.fill(BOX, question)
        self.page.press(BOX, "Enter")
        self.clicks += 1
        asked = "(q) => new URLSearchParams(document.querySelector('#answer [data-url]')?.dataset.url).get('q') === q"
        self.page.wait_for_function(asked, arg=question)

    def pasted(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def saved(self, selector: str) -> bytes:
        with self.page.expect_download() as download:
            self.click(selector)
        return download.value.path().read_bytes()


def five_figures(reader: Reader) -> str:
    """Each figure in a sentence with its source, on the clipboard in turn."""
    texts = []
    for question in FIGURES:
        reader.ask(question)
        if reader.is_new:
            reader.click(".acts button:has-text('复制成一句')")
        else:
            reader.click(".answer .cite summary")
            reader.click(".answer .cite button:has-text('纯文本')")
        texts.append(reader.pasted())
    years = sum("2006年" in text.partition("（《")[0] for text in texts)
    return f"{sum('《' in text for text in texts)} with source, {years} say the year"


def all_targets(reader: Reader) -> str:
    """The figure table's targets as a file, and how many of its rows a spreadsheet can reckon with in one unit."""
    reader.click("#tab-figures-button")
    if reader.is_new:
        reader.page.locator("#table").wait_for()
        reader.page.select_option("#table-controls select[name=status]", "target")
        reader.clicks += 2
        reader.page.wait_for_url("**status=target**")
        return _reckoned(load_workbook(io.BytesIO(reader.saved("a.file[download$=xlsx]"))).worksheets[0].iter_rows(values_only=True))
    reader.page.locator("#table .virtual-row").first.wait_for()
    reader.click("#tab-figures input[aria-label^='状态']")
    reader.click("[role=option]:has-text('计划')")
    reader.page.wait_for_url("**status=target**")
    return _reckoned(csv.reader(io.StringIO(reader.saved("#csv").decode("utf-8-sig"))))


def _reckoned(table: Iterable[Sequence[object]]) -> str:
    """A column of numbers is one of which each cell is a number; a column of CSV is all text."""
    head, *rows = [[*row] for row in table]
    numbers = sum(any(isinstance(row[at], int | float) for at, name in enumerate(head) if name in ("数值", "增长")) for row in rows)
    linked = sum(any(str(cell).startswith("http") for cell in row) for row in rows)
    return f"{len(rows)} rows, {numbers} with a number to reckon with, {linked} with a link"


def environment(reader: Reader) -> str:
    """Each point, done or planned, with a link to its clause."""
    reader.ask(ENVIRONMENT)
    if reader.is_new:
        reader.click(".acts button:has-text('表格')")
        return f"{sum('#p-' in line for line in reader.pasted().split(chr(10)))} points with links"
    places = reader.page.locator(".answer .items .place")
    found = 0
    for at in range(places.count()):
        places.nth(at).click()
        reader.clicks += 2  # the place, then the address to copy
        found += "#p-" in reader.page.url
    return f"{found} points with links"


JOBS: dict[str, Callable[[Reader], str]] = {
    "five figures to print with sources": five_figures,
    "all targets to a spreadsheet": all_targets,
    "environment, done and planned, with links": environment,
}


@contextmanager
def serving(checkout: Path, index: Path) -> Iterator[str]:
    """The page of a checkout over an index."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "search.commands.cli", "serve", "--index", str(index), "--port", str(port)]
    process = subprocess.Popen(command, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                if httpx.get(f"{address}/ready").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def main() -> int:
    checkouts = [Path(one).resolve() for one in sys.argv[1:]] or [PROJECT]
    print(f"{'checkout':24}{'job':46}{'clicks':>8}{'seconds':>9}  what was taken")
    with chromium() as browser:
        for checkout in checkouts:
            with serving(checkout, paths.INDEX) as address:
                for name, job in JOBS.items():
                    context = browser.new_context(locale="zh-CN", permissions=GRANTED, viewport={"width": 1280, "height": 860})
                    reader = Reader(context, address)
                    start = time.perf_counter()
                    told = job(reader)
                    print(f"{checkout.name:24}{name:46}{reader.clicks:>8}{time.perf_counter() - start:>9.1f}  {told}", flush=True)
                    context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
