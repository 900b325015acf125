"""The whole path: build → publish → open → ask, by the real model and by a tiny one; filters, spellings, modes, threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from index.encode.encoder import DEFAULT_MODEL, Encoder, open_encoder
from index.errors import IndexFolderError, ModelMismatch, QuestionError
from index.store.disk import load, publish
from search import Engine, open_engine
from search.results import Mode, PassageResult
from tests.builds import index_of
from tests.conftest import REPORT_ID, SEED

OTHERS = {
    "jia": "甲市2011年政府工作报告\n一、2010年工作回顾\n地区生产总值实现100亿元，增长9%。\n地铁2号线通车。\n",
    "yi": "乙市2012年政府工作报告\n一、2011年工作回顾\n地区生产总值实现777亿元，增长8%。\n",
}


class EncoderNeeded(Exception):
    """The encoder was asked for."""


def no_encoder() -> NoReturn:
    raise EncoderNeeded


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Engine:
    """An engine over three reports by the tiny model."""
    files = tmp_path_factory.mktemp("reports")
    for name, text in OTHERS.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("index")
    publish(folder, index_of([SEED, files], open_encoder(str(tiny_model))))
    return open_engine(folder)


def test_keyword_search_never_loads_the_encoder(index_folder: Path) -> None:
    engine = Engine(load(index_folder), no_encoder)
    assert engine.search("地铁", "keyword").passages[0].line in (47, 110)
    assert engine.search("地区生产总值是多少？", "keyword", status="actual").passages
    assert engine.figures("地区生产总值")
    for call in (lambda: engine.ask("地铁"), lambda: engine.search("地铁"), lambda: engine.search("地铁", "semantic")):
        with pytest.raises(EncoderNeeded):
            call()


def test_the_encoder_is_loaded_by_the_first_question_only(index_folder: Path) -> None:
    loaded: list[Encoder] = []

    def factory() -> Encoder:
        loaded.append(open_encoder())
        return loaded[-1]

    engine = Engine(load(index_folder), factory)
    assert loaded == []
    engine.ask("地铁")
    assert len(set(map(id, loaded))) == 1


@pytest.mark.parametrize("mode", ["hybrid", "keyword", "semantic"])
def test_modes(engine: Engine, mode: Mode) -> None:
    result = engine.search("新型农村合作医疗", mode, 5)
    assert (result.query, result.mode, len(result.passages)) == ("新型农村合作医疗", mode, 5)
    assert {passage.line for passage in result.passages} & {60, 64, 126}


def test_semantic_search_finds_what_shares_no_word(engine: Engine) -> None:
    query = "小朋友的课本钱"  # everyday.toml knows none of these
    assert 127 in {passage.line for passage in engine.search(query, "semantic", 3).passages}
    assert 127 not in {passage.line for passage in engine.search(query, "keyword", 10).passages}


@pytest.mark.parametrize(
    "other",
    [
        "２００６年沈阳市地区生产总值是多少？",
        "2006年瀋陽市地區生產總值是多少？",
        "2006年沈阳市地区生产总值是多少?",
        "  2006年沈阳市　地区生产总值是多少 ",
        "二〇〇六年沈阳市地区生产总值是多少？",
    ],
)
def test_other_spellings_find_the_same(engine: Engine, other: str) -> None:
    expected, found = engine.ask("2006年沈阳市地区生产总值是多少？"), engine.ask(other)
    assert found.question == other
    assert found.passages[0].start == expected.passages[0].start
    assert found.answer.text == expected.answer.text


@pytest.mark.parametrize(
    ("plain", "other"),
    [("工业固定资产投资", "工業固定資產投資"), ("地铁", "地鐵"), ("污水处理率", "污水處理率"), ("GDP", "ＧＤＰ"), ("棚户区", "棚戶區")],
)
def test_other_spellings_of_a_query_find_the_same(engine: Engine, plain: str, other: str) -> None:
    modes: tuple[Mode, ...] = ("hybrid", "keyword")
    for mode in modes:
        assert engine.search(other, mode, 1).passages[0].start == engine.search(plain, mode, 1).passages[0].start


@pytest.mark.parametrize("question", ["", " \n", "？", "增" * 2001, "地铁\0"])
def test_questions_that_cannot_be_asked(engine: Engine, question: str) -> None:
    for call in (engine.ask, engine.search):
        with pytest.raises(QuestionError):
            call(question)


@pytest.mark.parametrize("odd", ["\ud800", "\u202e", "👍🏽", "<b>", "{{config}}", "../..", "' OR 1=1 --"])
def test_odd_characters_beside_a_word(engine: Engine, odd: str) -> None:
    result = engine.ask(f"{odd}地铁{odd}")
    assert result.question == f"{odd}地铁{odd}"
    assert result.passages[0].line in (47, 110)


def test_four_threads_get_what_one_gets(engine: Engine) -> None:
    questions = ["地区生产总值是多少？", "地铁", "财政收入增长多少？", "副市长是谁？", "城建投资今年比去年多多少？"] * 3
    alone = [replace(engine.ask(question), ms={}) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = [*pool.map(lambda question: replace(engine.ask(question), ms={}), questions)]
    assert together == alone


def test_the_whole_path_by_another_model(several: Engine) -> None:
    assert [report.id for report in several.corpus.reports] == [REPORT_ID, "jia", "yi"]
    for question, text, report_id in (
        ("2006年沈阳市地区生产总值是多少？", "2482.5亿元（预计），增长16.5%。", REPORT_ID),
        ("甲市2010年地区生产总值是多少？", "100亿元，增长9%。", "jia"),
        ("乙市地区生产总值是多少？", "777亿元，增长8%。", "yi"),
    ):
        result = several.ask(question)
        assert result.answer.text == text
        assert {citation.report_id for citation in result.answer.citations} == {report_id}
        assert {passage.report_id for passage in result.passages} == {report_id}


def test_a_report_chosen_by_its_id(several: Engine) -> None:
    for report_id, text in (("jia", "100亿元，增长9%。"), ("yi", "777亿元，增长8%。")):
        assert several.ask("地区生产总值是多少？", report_id=report_id).answer.text == text
        assert {figure.report_id for figure in several.figures(report_id=report_id)} == {report_id}


def test_more_reports_never_remove_an_exact_match(engine: Engine, several: Engine) -> None:
    def first(found: tuple[PassageResult, ...]) -> str:
        return found[0].text

    for query in ("细河经济区", "地源热泵", "世界园艺博览会"):
        assert first(several.search(query, "keyword").passages) == first(engine.search(query, "keyword").passages)


def test_another_model_is_refused_with_the_command_that_mends_it(index_folder: Path, tiny_model: Path) -> None:
    with pytest.raises(ModelMismatch, match="wenbao build --model"):
        open_engine(index_folder, str(tiny_model))
    assert open_engine(index_folder, DEFAULT_MODEL).search("地铁", "keyword").passages


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="wenbao build"):
        open_engine(tmp_path)
