"""The named endpoints, called as another program would."""

from __future__ import annotations

from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from search import Engine

REPORT = "000_4c71d26e9961c37b"


@pytest.fixture(scope="module")
def client(address: str) -> Any:
    return Client(address, verbose=False)


def test_only_the_named_endpoints_are_public(client: Any) -> None:
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == {
        "/ask",
        "/search",
        "/figures",
        "/side_by_side",
        "/paragraph",
    }
    assert client.view_api(return_format="dict")["unnamed_endpoints"] == {}


def test_ask_and_search_return_what_the_engine_returns(client: Any, engine: Engine) -> None:
    question = "2006年沈阳市地区生产总值是多少？"
    got, own = client.predict(question, api_name="/ask"), engine.ask(question).to_dict()
    assert (got["question"], got["answer"], got["passages"]) == (own["question"], own["answer"], own["passages"])
    got = client.predict("地铁", mode="keyword", k=3, status="target", api_name="/search")
    assert got["mode"] == "keyword"
    assert [passage["status"] for passage in got["passages"]] == ["target"] * len(got["passages"])
    assert 1 <= len(got["passages"]) <= 3


def test_figures_are_one_array_of_the_contracts_objects(client: Any, engine: Engine) -> None:
    got = client.predict("外资", minimum=3.04e9, status="actual", api_name="/figures")
    assert got == [figure.to_dict() for figure in engine.figures("外资", status="actual") if figure.value >= 3.04e9]
    assert "30.4亿美元" in [figure["text"] for figure in got]


def test_side_by_side_is_one_array(client: Any, engine: Engine) -> None:
    got = client.predict("地区生产总值", kind="growth", place="沈阳", api_name="/side_by_side")
    assert got == [row.to_dict() for row in engine.side_by_side("地区生产总值", kind="growth")]
    with pytest.raises(AppError, match="大连"):
        client.predict("地区生产总值", place="大连", api_name="/side_by_side")


def test_paragraph_is_the_reports_text(client: Any, engine: Engine) -> None:
    got = client.predict(REPORT, 6, api_name="/paragraph")
    assert got["text"] == engine.corpus.reports[0].text[got["start"] : got["end"]]
    assert (got["section"], got["paragraph_in_section"], got["line"]) == (["一、2006年政府工作回顾"], 2, 8)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("/ask", {"question": ""}, "问题"),
        ("/ask", {"question": "字" * 2001}, "2000"),
        ("/ask", {"question": "地铁", "report_id": "none"}, "none"),
        ("/ask", {"question": "地铁", "k": 0}, "k"),
        ("/ask", {"question": "地铁", "status": "past"}, "status"),
        ("/search", {"query": "地铁", "mode": "magic"}, "magic"),
        ("/paragraph", {"report_id": REPORT, "paragraph": 0}, "第 0 段"),
        ("/paragraph", {"report_id": "none", "paragraph": 1}, "none"),
    ],
)
def test_a_failure_is_one_line_of_words(client: Any, name: str, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError, match=said) as caught:
        client.predict(**arguments, api_name=name)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)
