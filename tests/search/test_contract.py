"""docs/contract.md's JSON (tests/data/cases/contract.json) from the real report, and the type of every field in all real output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.paths import PROJECT
from search import Engine
from search.results import AskResult, FigureResult

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "cases" / "contract.json").read_text(encoding="utf-8"))
QUESTION = EXAMPLES["ask"]["question"]
MEASURED = ("score", "confidence", "ms")  # these vary; the example shows their type
Check = Callable[[Any], bool]

KINDS = {"amount", "count", "growth", "share", "rate", "points", "multiple", "rank", "duration", "date"}


def differences(example: Any, real: Any, where: str = "") -> list[str]:
    """Where real output lacks a field of the example, or gives it another value; "…" stands for any text."""
    key = where.rsplit(".", 1)[-1]
    if key in MEASURED:
        return [] if type(example) is type(real) else [f"{where}: {real!r}"]
    if isinstance(example, dict) and isinstance(real, dict):
        missing = [f"{where}.{name}: missing" for name in example if name not in real]
        both = [name for name in example if name in real]
        return missing + [line for name in both for line in differences(example[name], real[name], f"{where}.{name}")]
    if isinstance(example, list) and isinstance(real, list):
        if len(real) < len(example):
            return [f"{where}: {len(real)} members"]
        return [line for i, member in enumerate(example) for line in differences(member, real[i], f"{where}[{i}]")]
    if isinstance(example, str) and isinstance(real, str) and "…" in example:
        return [] if real.startswith(example.partition("…")[0]) and real else [f"{where}: {real!r}"]
    return [] if type(example) is type(real) and example == real else [f"{where}: {real!r}, not {example!r}"]


def test_ask(engine: Engine) -> None:
    example = json.loads(json.dumps(EXAMPLES["ask"])) | {"passages": [EXAMPLES["passage"]]}
    real = engine.ask(QUESTION).to_dict()
    assert differences(example, json.loads(json.dumps(real))) == []
    assert real["ms"].keys() >= EXAMPLES["ask"]["ms"].keys()


def test_search(engine: Engine) -> None:
    example = EXAMPLES["search"] | {"passages": [EXAMPLES["passage"]]}
    real = json.loads(json.dumps(engine.search(QUESTION).to_dict()))
    assert differences(example, real) == []


def test_the_examples_are_the_contracts() -> None:
    text = (PROJECT / "docs" / "contract.md").read_text(encoding="utf-8")
    passage, ask, _ = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    assert (passage, ask) == (EXAMPLES["passage"], EXAMPLES["ask"])


def test_the_check_sees_what_differs() -> None:
    example = {"a": [{"b": "x…", "score": 0.5}], "c": None}
    assert differences(example, {"a": [{"b": "xyz", "score": 0.1}, 7], "c": None, "more": 1}) == []
    others: list[dict[str, Any]] = [{"a": [], "c": None}, {"a": [{"b": "y", "score": 0.5}], "c": None}, {"a": [], "c": 0}]
    assert all(differences(example, real) for real in others)


def text_or_none(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value != "")


def one_of(*allowed: str | None) -> Check:
    return lambda value: value in allowed


def matching(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def optional(check: Check) -> Check:
    return lambda value: value is None or check(value)


def natural(value: Any) -> bool:
    return type(value) is int and value >= 0


def texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(member, str) for member in value)


TEXT: Check = lambda value: isinstance(value, str)  # noqa: E731
DECIMAL = matching(r"-?\d+(?:\.\d+)?")
PLACE: dict[str, Check] = {"report_id": TEXT, "section": texts, "line": natural, "start": natural, "end": natural}
PLACE_OF_PARAGRAPH = PLACE | dict.fromkeys(("paragraph", "paragraph_in_section", "line_end"), natural) | {"report": TEXT}
PERIOD = optional(matching(r"\d{4}(?:-\d{4})?"))
FIGURE = PLACE | {
    "text": TEXT,
    "value": DECIMAL,
    "value_to": optional(DECIMAL),
    "unit": text_or_none,
    "kind": lambda value: value in KINDS,
    "role": one_of("value", "threshold", "base"),
    "direction": one_of("up", "down", None),
    "modifier": text_or_none,
    "indicator": TEXT,
    "of": text_or_none,
    "period": PERIOD,
    "status": one_of("actual", "target", None),
}
CITATION = PLACE_OF_PARAGRAPH | {"quote": TEXT}
MARK: dict[str, Check] = {"start": natural, "end": natural, "kind": one_of("term", "figure")}
PASSAGE = PLACE_OF_PARAGRAPH | {
    "rank": natural,
    "score": lambda value: type(value) is float and 0 <= value <= 1,
    "year": PERIOD,
    "status": one_of("actual", "target", None),
    "text": TEXT,
    "marks": lambda value: all(wrong(MARK, mark) == [] for mark in value),
}
ANSWER: dict[str, Check] = {
    "text": TEXT,
    "stated": lambda value: type(value) is bool,
    "reason": one_of("absent", "related", "unsure", None),
    "confidence": lambda value: type(value) is float and 0 <= value <= 1,
    "items": lambda value: all(wrong({"text": TEXT}, item) + wrong(CITATION, item["citation"]) == [] for item in value),
    "alternatives": lambda value: all(
        wrong({"text": TEXT, "difference": TEXT}, other) + wrong(CITATION, other["citation"]) == [] for other in value
    ),
    "computed": optional(lambda value: wrong({"text": TEXT, "value": DECIMAL, "operands": texts}, value) == []),
    "rows": lambda value: all(wrong({"label": TEXT, "stated": lambda one: type(one) is bool}, row) == [] for row in value),
    "figures": lambda value: all(wrong(FIGURE, figure) == [] for figure in value),
    "citations": lambda value: all(wrong(CITATION, citation) == [] for citation in value),
}


def wrong(schema: dict[str, Check], real: dict[str, Any]) -> list[str]:
    return [f"{name}: {real.get(name, 'missing')!r}" for name, check in schema.items() if not check(real.get(name, ...))]


def test_every_field_of_every_answer(results: list[AskResult]) -> None:
    for result in results:
        real = json.loads(json.dumps(result.to_dict()))
        assert real["question"] == result.question
        assert wrong(ANSWER, real["answer"]) == [], result.question
        assert [wrong(PASSAGE, passage) for passage in real["passages"]] == [[]] * len(real["passages"])
        assert all(type(value) is float for value in real["ms"].values())


def test_every_field_of_every_figure(engine: Engine) -> None:
    figures = engine.figures()
    assert all(isinstance(figure, FigureResult) for figure in figures)
    assert len(figures) > 200
    assert {line for figure in figures for line in wrong(FIGURE, figure.to_dict())} == set()
