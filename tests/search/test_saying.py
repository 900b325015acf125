"""Which sentence answers, and whether any does."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.records import Span
from search import Engine
from search.answer.figure import ENOUGH
from search.match.saying import Saying

REQUESTS = Path(__file__).parents[1] / "data" / "sentences" / "off_topic.txt"
OFF_TOPIC = ["写首诗", "今天晚上吃什么好", "红烧肉怎么做？", "梅西进了几个球", "怎么给猫洗澡？", "恐龙是怎么灭绝的？", "如何煮咖啡"]
ON_TOPIC = {
    "没有工作的家庭怎么帮扶？": "零就业家庭",
    "给农民做技术培训吗？": "培训",
    "怎样跟营口港连起来？": "营口港",
    "河水脏臭的问题怎么治？": "水质",
}


def test_few_requests_that_no_report_answers_get_a_sentence(engine: Engine) -> None:
    asked = [line for line in REQUESTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    answered = [question for question in asked if engine.ask(question, 1).answer.stated]
    assert len(answered) <= 0.1 * len(asked), answered


def saying(**values: float) -> Saying:
    parts = dict.fromkeys(("words", "passage_words", "ranked", "meaning", "nearness"), 0.0)
    return Saying(0, Span(0, 1), **(parts | values))


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_what_is_off_the_topic_gets_no_sentence(engine: Engine, question: str) -> None:
    result = engine.ask(question)
    assert (result.answer.stated, result.answer.reason) == (False, "absent")
    assert result.answer.citations == ()


@pytest.mark.parametrize(("question", "says"), ON_TOPIC.items())
def test_a_question_in_other_words_is_answered(engine: Engine, question: str, says: str) -> None:
    answer = engine.ask(question).answer
    assert says in answer.text
    assert ENOUGH <= answer.confidence <= 1


def test_each_thing_found_speaks_for_a_sentence() -> None:
    for name in ("words", "passage_words", "ranked"):
        assert saying(**{name: 1.0}).chance > saying().chance
        assert saying(**{name: 1.0}).fit > saying().fit
    assert saying(meaning=1.0).fit > saying().fit
    assert saying(nearness=1.0).chance > saying().chance > saying(nearness=-1.0).chance


def test_a_filter_holds_for_sentences_and_lists(engine: Engine) -> None:
    for question in ("哪些境外银行落户？", "给农民做技术培训吗？"):
        answer = engine.ask(question, section="2006年").answer
        assert all("2006年" in " ".join(citation.section) for citation in answer.citations)
        answer = engine.ask(question, year="2007").answer
        assert all(citation.line > 74 for citation in answer.citations)
