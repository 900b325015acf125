"""Questions → metrics, as contract.md defines them, and the tables of them. A question without a result counts 0; none vanishes."""

import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import fmean
from typing import Any

from index.errors import UsageError
from index.records import Report
from search.engine import Engine
from search.export import Table
from search.results import AskResult, Citation

LONGEST_ANSWER = 200  # characters
NUMBERS_BEYOND = 5
DEPTH = 10
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what is right."""

    id: str
    kind: str
    question: str
    report_id: str | None
    lines: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    answers: tuple[str, ...]
    gold_report: str | None = None  # where the question itself has to find its report


@dataclass(frozen=True, slots=True)
class Score:
    """One question scored; a metric that does not apply to it is absent from `values`."""

    gold: Gold
    result: AskResult
    values: dict[str, float]


def read_gold(path: Path) -> list[Gold]:
    """The questions of a JSON Lines file. Raises UsageError naming the line that is none."""
    found = []
    for number, row in read_lines(path):
        try:
            found.append(gold_of(row))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}：第 {number} 行不是一个问题（{type(error).__name__}: {error}）") from None
    return found


def read_lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file with the numbers of their lines. Raises UsageError naming the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # U+2028 ends no line of JSON
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}：无法读取（{getattr(error, 'strerror', None) or '不是 UTF-8'}）") from None
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise UsageError(f"{path}：第 {number} 行不是一个问题（{type(error).__name__}: {error}）") from None
        if row is not None and not isinstance(row, dict):
            raise UsageError(f"{path}：第 {number} 行不是一个问题（TypeError: 不是 JSON 对象）")
        if row is not None:
            found.append((number, row))
    return found


def gold_of(row: Mapping[str, Any]) -> Gold:
    """A question of a row. Raises KeyError, TypeError."""
    return Gold(
        id=str(row["id"]),
        kind=str(row["kind"]),
        question=str(row["question"]),
        report_id=row.get("report_id"),
        lines=tuple(row.get("lines", ())),
        spans=tuple((start, end) for start, end in row.get("spans", ())),
        answers=tuple(row.get("answers", ())),
        gold_report=row.get("gold_report"),
    )


def evaluate(engine: Engine, questions: Iterable[Gold]) -> list[Score]:
    """Each question asked and scored. Raises NotFound for a report that is not in the index."""
    texts = {report.id: report for report in engine.corpus.reports}
    return [_score(gold, engine.ask(gold.question, DEPTH, report_id=gold.report_id), texts) for gold in questions]


def _score(gold: Gold, result: AskResult, reports: dict[str, Report]) -> Score:
    values: dict[str, float] = {}
    answer = result.answer
    if gold.gold_report is not None:
        values["report"] = float(_first_report(result) == gold.gold_report)
    if gold.kind == "none":
        values["refused"] = float(not answer.stated)
    else:
        rank = next((p.rank for p in result.passages if _covers(gold, p.report_id, p.line, p.line_end, p.start, p.end)), 0)
        values |= {"R@1": float(rank == 1), "R@5": float(0 < rank <= 5), "MRR@10": 1 / rank if rank else 0.0}
        values["answered"] = float(answer.stated)
        if answer.stated:
            values["cite"] = float(_cited(gold, answer.citations) and _quoted(answer.citations, reports))
    if answer.stated:
        values["quote"] = float(_quoted(answer.citations, reports))
    if gold.answers:
        said = [answer.text, *(item.text for item in answer.items)]
        values["answer"] = float(answer.stated and is_right(gold.kind, gold.answers, said))
    return Score(gold, result, values)


def _first_report(result: AskResult) -> str | None:
    """The report that is quoted first, or where nothing is stated the first passage's."""
    found = [quote.report_id for quote in result.answer.citations] + [hit.report_id for hit in result.passages]
    return found[0] if found else None


def _covers(gold: Gold, report_id: str, line: int, line_end: int, start: int, end: int) -> bool:
    if report_id != (gold.report_id or gold.gold_report or report_id):
        return False
    if gold.spans:
        return any(start < high and low < end for low, high in gold.spans)
    return any(line <= wanted <= line_end for wanted in gold.lines)


def _cited(gold: Gold, citations: tuple[Citation, ...]) -> bool:
    """A citation covers a gold line; for a comparison, every gold line is covered."""
    wanted = [gold]
    if gold.kind == "compare":
        wanted = [replace(gold, spans=(span,), lines=()) for span in gold.spans]
        wanted = wanted or [replace(gold, lines=(line,)) for line in gold.lines]
    return all(any(_covers(part, c.report_id, c.line, c.line_end, c.start, c.end) for c in citations) for part in wanted)


def _quoted(citations: tuple[Citation, ...], reports: dict[str, Report]) -> bool:
    return bool(citations) and all(reports[c.report_id].text[c.start : c.end] == c.quote for c in citations)


