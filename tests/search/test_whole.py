"""Whole answers judged: the cases that make an answer whole or not, and the same verdicts as the scorers beside the project."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from index.errors import UsageError
from search import Engine
from search.commands.cli import main
from search.evaluate import asks, multi, whole
from tests.conftest import REPORT_ID

DATA = Path(__file__).parents[1] / "data"
ASKS, MULTI = DATA / "whole" / "asks.jsonl", DATA / "library" / "multi.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def figure(text: str, report: str = "r", start: int = 0, **more: Any) -> dict[str, Any]:
    return {"text": text, "report_id": report, "start": start, "modifier": None, "direction": None, **more}


def said(text: str, *quotes: str, figures: tuple[Any, ...] = (), confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    citations = [{"quote": quote, "report_id": "r"} for quote in quotes]
    return {"text": text, "stated": True, "confidence": confidence, "citations": citations, "figures": [*figures], **more}


VALUE = {"id": "1", "form": "value", "figures": ["5%以内|5%"], "hedge": ["以内"], "must": [["失业率控制在5%以内"]]}
POINTS = {
    "id": "2",
    "form": "points",
    "must": [["修建三条地铁线路"], ["新开五条公交线路"], ["改造十座老旧桥梁"]],
    "fine": ["治理交通拥堵路段"],
}
SUM = {"id": "3", "form": "arithmetic", "figures": ["30亿元", "20亿元"], "number": "10"}
QUOTE = "失业率控制在5%以内"


@pytest.mark.parametrize(
    ("question", "answer", "whole_", "wrong"),
    [
        (VALUE, said("5%以内", QUOTE, figures=(figure("5%", modifier="以内"),)), True, False),
        (VALUE, said("5%", QUOTE, figures=(figure("5%"),)), False, False),  # the hedge is lost: not whole, not false
        (VALUE, said("15%以内", QUOTE, figures=(figure("15%", modifier="以内"),)), False, True),  # another number
        (VALUE, said("15%以内", QUOTE, figures=(figure("15%"),), confidence=0.6), False, False),  # but not sure of it
        (VALUE, said("5%以内", QUOTE), False, True),  # a number that stands in a quote is no figure shown
        (POINTS, said("……", "修建三条地铁线路", "新开五条公交线路"), True, False),
        (POINTS, said("……", "修建三条地铁线路"), False, False),
        (POINTS, said("……", "修建三条地铁线路", "新开五条公交线路", "植树三千万株", "办好教育的大事"), False, False),
        (POINTS, said("……", "植树三千万株"), False, True),
        (SUM, said("多10亿元", figures=(figure("30亿元"), figure("20亿元", start=9))), True, False),
        (SUM, said("多11亿元", figures=(figure("30亿元"), figure("20亿元", start=9))), False, True),
        (SUM, said("30亿元", figures=(figure("30亿元"),)), False, True),
        ({"id": "4", "form": "none", "refuse": True}, said("5%", QUOTE), False, True),
    ],
)
def test_a_whole_answer_shows_all_and_nothing_false(question: dict[str, Any], answer: dict[str, Any], whole_: bool, wrong: bool) -> None:
    values = asks.judge(question, answer)
    assert bool(values.get("whole", values.get("refuse"))) is whole_
    assert values["wrong"] == wrong


ZHEJIANG, JIANGSU = "province_2026_浙江省", "province_2026_江苏省"
TWO = {
    "id": "5",
    "form": "rank",
    "docs": [ZHEJIANG, JIANGSU],
    "first": {"doc": ZHEJIANG, "figures": ["5.5%"]},
    "cells": [{"doc": ZHEJIANG, "figures": ["5.5%"], "year": "2026", "status": "target"}, {"doc": JIANGSU, "figures": ["5%"]}],
}


def of_two(text: str, *figures: dict[str, Any]) -> dict[str, Any]:
    return said(text, figures=figures)


@pytest.mark.parametrize(
    ("text", "year", "first_doc", "whole_"),
    [
        ("浙江最高：5.5%，江苏5%。", "2026", ZHEJIANG, True),
        ("江苏5%，浙江5.5%。", "2026", ZHEJIANG, False),  # the winner comes first
        ("浙江最高：5.5%，江苏5%。", "2025", ZHEJIANG, False),  # of another year
        ("浙江最高：5.5%，江苏5%。", "2026", "province_2026_西藏自治区", False),  # said of another report
    ],
)
def test_a_figure_belongs_to_its_report_and_year(text: str, year: str, first_doc: str, whole_: bool) -> None:
    one = figure("5.5%", first_doc, 1, period=year, status="target")
    other = figure("5%", JIANGSU, 2, period="2026", status="target")
    assert multi.judge(TWO, of_two(text, one, other))["whole"] is whole_


def test_places_are_read_from_stems() -> None:
    stems = ("province_2026_西藏自治区", "2025年浙江省政府工作报告", "2025年西藏政府工作报告", "national_2019")
    assert [multi.place_of(stem) for stem in stems] == ["西藏", "浙江", "西藏", "全国"]


def scorer(shared: Path, name: str) -> ModuleType:
    """A scorer as it stands beside the project; the second imports the first by its bare name."""
    spec = importlib.util.spec_from_file_location(name, shared / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def replies(question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Answers made of what is right: all of it, each part left out, cut, said without its hedge, of other reports; and refusals."""
    cells = question.get("cells") or [question]
    figures, quotes = [], []
    for number, cell in enumerate(cells):
        report = cell.get("doc", "r")
        for place, alternatives in enumerate(cell.get("figures") or []):
            hedge = (cell.get("hedge") or [""] * 99)[place]
            own = figure(alternatives.split("|")[0], report, 100 * number + place, modifier=hedge)
            figures.append({**own, "period": cell.get("year", "2026"), "status": cell.get("status")})
        quotes += [{"quote": point[0], "report_id": report} for point in cell.get("must") or []]
    quotes += [{"quote": quote, "report_id": "r"} for quote in question.get("fine") or []]
    says = "，".join(part.split("|")[0] for part in question.get("says") or [])
    text = "，".join([says, *(f["text"] for f in figures), str(question.get("number") or "")])
    items = [{"text": quote["quote"], "citation": quote} for quote in quotes]
    full = {"text": text, "stated": True, "confidence": 0.9, "figures": figures, "citations": quotes}
    plain = [{**one, "modifier": None} for one in figures]
    rows_ = [{"report_id": f["report_id"], "year": f["period"], "status": f["status"], "stated": True, "figure": f} for f in figures]
    yield from (full, {**full, "confidence": 0.5}, {**full, "stated": False}, {**full, "figures": plain}, {**full, "text": text * 20})
    yield {**full, "figures": figures[:1], "citations": quotes[:1]}
    yield {**full, "figures": figures[1:], "citations": quotes[1:], "text": text[: len(text) // 2]}
    yield {**full, "figures": [], "citations": [], "items": items, "rows": rows_, "computed": {"value": question.get("number"), "text": ""}}
    yield {**full, "figures": [{**one, "report_id": "x", "period": "1999"} for one in figures] + figures * 2}
    yield {**full, "citations": [{"quote": "无关的一句话，与所问没有关系" * 20, "report_id": "r"}, *quotes]}
    yield {**full, "figures": [*figures, *(figure(f"{n}.7%", "r", 900 + n) for n in range(5))], "text": f"9.9%，{text}"}


@pytest.mark.parametrize(("name", "path"), [("asks", ASKS), ("multi", MULTI)])
def test_the_verdicts_are_those_of_the_scorers_beside_the_project(shared: Path, name: str, path: Path) -> None:
    scorer(shared, "score_asks")
    theirs = scorer(shared, f"score_{name}")
    judged = 0
    for question in rows(path):
        for answer in replies(question):
            mine = whole.FORMS[name].judge(question, answer)
            other = theirs.judge(question, answer) if name == "asks" else theirs.judge(question, answer, lambda stem: stem)
            assert mine == other, (question, answer)
            judged += bool(mine.get("whole", mine.get("refuse")))
    assert judged > len(rows(path))  # the answers made of what is right are whole


def test_the_copies_are_those_beside_the_project(shared: Path) -> None:
    for path in (ASKS, MULTI):
        assert path.read_bytes() == (shared / "eval" / path.name).read_bytes()


def test_both_forms_are_evaluated_and_printed(
    engine: Engine, index_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = [row for row in rows(ASKS) if row["doc"] == "shenyang_2007"]
    path = tmp_path / "asks.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in mine), encoding="utf-8")
    form, judged = whole.evaluate(engine, [path], {"shenyang_2007": REPORT_ID})
    assert (form, len(judged)) == ("asks", len(mine))
    printed = whole.table(form, judged).splitlines()
    assert [line.split()[0] for line in printed] == ["form", *sorted({row["form"] for row in mine}), "all", "risk80"]
    arguments = ["eval", str(path), "--index", str(index_folder), "--map", f"shenyang_2007={REPORT_ID}"]
    assert main([*arguments, "--misses"]) == 0
    assert capsys.readouterr().out.startswith(whole.table(form, judged))
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(whole.as_json(form, judged)))
    assert main(arguments[:-2]) == 1  # shenyang_2007 is no report of the index
    assert "没有编号为 shenyang_2007 的报告" in capsys.readouterr().err


def test_what_is_no_question_is_named(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "asks.jsonl"
    path.write_text('{"form": "value", "question": "GDP"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="有一行缺 id"):
        whole.evaluate(engine, [path], {})
    path.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="第 1 行"):
        whole.is_whole(path)
