"""A real CrossEncoder, made on the spot, sets the order of the first passages; what is none is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import ModelError
from index.records import Report
from search import Engine, open_engine
from search.commands.cli import main
from search.find.rank import FUSED, Hit
from search.find.rerank import FIRST, open_reranker, rerank
from search.results import AskResult
from tests.search.properties import PROPERTIES
from tests.tiny_model import save_tiny_cross_encoder

QUESTIONS = ("怎样跟营口港连起来？", "给农民做技术培训吗？", "2006年沈阳市地区生产总值是多少？", "哪些境外银行落户？", "地铁")


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory, report: Report) -> str:
    return str(save_tiny_cross_encoder(tmp_path_factory.mktemp("cross") / "encoder", report.text))


@pytest.fixture(scope="module")
def reranked(index_folder: Path, cross_encoder: str) -> Engine:
    return open_engine(index_folder, reranker=cross_encoder)


class Longest:
    """Texts by their length."""

    name = "longest"

    def scores(self, question: str, texts: list[str]) -> list[float]:
        return [len(text) / 100 for text in texts]


def test_the_first_hits_take_the_rerankers_order_and_the_rest_stays_behind() -> None:
    hits = [Hit(row, 0.9 - row / 100, {"words": 1.0}) for row in range(FIRST + 2)]
    texts = ["一" * (row + 1) for row in range(FIRST + 2)]
    found = rerank(Longest(), "问", hits, texts)  # type: ignore[arg-type]
    assert [hit.passage for hit in found] == [*range(FIRST - 1, -1, -1), FIRST, FIRST + 1]
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert found[0].parts == {"words": 1.0, FUSED: hits[FIRST - 1].score}
    assert rerank(Longest(), "问", [], []) == []  # type: ignore[arg-type]


def test_its_order_decides(engine: Engine, reranked: Engine, cross_encoder: str) -> None:
    """Passages come as the model itself scores them, by a search and behind the quoted one by a question."""
    model = open_reranker(cross_encoder)
    for question in QUESTIONS:
        passages = reranked.search(question).passages
        scores = [passage.score for passage in passages]
        assert scores == pytest.approx(model.scores(question, [passage.text for passage in passages]), abs=1e-3)
        assert scores == sorted(scores, reverse=True)
    assert any([p.start for p in reranked.search(q).passages] != [p.start for p in engine.search(q).passages] for q in QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_still_keeps_the_contract(reranked: Engine, report: Report, question: str) -> None:
    result: AskResult = reranked.ask(question)
    for holds in PROPERTIES:
        holds(result, report)
    for citation in result.answer.citations[:1]:
        assert result.passages[0].start <= citation.start < result.passages[0].end


def test_a_figure_is_the_same_and_a_sentence_is_of_the_first_passage(engine: Engine, reranked: Engine) -> None:
    asked = "2006年沈阳市地区生产总值是多少？"
    assert reranked.ask(asked).answer.text == engine.ask(asked).answer.text
    answer = reranked.ask("给农民做技术培训吗？").answer
    first = reranked.search("给农民做技术培训吗？").passages[0]
    assert not answer.stated or first.start <= answer.citations[0].start < first.end


def test_on_the_command_line(index_folder: Path, cross_encoder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "地铁", "--index", str(index_folder), "--reranker", cross_encoder, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["ms"]["rerank"] > 0
    assert len(result["passages"]) == 10


@pytest.mark.parametrize("kind", ["unknown", "encoder"])
def test_what_is_no_cross_encoder_is_one_line(index_folder: Path, tiny_model: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    name = "nobody/no-such-model" if kind == "unknown" else str(tiny_model)
    assert main(["ask", "地铁", "--index", str(index_folder), "--reranker", name]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert name in said
    assert "无法载入" in said if kind == "unknown" else "不是 CrossEncoder" in said


def test_two_labels_are_refused(tmp_path: Path, report: Report) -> None:
    with pytest.raises(ModelError, match="2 个标签"):
        open_reranker(str(save_tiny_cross_encoder(tmp_path / "two", report.text, labels=2)))


def test_only_safetensors_are_loaded(tmp_path: Path, report: Report) -> None:
    folder = save_tiny_cross_encoder(tmp_path / "pickled", report.text)
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="无法载入"):
        open_reranker(str(folder))
