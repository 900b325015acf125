"""Pictures of the page on real questions: python -m bench.screenshots [FOLDER] (default docs/screenshots).

Serves the index of WENBAO_HOME on a free port, asks, and writes what a reader sees.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from playwright.sync_api import Browser

from app import launch
from bench.browser import NoChromium, chromium
from bench.served import free_port
from index import paths
from index.errors import WenbaoError
from search import open_engine

FOLDER = Path("docs/screenshots")
QUESTION = "2006年沈阳市地区生产总值是多少？"


VIEWS = {
    "ask": {"q": QUESTION},
    "search": {"q": "地铁", "mode": "hybrid"},
    "figures": {"view": "figures"},
    "report": {"view": "report"},
}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
READY = {"ask": ".answer .big", "search": "#results .passage", "figures": ".virtual-row", "report": "#p-6"}


@dataclass(frozen=True, slots=True)
class Picture:
    view: str
    size: str
    theme: Theme

    @property
    def name(self) -> str:
        return f"{self.view}-{self.size}-{self.theme}"


PICTURES = [Picture(*one) for one in product(VIEWS, SIZES, THEMES)]


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> Path:
    """One picture of a view."""
    width, height = SIZES[picture.size]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=picture.theme, locale="zh-CN", device_scale_factor=1
    )
    page.goto(f"{address}/?{urlencode(VIEWS[picture.view])}")
    page.locator(READY[picture.view]).first.wait_for()
    page.wait_for_timeout(700)  # the report column has come to rest
    path = folder / f"{picture.name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    try:
        app = launch(open_engine(paths.INDEX), port=port, block=False)
        with chromium() as browser:
            for picture in PICTURES:
                print(take(browser, f"http://127.0.0.1:{port}", picture, folder))
    except (WenbaoError, NoChromium) as error:
        print(error, file=sys.stderr)
        return 1
    app.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
