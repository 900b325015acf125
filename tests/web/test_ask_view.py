"""The ask view: the answer, its marks, what leads to the report, what goes on from it."""

from __future__ import annotations

import re
from csv import reader
from io import BytesIO, StringIO
from json import loads
from pathlib import Path
from urllib.parse import quote, urlencode

from openpyxl import load_workbook
from playwright.sync_api import expect

from index.encode.encoder import open_encoder
from search import Engine
from tests.builds import index_of
from tests.conftest import REPORT_ID
from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, PHONE, ask, highlighted, inside, settled, unfold
from tests.web.samples import HOSTILE
from web.answers.context import Context
from web.answers.value import readings
from web.strings import words


def test_a_question_is_answered_with_its_figure_marked_and_leads_to_the_paragraph(visit: Visit, address: str) -> None:
    page = visit(address)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator(".answer .tags")).to_have_text("2006年 · 完成（预计数）")  # no 已完成 beside 预计
    expect(page.locator(".answer blockquote mark.figure").first).to_have_text("2482.5亿元")
    settled(page, "#p-6")  # the column goes there by itself
    page.evaluate("document.querySelector('#side').scrollTo(0, 0)")
    page.evaluate("scrollTo(0, 600)")  # the column stays in sight however far the answers go
    page.click(".answer a.place")
    settled(page, "#p-6")
    expect(page.locator("#p-6")).to_have_class("here")
    expect(page.locator("#p-6")).to_be_focused()
    assert highlighted(page)[0] == "2482.5亿元"
    assert page.evaluate("getComputedStyle(document.querySelector('#p-6')).backgroundColor") == "rgb(253, 246, 227)"


