"""Which values passages and figures have of each filter, what is left of them, and what each value would leave."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from index.records import Figure, Report
from search.results import FigureResult, PassageResult

T = TypeVar("T")
Facets = Mapping[str, Callable[[T], Iterable[str]]]  # the name of a filter → the values an item has of it
Chosen = Mapping[str, str]  # the name of a filter → the value chosen; "" is any


def narrow(items: Sequence[T], facets: Facets[T], chosen: Chosen) -> tuple[list[T], dict[str, Counter[str]]]:
    """The items that have every chosen value, in their order, and for each filter its values with their counts."""
    values = [{name: frozenset(of(item)) for name, of in facets.items()} for item in items]
    missed = [[name for name in facets if chosen.get(name) and chosen[name] not in has[name]] for has in values]
    kept = [item for item, missing in zip(items, missed, strict=True) if not missing]
    counts: dict[str, Counter[str]] = {name: Counter() for name in facets}
    for has, missing in zip(values, missed, strict=True):
        for name in facets:
            if all(other == name for other in missing):
                counts[name].update(has[name])
    return kept, counts


Counts = Mapping[str, Counter[str]]


def narrow_passages(found: Sequence[PassageResult], reports: Iterable[Report], chosen: Chosen) -> tuple[list[PassageResult], Counts]:
    held = _figures_of(found, reports)
    facets: dict[str, Callable[[PassageResult], Iterable[str]]] = {
        "report": lambda one: [one.report_id],
        "section": lambda one: one.section,
        "year": lambda one: _known(one.year),
        "status": lambda one: _known(one.status),
        "unit": lambda one: [figure.unit for figure in held(one) if figure.unit],
        "figures": lambda one: ["1"] if held(one) else [],
    }
    return narrow(found, facets, chosen)


def narrow_figures(found: Sequence[FigureResult], chosen: Chosen) -> tuple[list[FigureResult], Counts]:
    facets: dict[str, Callable[[FigureResult], Iterable[str]]] = {
        "section": lambda one: one.section,
        "year": lambda one: _known(one.period),
        "status": lambda one: _known(one.status),
        "unit": lambda one: _known(one.unit),
        "kind": lambda one: [one.kind],
    }
    return narrow(found, facets, chosen)


def _known(value: str | None) -> list[str]:
    return [value] if value else []


def _figures_of(found: Sequence[PassageResult], reports: Iterable[Report]) -> Callable[[PassageResult], list[Figure]]:
    """Passage → the figures that stand in it."""
    needed = {passage.report_id for passage in found}
    figures = {report.id: report.figures for report in reports if report.id in needed}

    def held(passage: PassageResult) -> list[Figure]:
        inside = range(passage.start, passage.end)
        return [figure for figure in figures[passage.report_id] if figure.span.start in inside]

    return held
