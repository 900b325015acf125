"""Filters with their counts: what each value of a filter would leave of what the other filters let through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

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
