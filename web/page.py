"""What happens on the page: a question, a search, a report opened. A failure is a line in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from index.errors import NotFound, WenbaoError
from index.records import Corpus, Report
from search.check.findings import check
from search.engine import Engine
from search.library.filters import report_by_id
from search.live import EngineSource
from search.results import AskResult, PassageResult, Row
from web import render
from web.address import Wanted
from web.checked import charts, findings
from web.cite import source_of
from web.facets import Counts, narrow_figures, narrow_passages, only
from web.own import Own, is_own
from web.report import full
from web.sidebyside import of_places
from web.strings import Source, Words, language_of, told, words
from web.table import Row as TableRow
from web.table import rows
from web.tags import Html, join

KEPT = 200  # pieces of some 100 kB: a collection may have thousands of reports to open


class Rendered:
    """Html by what it is, of which report and in which language."""

    def __init__(self) -> None:
        self._generation = ""
        self._kept: dict[tuple[str, ...], Html] = {}

    def get(self, generation: str, key: tuple[str, ...], make: Callable[[], Html]) -> Html:
        """The piece of this key, made where this generation of the index has none yet; where too many are kept all go."""
        if self._generation != generation or len(self._kept) >= KEPT:
            self._generation, self._kept = generation, {}
        kept = self._kept
        if key not in kept:
            kept[key] = make()
        return kept[key]


T = TypeVar("T")
log = logging.getLogger(__name__)
DEEP = 50  # passages that a search ranks and its filters count; what comes after has little to do with the query


@dataclass(frozen=True, slots=True)
class Asked:
    html: Html
    understood: str  # what a follow-up goes on from; "" where nothing was understood
    report: str | None  # the one to show beside it


@dataclass(frozen=True, slots=True)
class Searched:
    html: Html
    counts: Counts  # what each value of a filter would leave; {} where the search failed
    ranked: int  # passages found over all reports; DEEP where there may be more


class Page:
    """Answers the page's events from the current engine."""

    def __init__(self, source: EngineSource, own: Own | None = None) -> None:
        self._source = source
        self.own = own or Own()
        self._rendered = Rendered()
        self._sources: tuple[str | None, dict[str, Source]] = (None, {})

    @property
    def engine(self) -> Engine:
        return self._source.current()

    @property
    def corpus(self) -> Corpus:
        return self.engine.corpus

    @property
    def generation(self) -> str:
        return self.engine.index.manifest.generation

    def of(self, visitor: str | None, report_id: str | None) -> Page:
        """The page over the visitor's own report where that is the one chosen, else this one. Raises NotFound where it is kept no more."""
        return Page(self.own.holding(visitor, report_id), self.own) if is_own(report_id) else self

    @property
    def several(self) -> bool:
        return len(self.corpus.reports) > 1

    def words(self, asked: str | None = None, accepted: str | None = None) -> Words:
        """The words of the language asked for in the address, else of the browser's."""
        generation = self.generation
        if self._sources[0] != generation:
            self._sources = generation, {report.id: source_of(report) for report in self.corpus.reports}
        return words(language_of(asked, accepted), self._sources[1])

    def ask(self, wanted: Wanted, shown: str | None, say: Words) -> Asked:
        """The answer, and the report to show beside it: the one it is quoted from, else the one that is shown."""
        engine = self.engine

        def show(result: AskResult) -> Html:
            restricted = only(wanted, self.titles(), say)
            return render.asked(result, say, wanted, only=restricted, several=self.several)

        def answer() -> AskResult:
            return engine.ask(
                wanted.q,
                previous=wanted.previous or None,
                report_id=wanted.report or None,
                section=wanted.section or None,
                year=wanted.year or None,
                status=wanted.status or None,
            )

        got = self._run(answer, show, say)
        result, html = got
        return Asked(html, result.understood if result else "", _quoted_report(result) or shown)

    def search(self, wanted: Wanted, say: Words) -> Searched:
        """The passages that the filters leave. A report is searched in by itself, so that it gives as many as all together."""
        engine = self.engine

        def find() -> tuple[list[PassageResult], Counts, int]:
            reports = engine.corpus.reports
            found = everywhere = engine.search(wanted.q, wanted.mode, DEEP, report_id=wanted.report or None).passages
            kept, counts = narrow_passages(found, reports, wanted)
            if wanted.report and self.several:
                everywhere = engine.search(wanted.q, wanted.mode, DEEP).passages
                counts = {**counts, "report": narrow_passages(everywhere, reports, wanted)[1]["report"]}
            return kept, counts, len(everywhere)

        def show(found: tuple[list[PassageResult], Counts, int]) -> Html:
            return render.searched(wanted, found[0], say, several=self.several)

        got = self._run(find, show, say)
        found, html = got
        return Searched(html, found[1], found[2]) if found else Searched(html, {}, 0)

    def figures(self, wanted: Wanted) -> tuple[list[TableRow], Counts]:
        """The rows of the figure table, and what each value of a filter would leave. Nothing for an unknown report."""
        try:
            found = self.engine.figures(wanted.q, report_id=wanted.report or None)
        except NotFound:
            found = ()
        kept, counts = narrow_figures(found, wanted)
        return rows(kept), counts

    def compare(self, wanted: Wanted) -> tuple[Row, ...]:
        """One indicator over the reports of the places and the year that are wanted. Raises WenbaoError."""
        ids = of_places(self.corpus.reports, wanted)
        return self.engine.side_by_side(wanted.q, kind=wanted.kind or None, report_ids=ids, year=wanted.year or None)

    def checked(self, report_id: str | None, say: Words) -> Html:
        """The charts of a report and what `check` found in it; nothing where there is none of that id."""

        def make(report: Report) -> Html:
            found = check(report)
            return join([charts(found, say), findings(found, say)])

        return self._kept("checked", report_id, say, make)

    def report(self, report_id: str | None, say: Words) -> Html:
        """The full report; nothing where there is none of that id."""
        return self._kept("report", report_id, say, lambda report: full(report, say))

    def first(self) -> str | None:
        """The id of the report that is shown first."""
        return next((report.id for report in self.corpus.reports), None)

    def titles(self) -> list[tuple[str, str]]:
        return [(report.title, report.id) for report in self.corpus.reports]

    def _kept(self, kind: str, report_id: str | None, say: Words, make: Callable[[Report], Html]) -> Html:
        try:
            report = find_report(self.engine, report_id)
        except NotFound:
            return Html()
        return self._rendered.get(self.generation, (kind, report.id, say.language), lambda: make(report))

    def _run(self, get: Callable[[], T], show: Callable[[T], Html], say: Words) -> tuple[T | None, Html]:
        try:
            result = get()
            return result, show(result)
        except WenbaoError as error:
            return None, render.trouble(told(str(error), say))
        except Exception:  # a fault of ours: the reader gets a line, the log the rest
            log.exception("the page could not answer")
            return None, render.trouble(say["trouble"])


def find_report(engine: Engine, report_id: str | None) -> Report:
    """The report with this id. Raises NotFound."""
    return engine.corpus.reports[report_by_id(engine.corpus.reports, report_id or "")]


def _quoted_report(result: AskResult | None) -> str | None:
    if result is None:
        return None
    found = [citation.report_id for citation in result.answer.citations]
    found += [passage.report_id for passage in result.passages]
    return found[0] if found else None
