"""Lists in running text, and the members that answer 哪些 and 哪几家."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.records import Span
from index.text import normal
from search import Engine
from search.match.listed import Members, listings, members_asked

# A clause of some report → what it enumerates; nothing where it is no list of names.
CLAUSES = {
    "新加坡大华银行、日本北海道银行和香港东亚银行相继落户。": ["新加坡大华银行", "日本北海道银行", "香港东亚银行"],
    "创造了金牌总数、奖牌总数、团体总分三项第一的纪录": ["金牌总数", "奖牌总数", "团体总分"],
    "加快了“沈西工业走廊”、沈北新区、大浑南地区规划建设步伐": ["沈西工业走廊", "沈北新区", "大浑南地区"],
    "航空、机器人及智能制造、工业母机、绿色石化4个集群获评国家先进制造业集群": ["航空", "机器人及智能制造", "工业母机", "绿色石化"],
    "努力实现商品、资本和人才的跨境便捷流动": ["商品", "资本", "人才"],
    "人民幸福安康、社会和谐稳定": ["人民幸福安康", "社会和谐稳定"],
    "在电力、石油、天然气等领域迈出实质性步伐": ["电力", "石油", "天然气"],
    "通过“债务重组、平台转型、三资盘活”三措并举": ["债务重组", "平台转型", "三资盘活"],
    "终末期肾病（尿毒症、慢性肾衰）、乳腺癌、宫颈癌。": ["终末期肾病（尿毒症、慢性肾衰）", "乳腺癌", "宫颈癌"],
    "建设未来工厂20家、智能工厂200家": [],
    "新开、复航、加密44条国际航线": [],
    "加快道路建设。": [],
}  # fmt: skip
ASKED = {
    "有哪几家外资银行来沈阳落户了？": Members("外资银行", None),
    "获评国家先进制造业集群的4个集群是哪几个？": Members("集群", 4),
    "海拉尔想打造成哪三种“名城”？": Members("名城", 3),
    "列出外资银行": Members(None, None),
}
ANSWERED = {
    "哪些境外银行落户？": ["新加坡大华银行", "日本北海道银行", "香港东亚银行"],
    "省十运会上我市拿了哪三项第一？": ["金牌总数", "奖牌总数", "团体总分"],
    "引进了哪些国外物流企业？": ["日本邮船", "德国TDS"],
}


@pytest.mark.parametrize(("text", "members"), CLAUSES.items())
def test_a_clause_is_read_as_its_members(text: str, members: list[str]) -> None:
    found = [[m.of(text) for m in listing.members] for listing in listings(normal(text), Span(0, len(text)))]
    assert (members in found) if members else found == []


def test_a_list_says_whether_it_is_open_and_how_many_it_counts() -> None:
    text = "推进人工智能、航空航天等6个重大专项，新增荆州、孝感2个城市。"
    assert [(found.open, found.count) for found in listings(text, Span(0, len(text)))] == [(True, 6), (False, 2)]


@pytest.mark.parametrize(("question", "asked"), ASKED.items())
def test_what_members_are_members_asked(question: str, asked: Members) -> None:
    assert members_asked(normal(question)) == asked


@pytest.mark.parametrize(("question", "members"), ANSWERED.items())
def test_a_list_is_answered_whole(engine: Engine, question: str, members: list[str]) -> None:
    answer = engine.ask(question).answer
    assert [item.text for item in answer.items] == members
    assert answer.text.startswith("、".join(members))
    for item in answer.items:
        assert item.citation.quote == item.text
        assert answer.citations[0].start <= item.citation.start < item.citation.end <= answer.citations[0].end
    assert all(one.citation.end <= other.citation.start for one, other in pairwise(answer.items))


def test_an_open_list_says_so(engine: Engine) -> None:
    assert engine.ask("引进了哪些国外物流企业？").answer.text == "日本邮船、德国TDS等。"


def test_no_members_where_there_are_not_as_many_as_asked(engine: Engine) -> None:
    assert engine.ask("建成了哪三条地铁？").answer.items == ()


@pytest.mark.parametrize("question", ["报告对第三产业有哪些自我批评？", "为2008年奥运会做了哪些准备？"])
def test_what_is_no_list_of_names_is_quoted_clause_by_clause(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert all(item.text.strip("，。；") in item.citation.quote for item in answer.items)
    assert answer.items or not answer.stated
