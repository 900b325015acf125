"""The ask view: the answer, its marks, what leads to the report, what goes on from it."""

from __future__ import annotations

from base64 import b64decode
from json import loads
from urllib.parse import quote

from playwright.sync_api import expect

from search import Engine
from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, PHONE, ask, highlighted, inside, settled
from tests.web.samples import HOSTILE


def test_a_question_is_answered_with_its_figure_marked_and_leads_to_the_paragraph(visit: Visit, address: str) -> None:
    page = visit(address)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator(".answer .tags")).to_contain_text("预计")
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
        page.fill("#follow input", question)
        page.press("#follow input", "Enter")
        expect(page.locator(".answer .big").first).to_contain_text(said)
        expect(page.locator(".answer .understood")).to_contain_text("实际利用外资")
        expect(page.locator("#follow input")).to_have_value("")
    again = visit(page.url)
    expect(again.locator(".answer .big").first).to_contain_text("30.4亿美元")
    expect(again.locator(BOX)).to_have_value("去年呢？")


def test_what_the_report_does_not_say_is_said_with_the_reason_and_the_nearest(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote('2010年的失业率目标是多少？')}")
    card = page.locator(".answer.refused")
    expect(card).to_contain_text("报告中没有提到")
    expect(card).to_contain_text("没有给出所问的")
    expect(page.locator(".passages-head h2")).to_have_text("最接近的段落")
    expect(page.locator(".passage p").first).to_contain_text("失业率")


def test_marks_are_told_apart_without_colour_and_a_score_is_words(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
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
    expect(page.locator(".answer .alternatives h3")).to_have_text("其他理解")
    expect(rows).to_have_count(len(others))
    expect(rows.first.locator("b")).to_have_text(first.text)
    expect(rows.first).to_contain_text(first.difference)
    rows.first.locator("a.place").click()
    settled(page, f"#p-{first.citation.paragraph}")
    expect(page.locator(f"#p-{first.citation.paragraph}")).to_have_class("here")


def test_readers_of_english_get_a_gloss_beside_the_quote(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?q={quote(GDP)}", locale="en-GB")
    expect(page.locator(".answer .gloss")).to_have_text("248.25 billion yuan (expected), 2006, reached")
    expect(page.locator(".answer blockquote").first).to_contain_text("2482.5亿元")
    compared = visit(f"{address}/?q={quote('城建投资今年计划比去年多多少？')}", locale="en-GB")
    glosses = ["3 billion yuan more", "18.5 billion yuan, 2007, planned", "15.5 billion yuan, 2006, reached"]
    expect(compared.locator(".answer .gloss")).to_have_text(glosses)
    chinese = visit(f"{address}/?q={quote(GDP)}&lang=zh", locale="en-GB")
    expect(chinese.locator(".answer .big")).to_be_visible()
    expect(chinese.locator(".answer .gloss")).to_have_count(0)


def test_an_answer_can_be_taken_as_markdown_and_json(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?q={quote(GDP)}")
    files = {}
    for link in page.locator(".downloads a").all():
        with page.expect_download() as saved:
            link.click()
        files[saved.value.suggested_filename] = saved.value.path().read_text(encoding="utf-8")
        assert b64decode((link.get_attribute("href") or "").partition("base64,")[2]).decode() == next(reversed(files.values()))
    own = engine.ask(GDP).to_dict()
    assert loads(files["wenbao.json"])["answer"] == own["answer"]
    assert "**2482.5亿元（预计），增长16.5%。**" in files["wenbao.md"]
    assert "> 预计全市地区生产总值实现2482.5亿元，增长16.5%\n>\n> —— 《沈阳市2007年政府工作报告》" in files["wenbao.md"]


def test_hostile_questions_and_reports_are_only_text(visit: Visit, difficult: str) -> None:
    page = visit(f"{difficult}/?q={quote('甲市地区生产总值' + HOSTILE)}")
    expect(page.locator(BOX)).to_have_value("甲市地区生产总值" + HOSTILE)
    ask(page, "甲市2010年地区生产总值是多少？")
    expect(page.locator(".answer .big mark")).to_have_text("100亿元")
    expect(page.locator("#p-1")).to_contain_text(HOSTILE)
    expect(page.locator(".passage p").first).to_contain_text(HOSTILE)
    for view in (f"?q={quote('地区生产总值')}&mode=keyword", "?view=figures", "?view=compare", "?view=report"):
        page.goto(f"{difficult}/{view}")
        page.wait_for_function("window.wenbao?.isReady")
        expect(page.locator("#p-1")).to_contain_text(HOSTILE)
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