def folded(text: str) -> str:
    """NFKC without white space: the form in which answers are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_right(kind: str, answers: tuple[str, ...], said: list[str]) -> bool:
    """Whether a stated answer says every expected string, briefly, and for a figure says it first."""
    text, all_said = folded(said[0]), [folded(part) for part in said]
    options = [[folded(option) for option in answer.split("|")] for answer in answers]
    if not all(any(_stands_in(option, part) for option in choice for part in all_said) for choice in options):
        return False
    expected = {number for choice in options for option in choice for number in NUMBER.findall(option)}
    numbers = NUMBER.findall(text)
    if len(said[0]) > LONGEST_ANSWER or sum(number not in expected for number in numbers) > NUMBERS_BEYOND:
        return False
    if kind in ("figure", "year") and expected:
        first = next((m for m in NUMBER.finditer(text) if not YEAR.fullmatch(m[0]) or m[0] in expected), None)
        if first is not None and any(_same(first[0], number) for number in expected):
            return True
        return _in_words_first(options, text[: first.start()] if first else text)
    return True


def _in_words_first(options: list[list[str]], before: str) -> bool:
    """Whether an expected number written in Chinese numerals (百分之三十三) stands before any other number."""
    written = [option for choice in options for option in choice if not NUMBER.search(option)]
    return any(_stands_in(option, before) for option in written)


def _stands_in(expected: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(expected)}", text) is not None


def _same(one: str, other: str) -> bool:
    return Decimal(one.replace(",", "")) == Decimal(other.replace(",", ""))


METRICS = ("report", "R@1", "R@5", "MRR@10", "answer", "cite", "quote", "refused", "answered")


def table(scores: list[Score]) -> str:
    """The metrics of all questions and of each kind, one row each; – where a metric does not apply."""
    rows = [f"{'kind':<10}{'n':>5}" + "".join(f"{name:>10}" for name in METRICS)]
    for name, count, *means in _rows(scores):
        rows.append(f"{name:<10}{count:>5}" + "".join(f"{mean:>10}" for mean in map(shown, means)))
    return "\n".join(rows)


def as_table(scores: list[Score]) -> Table:
    rows, head = _rows(scores), ("kind", "n", *METRICS)
    lines = [[name, count, *map(shown, means)] for name, count, *means in rows]
    return Table(as_json(scores), head, rows, head, lines, listing=table(scores))


def _rows(scores: list[Score]) -> list[list[Any]]:
    """All and each kind: the name, how many, the means in the order of METRICS."""
    kinds = dict.fromkeys(score.gold.kind for score in scores)
    groups = {"all": scores, **{kind: [score for score in scores if score.gold.kind == kind] for kind in kinds}}
    return [[name, len(group), *map(means_of(group).get, METRICS)] for name, group in groups.items()]


def shown(mean: float | None) -> str:
    """A mean as a table has it; – where it does not apply."""
    return "–" if mean is None else f"{mean:.3f}"


def means_of(scores: list[Score]) -> dict[str, float]:
    found = {name: [score.values[name] for score in scores if name in score.values] for name in METRICS}
    return {name: fmean(values) for name, values in found.items() if values}


def as_json(scores: list[Score]) -> dict[str, Any]:
    """The means of all questions and of each kind, and each question's own metrics."""
    kinds = dict.fromkeys(score.gold.kind for score in scores)
    return {
        "all": means_of(scores),
        "kinds": {kind: means_of([score for score in scores if score.gold.kind == kind]) for kind in kinds},
        "questions": [{"id": score.gold.id, "kind": score.gold.kind, **score.values} for score in scores],
    }


def misses(scores: list[Score]) -> str:
    """A line for each question with a metric below 1 that decides: what was said, and what is right."""
    lines = []
    for score in scores:
        wrong = [name for name, value in score.values.items() if value < 1 and name != "MRR@10"]
        if wrong:
            gold, first = score.gold, score.result.passages[:3]
            lines.append(
                f"{gold.id} {gold.kind} {','.join(wrong)}: {gold.question}\n    said {score.result.answer.text}"
                f"\n    gold {'、'.join(gold.answers) or '–'} at {list(gold.lines or gold.spans)},"
                f" found {[p.line if gold.lines else (p.start, p.end) for p in first]}"
            )
    return "\n".join(lines)


EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def is_right_as_stated(score: Score) -> bool:
    """A stated answer is right where it says what is expected, or, where nothing is, cites it; to kind `none` none is."""
    return score.values.get("answer", score.values.get("cite", 0.0)) == 1.0


def reliability(scores: Sequence[Score]) -> str:
    """A row for each bin, and the expected calibration error: the bins' gaps, weighed by how many answers they hold."""
    stated = [score for score in scores if score.result.answer.stated]
    rows = [f"{'confidence':<14}{'n':>5}{'mean':>8}{'right':>8}"]
    error = 0.0
    for low, high in itertools.pairwise(EDGES):
        held = [s for s in stated if low < s.result.answer.confidence <= high]
        if held:
            said, right = (fmean(s.result.answer.confidence for s in held), fmean(float(is_right_as_stated(s)) for s in held))
            error += abs(said - right) * len(held) / len(stated)
            rows.append(f"{low:.1f}–{high:.1f}{'':<7}{len(held):>5}{said:>8.3f}{right:>8.3f}")
    return "\n".join([*rows, f"expected calibration error {error:.3f} over {len(stated)} stated answers"])
