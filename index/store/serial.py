"""Corpus ↔ JSON Lines: a line a report, then a line a passage. Spans are pairs, values are decimal strings."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from decimal import Decimal
from functools import cache
from typing import Any

from index.records import Corpus, Figure, Paragraph, Passage, Report, Section, Span


def dump_corpus(corpus: Corpus) -> str:
    rows = [{"report": _plain(asdict(report))} for report in corpus.reports]
    rows += [{"passage": _plain(asdict(passage))} for passage in corpus.passages]
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def load_corpus(text: str) -> Corpus:
    """The inverse of dump_corpus. Raises ValueError, KeyError or TypeError on anything else."""
    reports, passages = [], []
    with _uncollected():
        for line in filter(None, text.split("\n")):
            row = json.loads(line)
            if "report" in row:
                reports.append(_report(row["report"]))
            if "passage" in row:
                passages.append(_passage(row["passage"]))
    return Corpus(tuple(reports), tuple(passages))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: none of the millions of records is in one, and looking through them takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _plain(value: Any) -> Any:
    """asdict's output with each span as [start, end] and each Decimal as a string."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end"}:
            return [value["start"], value["end"]]
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return format(value, "f") if isinstance(value, Decimal) else value


def _span(pair: Any) -> Span:
    start, end = pair
    return Span(int(start), int(end))


def _report(row: dict[str, Any]) -> Report:
    title = row["title_span"]
    return Report(
        **{
            **row,
            "title_span": None if title is None else _span(title),
            "sections": tuple(_record(Section, s, path=tuple(s["path"])) for s in row["sections"]),
            "paragraphs": tuple(_record(Paragraph, p, sentences=tuple(map(_span, p["sentences"]))) for p in row["paragraphs"]),
            "figures": tuple(_figure(f) for f in row["figures"]),
        }
    )


def _figure(row: dict[str, Any]) -> Figure:
    high = row["value_to"]
    return _record(  # type: ignore[no-any-return]
        Figure,
        row,
        value=Decimal(row["value"]),
        value_to=None if high is None else Decimal(high),
        clause=_span(row["clause"]),
        sentence=_span(row["sentence"]),
    )


def _passage(row: dict[str, Any]) -> Passage:
    return _record(Passage, row, sentences=tuple(map(_span, row["sentences"])))  # type: ignore[no-any-return]


def _record(kind: Any, row: dict[str, Any], **changed: Any) -> Any:
    return kind(**{**{key: row[key] for key in _names(kind)}, "span": _span(row["span"]), **changed})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
