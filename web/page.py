"""What an address asks of the engine, and what the page shows for it. A failure is a line in words."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from index.errors import NotFound, WenbaoError
from index.records import Corpus, Report
from search.brought import is_own, spelled_out
from search.check.findings import check
from search.engine import Engine
from search.export import FORMATS, Table, as_tsv
from search.levels import levels
from search.library.facets import Counts, narrow_figures, narrow_passages
from search.library.filters import report_by_id
from search.library.side_by_side import of_places
from search.live import EngineSource
from search.results import AnswerRow, AskResult, Finding, PassageResult
from web.address import Wanted, address
from web.answers.cite import source_of, whose
from web.answers.context import Context
from web.answers.taking import FILES, link_to
from web.own import GONE, OTHERS, Own
from web.strings import Source, Words, language_of, told, words
from web.tags import Html, el, join
from web.views import asked, compared, frame, library, searched, tabled
from web.views.examples import buttons
from web.views.fulltext import full
from web.views.offered import TABLE, only, reports

AT_ONCE = 2  # questions that use the encoder at the same time: one encodes while the other ranks
KEPT = 200  # pieces of some 100 kB: a collection may have thousands of reports to open
DEEP = 50  # passages that a search ranks and its filters count; what comes after has little to do with the query
OFFERED = 60  # indicators to choose from; any other can be typed
T = TypeVar("T")
log = logging.getLogger(__name__)


class Rendered:
    """What was made of a report, by what it is, of which report and in which language."""

    def __init__(self) -> None:
        self._generation = ""
        self._kept: dict[tuple[str, ...], Any] = {}

    def get(self, generation: str, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """The piece of this key, made where this generation of the index has none yet; where too many are kept all go."""
        if self._generation != generation or len(self._kept) >= KEPT:
            self._generation, self._kept = generation, {}
        kept = self._kept
        if key not in kept:
            kept[key] = make()
        made: T = kept[key]
        return made


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is to show: html by the id of its part, the report beside, the title, what goes on from it."""

    url: str
    view: str
    html: Mapping[str, Html]
    report: str | None = None
    understood: str = ""  # what a follow-up goes on from; "" where nothing was understood
    q: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(slots=True)
class Shared:
    """What the pages over the index and over readers' own reports have in common."""

    own: Own = field(default_factory=Own)
    rendered: Rendered = field(default_factory=Rendered)
    encoder: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))


