"""A reader's own report on the page: asked like any other, by this reader alone, for this visit; what is none is refused in a line."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, DESK, PHONE, ask, highlighted, ready, serious, settled, turn

TITLE = "戊市2020年政府工作报告"
MINE = f"{TITLE}\n一、2019年工作回顾\n地区生产总值实现321.5亿元，增长7.3%。新建学校12所。\n二、2020年工作安排\n地区生产总值增长8%左右。\n"
SERVERS = "丙区2014年政府工作报告"
GDP = "2019年地区生产总值是多少？"
SECOND = "己市2020年政府工作报告"
OTHER = (
    f"{SECOND}\n一、2019年工作回顾\n地区生产总值实现654.2亿元，增长6.1%。新建学校5所。\n二、2020年工作安排\n地区生产总值增长6.5%左右。\n"
)
ALL, MIXED = "3 份报告", "4 份报告，其中 1 份是自己的"  # what the header says without and with one of one's own
COLLECTED = ["丙区2013年政府工作报告", SERVERS, "丁省2014年政府工作报告"]
GONE = {"zh": "已经没有留住", "en": "it is no longer kept"}
SEEN = """() => { window.seen = []; new MutationObserver(() => {
  const bar = document.querySelector('#own progress');
  if (bar) window.seen.push([bar.parentElement.textContent.trim(), bar.value, bar.max]);
}).observe(document.querySelector('#own'), {childList: true, subtree: true}); }"""
READ = 180_000  # ms: the model that reads is opened first


def choose_file(page: Page, *texts: str | bytes, name: str = "mine.txt") -> None:
    given = [text.encode() if isinstance(text, str) else text for text in texts]
    files: list[Any] = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for data in given]
    page.set_input_files("#own-file input[type=file]", files)


def bring(page: Page, *texts: str | bytes, name: str = "mine.txt") -> None:
    """Chooses files and waits for what comes of them."""
    choose_file(page, *texts, name=name)
    expect(page.locator("#own-said :is([data-report], .trouble)")).to_have_count(len(texts), timeout=READ)


def brought(page: Page, text: str = MINE) -> str:
    """Brings a report and returns its id, once it is what is asked."""
    bring(page, text)
    page.wait_for_url("**report=own_*")
    expect(page.locator("#report .full h2").first).to_have_text(text.partition("\n")[0])
    return parse_qs(urlsplit(page.url).query)["report"][0]


def is_asked(page: Page) -> None:
    """The header says whose report is asked."""
    expect(page.locator("#title")).to_have_text(re.compile(f"^{TITLE}\\s+自己的$"))
    expect(page.locator("#title .tag.own")).to_be_visible()


def sent(page: Page) -> list[str]:
    """The uploads that the page makes from now on."""
    made: list[str] = []
    page.on("request", lambda request: made.extend([request.url] * ("upload" in request.url)))
    return made


def left_behind(text: str) -> list[Path]:
    """The files that hold this text among all that pages were given; those of other tests come and go meanwhile."""
    found = []
    for folder, _, names in os.walk(os.environ.get("GRADIO_TEMP_DIR", "/tmp/gradio")):
        for file in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):
                found += [file] * (file.read_bytes() == text.encode())
    return found


def test_it_is_asked_searched_tabled_and_read(visit: Visit, collection: str) -> None:
    mine = f"{MINE}我们共同努力。\n"  # known from what other tests bring at the same time
    page = visit(collection)
    turn(page, "figures")
    expect(page.locator("#table")).to_contain_text("18.5%")
    turn(page, "ask")
    brought(page, mine)
    expect(page.locator("#own")).to_contain_text(TITLE)
    expect(page.locator("#try a").first).to_have_text("地区生产总值是多少？")
    is_asked(page)
    ask(page, GDP)
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    turn(page, "figures")
    expect(page.locator(".counted")).to_contain_text("3 行")
    expect(page.locator("#table")).to_contain_text("321.5")
    turn(page, "search")
    page.fill(BOX, "学校")
    expect(page.locator("#results .passage").first).to_contain_text("12所")
    is_asked(page)
    assert left_behind(mine) == [], "the file is gone once it is read"


def test_while_it_is_read_a_bar_goes_on_and_says_what_is_done(visit: Visit, collection: str) -> None:
    page = visit(collection)
    page.evaluate(SEEN)
    bring(page, MINE + "".join(f"第{number}项工作扎实推进，成效明显，群众满意。\n" for number in range(200)))
    seen = page.evaluate("window.seen")
    said, values = [text for text, *_ in seen], [value for _, value, _ in seen]
    assert [one for one in said if "在理解每一句" in one]
    assert values == sorted(values)
    assert len(set(values)) > 2
    assert all(0 <= value <= most == 1 for _, value, most in seen)
    expect(page.locator("#own progress")).to_have_count(0)


def test_it_is_still_there_after_a_reload(visit: Visit, collection: str) -> None:
    page = visit(collection)
    report = brought(page)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
    assert parse_qs(urlsplit(page.url).query)["report"] == [report]
    page.reload()
    ready(page)
    expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
    expect(page.locator("#report .full h2").first).to_have_text(TITLE)
    settled(page, "#report .here")
    assert highlighted(page) == ["321.5亿元", "7.3%"]
    is_asked(page)
    expect(page.locator("#which option:checked")).to_have_text(f"{TITLE}（自己的）")
    expect(page.locator("#own .drop")).to_be_visible()
    ask(page, "2019年新建学校多少所？")
    expect(page.locator(".answer")).to_contain_text("12所")


@pytest.mark.parametrize("view", ["figures", "search", "report"])
def test_each_view_of_it_is_still_there_after_a_reload(visit: Visit, collection: str, view: str) -> None:
    page = visit(collection)
    report = brought(page)
    turn(page, view)
    page.wait_for_url(lambda url: f"report={report}" in url and ("mode=" if view == "search" else f"view={view}") in url)
    page.reload()
    ready(page)
    expect(page.locator(f"#tab-{view}-button")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#report .full h2").first).to_have_text(TITLE)
    is_asked(page)


def test_back_leads_to_what_was_asked_of_the_servers_reports(visit: Visit, collection: str) -> None:
    page = visit(collection)
    ask(page, "丙区2013年地区生产总值增长多少？")
    expect(page.locator(".answer")).to_contain_text("10.1%")
    brought(page)
    ask(page, GDP)
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    page.go_back()
    expect(page.locator(".answer")).to_have_count(0)
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("10.1%")
    expect(page.locator("#title")).to_have_text(MIXED)
    expect(page.locator("#report .full h2").first).to_have_text(SERVERS)
    page.go_forward()
    page.go_forward()
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    is_asked(page)


def test_the_servers_reports_can_be_asked_meanwhile(visit: Visit, collection: str) -> None:
    """By the list of reports: the same question of the one that is chosen, and back."""
    page = visit(collection)
    report = brought(page)
    ask(page, "2013年地区生产总值增长多少？")
    expect(page.locator(".answer")).to_be_visible()
    page.select_option("#which", label=SERVERS)
    expect(page.locator(".answer")).to_contain_text("10.1%")
    expect(page.locator("#title")).to_have_text(MIXED)
    page.wait_for_url("**report=c2014**")
    ask(page, "丁省2013年地区生产总值下降多少？")
    expect(page.locator(".answer")).to_contain_text("1.2%")
    assert "own_" not in page.url
    expect(page.locator("#report .full h2").first).to_have_text("丁省2014年政府工作报告")
    turn(page, "figures")
    expect(page.locator("#table")).to_contain_text("1.2%")
    page.select_option("#which", report)
    expect(page.locator("#table")).to_contain_text("321.5")
    is_asked(page)
    turn(page, "ask")
    is_asked(page)
    ask(page, GDP)
    expect(page.locator(".answer")).to_contain_text("321.5亿元")


def test_the_line_of_how_it_was_taken_leads_to_the_servers_reports_and_back(visit: Visit, collection: str) -> None:
    page = visit(collection)
    brought(page)
    ask(page, "地区生产总值增长多少？")
    expect(page.locator(".answer")).to_contain_text("7.3%")
    for title, figure, whose in ((SERVERS, "10.1%", MIXED), (TITLE, "7.3%", TITLE)):
        chip = page.locator(".chip", has_text="报告")
        chip.click()
        page.locator("#choose-report a", has_text=title).click()
        expect(page.locator(".answer")).to_contain_text(figure)
        expect(page.locator("#title")).to_contain_text(whose)


def test_compared_are_all_reports_and_ones_own_is_asked_afterwards(visit: Visit, collection: str) -> None:
    page = visit(collection)
    brought(page)
    ask(page, GDP)
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    turn(page, "compare")
    expect(page.locator("#compared tbody th", has_text="戊市").first).to_contain_text("自己的")
    expect(page.locator("#compared tbody th", has_text="丁省").first).not_to_contain_text("自己的")
    expect(page.locator("#title")).to_have_text(MIXED)
    turn(page, "ask")
    is_asked(page)
    expect(page.locator("#report .full h2").first).to_have_text(TITLE)
    ask(page, "2019年新建学校多少所？")
    expect(page.locator(".answer")).to_contain_text("12所")


def test_what_was_asked_before_is_asked_again_of_it(visit: Visit, collection: str) -> None:
    page = visit(collection)
    ask(page, "地区生产总值增长多少？")
    expect(page.locator(".answer")).to_be_visible()
    brought(page)
    page.get_by_role("button", name="历史").click()
    page.click("#past a")
    expect(page.locator(".answer")).to_contain_text("7.3%")
    is_asked(page)


def test_another_reader_does_not_see_it(visit: Visit, collection: str) -> None:
    mine, other = visit(collection), visit(collection)
    report = brought(mine)
    ask(other, "戊市2019年地区生产总值是多少？")
    expect(other.locator("#answer [data-say]")).not_to_contain_text("321.5")
    expect(other.locator("#own p")).to_have_count(0)
    assert report not in other.content()
    files = [f"view=figures&report={report}", f"q={quote(GDP)}&report={report}"]
    for query in files:
        kept, refused = (page.request.get(f"{collection}/file/wenbao.csv?{query}") for page in (mine, other))
        assert (kept.status, refused.status) == (200, 404)
        assert "321.5" in kept.text()
        assert "321.5" not in refused.text()


@pytest.mark.parametrize("language", GONE)
@pytest.mark.parametrize("query", [f"q={quote(GDP)}", "", "view=figures", "view=report", f"q={quote('学校')}&mode=keyword"])
def test_a_link_to_it_says_to_others_that_it_is_no_longer_kept(visit: Visit, collection: str, language: str, query: str) -> None:
    """And marks no paragraph of another report: as a link of another reader, or of one that was put away."""
    page = visit(f"{collection}/?{query}&report=own_0123456789ab&lang={language}#p-2")
    expect(page.locator(".trouble:visible")).to_contain_text(GONE[language])
    expect(page.locator(".trouble")).to_have_count(1)
    expect(page.locator("#report .full")).to_have_count(0)
    assert (page.locator(".here").count(), highlighted(page)) == (0, [])
    assert "321.5" not in page.inner_text("body")


def test_a_link_to_what_another_reader_has_is_no_way_to_it(visit: Visit, collection: str) -> None:
    mine = visit(collection)
    brought(mine)
    ask(mine, GDP)
    expect(mine.locator(".answer")).to_contain_text("321.5亿元")
    other = visit(f"{mine.url}#p-1")
    expect(other.locator("#answer .trouble")).to_contain_text("另一位读者自己放的报告")
    expect(other.locator("#title")).to_have_text(ALL)
    expect(other.locator("#report .full")).to_have_count(0)
    assert "321.5" not in other.content()
    ask(other, "丙区2013年地区生产总值增长多少？")  # the server's can be asked from here
    expect(other.locator(".answer")).to_contain_text("10.1%")
    assert "own_" not in other.url
    settled(other, "#report .here")
    turn(mine, "search")
    expect(mine.locator("#title")).to_contain_text(TITLE)


def test_it_can_be_put_away(visit: Visit, collection: str) -> None:
    page = visit(collection)
    brought(page)
    ask(page, GDP)
    expect(page.locator(".answer")).to_contain_text("321.5亿元")
    link = page.url
    page.click("#own .drop")
    expect(page.locator("#report .full h2").first).to_have_text("丙区2013年政府工作报告")
    expect(page.locator("#own")).to_be_hidden()
    expect(page.locator("#title")).to_have_text(ALL)
    expect(page.locator("#which option")).to_have_count(3)
    assert "own_" not in page.url
    ask(page, "丙区2013年地区生产总值增长多少？")
    expect(page.locator(".answer")).to_contain_text("10.1%")
    page.goto(link)
    ready(page)
    expect(page.locator("#answer .trouble")).to_contain_text(GONE["zh"])
    expect(page.locator("#report .full")).to_have_count(0)
    turn(page, "report")
    expect(page.locator("#report .full h2").first).to_have_text("丙区2013年政府工作报告")


def test_what_went_meanwhile_is_said_where_it_is_asked(visit: Visit, collection: str) -> None:
    page = visit(collection)
    brought(page)
    other = page.context.new_page()
    other.goto(collection)
    ready(other)
    other.click("#own .drop")
    expect(other.locator("#own")).to_be_hidden()
    ask(page, GDP)
    expect(page.locator("#answer .trouble")).to_contain_text(GONE["zh"])
    expect(page.locator(BOX)).to_have_value(GDP)
    expect(page.locator("#report .full")).to_have_count(0)
    expect(page.locator("#own .drop")).to_have_count(0)
    expect(page.locator("#which option")).to_have_count(3)
    page.select_option("#which", label=SERVERS)
    expect(page.locator("#report .full h2").first).to_have_text(SERVERS)
    ask(page, "丁省2013年地区生产总值下降多少？")
    expect(page.locator(".answer")).to_contain_text("1.2%")


def two(page: Page) -> None:
    """Brings two reports at once, and waits until they stand beside the server's."""
    bring(page, MINE, OTHER)
    expect(page.locator("#title")).to_have_text("5 份报告，其中 2 份是自己的")


