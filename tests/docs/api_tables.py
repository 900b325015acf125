"""docs/api.md's tables from the endpoints' and records' own types: python -m tests.docs.api_tables prints them; a test compares."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from index.errors import NotFound
from search import Engine
from search.held import ReportResult
from search.library.outlined import HeadResult, LineResult, OutlineResult, TableResult, TermResult, UnreadResult
from search.results import (
    Alternative,
    Answer,
    AnswerRow,
    AskResult,
    Citation,
    Computed,
    Condition,
    Coverage,
    FigureResult,
    Item,
    Mark,
    Order,
    PassageResult,
    PlanResult,
    Record,
    Row,
    SearchResult,
    Side,
)
from web.api import PARAMETERS, endpoints

RECORDS: tuple[type[Record], ...] = (
    AskResult,
    Answer,
    Item,
    Alternative,
    Computed,
    PlanResult,
    Condition,
    Order,
    AnswerRow,
    Coverage,
    FigureResult,
    Citation,
    SearchResult,
    PassageResult,
    Mark,
    Row,
    Side,
    ReportResult,
    OutlineResult,
    HeadResult,
    LineResult,
    TermResult,
    TableResult,
    UnreadResult,
)
NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", Decimal: "string, a decimal number", type(None): "null"}


class Nowhere:
    """A source without an engine: only the endpoints' types are read."""

    def current(self) -> Engine:
        raise NotFound("")


def said(hint: Any) -> str:
    """A type as JSON has it: string or null, array of Mark."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(said(one) for one in inner)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin in (list, tuple):
        return f"array of {said(inner[0])}"
    if origin is dict:
        return f"object of {said(inner[1])}"
    return NAMES.get(hint) or hint.__name__.removesuffix("Result")


def endpoint(function: Callable[..., Any]) -> str:
    hints = get_type_hints(function)
    rows = ["| parameter | type | |", "| --- | --- | --- |"]
    for name, parameter in inspect.signature(function).parameters.items():
        default = parameter.default
        needed = ", required" if default is parameter.empty else f", {default!r}" if default not in (None, "") else ""
        rows.append(f"| `{name}` | {said(hints[name])}{needed.replace(chr(39), '`')} | {PARAMETERS[name]} |")
    return "\n".join(rows)


def record(kind: type[Record]) -> str:
    hints = get_type_hints(kind)
    rows = [f"**{kind.__name__.removesuffix('Result')}**: "]
    rows[0] += "; ".join(f"`{field.name}` {said(hints[field.name])}" for field in fields(kind))  # type: ignore[arg-type]
    return rows[0]


def tables() -> Iterator[str]:
    for name, function in endpoints(Nowhere()).items():
        yield f"### /{name}\n\n{function.__doc__}\n\n{endpoint(function)}"
    for kind in RECORDS:
        yield record(kind)


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(tables()) + "\n")
