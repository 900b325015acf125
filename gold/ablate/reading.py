"""What each part by which reports are read is worth: the records of all reports with it off, the labelled figures, reports side by side."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from gold.ablate.items import Key, Outcome, limited
from gold.ablate.parts import Part
from gold.ablate.record import Said, watched
from gold.ablate.switch import off, rebound
from gold.ablate.worth import Worth
from gold.manifest import ALL, read_manifest
from gold.results import cells, figures
from gold.shelf import Shelf
from index.outline.passages import split_passages
from index.records import Passage, Report

Records = tuple[Report, tuple[Passage, ...]]

TOO_LONG = 90  # seconds; all reports are read in some ten
MORE = ("changsha_2004_work_report", "2025年浙江省政府工作报告", "2025年西藏政府工作报告")  # beside the 56: from Markdown and Word


class _Read:
    """What a process keeps: the records of all reports as they are read with everything on, and what the gold says of them."""

    reports: Mapping[str, Records | None]
    gold: Mapping[Key, Outcome]


def open_reports() -> None:
    _Read.reports, _Read.gold = _now()


def _now() -> tuple[dict[str, Records | None], dict[Key, Outcome]]:
    shelf = Shelf()
    reports = {stem: _report(shelf, stem) for stem in (*shelf.stems([ALL]), *MORE)}
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


def _report(shelf: Shelf, stem: str) -> Records | None:
    """A report and its passages, which leave out what a portal puts around it."""
    try:
        report = shelf.report(stem)
        return report, tuple(split_passages(report, 0))
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
        shelf = Shelf()
        return all(_report(shelf, stem) == report for stem, report in _Read.reports.items())
