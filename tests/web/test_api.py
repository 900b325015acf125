"""The named endpoints, called as another program would."""

from __future__ import annotations

from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from search import Engine
from web.api import PARAMETERS, RETURNS

REPORT = "000_4c71d26e9961c37b"


@pytest.fixture(scope="module")
def client(address: str) -> Any:
    return Client(address, verbose=False)


def test_only_the_named_endpoints_are_public(client: Any) -> None:
    named = set(client.view_api(return_format="dict")["named_endpoints"])
    assert named == {"/ask", "/search", "/figures", "/side_by_side", "/paragraph", "/reports", "/outline", "/kept"}
    assert client.view_api(return_format="dict")["unnamed_endpoints"] == {}


def agrees(schema: Any, value: Any) -> bool:
    """Whether a value is of a JSON schema, as far as Gradio writes them: every field is told, and of its type."""
    options = schema.get("oneOf") or schema.get("anyOf")
    if options:
        return any(agrees(option, value) for option in options)
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    if schema["type"] == "array":
        return isinstance(value, list) and all(agrees(schema["items"], one) for one in value)
    if "properties" in schema:
        fields = schema["properties"]
        return fields.keys() == value.keys() and all(agrees(fields[name], value[name]) for name in fields)
    kinds = {"string": str, "integer": int, "number": int | float, "boolean": bool, "object": dict, "null": type(None)}
    return isinstance(value, kinds[schema["type"]])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": "城建投资今年计划比去年多多少？"}),
        ("ask", {"question": "2010年的失业率目标是多少？"}),
        ("search", {"query": "地铁", "mode": "keyword"}),
        ("figures", {"words": "外资"}),
        ("side_by_side", {"words": "地区生产总值", "kind": "growth"}),
        ("paragraph", {"report_id": REPORT, "paragraph": 6}),
        ("reports", {}),
        ("outline", {}),
    ],
)
def test_what_is_returned_is_of_the_type_that_is_told(client: Any, name: str, arguments: dict[str, Any]) -> None:
    told = client.view_api(return_format="dict")["named_endpoints"][f"/{name}"]
    (returned,) = told["returns"]
    assert returned["python_type"]["description"] == RETURNS[name]
    assert "Any" not in returned["python_type"]["type"]
    assert agrees(returned["type"], client.predict(**arguments, api_name=f"/{name}"))
    for parameter in told["parameters"]:
        assert parameter["python_type"]["description"] == PARAMETERS[parameter["parameter_name"]]
        assert parameter["python_type"]["type"] != "Any"


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


def test_figures_by_pages(client: Any, engine: Engine) -> None:
    whole = [figure.to_dict() for figure in engine.figures()]
    assert client.predict(api_name="/figures") == whole
    assert client.predict(limit=7, offset=5, api_name="/figures") == whole[5:12]
    assert client.predict(offset=len(whole) - 2, api_name="/figures") == whole[-2:]
    assert client.predict(limit=3, offset=len(whole), api_name="/figures") == []


def test_side_by_side_is_one_array(client: Any, engine: Engine) -> None:
    got = client.predict("地区生产总值", kind="growth", place="沈阳", api_name="/side_by_side")
    assert got == [row.to_dict() for row in engine.side_by_side("地区生产总值", kind="growth")]
    with pytest.raises(AppError, match="大连"):
        client.predict("地区生产总值", place="大连", api_name="/side_by_side")


def test_paragraph_is_the_reports_text(client: Any, engine: Engine) -> None:
    got = client.predict(REPORT, 6, api_name="/paragraph")
    assert got["text"] == engine.corpus.reports[0].text[got["start"] : got["end"]]
    assert (got["section"], got["paragraph_in_section"], got["line"]) == (["一、2006年政府工作回顾"], 2, 8)


def test_reports_are_listed_by_place_and_year(client: Any, engine: Engine) -> None:
    (report,) = engine.corpus.reports
    (got,) = client.predict(place="沈阳", year="2007", api_name="/reports")
    assert got == {
        "report_id": REPORT,
        "title": "沈阳市2007年政府工作报告",
        "place": "沈阳市",
        "year": "2007",
        "date": "2007-01-19",
        "paragraphs": len(report.paragraphs),
        "figures": len(engine.figures()),
    }
    assert client.predict(api_name="/reports") == [got]
    assert client.predict(offset=1, api_name="/reports") == []


def test_outline_is_what_the_engine_returns(client: Any, engine: Engine, sheets: str) -> None:
    got = client.predict(REPORT, api_name="/outline")
    assert got == client.predict(api_name="/outline") == [one.to_dict() for one in engine.outline()]
    told = client.view_api(return_format="dict")["named_endpoints"]["/outline"]["returns"][0]["type"]
    (found,) = Client(sheets, verbose=False).predict(api_name="/outline")
    assert agrees(told, [found])
    assert all(found[name] for name in ("heads", "paragraphs", "terms", "tables", "unread", "origins"))


def test_outlines_of_many_reports_are_asked_for_one_by_one(collection: str, monkeypatch: pytest.MonkeyPatch) -> None:
    several = Client(collection, verbose=False)
    assert [one["report_id"] for one in several.predict(api_name="/outline")] == ["c2013", "c2014", "d2014"]
    monkeypatch.setattr("web.api.MOST", 2)
    with pytest.raises(AppError, match="report_id"):
        several.predict(api_name="/outline")
    (one,) = several.predict("d2014", api_name="/outline")
    assert one["place"] == "丁省"


def test_reports_of_several_places(collection: str) -> None:
    several = Client(collection, verbose=False)
    asked: dict[str, dict[str, Any]] = {"all": {}, "place": {"place": "丙区"}, "year": {"year": "2014"}, "page": {"limit": 1, "offset": 1}}
    found = {name: [row["report_id"] for row in several.predict(**filters, api_name="/reports")] for name, filters in asked.items()}
    assert found == {"all": ["c2013", "c2014", "d2014"], "place": ["c2013", "c2014"], "year": ["c2014", "d2014"], "page": ["c2014"]}


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
        ("/outline", {"report_id": "none"}, "none"),
        ("/outline", {"report_id": 7}, "report_id"),
        ("/figures", {"limit": 0}, "limit 应为不小于 1"),
        ("/figures", {"limit": "ten"}, "limit"),
        ("/figures", {"offset": -1}, "offset 应为不小于 0"),
        ("/reports", {"offset": True}, "offset"),
        ("/reports", {"place": "大连"}, "大连"),
        ("/reports", {"year": "1999"}, "1999年"),
        ("/reports", {"year": 2007}, "year"),
    ],
)
def test_a_failure_is_one_line_of_words(client: Any, name: str, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError, match=said) as caught:
        client.predict(**arguments, api_name=name)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)