def said_asked(page: Page) -> list[str]:
    """Which of the reports, or all together, are said to be asked."""
    return page.locator("#own-list [aria-current]").all_inner_texts()


def test_several_are_asked_with_the_servers(visit: Visit, collection: str) -> None:
    page = visit(collection)
    two(page)
    expect(page.locator("#own-said [role=status]")).to_have_text([f"你的《{title}》可以问了。" for title in (TITLE, SECOND)])
    expect(page.locator("#which option")).to_have_text([*COLLECTED, f"{TITLE}（自己的）", f"{SECOND}（自己的）"])
    assert said_asked(page) == ["全部 5 份一起"]
    answer = page.locator("#answer .answer")
    ask(page, "戊市和己市2020年GDP增长目标哪个高")
    expect(answer).to_contain_text("8%左右")
    expect(answer).to_contain_text("6.5%左右")
    expect(answer).to_contain_text("己市（自己的）")
    ask(page, "我的两份报告2019年地区生产总值哪个高")
    for number in ("654.2亿元", "321.5亿元"):
        expect(answer).to_contain_text(number)
    assert "own_" not in page.url
    page.reload()
    ready(page)
    expect(answer).to_contain_text("654.2亿元")
    ask(page, "丁省2013年地区生产总值下降多少？")
    expect(answer).to_contain_text("1.2%")


