"""What happens on the page: a question, a search, a report opened. A failure is a line in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from index.errors import NotFound, WenbaoError
from index.records import Corpus, Report
from search import modes
from search.engine import Engine
from search.live import EngineSource
from search.results import AskResult, Mode
from web import render
from web.places import Words
from web.report import full
from web.tags import Html

MODES: tuple[Mode, ...] = tuple(modes.MODES)
T = TypeVar("T")
log = logging.getLogger(__name__)


class Page:
    """Answers the page's events from the current engine. Reports as rendered are kept by what is in them."""

    def __init__(self, source: EngineSource) -> None:
        self._source = source
        self._rendered: dict[tuple[str, str], Html] = {}

    @property
    def engine(self) -> Engine:
        return self._source.current()

    @property
    def corpus(self) -> Corpus:
        return self.engine.corpus

    @property
    def generation(self) -> str:
        return self.engine.index.manifest.generation

    @property
    def several(self) -> bool:
        return len(self.corpus.reports) > 1

    def ask(self, question: str, shown: str | None, words: Words) -> tuple[Html, str | None]:
        """The answer, and the report to show beside it: the one it is quoted from, else the one that is shown."""
        result, html = self._run(
            lambda: self.engine.ask(question), partial(render.asked, words=words, several=self.several), words
        )
        return html, _quoted_report(result) or shown

    def search(self, query: str, mode: Mode, words: Words) -> Html:
        _, html = self._run(
            lambda: self.engine.search(query, mode), partial(render.searched, words=words, several=self.several), words
        )
        return html

    def report(self, report_id: str | None) -> Html:
        """The full report; nothing where there is none of that id."""
        try:
            report = find_report(self.engine, report_id)
        except NotFound:
            return Html()
        key = report.id, report.sha256
        if key not in self._rendered:
            self._rendered[key] = full(report)
        return self._rendered[key]

    def titles(self) -> list[tuple[str, str]]:
        return [(report.title, report.id) for report in self.corpus.reports]

    def _run(self, get: Callable[[], T], show: Callable[[T], Html], words: Words) -> tuple[T | None, Html]:
        try:
            result = get()
            return result, show(result)
        except WenbaoError as error:
            return None, render.trouble(str(error))
        except Exception:  # a fault of ours: the reader gets a line, the log the rest
            log.exception("the page could not answer")
            return None, render.trouble(words["trouble"])


def find_report(engine: Engine, report_id: str | None) -> Report:
    """The report with this id. Raises NotFound."""
    for report in engine.corpus.reports:
        if report.id == report_id:
            return report
    raise NotFound(f"没有编号为 {report_id} 的报告")


def _quoted_report(result: AskResult | None) -> str | None:
    if result is None:
        return None
    found = [citation.report_id for citation in result.answer.citations]
    found += [passage.report_id for passage in result.passages]
    return found[0] if found else None