def test_a_passage_can_be_clicked_anywhere_and_only_one_paragraph_is_marked(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    expect(page.locator(".passage p").first).to_be_hidden()  # the answer is above; the rest is there for who wants it
    unfold(page)
    page.locator(".passage p").nth(1).click()
    number = page.locator(".passage a.place").nth(1).get_attribute("href") or ""
    settled(page, number)
    expect(page.locator("#report .here")).to_have_count(1)
    expect(page.locator(number)).to_have_class("here")
    whole = page.locator("#p-6").text_content()
    assert whole == "——预计全市地区生产总值实现2482.5亿元，增长16.5%，创14年来最高增幅；"


def test_a_follow_up_goes_on_from_the_question_before_and_from_the_one_understood(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('2006年实际利用外资是多少？')}")
    expect(page.locator(".answer .big")).to_contain_text("30.4亿美元")
    for question, said in (("今年呢？", "35.5亿美元"), ("去年呢？", "30.4亿美元")):
        page.fill("#follow textarea", question)
        page.press("#follow textarea", "Enter")
        expect(page.locator(".answer .big").first).to_contain_text(said)
        expect(page.locator("#answer .understood")).to_contain_text("实际利用外资")
        expect(page.locator("#follow textarea")).to_have_value("")
        expect(page.locator(BOX)).to_have_value(question)
    again = visit(page.url)
    expect(again.locator(".answer .big").first).to_contain_text("30.4亿美元")
    expect(again.locator(BOX)).to_have_value("去年呢？")


def test_a_refusal_is_one_message_and_quotes_the_sentence_that_speaks_of_it(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('2010年的失业率目标是多少？')}")
    card = page.locator("#answer .answer.refused")
    quoted = "新增就业15万人，零就业家庭全部实现至少一人稳定就业，城镇登记失业率控制在5.1%。"
    place = "（七）社会事业全面发展，民生工程扎实推进\xa0·\xa0第6段"
    assert card.locator(":scope > :not(.acts)").all_text_contents() == ["报告没有给出所问的。它只说：", quoted, place]
    expect(page.locator("#said [role=status]")).to_have_text(f"报告没有给出所问的。它只说：{quoted}")
    card.locator("a.place").click()
    expect(page.locator("#report .here")).to_contain_text(quoted)
    assert "".join(highlighted(page)) == quoted
    expect(page.locator("#answer .fold > summary")).to_have_text("最接近的段落 10 段")
    unfold(page)
    expect(page.locator(".passage p").first).to_contain_text("失业率")
    expect(page.locator("#answer .fit")).to_have_count(0)  # how well a passage fits says nothing where none has the answer
    for contradiction in ("没有提到", "谈到了", "相关", "●"):
        expect(page.locator("#answer")).not_to_contain_text(contradiction)


def test_a_refusal_of_what_the_report_does_not_speak_of_says_only_that(visit: Visit, address: str, collection: str) -> None:
    page = visit(f"{address}/?q={quote('核电站装机容量是多少？')}")
    card = page.locator("#answer .answer.refused > :not(.acts)")
    expect(card).to_have_text(["报告中没有提到"])
    expect(page.locator("#said [role=status]")).to_have_text("报告中没有提到")
    page = visit(f"{collection}/?q={quote('大连市2014年地区生产总值增长多少？')}")
    expect(page.locator("#answer .answer.refused > :not(.acts)")).to_have_text(["索引里没有大连的报告。"])
    expect(page.locator("#said [role=status]")).to_have_text("索引里没有大连的报告。")


def test_what_is_not_sure_is_given_as_candidates_and_said_as_them(visit: Visit, address: str, engine: Engine) -> None:
    question = "哪个指标增长最快"
    others = engine.ask(question).answer.alternatives
    page = visit(f"{address}/?q={quote(question)}")
    rows = page.locator("#answer .candidates > li")
    title = f"不能确定是哪一个：有{len(others)}种可能"
    expect(page.locator("#answer h3")).to_have_text(title)
    expect(rows).to_have_count(len(others))
    expect(page.locator("#said [role=status]")).to_have_text(re.compile(f"^{title}。"))
    for row, other in zip(rows.all(), others, strict=True):
        number, _, time = other.text.partition("（")
        expect(row.locator("mark")).to_have_text(number)
        expect(row.locator(".tag")).to_have_text(time.rstrip("）").replace("计划", " · 计划"))
        expect(row.locator("blockquote")).to_have_text(other.citation.quote)
        expect(page.locator("#said [role=status]")).to_contain_text(other.text)
    rows.last.locator("a.place").click()
    settled(page, f"#p-{others[-1].citation.paragraph}")
    assert "".join(highlighted(page)) == others[-1].text.partition("（")[0]


def test_marks_are_told_apart_without_colour_and_a_score_is_words(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    unfold(page)
    styles = page.evaluate(
        "['figure', 'term'].map((kind) => getComputedStyle(document.querySelector(`.passage mark.${kind}`)).borderBottomStyle)"
    )
    assert styles == ["solid", "dotted"]
    expect(page.locator(".legend mark")).to_have_text(["指标数字", "问题用词"])
    expect(page.locator(".passage .fit").first).to_contain_text("很相关")
    assert "%" not in page.locator(".passage .fit").all_inner_texts()[0]


def test_other_readings_say_how_they_differ_and_lead_to_their_place(visit: Visit, address: str, engine: Engine) -> None:
    question = "利用外资多少"
    first, *_ = others = engine.ask(question).answer.alternatives
    page = visit(f"{address}/?q={quote(question)}")
    rows = page.locator(".answer .alternatives li")
    expect(page.locator(".answer .alternatives h4")).to_have_text("其他理解")
    assert rows.locator("b").all_inner_texts() == [other.text for other in others]
    assert rows.locator("b + span").all_inner_texts() == [other.difference for other in others]
    rows.first.locator("a.place").click()
    settled(page, f"#p-{first.citation.paragraph}")
    expect(page.locator(f"#p-{first.citation.paragraph}")).to_have_class("here")


FALL = "丁省2014年政府工作报告\n一、2013年工作回顾\n进出口总额增长6%。加工贸易进出口总额下降3.2%。\n"


def test_another_reading_of_what_fell_says_that_it_fell(tmp_path: Path) -> None:
    (tmp_path / "fall.txt").write_text(FALL, encoding="utf-8")
    engine = Engine(index_of([tmp_path / "fall.txt"], encoder := open_encoder()), lambda: encoder)
    result = engine.ask("进出口总额增长多少")
    assert result.answer.text == "6%。"
    assert [other.text for other in result.answer.alternatives] == ["下降3.2%"]
    assert '<b lang="zh-CN">下降3.2%</b>' in readings(result.answer, Context(words("zh")))


def test_readers_of_english_get_a_gloss_beside_the_quote(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", locale="en-GB")
    expect(page.locator(".answer .gloss")).to_have_text("248.25 billion yuan (expected), 2006, reached; up 16.5%, 2006, reached")
    expect(page.locator(".answer blockquote").first).to_contain_text("2482.5亿元")
    compared = visit(f"{address}/?q={quote('城建投资今年计划比去年多多少？')}", locale="en-GB")
    expect(compared.locator(".answer .gloss")).to_have_text(["3 billion yuan more", "18.5 billion yuan", "15.5 billion yuan"])
    expect(compared.locator(".answer .sides .tag")).to_have_text(["2007 · planned", "2006 · done"])  # which the glosses need not repeat
    table = visit(f"{address}/?q={quote('2007年主要预期目标有哪些')}", locale="en-GB")
    planned, reached = table.locator(".answer td:nth-child(2)"), table.locator(".answer td:nth-child(3)")
    expect(planned.locator(".gloss")).to_have_text([*(f"up {rate}%" for rate in (15, 20, 16, 13, 16.7, 13, 13)), "down 3%"])
    numbers = reached.locator("a").all_inner_texts()
    assert "16.5%" in numbers
    expect(reached.locator(".gloss")).to_have_text([f"up {number}" for number in numbers])
    expect(table.locator(".answer td .hedge")).to_have_text(["expected"])
    chinese = visit(f"{address}/?q={quote(GDP)}&lang=zh", locale="en-GB")
    expect(chinese.locator(".answer .big")).to_be_visible()
    expect(chinese.locator(".answer .gloss")).to_have_count(0)


def test_an_answer_can_be_taken_as_a_file_of_each_kind(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    files = {}
    for kind in page.locator(".acts .get a").all():
        page.click(".acts .get summary")
        with page.expect_download() as saved:
            kind.click()
        expect(page.locator(".acts .get")).not_to_have_attribute("open", "")
        files[saved.value.suggested_filename] = saved.value.path().read_bytes()
    assert [*files] == ["wenbao.md", "wenbao.xlsx", "wenbao.csv", "wenbao.json"]
    assert loads(files["wenbao.json"])["answer"] == engine.ask(GDP).to_dict()["answer"]
    markdown = files["wenbao.md"].decode()
    assert "**2482.5亿元（预计），增长16.5%。**" in markdown
    assert "> 预计全市地区生产总值实现2482.5亿元，增长16.5%\n>\n> —— 《沈阳市2007年政府工作报告》" in markdown
    names, row, *_ = reader(StringIO(files["wenbao.csv"].decode("utf-8-sig")))
    told = dict(zip(names, row, strict=True))
    assert (told["数值"], told["单位"], told["时期"]) == ("248250000000", "元", "2006")
    assert (told["原文写法"], told["原句"]) == ("2482.5亿元（预计）", "预计全市地区生产总值实现2482.5亿元")
    assert told["链接"] == f"{address}/?{urlencode({'view': 'report', 'report': REPORT_ID})}#p-6"
    cells = [*load_workbook(BytesIO(files["wenbao.xlsx"])).active.iter_rows(values_only=True)]
    assert cells[0] == tuple(names)
    assert cells[1][names.index("数值")] == 248250000000


def test_hostile_questions_and_reports_are_only_text(visit: Visit, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('甲市地区生产总值' + HOSTILE)}")
    expect(page.locator(BOX)).to_have_value("甲市地区生产总值" + HOSTILE)
    ask(page, "甲市2010年地区生产总值是多少？")
    expect(page.locator(".answer .big mark")).to_have_text("100亿元")
    expect(page.locator("#p-1")).to_contain_text(HOSTILE)
    unfold(page)
    expect(page.locator(".passage p").first).to_contain_text(HOSTILE)
    for view in (f"?q={quote('地区生产总值')}&mode=keyword", "?view=figures", "?view=compare", "?view=report"):
        page.goto(f"{difficult}/{view}")
        page.wait_for_function("window.wenbao?.isReady")
        expect(page.locator("#main")).to_contain_text(HOSTILE)
        assert page.title() != "hit", view
        assert page.locator("#main img, #main script").count() == 0, view


def test_offsets_hold_beyond_the_basic_plane_and_the_cited_report_is_opened(visit: Visit, difficult: str) -> None:
    page = visit(difficult)
    ask(page, "乙市2011年地区生产总值是多少？")
    expect(page.locator("#report h2")).to_have_text("乙市2012年政府工作报告")
    settled(page, "#p-1")
    assert highlighted(page)[0] == "777亿元"
    ask(page, "甲市2010年地区生产总值是多少？")
    expect(page.locator("#report h2")).to_have_text("甲市2011年政府工作报告")
    settled(page, "#p-1")


def test_on_a_phone_the_report_is_a_view_of_its_own(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", PHONE)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator("#side")).to_be_hidden()
    unfold(page)
    expect(page.locator(".legend mark").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.evaluate("scrollTo(0, 120)")
    page.click(".answer a.place")
    settled(page, "#p-6")
    assert highlighted(page)[0] == "2482.5亿元"
    assert inside(page, "#tab-ask-button")
    page.go_back()
    expect(page.locator(".answer .big mark")).to_be_visible()
    page.wait_for_function("scrollY === 120")


def test_the_quoted_lines_are_of_a_length_to_read(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=report", (1920, 1080))
    width = page.locator("#p-5").bounding_box()
    assert width is not None
    assert 30 * 16 <= width["width"] <= 38 * 16