def test_a_second_comes_beside_the_first_and_each_is_chosen_or_put_away_by_itself(visit: Visit, collection: str) -> None:
    page = visit(collection)
    report = brought(page)
    is_asked(page)
    assert said_asked(page) == ["戊市2020（自己的）"]
    bring(page, OTHER)
    expect(page.locator("#title")).to_have_text("5 份报告，其中 2 份是自己的")
    assert "own_" not in page.url
    page.locator("#own-list a", has_text="戊市").click()
    is_asked(page)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("321.5亿元")
    assert parse_qs(urlsplit(page.url).query)["report"] == [report]
    page.locator("#own-list a", has_text="己市").click()
    expect(page.locator(".answer .big mark")).to_have_text("654.2亿元")
    page.get_by_role("button", name=f"拿掉《{TITLE}》").click()
    expect(page.locator("#own-list a")).to_have_text(["全部 4 份一起", "己市2020（自己的）"])
    expect(page.locator("#title")).to_contain_text(SECOND)
    expect(page.locator(".answer .big mark")).to_have_text("654.2亿元")
    page.locator("#own-list a", has_text="全部").click()
    expect(page.locator("#title")).to_have_text(MIXED)
    expect(page.locator("#which option")).to_have_count(4)
    page.goto(f"{collection}/?q={quote(GDP)}&report={report}")
    ready(page)
    expect(page.locator("#answer .trouble")).to_contain_text(GONE["zh"])


