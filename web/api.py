"""The named endpoints of the app: contract.md's objects as JSON; a failure is an error with one line of words."""

import inspect
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from functools import cache, reduce
from operator import or_
from typing import Any, Union, get_args, get_origin, get_type_hints

import gradio as gr
from typing_extensions import TypedDict  # pydantic, of which the tools' schemas are, takes no other before Python 3.12

from index.errors import UsageError, WenbaoError
from search.held import ParagraphResult, ReportResult
from search.library.filters import check_count
from search.library.outlined import OutlineResult
from search.live import EngineSource
from search.over.kept import KeptResult
from search.results import AskResult, FigureResult, Record, Row, SearchResult

Json = dict[str, Any]
MOST = 100  # passages a call may ask for, and reports it may have outlined at once
PARAMETERS = {
    "question": "a question in Chinese, at most 2,000 characters: 2006年沈阳市地区生产总值是多少？",
    "query": "words or a sentence to find passages for: 地铁",
    "previous": "the question before, where this one leans on it (今年呢？): its `understood`, if that was one too",
    "report_id": "only this report, by its id: 000_4c71d26e9961c37b",
    "report_ids": "only these reports, by their ids",
    "section": "only under headings that contain this text: 政府工作安排",
    "year": "only what is of this year: 2006",
    "status": "only what was reached (actual) or planned (target)",
    "k": "how many passages, 1 to 100",
    "mode": "how to rank: hybrid, keyword or semantic",
    "words": "words of the indicator, as the report writes it: 外资",
    "unit": "only figures in this unit: 元, 亿元, %",
    "kind": "only this kind: amount, count, growth, share, rate, points, multiple, rank, duration or date",
    "minimum": "least value, in base units: 3040000000 for 30.4亿美元",
    "maximum": "greatest value, in base units",
    "place": "only reports of this place: 沈阳市",
    "paragraph": "the number of a paragraph, from 1, as in a citation",
    "limit": "how many to return; over MCP 100 unless told, and 500 at most",
    "offset": "how many to leave out before them",
}
RETURNS = {
    "ask": "the answer, then the passages, best first; every quote is the report's text from start to end",
    "search": "the passages, best first; marks count from the start of a passage's text",
    "figures": "the figures in text order; value is in the base unit",
    "side_by_side": "a row for each report; null where it gives no such figure, or not surely",
    "paragraph": "the paragraph and where it stands",
    "reports": "the reports in the index's order; year is the one that a report plans for",
    "kept": "the targets by place and year, each with what became of it: met, over, missed, distance or not_told",
    "outline": "what was read of each report, in the index's order; unread is what was not, and why",
}


def endpoints(source: EngineSource) -> dict[str, Callable[..., Any]]:
    """Endpoint name → function. Types, defaults and docstrings become the schema at /gradio_api/info."""

    def ask(
        question: str,
        report_id: str | None = None,
        year: str | None = None,
        status: str | None = None,
        section: str | None = None,
        k: int = 10,
        previous: str | None = None,
    ) -> Json:
        """The answer to a question, with its figures, citations and the k best passages; `previous` is the question before."""
        with _in_words():
            _check(k)
            filters: dict[str, Any] = {"report_id": report_id, "year": year, "status": status, "section": section}
            return source.current().ask(question, k, previous=previous, everything=False, **filters).to_dict()

    def search(
        query: str,
        mode: str = "hybrid",
        report_id: str | None = None,
        year: str | None = None,
        status: str | None = None,
        section: str | None = None,
        k: int = 10,
    ) -> Json:
        """The k best passages for a query; the modes are those of the command line."""
        with _in_words():
            _check(k)
            filters = {"report_id": report_id, "year": year, "status": status, "section": section}
            return source.current().search(query, mode, k, **filters).to_dict()

    def paragraph(report_id: str, paragraph: int) -> Json:
        """One paragraph of a report, by its number, with its headings and offsets."""
        with _in_words():
            return source.current().paragraph(report_id, paragraph).to_dict()

    return {
        "ask": returning(ask, AskResult),
        "search": returning(search, SearchResult),
        "figures": returning(_figures(source), list[FigureResult]),
        "side_by_side": returning(_side_by_side(source), list[Row]),
        "paragraph": returning(paragraph, ParagraphResult),
        "reports": returning(_reports(source), list[ReportResult]),
        "kept": returning(_kept(source), list[KeptResult]),
        "outline": returning(_outline(source), list[OutlineResult]),
    }


