"""A browser, and the app served over the real report and over two small reports made to be difficult."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from app import launch
from bench.browser import NoChromium, chromium, free_port
from index.build import build
from index.encode import open_encoder
from index.store import publish
from search import Engine, open_engine
from tests.web.samples import HOSTILE

REPORTS = {
    "hostile": f"甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元{HOSTILE}，增长9%。\n",
    "second": "乙市2012年政府工作报告\n一、2011年工作回顾\n👍乙市地区生产总值实现𠮷777亿元，增长8%。\n",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as opened:
            yield opened
    except NoChromium as error:
        pytest.fail(str(error))


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    with _served(engine) as url:
        yield url


@pytest.fixture(scope="module")
def difficult(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app over two small reports."""
    files, folder = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("index")
    for name, text in REPORTS.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    publish(folder, build(sorted(files.glob("*.txt")), open_encoder())[0])
    with _served(open_engine(Path(folder))) as url:
        yield url


@contextmanager
def _served(engine: Engine) -> Iterator[str]:
    port = free_port()
    app = launch(engine, port=port, block=False)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        app.close()
