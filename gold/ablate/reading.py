"""What each part by which reports are read is worth: the records of all reports with it off, the labelled figures, reports side by side."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from gold.ablate.items import Key, Outcome, limited
from gold.ablate.parts import Part
from gold.ablate.record import Said, watched
from gold.ablate.switch import off, rebound
from gold.ablate.worth import Worth
from gold.manifest import ALL, read_manifest
from gold.reading import KEPT
from gold.results import cells, figures
from gold.shelf import SHARED, Shelf
from index.collect import read_reports
from index.errors import ReadError
from index.outline.passages import split_passages
from index.records import Passage, Report

Records = tuple[tuple[Report, tuple[Passage, ...]], ...]

TOO_LONG = 90  # seconds; all reports are read in some ten
# Beside the 56: documents as people have them. What a PDF is made of is not tried here, and its reader is a process of its own.
MORE = tuple(
    file
    for folder in (SHARED / "reports2", *sorted(KEPT.glob("*/")))
    for file in sorted(folder.glob("*"))
    if file.suffix in (".md", ".txt", ".html", ".docx", ".xlsx")
)


class _Read:
    """What a process keeps: the records of all reports as they are read with everything on, and what the gold says of them."""

    reports: Mapping[str, Records | None]
    gold: Mapping[Key, Outcome]


def open_reports() -> None:
    _Read.reports, _Read.gold = _now()


def _now() -> tuple[dict[str, Records | None], dict[Key, Outcome]]:
    shelf = Shelf()
    reports = {stem: _report(partial(_one, shelf, stem)) for stem in shelf.stems([ALL])}
    reports |= {file.name: _report(partial(_all, file)) for file in MORE}
    try:
        results = [
            one
            for gold in read_manifest().sets
            if gold.form in ("figures", "cells")
            for one in (figures(gold, shelf) if gold.form == "figures" else cells(gold, shelf))
        ]
    except TimeoutError:
        raise
    except Exception:  # whatever a part that is off breaks
        results = []
    return reports, {one.key: Outcome(one.right, None, None, one.wrong, one.said) for one in results}


def _one(shelf: Shelf, stem: str) -> list[Report | ReadError]:
    return [shelf.report(stem)]


def _all(file: Path) -> list[Report | ReadError]:
    return [*read_reports(file)]


def _report(read: Callable[[], Sequence[Report | ReadError]]) -> Records | None:
    """The reports of a file, each with its passages."""
    try:
        return tuple((one, tuple(split_passages(one, 0))) for one in read() if isinstance(one, Report))
    except TimeoutError:
        raise
    except Exception:  # whatever a part that is off breaks
        return None


def silent(parts: Sequence[Part]) -> frozenset[str]:
    """The rules and patterns that had no say in any report."""
    said: Said = defaultdict(set)
    now: list[Key] = [("", "")]
    names = {(part.where[0], part.where[1]): part for part in parts if part.kind in ("rule", "pattern")}
    with ExitStack() as stack:
        for module, name in names:
            old = getattr(importlib.import_module(module), name)
            stack.enter_context(rebound(old, name, watched(old, f"{module}.{name}", said, now)))
        stack.enter_context(off([]))
        _now()
    return frozenset(part.name for part in parts if part.kind in ("rule", "pattern") and part.name not in said)


def alone(part: Part) -> Worth:
    """`asked` are the reports, `changed` those that are read otherwise; gained and lost are gold figures and cells."""
    with off([part]), limited(TOO_LONG):
        try:
            reports, gold = _now()
        except TimeoutError:  # without its bound a search does not end
            reports, gold = dict.fromkeys(_Read.reports), {}
    pairs = [(before, gold.get(key)) for key, before in _Read.gold.items()]
    return Worth(
        part,
        len(reports),
        changed=sum(report != _Read.reports[stem] for stem, report in reports.items()),
        gained=sum(after is not None and after.right and not before.right for before, after in pairs),
        lost=sum(before.right and not (after is not None and after.right) for before, after in pairs),
        wrong=sum(after.wrong - before.wrong for before, after in pairs if after is not None),
    )


def together(some: Sequence[Part]) -> bool:
    """Whether all of these off leave every report as it is read."""
    with off(some), limited(TOO_LONG):
        return _now()[0] == _Read.reports
