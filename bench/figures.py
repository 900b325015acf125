"""`python -m bench figures`: every field of the figure records against what was labelled by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench.gold import Scores, read_rows, read_scope, right, score_lines, score_spans, table
from index import paths
from index.build import read_reports
from index.records import Report

SHARED = paths.PROJECT.parent / "shared"
SEED = "seeds/000_4c71d26e9961c37b.txt"


def development() -> dict[str, Scores]:
    """The sets that the rules were made on."""
    scope, others = read_scope("gold_figures_scope.json"), read_rows("gold_figures_others.jsonl")
    shenyang = _report(paths.PROJECT / SEED)
    scores = {"Shenyang 2007": score_lines(shenyang, read_rows("gold_figures_shenyang.jsonl"), scope[SEED]["lines"])}
    return scores | _others(others, scope)


def heldout() -> dict[str, Scores]:
    return _others(read_rows("gold_figures_heldout.jsonl"), read_scope("gold_figures_heldout_scope.json"))


def given() -> str:
    """The 24 records given with the task: which of them have a field wrong."""
    figures = _report(paths.PROJECT / SEED)
    rows = read_rows("figures.jsonl")
    wrong = [row for row in rows if not _as_given(figures, row)]
    return "\n".join([f"given records with a field wrong: {len(wrong)} of {len(rows)}", *map(json.dumps, wrong)])


def _as_given(report: Report, row: dict[str, Any]) -> bool:
    found = [f for f in report.figures if report.paragraph(f.paragraph).line == row["line"] and f.text == row["text"]]
    return len(found) == 1 and all(right(field, row, found[0]) for field in row if field not in ("line", "text"))


def _others(rows: list[dict[str, Any]], scope: dict[str, dict[str, list[Any]]]) -> dict[str, Scores]:
    names = [name for name in scope if name != SEED and (SHARED / "reports" / name).is_file()]
    return {
        Path(name).stem.replace("province_", ""): score_spans(
            _report(SHARED / "reports" / name), [row for row in rows if row["file"] == name], scope[name]
        )
        for name in names
    }


def _report(path: Path) -> Report:
    return read_reports([path])[0]


def main(arguments: list[str]) -> None:
    print(given())
    for title, scores in (("development sets", development()), ("held-out set", heldout())):
        if not scores:
            continue
        total = sum(scores.values(), Scores(0, 0, 0, 0, dict.fromkeys(next(iter(scores.values())).right, 0), ()))
        print(f"\n{title}\n{table(scores | {'all': total})}")
        if "--misses" in arguments:
            print("\n".join(f"{name}\n" + "\n".join(s.wrong) for name, s in scores.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
