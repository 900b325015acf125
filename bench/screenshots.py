"""Pictures of the page on real questions: python -m bench.screenshots [FOLDER] (default docs/screenshots).

Serves the index of WENBAO_HOME on a free port, asks, and writes what a reader sees.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

from playwright.sync_api import Browser

from app import launch
from bench.browser import NoChromium, chromium, free_port
from index import paths
from index.errors import WenbaoError
from search import open_engine

FOLDER = Path("docs/screenshots")
QUESTION = "2006年沈阳市地区生产总值是多少？"


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    width: int
    height: int
    theme: Literal["light", "dark"]


PICTURES = (
    Picture("ask-desktop-light", 1280, 860, "light"),
    Picture("ask-desktop-dark", 1280, 860, "dark"),
    Picture("ask-phone-light", 390, 844, "light"),
)


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> Path:
    """One picture of the answer to QUESTION."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport={"width": size["width"], "height": size["height"]}, color_scheme=picture.theme)
    page.goto(f"{address}/?{urlencode({'q': QUESTION})}")
    page.locator(".answer .big").wait_for()
    page.wait_for_timeout(500)  # the report column has come to rest
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
