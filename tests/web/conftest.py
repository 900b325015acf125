"""One browser and one server a session: the app over the real report, and over small reports made to be difficult."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from gradio.context import Context
from playwright.sync_api import Browser, Page

from app import launch
from bench.browser import NoChromium, chromium
from bench.served import free_port
from index.build import assemble, embed
from index.encode.encoder import open_encoder
from index.store.disk import publish
from search import Engine, open_engine
from tests.builds import index_of
from tests.sheets import communique
from tests.web.reader import DESK, ready
from tests.web.samples import HOSTILE
from web.server.run import Server
from web.server.settings import Settings

Visit = Callable[..., Page]
Serve = Callable[..., Server]
REPORTS = {
    "hostile": f"甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元{HOSTILE}，增长9%。\n",
    "second": "乙市2012年政府工作报告\n一、2011年工作回顾\n👍乙市地区生产总值实现𠮷777亿元，增长8%。\n",
}

SKIPPED = [
    {"file": "/srv/reports/scan.pdf", "reason": "scan.pdf：没有文字层，像是扫描件；请装上 wenbao[ocr]，或先做文字识别（OCR）"},
    {"file": "/srv/reports/old.doc", "reason": "old.doc：不认识的格式；现在可读的是 .txt"},
]
PARTS = "{place}{year}年政府工作报告\n一、上年工作回顾\n地区生产总值{reached}。{more}\n二、{year}年工作安排\n地区生产总值增长{planned}。\n"
COLLECTION = {
    "c2013": PARTS.format(place="丙区", year=2013, reached="增长18.5%", planned="20%", more=""),
    "c2014": PARTS.format(place="丙区", year=2014, reached="增长10.1%", planned="11%左右", more="新建学校3所。"),
    "d2014": PARTS.format(place="丁省", year=2014, reached="下降1.2%", planned="5%以上", more="城镇新增就业5万人。"),
}


NAMES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬县", "癸县")
COUNTRY = {
    f"place{number:02}": PARTS.format(
        place=name, year=2015, reached=f"增长{number}.5%", planned=f"{number + 1}%", more=f"粮食产量{number}0万吨。"
    )
    for number, name in enumerate(NAMES, start=1)
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as opened:
            yield opened
    except NoChromium as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def address(engine: Engine) -> Iterator[str]:
    with _served(engine) as url:
        yield url


@pytest.fixture(scope="session")
def difficult(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over two small reports."""
    with _served(_engine_of(REPORTS, tmp_path_factory)) as url:
        yield url


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over a report with a table, terms and what was not read; and two files could not be read at all."""
    index = embed(assemble([communique()]), open_encoder())
    folder = tmp_path_factory.mktemp("sheets")
    publish(folder, replace(index, manifest=replace(index.manifest, skipped=SKIPPED)))
    with _served(open_engine(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over three small reports, two of them of one place."""
    with _served(_engine_of(COLLECTION, tmp_path_factory)) as url:
        yield url


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over small reports of more places than are chosen from without a box that narrows them."""
    with _served(_engine_of(COUNTRY, tmp_path_factory)) as url:
        yield url


def _engine_of(reports: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Engine:
    files, folder = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("index")
    for name, text in reports.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    publish(folder, index_of(sorted(files.glob("*.txt")), open_encoder()))
    return open_engine(Path(folder))


@contextmanager
def _served(engine: Engine) -> Iterator[str]:
    app = launch(engine, port=free_port(), block=False)
    try:
        yield site_of(app)
    finally:
        app.close()


def site_of(server: Server) -> str:
    return f"http://{server.host}:{server.port}"


@pytest.fixture
def serve(engine: Engine) -> Iterator[Serve]:
    """Starts servers of a test's own, on a free port or on the one it names, and closes those that it left open.

    Gradio counts a page's components on from those of the pages before it; here it begins anew, as in a process of its own.
    """
    started: list[Server] = []

    def start(port: int | None = None, settings: Settings | None = None, counted_from: int = 0) -> Server:
        Context.id = counted_from
        started.append(launch(engine, port=port or free_port(), settings=settings, block=False))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens pages that fail the test when their script does, or when they ask another host for anything."""
    troubles: list[str] = []
    contexts = []

    def opened(address: str, size: tuple[int, int] = DESK, **options: Any) -> Page:
        viewport: Any = {"width": size[0], "height": size[1]}
        context = browser.new_context(**{"viewport": viewport, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("request", lambda request: troubles.extend(_foreign(request.url)))
        page.goto(address)
        ready(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def _foreign(url: str) -> list[str]:
    parts = urlsplit(url)
    return [url] if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1" else []
