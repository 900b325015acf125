"""Labelled questions of train/data, with what a reader is to learn of each."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Report, Span
from index.text import normal

DATA = Path(__file__).with_name("data")
TESTS = Path(__file__).parents[1] / "tests" / "data"
NUMBERS = ("figure", "year", "noisy", "none")  # kinds of exam questions
OVER = ("multi_", "over_", "said_")  # files of questions over several reports, which train/intent.py reads
STEMS = {"shenyang_2007": "000_4c71d26e9961c37b"}
PERCENT = ("%", "％", "‰", "倍", "百分点", "个点", "percent")


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
        if file.name.startswith(OVER):
            continue
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                found.append(_labelled(json.loads(line)))
    return found


def manifest_of() -> dict[str, Any]:
    """What tests/data holds, and which documents are set aside."""
    return tomllib.loads((TESTS / "manifest.toml").read_text(encoding="utf-8"))


def read_exam(reports: Mapping[str, Report]) -> list[Labelled]:
    """The questions for one number of tests/data that the manifest lets models learn from, on reports that are given by their ids."""
    manifest = manifest_of()
    aside = {stem for key, stems in manifest["aside"].items() if key != "over_reports" for stem in stems}
    provinces = manifest["aside"]["over_reports"]
    found = []
    for one in manifest["set"]:
        if one["form"] != "exam" or one.get("library"):
            continue
        for line in (TESTS / one["file"]).read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line.strip() else {"kind": None}
            report = reports.get(str(row.get("report_id")))
            if row["kind"] not in NUMBERS or report is None or report.id in aside or any(place in report.id for place in provinces):
                continue
            found.append(_exam(row, one["name"], report))
    return found[::2]  # of all of them, half: they are put as in an exam, and few people ask so


def _exam(row: dict[str, Any], name: str, report: Report) -> Labelled:
    """A question of an exam as others are labelled: its figures, and the sentences that hold them."""
    lines, answers = row.get("lines") or [], list(row.get("answers") or [])
    spans = [Span(start, end) for start, end in row.get("spans") or []]
    near = [
        sentence
        for paragraph in report.paragraphs
        for sentence in paragraph.sentences
        if any(paragraph.line <= line <= paragraph.line_end for line in lines) or any(sentence.overlaps(span) for span in spans)
    ]
    sentences = [sentence.of(report.text) for sentence in near]
    must = [[text] for text in sentences if any(spelling in text for answer in answers for spelling in answer.split("|"))]
    refuse = row["kind"] == "none"
    full = {
        "id": f"{name}/{row['id']}", "question": row["question"], "doc": report.id, "form": "none" if refuse else "value",
        "must": must, "fine": sentences, "figures": answers, "refuse": refuse, "plan": {"source": "cells", "operator": "give"},
    }  # fmt: skip
    return Labelled(normal(row["question"]), "value", report.id, (), (), full)


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
