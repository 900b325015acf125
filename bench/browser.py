"""Chromium as the tests and the pictures drive it: the system's own, headless, with nothing it does by itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium: the page cannot be looked at. Install one (apt-get install chromium) or name it in CHROMIUM"


class NoChromium(Exception):
    """There is no browser on this machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Raises NoChromium, which says what to install."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    path = next(filter(None, found), None)
    if path is None:
        raise NoChromium(MISSING)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