def _figures(source: EngineSource) -> Callable[..., list[Json]]:
    def figures(
        words: str = "",
        unit: str | None = None,
        kind: str | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        report_id: str | None = None,
        section: str | None = None,
        year: str | None = None,
        status: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Json]:
        """The figures whose indicator has all the words, in text order; minimum and maximum are in base units (元, not 亿元)."""
        with _in_words():
            low, high = _decimal(minimum), _decimal(maximum)
            place = {"report_id": report_id, "section": section, "year": year, "status": status}
            found = source.current().figures(words, unit=unit, kind=kind, minimum=low, maximum=high, **place)
            return _page(found, limit, offset)

    return figures


def _side_by_side(source: EngineSource) -> Callable[..., list[Json]]:
    def side_by_side(
        words: str, kind: str | None = None, report_ids: list[str] | None = None, place: str | None = None, year: str | None = None
    ) -> list[Json]:
        """One indicator over reports, a row each: reached, planned, planned by the one before; `year` is of the report."""
        with _in_words():
            engine = source.current()
            rows = engine.side_by_side(words, kind=kind, report_ids=report_ids, place=place, year=year)
            return [row.to_dict() for row in rows]

    return side_by_side


def _reports(source: EngineSource) -> Callable[..., list[Json]]:
    def reports(place: str | None = None, year: str | None = None, limit: int | None = None, offset: int = 0) -> list[Json]:
        """The reports there are, each with its id, title, place, year, date and how much it holds; `year` is the one it plans for."""
        with _in_words():
            return _page(source.current().reports(place, year), limit, offset)

    return reports


def _kept(source: EngineSource) -> Callable[..., list[Json]]:
    def kept(place: str | None = None, limit: int | None = None, offset: int = 0) -> list[Json]:
        """Each target of the reports (of a place) beside what the report of the next year says of it, with both sentences."""
        with _in_words():
            return _page(source.current().kept(place), limit, offset)

    return kept


def _outline(source: EngineSource) -> Callable[..., list[Json]]:
    def outline(report_id: str | None = None) -> list[Json]:
        """What was read of a report, or of each of at most 100: headings, paragraphs, terms, tables; and what was left out."""
        with _in_words():
            engine = source.current()
            if report_id is None and (held := len(engine.corpus.reports)) > MOST:
                raise UsageError(f"索引里有 {held} 份报告，一次最多 {MOST} 份；请用 report_id 指定一份")
            return [one.to_dict() for one in engine.outline(report_id)]

    return outline


def _page(found: Sequence[Record], limit: int | None, offset: int) -> list[Json]:
    """Those from `offset` on, `limit` of them, or all. Raises UsageError."""
    for name, number, least in (("limit", 1 if limit is None else limit, 1), ("offset", offset, 0)):
        if type(number) is not int or number < least:
            raise UsageError(f"{name} 应为不小于 {least} 的整数")
    return [one.to_dict() for one in found[offset:][:limit]]


def _decimal(bound: float | str | None) -> Decimal | None:
    """A bound as it was written: 0.1 is no binary fraction. Raises UsageError."""
    if bound is None:
        return None
    try:
        return Decimal(str(bound))
    except InvalidOperation:
        raise UsageError(f"{bound} 不是数字") from None


def _check(k: int) -> None:
    check_count(k)
    if k > MOST:
        raise UsageError(f"k 应为 1 到 {MOST} 的整数")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except WenbaoError as error:
        raise gr.Error(str(error), print_exception=False) from None


Endpoint = Callable[..., Any]


@cache
def as_json(hint: Any) -> Any:
    """A type as JSON has it: a record as a TypedDict, a tuple as a list, a Decimal as the string it is written as."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return reduce(or_, map(as_json, inner))
    if origin in (tuple, list):
        return types.GenericAlias(list, (as_json(inner[0]),))
    if inspect.isclass(hint) and issubclass(hint, Record):
        hints = get_type_hints(hint)
        held = {field.name: as_json(hints[field.name]) for field in fields(hint)}  # type: ignore[arg-type]
        return TypedDict(hint.__name__.removesuffix("Result"), held)  # type: ignore[operator]
    return str if hint is Decimal else hint


def returning(function: Endpoint, hint: Any) -> Endpoint:
    """The function with the type of the JSON that it returns: Gradio reads the annotation itself, not the name of a type."""
    function.__annotations__["return"] = as_json(hint)
    return function


def describe(app: gr.Blocks, parameters: dict[str, str], returns: dict[str, str]) -> None:
    """What each parameter is, by its name, and what each endpoint returns, by its own: Gradio takes types from a function, and no words."""
    for endpoint in app.fns.values():
        if endpoint.api_name not in returns or endpoint.fn is None:
            continue
        for name, part in zip(inspect.signature(endpoint.fn).parameters, endpoint.inputs, strict=True):
            part.api_info()["additional_description"] = parameters[name]
        for part in endpoint.outputs:
            part.api_info()["description"] = returns[endpoint.api_name]