def test_they_are_searched_and_compared_among_the_others(visit: Visit, collection: str) -> None:
    page = visit(collection)
    two(page)
    turn(page, "search")
    page.fill(BOX, "新建学校")
    titles = page.locator("#results .passage a.place")
    expect(titles.first).to_be_visible()
    assert {SERVERS, f"{TITLE}（自己的）", f"{SECOND}（自己的）"} <= {one.get_attribute("data-title") for one in titles.all()}
    turn(page, "compare")
    expect(page.locator("#compared tbody th", has_text="丁省").first).not_to_contain_text("自己的")
    for mine in ("戊市", "己市"):
        expect(page.locator("#compared tbody th", has_text=mine).first).to_contain_text("自己的")
    query = f"view=compare&q={quote('地区生产总值')}&kind=growth"
    mine, others = (one.request.get(f"{collection}/file/wenbao.csv?{query}").text() for one in (page, visit(collection)))
    assert f"{SECOND}（自己的）" in mine
    assert "6.5%" in mine
    assert (SECOND in others, "丁省" in others) == (False, True)
    assert page.request.get(f"{collection}/file/wenbao.xlsx?{query}").body()[:2] == b"PK"


def test_another_reader_sees_none_of_several(visit: Visit, collection: str) -> None:
    mine, other = visit(collection), visit(collection)
    two(mine)
    other.reload()
    ready(other)
    ask(other, "己市2019年地区生产总值是多少？")
    expect(other.locator("#answer [data-say]")).to_be_visible()
    turn(other, "compare")
    expect(other.locator("#compared tbody th", has_text="丁省").first).to_be_visible()
    expect(other.locator("#compared tbody th", has_text="自己的")).to_have_count(0)
    turn(other, "search")
    other.fill(BOX, "新建学校5所")
    expect(other.locator("#results .passage").first).to_be_visible()
    assert not re.search("戊市2020|己市2020|654.2|own_", other.inner_text("#page") + other.inner_html("#which"))
    expect(other.locator("#own-list *")).to_have_count(0)