class Page:
    """Answers the page from the current engine."""

    def __init__(self, source: EngineSource, shared: Shared | None = None) -> None:
        self._source = source
        self.shared = shared or Shared()
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

    @property
    def several(self) -> bool:
        return len(self.corpus.reports) > 1

    def of(self, visitor: str | None, report_id: str | None = None) -> Page:
        """The page over the server's reports and the visitor's own. Raises NotFound where one's own is asked that the visitor has not."""
        server = self.engine
        engine = self.shared.own.beside(visitor, server)
        at = self if engine is server else Page(engine, self.shared)
        if is_own(report_id) and not at._has(report_id):
            raise NotFound(OTHERS if self.shared.own.holds(report_id or "") else GONE)
        return at

    def words(self, wanted: str | None = None, accepted: str | None = None) -> Words:
        """The words of the language asked for in the address, else of the browser's."""
        generation = self.generation
        if self._sources[0] != generation:
            self._sources = generation, {report.id: source_of(report) for report in self.corpus.reports}
        return words(language_of(wanted, accepted), self._sources[1])

    def show(self, wanted: Wanted, say: Words, shown: str | None = None, origin: str = "", visitor: str | None = None) -> Shown:
        """What an address asks for. `shown` is the report beside now; `origin` the site's own, for links to copy."""
        at = self.of(visitor)
        say = at.telling(say)
        try:
            self.of(visitor, wanted.report)
            found = at._view(wanted, say, shown if at._has(shown) else at.first(), origin)
        except NotFound as error:
            found = self._failed(wanted, told(str(error), say), "")
        one = wanted.report or (found.report if wanted.view in ("figures", "report") else "") or ""
        parts = {"title": at._title(wanted, say), "own-list": frame.own_reports(at.corpus.reports, replace(wanted, report=one), say)}
        return replace(found, html={**parts, **found.html})

    def telling(self, say: Words) -> Words:
        """With what references say of readers' own reports."""
        own = {report.id: source_of(report) for report in self.corpus.reports if is_own(report.id)}
        return replace(say, sources={**say.sources, **own}) if own else say

    def _view(self, wanted: Wanted, say: Words, shown: str | None, origin: str) -> Shown:
        views: dict[str, Callable[[], Shown]] = {
            "ask": lambda: self._ask(wanted, say, shown, origin),
            "search": lambda: self._search(wanted, say, shown),
            "figures": lambda: self._figures(wanted, say, shown),
            "compare": lambda: self._compare(wanted, say, shown, origin),
            "report": lambda: Shown(address(wanted), "report", {}, wanted.report or shown),
            "library": lambda: self._library(wanted, say, shown),
        }
        try:
            return views[wanted.view]()
        except WenbaoError as error:
            return self._failed(wanted, told(str(error), say), shown)
        except Exception:  # a fault of ours: the reader gets a line, the log the rest
            log.exception("the page could not answer")
            return self._failed(wanted, say["trouble"], shown)

    def _failed(self, wanted: Wanted, line: str, shown: str | None) -> Shown:
        part = {"ask": "answer", "search": "results", "compare": "compared", "figures": "figures", "library": "library"}.get(
            wanted.view, "report"
        )
        return Shown(address(wanted), wanted.view, {part: asked.trouble(line, wanted)}, shown, q=wanted.q)

    def _title(self, wanted: Wanted, say: Words) -> Html:
        """What is asked: the reader's own report that was chosen, else how many."""
        chosen = next((report for report in self.corpus.reports if report.id == wanted.report and is_own(report.id)), None)
        if chosen:
            return join([chosen.title, " ", el("span", say["own_tag"], class_="tag own")])
        return frame.title(self.corpus, say)

    def _ask(self, wanted: Wanted, say: Words, shown: str | None, origin: str) -> Shown:
        if not wanted.q:
            skipped = self.engine.index.manifest.skipped
            return Shown(address(wanted), "ask", {"answer": asked.intro(self.corpus, say, skipped)}, wanted.report or shown)
        result = self.ask(wanted)
        context = self._context(wanted, result, say)
        restricted = only(wanted, self.titles(say), say)
        html = {"answer": asked.asked(_tagged(result, say), context, only=restricted, origin=origin)}
        report = _quoted_report(result) or wanted.report or shown
        return Shown(address(wanted), "ask", html, report, result.understood, wanted.q)

    def ask(self, wanted: Wanted) -> AskResult:
        """Raises WenbaoError."""
        with self.shared.encoder:
            return self.engine.ask(
                wanted.q if wanted.report else spelled_out(wanted.q, self.corpus.reports),
                previous=wanted.previous or None,
                report_id=wanted.report or None,
                section=wanted.section or None,
                year=wanted.year or None,
                status=wanted.status or None,
                everything=bool(wanted.all),
                chosen=wanted.taken(),
            )

    def _context(self, wanted: Wanted, result: AskResult, say: Words) -> Context:
        report = self._report(result.report_id) if result.report_id else None
        found = self._findings(report) if report and len(result.answer.rows) > 1 else ()
        places = {one.id: one.place for one in self.corpus.reports}
        near = sorted(self.titles(say), key=lambda one: (one[1] != result.report_id, places.get(one[1]) != places.get(result.report_id)))
        return Context(say, wanted, report, found, near, self.several)

    def _search(self, wanted: Wanted, say: Words, shown: str | None) -> Shown:
        """The passages that the filters leave. A report is searched in by itself, so that it gives as many as all together."""
        found, counts, ranked = self._found(wanted) if wanted.q else ([], {}, 0)
        offered = reports(self.titles(say), counts, ranked, DEEP, say) if self.several else None
        html = {"search-controls": searched.controls(wanted, counts, offered, say)}
        if wanted.q:
            html["results"] = searched.searched(wanted, found, say, several=self.several)
        return Shown(address(wanted), "search", html, found[0].report_id if found else wanted.report or shown, q=wanted.q)

    def _found(self, wanted: Wanted) -> tuple[list[PassageResult], Counts, int]:
        """The passages, what each value of a filter would leave, and how many were found over all reports."""
        engine = self.engine
        reports = engine.corpus.reports
        with self.shared.encoder:
            found = everywhere = engine.search(wanted.q, wanted.mode, DEEP, report_id=wanted.report or None).passages
            if wanted.report and self.several:
                everywhere = engine.search(wanted.q, wanted.mode, DEEP).passages
        kept, counts = narrow_passages(found, reports, wanted.chosen())
        if wanted.report and self.several:
            counts = {**counts, "report": narrow_passages(everywhere, reports, wanted.chosen())[1]["report"]}
        return kept, counts, len(everywhere)

    def _figures(self, wanted: Wanted, say: Words, shown: str | None) -> Shown:
        """The table of a report: the one asked for, else the one beside."""
        wanted = replace(wanted, report=wanted.report or shown or "")
        report = self._report(wanted.report)
        kept, counts = narrow_figures(self.engine.figures(wanted.q, report_id=report.id), wanted.chosen())
        told = wanted if self.several else replace(wanted, report="")
        controls = [*searched.selects(TABLE, counts, wanted.chosen(), say), compared.files(told, ("csv", "xlsx", "json"), say)]
        html = {"table-controls": join(controls), "figures": tabled.shown(told, kept, self._findings(report), report, say)}
        return Shown(address(told), "figures", html, report.id, q=wanted.q)

    def _compare(self, wanted: Wanted, say: Words, shown: str | None, origin: str) -> Shown:
        """Indicators over reports; without one what most reports give."""
        offers, corpus = self.engine.offers()[:OFFERED], self.corpus
        chosen = compared.asked_for(wanted, offers)
        wanted = compared.named(wanted, chosen)
        html = {"compare-controls": compared.controls(wanted, chosen, offers, corpus.reports, say)}
        try:
            table, found = self.compare(wanted, say, origin)
            html["compared"] = compared.shown(wanted, found, chosen, offers, as_tsv(table), say)
        except WenbaoError as error:
            html["compared"] = asked.trouble(told(str(error), say), wanted)
        return Shown(address(wanted), "compare", html, shown, q=wanted.q)

    def compare(self, wanted: Wanted, say: Words, site: str) -> tuple[Table, list[AnswerRow]]:
        """Indicators over the reports of the places that are wanted, as a table and as they are shown. Raises WenbaoError."""
        reports = self.corpus.reports
        ids = of_places(reports, wanted.place.split("、") if wanted.place else [])
        measures = compared.asked_for(wanted, self.engine.offers())
        rows = [row for name, kind in measures for row in self.engine.side_by_side(name, kind=kind or None, report_ids=ids)]
        found = compared.cells(rows, reports, wanted.year, say)
        return compared.as_table(rows, found, link_to(site), say), found

    def _library(self, wanted: Wanted, say: Words, shown: str | None) -> Shown:
        html = {"library": library.shown(wanted, self.corpus.reports, self.engine.index.manifest.skipped, say)}
        return Shown(address(wanted), "library", html, shown, q=wanted.q)

    def file(self, ending: str, wanted: Wanted, say: Words, site: str, visitor: str | None = None) -> str | bytes:
        """What a view shows as a file: an answer, the figure table, reports side by side. Raises WenbaoError."""
        at = self.of(visitor, wanted.report)
        say = at.telling(say)
        if wanted.view == "figures":
            return at._table(ending, wanted, say, site)
        if wanted.view == "compare":
            return FORMATS[ending](at.compare(wanted, say, site)[0])
        return FILES[ending](at.ask(wanted), site, say)

    def _table(self, ending: str, wanted: Wanted, say: Words, site: str) -> str | bytes:
        report = self._report(wanted.report or self.first())
        kept, _ = narrow_figures(self.engine.figures(wanted.q, report_id=report.id), wanted.chosen())
        link = f"{site}/?{address(Wanted('report', report=report.id if self.several else ''))}"
        table = tabled.as_table(levels(kept), self._report, say, lambda figure: f"{link}#p-{figure.paragraph}")
        return FORMATS[ending](table)

    def read(self, report_id: str | None, say: Words, visitor: str | None = None) -> dict[str, str]:
        """The full report, and the questions to begin with about it. Raises NotFound."""
        at = self.of(visitor, report_id)
        report = at._report(report_id)
        key = ("report", report.id, say.language)
        text = full(report, say) if is_own(report.id) else self.shared.rendered.get(self.generation, key, lambda: full(report, say))
        return {"report": report.id, "html": text, "try": buttons(at.corpus, report.id, say)}

    def first(self) -> str | None:
        """The id of the report that is shown first."""
        return next((report.id for report in self.corpus.reports), None)

    def titles(self, say: Words) -> list[tuple[str, str]]:
        """The reports that may be read, title and id, the visitor's own last."""
        return [(whose(report.title, report.id, say), report.id) for report in self.corpus.reports]

    def _has(self, report_id: str | None) -> bool:
        return any(report.id == report_id for report in self.corpus.reports)

    def _report(self, report_id: str | None) -> Report:
        """Raises NotFound."""
        reports = self.corpus.reports
        return reports[report_by_id(reports, report_id or "")]

    def _findings(self, report: Report) -> tuple[Finding, ...]:
        """What `check` found in a report."""
        if is_own(report.id):
            return check(report)
        return self.shared.rendered.get(self.generation, ("findings", report.id), lambda: check(report))


def _tagged(result: AskResult, say: Words) -> AskResult:
    """Of rows from several reports those of the reader's own are called that."""
    rows = result.answer.rows
    if len({row.report_id for row in rows}) < 2:
        return result
    named = tuple(replace(row, label=whose(row.label, row.report_id, say)) for row in rows)
    return replace(result, answer=replace(result.answer, rows=named))


def _quoted_report(result: AskResult) -> str | None:
    found = [citation.report_id for citation in result.answer.citations]
    found += [passage.report_id for passage in result.passages]
    return found[0] if found else None
