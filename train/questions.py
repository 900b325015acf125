"""Labelled questions of train/data, with what a reader is to learn of each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Span
from index.text import normal

DATA = Path(__file__).with_name("data")
LIBRARY = "multi_"  # files of questions over several reports: for "Questions over reports"
STEMS = {"shenyang_2007": "000_4c71d26e9961c37b"}
PERCENT = ("%", "％", "‰", "倍", "百分点", "个点", "percent")
OTHER = "none"  # what no operation is


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its plan; `row` is all that stands in the file."""

    text: str  # in normal form, as its spans are
    form: str
    doc: str  # the stem of the report's file
    cells: tuple[tuple[tuple[Span, ...], str, str], ...]  # words, period and status of each
    subject: tuple[Span, ...]  # of a condition
    row: dict[str, Any]

    @property
    def figures(self) -> list[str]:
        return list(self.row.get("figures") or [])

    @property
    def percent(self) -> bool | None:
        """Whether percentages are asked for; None where that is not known, or some are and some not."""
        written = [any(unit in figure for unit in PERCENT) for figure in self.figures]
        kinds = {cell.get("kind") for cell in self.row["plan"].get("cells") or () if cell.get("kind")}
        written += [kind in ("growth", "share", "rate", "points") for kind in kinds]
        return written[0] if written and len(set(written)) == 1 else None


def read_questions(folder: Path = DATA) -> list[Labelled]:
    """All questions on one report, in the order of files and lines."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        if file.name.startswith(LIBRARY):
            continue
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                found.append(_labelled(json.loads(line)))
    return found


def _labelled(row: dict[str, Any]) -> Labelled:
    plan = row["plan"]
    cells = tuple((_spans(cell["subject"]), cell.get("period") or "", cell.get("status") or "") for cell in plan.get("cells") or ())
    subject = _spans((plan.get("condition") or {}).get("subject") or ())
    doc = str(row["doc"]).removeprefix("gb18030_")
    return Labelled(normal(row["question"]), _form(row), STEMS.get(doc, doc), cells, subject, row)


def _form(row: dict[str, Any]) -> str:
    """What the report does not say is asked for as anything else: its plan tells."""
    if row["form"] != "none":
        return str(row["form"])
    by_operator = {"compare": "compare", "compute": "arithmetic", "order": "superlative", "count": "mention"}
    form = by_operator.get(row["plan"]["operator"])
    return form or ("value" if row["plan"]["source"] == "cells" else "statement")


def _spans(pairs: Any) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
