"""Every field of the figure records against what was labelled by hand, numerals against another recogniser's cases, and the time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from bench.home import Home
from bench.numerals import tally_cases
from bench.table import Row
from gold.figures import Scores, right, score, stretches, table
from gold.manifest import DATA, read_manifest, read_rows
from gold.manifest import Row as Gold
from gold.shelf import Shelf
from index import paths
from index.collect import collect
from index.figures.extract import extract
from index.records import Report

TITLE = "figures against what was labelled by hand (tests/data/figures/CONVENTIONS.md)"
SHARED = paths.PROJECT.parent / "shared"
SEED = "seeds/000_4c71d26e9961c37b.txt"
CASES = SHARED / "eval/external/recognizers_text/Number/Chinese"
WHOLE, FOUND, NUMERALS, SECONDS, CHARACTERS = 0.93, 0.98, 0.9, 1.0, 20_000


def measure(home: Home | None = None) -> Iterator[Row | str]:
    """The given records, each labelled set, the numerals, and seconds for 20,000 characters."""
    yield from _given()
    for title, scores in labelled_sets():
        total = sum(scores.values(), Scores.none())
        yield f"\n{table(scores | {'all': total})}"
        yield Row(f"{title}: recall", total.recall, least=FOUND)
        yield Row(f"{title}: precision", total.precision, least=FOUND)
        yield Row(f"{title}: all fields right", total.all_right, least=WHOLE)
    for model in ("NumberModel", "PercentModel"):
        if (CASES / f"{model}.json").is_file():
            tally = tally_cases(CASES / f"{model}.json")
            yield tally.table(model)
            yield Row(f"{model}: right of those left", tally.share, least=NUMERALS)
    yield from _seconds()


def misses() -> Iterator[str]:
    """What is wrong in each set that may be read, a line a field."""
    for _, sets in labelled_sets(read=True):
        for name, scores in sets.items():
            yield "\n".join([name, *scores.wrong])


def labelled_sets(*, read: bool = False) -> Iterator[tuple[str, dict[str, Scores]]]:
    """Each set of labelled figures, by report; `read` leaves out what is kept to judge."""
    shelf = Shelf()
    for one in read_manifest().sets:
        if one.form == "figures" and not (read and one.use == "judge"):
            yield one.name, {stem: score(shelf.report(stem), *labels) for stem, labels in stretches(one).items()}


def _given() -> Iterator[Row | str]:
    """The 24 records given with the task: how many of them have a field wrong."""
    report, rows = _report(paths.PROJECT / SEED), read_rows(DATA / "figures" / "shenyang_given.jsonl")
    wrong = [row for row in rows if not _as_given(report, row)]
    yield Row(f"given records with a field wrong, of {len(rows)}", len(wrong), most=1)
    yield from (f"    wrong: {row['text']}" for row in wrong)


def _as_given(report: Report, row: Gold) -> bool:
    found = [f for f in report.figures if report.paragraph(f.paragraph).line == row["line"] and f.text == row["text"]]
    return len(found) == 1 and all(right(field, row, found[0]) for field in row if field not in ("line", "text"))


def _seconds() -> Iterator[Row | str]:
    """Seconds to extract the figures of a report, as for 20,000 characters; the slowest of all."""
    files = sorted((SHARED / "reports").rglob("*.txt")) or [paths.PROJECT / SEED]
    slowest = 0.0
    for report in collect(files).reports:  # reading them has loaded jieba's dictionary
        start = time.perf_counter()
        extract(report)
        slowest = max(slowest, (time.perf_counter() - start) * CHARACTERS / len(report.text))
    yield Row(f"figures of {CHARACTERS:,} characters, slowest of {len(files)} reports", slowest, "s", most=SECONDS)


def _report(path: Path) -> Report:
    return collect([path]).reports[0]


if __name__ == "__main__":
    print(*misses(), sep="\n")
