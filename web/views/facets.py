"""The filters of the search and figures views: which values passages and figures have of each, and what each would leave."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from index.records import Figure, Report
from search.results import FigureResult, PassageResult
from web.address import Wanted
from web.strings import Words

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
SEARCH = ("section", "year", "status", "unit")  # beside the check box for passages that have figures
ASK = ("report", "section", "year", "status")
TABLE = ("section", "year", "status", "unit", "kind")


def narrow_passages(found: Sequence[PassageResult], reports: Iterable[Report], wanted: Wanted) -> tuple[list[PassageResult], Counts]:
    held = _figures_of(found, reports)
    facets: dict[str, Callable[[PassageResult], Iterable[str]]] = {
        "report": lambda one: [one.report_id],
        "section": lambda one: one.section,
        "year": lambda one: _known(one.year),
        "status": lambda one: _known(one.status),
        "unit": lambda one: [figure.unit for figure in held(one) if figure.unit],
        "figures": lambda one: ["1"] if held(one) else [],
    }
    return narrow(found, facets, wanted.chosen())


def narrow_figures(found: Sequence[FigureResult], wanted: Wanted) -> tuple[list[FigureResult], Counts]:
    facets: dict[str, Callable[[FigureResult], Iterable[str]]] = {
        "section": lambda one: one.section,
        "year": lambda one: _known(one.period),
        "status": lambda one: _known(one.status),
        "unit": lambda one: _known(one.unit),
        "kind": lambda one: [one.kind],
    }
    return narrow(found, facets, wanted.chosen())


def only(wanted: Wanted, titles: Iterable[tuple[str, str]], say: Words) -> str:
    """What an answer is restricted to, in words; "" where it is not."""
    named = {report: title for title, report in titles}
    chosen = {name: value for name, value in wanted.chosen().items() if value and name in ASK}
    return " · ".join(named.get(value, value) if name == "report" else _named(name, value, say) for name, value in chosen.items())


def choices(name: str, counts: Counts, chosen: str, say: Words) -> list[tuple[str, str]]:
    """(what a reader sees, value), the first for any; the value chosen stays among them when nothing is left of it."""
    found = counts.get(name, Counter())
    values = sorted(found) if name == "year" else list(found)
    if chosen and chosen not in found:
        values.append(chosen)
    return [
        (say[f"any_{name}"], ""),
        *((say["counted"].format(value=_named(name, value, say), count=found[value]), value) for value in values),
    ]


def reports(titles: Iterable[tuple[str, str]], counts: Counts, ranked: int, most: int, say: Words) -> list[tuple[str, str]]:
    """The reports that may be searched in by themselves, those with most of the passages found in all of them first.

    Where a search ranks no more than `most`, one report by itself has further ones: so the count says of how many it is.
    """
    if not counts:
        return [(say["any_report"], ""), *titles]
    found = counts["report"]
    label = say["counted_best" if ranked == most else "counted"]
    named = [(label.format(value=title, count=found[report], most=most), report) for title, report in titles]
    return [(say["any_report"], ""), *sorted(named, key=lambda one: -found[one[1]])]


def _named(name: str, value: str, say: Words) -> str:
    if name == "year":
        return say["year"].format(year=value)
    if name == "status":
        return say[value] if value in ("actual", "target") else value
    return say.table.get(f"kind_{value}", value) if name == "kind" else value


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
