"""Questions in other forms, and the tables that `wenbao eval` prints of confidences and of other reports."""

from __future__ import annotations

from gold.variations import across, perturbed, questions
from index import tokens
from search import Engine
from search.evaluate.exam import Score, evaluate, reliability


def test_the_forms_of_a_question() -> None:
    text = "2006年粮食产量 是多少?"
    assert perturbed(text, "fullwidth") == "２００６年粮食产量\u3000是多少？"
    assert perturbed(text, "traditional") == "2006年糧食產量 是多少?"
    misspelt = perturbed(text, "homophone", 3)
    assert misspelt == perturbed(text, "homophone", 3)
    assert sum(one != other for one, other in zip(misspelt, text, strict=True)) == 1
    assert tokens.sound(misspelt) == tokens.sound(text)
    assert perturbed("GDP?", "homophone") == "GDP?"


def test_full_width_and_traditional_questions_are_answered_alike(engine: Engine, scores: list[Score]) -> None:
    gold = [score.gold for score in scores][:20]
    plain = [score.result.answer for score in scores][:20]
    for kind in ("fullwidth", "traditional"):
        assert [score.result.answer for score in evaluate(engine, questions(gold, kind))] == plain


def test_the_reliability_table_counts_every_stated_answer(scores: list[Score]) -> None:
    rows = reliability(scores).split("\n")
    stated = sum(score.result.answer.stated for score in scores)
    assert rows[-1].endswith(f"over {stated} stated answers")
    assert sum(int(row.split()[1]) for row in rows[1:-1]) == stated


def test_across_needs_another_report(engine: Engine, scores: list[Score]) -> None:
    assert across(engine, [score.gold for score in scores]).split("\n")[1:] == []
