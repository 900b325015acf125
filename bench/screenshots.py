"""Pictures of the page on real questions: python -m bench.screenshots [FOLDER] (default docs/screenshots).

Serves the index of WENBAO_HOME on a free port, asks, and writes what a reader sees. The view that compares reports is taken over some
that lie beside the project, where they are there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

from app import launch
from bench.browser import NoChromium, chromium
from bench.collection import REPORTS
from bench.served import free_port
from index import paths
from index.build import Recipe, rebuild
from index.errors import WenbaoError
from search import open_engine

FOLDER = Path("docs/screenshots")
QUESTION = "2006年沈阳市地区生产总值是多少？"
SEVERAL, BESIDE = "province_2026_*.txt", 10  # which reports are compared, and how many of them
OWN = 3000  # characters of a report that a reader brings: enough to be one, and read in a moment


@dataclass(frozen=True, slots=True)
class View:
    ready: str  # what is there when the picture can be taken
    asked: dict[str, str] = field(default_factory=dict)
    several: bool = False  # over several reports
    brings: bool = False  # the reader has brought a report


VIEWS = {
    "begin": View("#own-file"),
    "ask": View(".answer .big", {"q": QUESTION}),
    "points": View(".pts", {"q": "农业这一块总结一下"}),
    "table": View(".goals", {"q": "2007年主要预期目标有哪些"}),
    "computed": View(".sides", {"q": "2007年GDP增长目标比2006年实际低多少"}),
    "part": View(".part", {"q": "去年农民人均纯收入、房价、社会消费品零售总额各是多少"}),
    "enumeration": View(".enum", {"q": "报告承认了哪些困难和问题"}),
    "outline": View(".enum", {"q": "今年重点抓哪几项工作"}),
    "candidates": View(".candidates", {"q": "哪个指标增长最快"}),
    "refused": View(".refused blockquote", {"q": "房价是多少"}),
    "search": View("#results .passage", {"q": "地铁", "mode": "hybrid"}),
    "figures": View("#table tbody tr", {"view": "figures"}),
    "report": View("#p-6", {"view": "report"}),
    "compare": View(".sides-table", {"view": "compare"}, several=True),
    "own": View("#own [data-report]", brings=True),
}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
COLOURS = 255  # of a picture: a page has few, and takes a third of the room so


@dataclass(frozen=True, slots=True)
class Picture:
    view: str
    size: str
    theme: Theme

    @property
    def name(self) -> str:
        return f"{self.view}-{self.size}-{self.theme}"


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> Path:
    """One picture of a view."""
    width, height = SIZES[picture.size]
    view = VIEWS[picture.view]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.theme, locale="zh-CN", device_scale_factor=1)
    page.goto(f"{address}/?{urlencode(view.asked)}")
    page.wait_for_function("window.wenbao?.isReady")
    if view.brings:
        _bring(page)
    page.locator(view.ready).first.wait_for(timeout=180_000)
    page.wait_for_timeout(700)  # the report column has come to rest
    path = folder / f"{picture.name}.png"
    page.screenshot(path=path, full_page=picture.size == "phone" and "q" in view.asked and picture.view != "search")  # a whole answer
    page.close()
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=3).save(path, optimize=True)
    return path


def _bring(page: Page) -> None:
    """The beginning of the first report, as a file of the reader's own."""
    text = next(paths.SEEDS.glob("*.txt")).read_text(encoding="utf-8")[:OWN]
    page.set_input_files("#own-file input[type=file]", {"name": "report.txt", "mimeType": "text/plain", "buffer": text.encode()})


def _taken(index: Path, folder: Path, *, several: bool) -> Iterator[Path]:
    """The pictures over an index: of the views over several reports, or of the others."""
    app = launch(open_engine(index), port=(port := free_port()), block=False)
    try:
        with chromium() as browser:
            for one in product([name for name in VIEWS if VIEWS[name].several == several], SIZES, THEMES):
                yield take(browser, f"http://127.0.0.1:{port}", Picture(*one), folder)
    finally:
        app.close()


def _beside() -> Path | None:
    """The index of some of the reports beside the project, built where it is not there yet; None without such reports."""
    files = sorted(REPORTS.glob(SEVERAL))[:BESIDE]
    if not files:
        return None
    folder = paths.INDEX.with_name("beside")
    rebuild(files, folder, Recipe(), if_changed=True)
    return folder


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for path in _taken(paths.INDEX, folder, several=False):
            print(path)
        beside = _beside()
        if beside is None:
            print(f"{REPORTS} is not there: no pictures of reports compared")
            return 0
        for path in _taken(beside, folder, several=True):
            print(path)
    except (WenbaoError, NoChromium) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
