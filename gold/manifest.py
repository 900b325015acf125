"""tests/data/manifest.toml: what each set of gold is, on which reports, and in which library its questions are asked."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
ALL, OTHERS = "*", "reports/*"  # the seed and all of ../shared/reports; these without it, as any folder is named

Form = Literal["exam", "whole", "library", "places", "targets", "figures", "cells"]
ASKED: tuple[Form, ...] = ("exam", "whole", "library", "places")  # whose items are questions
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One set as the manifest describes it. Without a `library` each question is put to its report alone."""

    name: str
    file: str
    form: Form
    reports: tuple[str, ...]
    written: str
    blind: bool
    first: str
    use: Literal["development", "training", "judge"]
    library: str | None = None
    scope: str | None = None  # of figures: which stretches are labelled
    fitted: tuple[str, ...] = ()
    by_name: bool = False  # run only where it is named: its level is not stored, as it needs an hour of embedding more than all others
    map: Mapping[str, str] = field(default_factory=dict)  # the stem a question names → the report's id

    def rows(self) -> list[Row]:
        """Its questions, figures or cells."""
        return read_rows(DATA / self.file)


@dataclass(frozen=True, slots=True)
class Manifest:
    sets: tuple[GoldSet, ...]
    libraries: Mapping[str, tuple[str, ...]]
    ci: frozenset[str]  # the reports of the part that CI runs


def read_manifest() -> Manifest:
    """The manifest of tests/data."""
    table = tomllib.loads((DATA / "manifest.toml").read_text(encoding="utf-8"))
    sets = tuple(GoldSet(**{key: _frozen(value) for key, value in entry.items()}) for entry in table["set"])
    return Manifest(sets, {name: tuple(stems) for name, stems in table["library"].items()}, frozenset(table["ci"]))


def report_of(one: GoldSet, row: Row) -> str:
    """The stem of the one report that a question is put to."""
    stem = str(row.get("report_id") or row["doc"])
    return one.map.get(stem, stem)


def stems_of(manifest: Manifest, one: GoldSet, row: Row) -> tuple[str, ...]:
    """The reports that a question is put to together: those of its set's library, or its own alone."""
    return manifest.libraries[one.library] if one.library else (report_of(one, row),)


def read_rows(path: Path) -> list[Row]:
    """JSON Lines; U+2028 ends no line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