def test_beside_a_single_report_there_is_something_to_compare(visit: Visit, address: str) -> None:
    page = visit(address)
    expect(page.locator("#tab-compare-button")).to_have_count(0)
    brought(page)
    turn(page, "compare")
    expect(page.locator("#compare-controls .filters")).to_be_visible()
    page.click("#own .drop")
    expect(page.locator("#tab-compare-button")).to_have_count(0)


def test_the_limit_is_told_with_what_to_remove(visit: Visit, collection: str) -> None:
    page = visit(collection)
    names = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
    bring(page, *(f"{name}2020年政府工作报告\n一、2019年工作回顾\n地区生产总值增长7.3%。\n" for name in names))
    said = "mine.txt：自己的报告最多 8 份、共 300000 个字符；要放这一份，请先拿掉《甲市2020年政府工作报告》"
    expect(page.locator("#own-said .trouble")).to_have_text([said])
    expect(page.locator("#own-list .drop")).to_have_count(8)
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.txt", "锛屾槸鐨勬湰骞村害锛岄摱琛".encode() * 50, "x.txt：是乱码"),
        ("x.txt", b"", "x.txt：文件是空的"),
        ("x.txt", b"\0\1\2", "x.txt：含有空字节"),
        ("x.txt", ("甲市2011年政府工作报告\n" + "字" * 200_001).encode(), "最多 200000"),
    ],
)
def test_what_is_no_report_is_refused(visit: Visit, collection: str, name: str, data: bytes, said: str) -> None:
    page = visit(collection, PHONE)
    for _ in range(2):  # the same file once more is refused once more
        bring(page, data, name=name)
        expect(page.locator("#own .trouble")).to_contain_text(said)
    expect(page.locator("#said [role=status]")).to_contain_text(said)
    assert "/tmp" not in page.inner_text("#own")
    expect(page.locator("#own .drop")).to_have_count(0)
    assert "own_" not in page.url


@pytest.mark.parametrize(
    ("language", "name", "data", "said"),
    [
        ("zh", "x.exe", b"MZ", "x.exe：不是可读的格式。"),
        ("en", "x.exe", b"MZ", "x.exe: not a format that can be read."),
        ("zh", "x.txt", b"1" * 5_000_001, "x.txt：文件太大了。"),
        ("en", "x.txt", b"1" * 5_000_001, "x.txt: the file is too large."),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_sent(
    visit: Visit, collection: str, language: str, name: str, data: bytes, said: str
) -> None:
    page = visit(f"{collection}/?lang={language}")
    uploads = sent(page)
    bring(page, data, name=name)
    expect(page.locator("#own .trouble")).to_have_text(said)
    expect(page.locator("#own [role=alert]")).to_have_text(said)
    assert uploads == []
    choose_file(page, "", name="empty.txt")
    expect(page.locator("#own .trouble")).to_contain_text({"zh": "文件是空的", "en": "the file is empty"}[language], timeout=READ)
    assert uploads, "what can be read is sent"


def test_a_file_is_dropped_onto_the_page(visit: Visit, collection: str) -> None:
    page = visit(collection)
    dropped = page.evaluate_handle(
        "(text) => { const all = new DataTransfer(); all.items.add(new File([text], 'mine.txt')); return all; }", MINE
    )
    page.dispatch_event("#own-file", "drop", {"dataTransfer": dropped})
    expect(page.locator("#own-said [data-report]")).to_be_visible(timeout=READ)
    is_asked(page)


def test_for_everyone_whether_it_was_taken_or_not(visit: Visit, collection: str) -> None:
    page = visit(collection)
    for data, name, said in (("", "x.txt", "文件是空的"), (MINE, "mine.txt", "戊市2020年")):
        bring(page, data, name=name)
        expect(page.locator("#own")).to_contain_text(said, timeout=READ)
        for theme in ("dark", "light"):
            page.click("button.theme")
            for width, height in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(200)
                assert serious(page) == [], (name, theme, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
