"""Whole answers on the page, one test a kind: what stands first, what leads where, what can be changed and taken away."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from search import Engine
from search.results import Answer
from tests.web.conftest import Visit
from tests.web.reader import DESK, PHONE, highlighted, settled

POINTS, TABLE, COMPUTED = "农业这一块总结一下", "2007年主要预期目标有哪些", "2007年GDP增长目标比2006年实际低多少"
PART = "去年农民人均纯收入、房价、社会消费品零售总额各是多少"
LISTED, OUTLINE, UNSURE, NAMES = "报告承认了哪些困难和问题", "今年重点抓哪几项工作", "哪个指标增长最快", "哪些企业产值增长"
GRANTED: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def shown(visit: Visit, address: str, question: str, size: tuple[int, int] = DESK, **more: Any) -> Page:
    page = visit(f"{address}/?q={quote(question)}", size, **more)
    expect(page.locator(".answer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    return page


def copied(page: Page, button: str) -> str:
    page.locator(".acts button", has_text=button).click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    return str(page.evaluate("navigator.clipboard.readText()"))


@SIZES
def test_points_stand_in_groups_and_each_mark_leads_to_its_clause(
    visit: Visit, address: str, engine: Engine, size: tuple[int, int]
) -> None:
    answer = engine.ask(POINTS).answer
    page = shown(visit, address, POINTS, size)
    groups = list(dict.fromkeys(item.group for item in answer.items))
    expect(page.locator(".answer h3")).to_contain_text(f"报告里找到{len(answer.items) + answer.more}处")
    expect(page.locator(".answer .grp")).to_have_count(len(groups))
    expect(page.locator(".pts > li > span")).to_have_text([item.text.rstrip("。；") for item in answer.items])
    bold = page.locator(".pts b").all_inner_texts()
    assert bold
    assert all(any(letter.isdigit() for letter in number) for number in bold)
    mark = page.locator("a.mk").nth(2)
    mark.click()
    cited = answer.items[2].citation
    settled(page, f"#p-{cited.paragraph}")
    assert highlighted(page) == [answer.items[2].text]


def test_several_clauses_bear_their_numbers_in_the_text_and_the_text_stays_as_it_is(visit: Visit, address: str, engine: Engine) -> None:
    items = engine.ask(POINTS).answer.items
    page = shown(visit, address, POINTS)
    expect(page.locator("#report .mk")).to_have_count(len(items))
    signs = page.locator("#report .mk").evaluate_all("(all) => all.map((one) => one.dataset.sign)")
    assert signs == [str(number) for number in range(1, len(items) + 1)]
    assert highlighted(page, "clause") == [item.text for item in items]
    report = engine.corpus.reports[0]
    number = items[0].citation.paragraph
    span = report.paragraph(number).span
    assert page.locator(f"#p-{number}").text_content() == report.text[span.start : span.end]
    page.fill("#question textarea", LISTED)
    page.press("#question textarea", "Enter")
    expect(page.locator(".enum")).to_be_visible()
    expect(page.locator("#report .mk")).to_have_count(0)


@SIZES
def test_a_table_has_targets_beside_results_and_bars_within_one_unit(
    visit: Visit, address: str, engine: Engine, size: tuple[int, int]
) -> None:
    answer = engine.ask(TABLE).answer
    page = shown(visit, address, TABLE, size)
    rows = page.locator(".goals tbody tr")
    expect(rows).to_have_count(len(answer.rows))
    first = rows.first
    expect(first.locator("th")).to_have_text("地区生产总值")
    expect(first.locator("td.num a")).to_have_text(["15%", "16.5%"])
    expect(first.locator(".hedge")).to_have_text("预计")
    widths = first.locator(".pair i").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().width)")
    assert widths[1] > widths[0] > 0
    expect(rows.nth(1).locator("td").nth(1)).to_have_text("—")  # of two targets for 财政收入 it is not sure whose result it is
    fell = rows.filter(has_text="污染物")
    expect(fell.locator(".pair i")).to_have_count(0)  # a fall has no bar beside growths
    first.locator("td.num a").nth(1).click()
    settled(page, "#p-6")
    assert highlighted(page) == ["16.5%"]


@SIZES
def test_what_is_computed_comes_first_with_its_operands_and_what_to_mind(visit: Visit, address: str, size: tuple[int, int]) -> None:
    page = shown(visit, address, COMPUTED, size)
    expect(page.locator(".answer h3.big")).to_contain_text("1.5个百分点")
    expect(page.locator(".answer h3.big small")).to_have_text("2007年目标比2006年")
    expect(page.locator(".sides mark.figure").first).to_have_text("15%")
    expect(page.locator(".sides .tag")).to_have_text(["2007年 · 计划", "2006年 · 完成（预计数）"])
    expect(page.locator(".calc")).to_contain_text("15% − 16.5%")
    expect(page.locator(".calc")).to_contain_text("原文没有")
    expect(page.locator(".note")).to_contain_text("一个是计划，一个是完成")
    page.locator(".sides .from a").nth(1).click()
    settled(page, "#p-6")


def test_the_headline_says_which_is_more_than_which(visit: Visit, address: str) -> None:
    page = shown(visit, address, "外资去年今年各多少")
    expect(page.locator(".answer h3.big")).to_have_text("2007年目标比2006年增加5.1亿美元")
    expect(page.locator(".sides mark.figure").first).to_have_text("30.4亿美元")


def test_no_per_cent_of_per_cents_is_offered_and_amounts_have_one(visit: Visit, address: str) -> None:
    page = shown(visit, address, COMPUTED)
    expect(page.locator("#choose-operation")).not_to_contain_text("百分之几")
    amounts = shown(visit, address, "城建投资今年计划比去年多多少？")
    amounts.click(".chip[aria-controls=choose-operation]")
    amounts.locator("#choose-operation a", has_text="相差百分之几").click()
    expect(amounts.locator(".answer h3.big")).to_contain_text("增长19.35%")


@SIZES
def test_a_part_says_what_is_found_and_quotes_what_is_said_of_the_rest(visit: Visit, address: str, size: tuple[int, int]) -> None:
    page = shown(visit, address, PART, size)
    expect(page.locator(".answer h3")).to_have_text("问了3项，找到2项")
    expect(page.locator(".part h4")).to_have_text(["农民人均纯收入", "房价", "社会消费品零售总额"])
    expect(page.locator(".part mark")).to_have_text(["5712元", "1048.7亿元"])
    missing = page.locator(".part > li.no")
    expect(missing.locator(".no-val")).to_have_text("没有数字。报告只说：")
    expect(missing.locator("blockquote")).to_contain_text("房价")
    missing.locator("a").click()
    settled(page, "#report .here")


@SIZES
def test_an_enumeration_keeps_the_texts_own_numbers_and_its_lead(visit: Visit, address: str, size: tuple[int, int]) -> None:
    page = shown(visit, address, LISTED, size)
    expect(page.locator(".answer h3")).to_have_text("报告列了4项")
    expect(page.locator(".enum a.place")).to_have_text(["一是", "二是", "三是", "四是"])
    expect(page.locator(".quote").first).to_contain_text("总结过去的工作")
    expect(page.locator(".quote").last).to_contain_text("切实加以解决")
    page.locator(".enum a.place").nth(2).click()
    settled(page, "#p-63")
    assert highlighted(page)[0].startswith("三是")


def test_an_outline_links_its_headings(visit: Visit, address: str, engine: Engine) -> None:
    items = engine.ask(OUTLINE).answer.items
    page = shown(visit, address, OUTLINE)
    expect(page.locator(".enum > li")).to_have_count(len(items))
    link = page.locator(".enum a.place").nth(4)
    href = link.get_attribute("href") or ""
    assert href.startswith("#s-")
    link.click()
    settled(page, href)
    expect(page.locator(href)).to_have_text(items[4].text)


def test_what_is_unsure_gives_candidates_in_place_of_a_refusal(visit: Visit, address: str, engine: Engine) -> None:
    others = engine.ask(UNSURE).answer.alternatives
    page = shown(visit, address, UNSURE)
    expect(page.locator(".candidates > li")).to_have_count(len(others))
    expect(page.locator(".candidates blockquote")).to_have_text([one.citation.quote for one in others])
    expect(page.locator(".answer")).not_to_contain_text("没有提到")
    page.locator(".candidates a").first.click()
    settled(page, f"#p-{others[0].citation.paragraph}")


def test_names_lead_to_where_they_stand_and_an_open_list_says_so(visit: Visit, address: str) -> None:
    page = shown(visit, address, NAMES)
    expect(page.locator(".names a")).to_have_text(["华晨金杯", "特变电工"])
    expect(page.locator(".answer h3")).to_contain_text("等")
    link = page.locator(".names a").nth(1)
    link.click()
    settled(page, link.get_attribute("href") or "")  # both are marked until the page has gone there
    assert highlighted(page) == ["特变电工"]


def test_a_choice_asks_again_stands_in_the_address_and_comes_back(visit: Visit, address: str) -> None:
    page = shown(visit, address, POINTS)
    page.click(".chip[aria-controls=choose-when]")
    expect(page.locator("#choose-when")).to_be_visible()
    page.locator("#choose-when a", has_text="2007年 · 计划").first.click()
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("when") == ["2007:target"])
    expect(page.locator(".answer .grp .tag")).to_have_text(["2007年 · 计划"])
    again = visit(page.url)
    expect(again.locator(".answer .grp .tag")).to_have_text(["2007年 · 计划"])
    expect(again.locator("#choose-when a[aria-current]")).to_have_text("2007年 · 计划")
    page.go_back()
    expect(page.locator(".answer .grp .tag")).to_have_count(2)


def test_an_unsure_plan_opens_its_choices_by_itself_and_keys_reach_them(visit: Visit, address: str, engine: Engine) -> None:
    answer = engine.ask(COMPUTED).answer
    assert answer.plan is not None
    assert max(answer.plan.confidence, answer.confidence) < 0.5
    page = shown(visit, address, COMPUTED)
    expect(page.locator("#choose-operation")).to_be_visible()
    expect(page.locator("#choose-operation a[aria-current]")).to_contain_text("相差多少")
    page.locator("#choose-operation a", has_text="哪个更高").press("Enter")
    expect(page.locator(".answer h3.big")).to_have_text("2007年目标更低")
    sure = shown(visit, address, TABLE)
    expect(sure.locator("#choose-operation")).to_be_hidden()
    sure.locator(".chip[aria-controls=choose-operation]").press("Enter")
    expect(sure.locator("#choose-operation")).to_be_visible()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("2006年沈阳市地区生产总值是多少？", "据《沈阳市2007年政府工作报告》，2006年预计全市地区生产总值实现2482.5亿元，增长16.5%。"),
        ("今年新增就业的目标", "据《沈阳市2007年政府工作报告》，2007年目标：全年新增就业15万人。"),
    ],
)
def test_a_sentence_to_print_keeps_hedge_year_and_source(visit: Visit, address: str, question: str, sentence: str) -> None:
    page = shown(visit, address, question, **GRANTED)
    assert copied(page, "复制成一句") == sentence
    button = page.locator(".acts button").first
    expect(button).to_contain_text("已复制")
    button.click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('http'))")
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert parse_qs(urlsplit(link).query)["q"] == [question]


def test_everything_is_copied_with_its_citations(visit: Visit, address: str, engine: Engine) -> None:
    answer = engine.ask(POINTS).answer
    text = copied(shown(visit, address, POINTS, **GRANTED), "复制全部")
    for cited in answer.citations:
        assert f"“{cited.quote}”（《沈阳市2007年政府工作报告》" in text
    assert text.startswith(POINTS)


def test_a_table_to_paste_has_numbers_places_and_links(visit: Visit, address: str, engine: Engine) -> None:
    page = shown(visit, address, TABLE, **GRANTED)
    lines = [line.split("\t") for line in copied(page, "表格").split("\n")]
    rows = engine.ask(TABLE).answer.rows
    assert len(lines) == len(rows) + 1
    first = dict(zip(lines[0], lines[1], strict=True))
    assert (first["数值"], first["单位"], first["时期"]) == ("15", "%", "2007")
    assert first["链接"].startswith(address)


def taken(page: Page, name: str) -> bytes:
    page.click(".get summary")
    with page.expect_download() as saved:
        page.locator(".get a", has_text=name).click()
    return saved.value.path().read_bytes()


def is_workbook(raw: bytes, answer: Answer) -> None:
    rows = [*load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True)]
    assert len(rows) == len(answer.rows) + 1
    assert rows[1][rows[0].index("数值")] == 15


def is_json(raw: bytes, answer: Answer) -> None:
    assert json.loads(raw)["answer"] == answer.to_dict()


def is_markdown(raw: bytes, answer: Answer) -> None:
    text = raw.decode()
    assert text.startswith(f"# {TABLE}\n")
    assert all(f"> {row.citation.quote}\n" in text for row in answer.rows if row.citation)
    assert "- 地区生产总值：增长15%（2007年 · 计划）\n" in text


def is_csv(raw: bytes, answer: Answer) -> None:
    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(raw.decode("utf-8-sig").split("\n")) == len(answer.rows) + 1


@pytest.mark.parametrize(
    ("name", "holds"),
    [("Excel", is_workbook), ("JSON", is_json), ("Markdown", is_markdown), ("CSV", is_csv)],
    ids=["xlsx", "json", "md", "csv"],
)
def test_an_answer_is_taken_as_a_file(
    visit: Visit, address: str, engine: Engine, name: str, holds: Callable[[bytes, Answer], None]
) -> None:
    holds(taken(shown(visit, address, TABLE), name), engine.ask(TABLE).answer)


def test_a_screen_reader_hears_the_count_and_each_row_as_a_sentence(visit: Visit, address: str) -> None:
    page = shown(visit, address, PART)
    said = page.locator("#said [role=status]")
    expect(said).to_have_text("3 项。农民人均纯收入：5712元。房价：报告没有给出。社会消费品零售总额：1048.7亿元")
