"""Tables of a report in its text and where a row of one is quoted; terms; where facts come from, and what was not read."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from index.records import Cell, Report, Section, Span
from search.results import Mark, PassageResult, citation, stands
from tests.sheets import ROWS, TEXT, UNREAD, communique
from tests.web.conftest import Visit
from tests.web.reader import DESK, PHONE, highlighted, settled
from web.answers.cite import source_of
from web.answers.grid import quoted, tables_of
from web.strings import words
from web.views.fulltext import full

REPORT = communique()
SAY = words("zh", {REPORT.id: source_of(REPORT)})
Drawn = list[tuple[str, dict[str, str | None], str]]  # each cell with its attributes and text


class Cells(HTMLParser):
    """The rows of the first table, as a browser has them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[tuple[dict[str, str | None], Drawn]] = []
        self.text = ""  # of the row that is open
        self.texts: list[str] = []
        start = html.index("<table")
        self.feed(html[start : html.index("</table>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append((dict(attrs), []))
            self.text = ""
        if tag in ("td", "th"):
            self.rows[-1][1].append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.texts.append(self.text)

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows and self.rows[-1][1] and data.strip():
            tag, attributes, text = self.rows[-1][1][-1]
            self.rows[-1][1][-1] = (tag, attributes, text + data)


def test_a_table_is_a_table_and_each_row_has_the_anchor_of_its_paragraph() -> None:
    seen = Cells(full(REPORT, SAY))
    assert len(seen.rows) == len(ROWS)
    for attributes, _ in seen.rows:
        paragraph = REPORT.paragraph(int((attributes["id"] or "")[2:]))
        assert attributes["data-start"] == str(paragraph.span.start)
    assert [attributes["id"] for attributes, _ in seen.rows] == [f"p-{number}" for number in range(6, 12)]
    head = [
        (text, attributes.get("scope"), attributes.get("colspan"), attributes.get("rowspan")) for _, attributes, text in seen.rows[0][1]
    ]
    assert head == [("指标", "col", None, "2"), ("2022年", "col", None, "2"), ("2023年", "colgroup", "2", None), ("备注", "col", None, "2")]
    first = [(tag, attributes.get("scope"), attributes.get("class"), text) for tag, attributes, text in seen.rows[2][1]]
    assert first[0] == ("th", "row", None, "地区生产总值")
    assert first[1:] == [("td", None, "num", "2381000"), ("td", None, "num", "2505000"), ("td", None, "num", "5.2"), ("td", None, None, "")]
    assert [text for *_, text in seen.rows[4][1]] == ["第二产业增加值", "1180000", "—", "6.1"]  # a cell from above covers the last
    assert [text for *_, text in seen.rows[5][1]] == ["其中：<工业>", "988000", "1048000", "", ""]


def test_the_text_of_a_row_is_the_reports_so_that_offsets_hold() -> None:
    assert Cells(full(REPORT, SAY)).texts == [REPORT.paragraph(number).span.of(TEXT) for number in range(6, 12)]


def every_column(html: str) -> list[int]:
    """How many columns each row of a table fills, by what it has and what covers it from above."""
    covered: dict[int, int] = {}
    widths = []
    for number, (_, cells) in enumerate(Cells(html).rows):
        width = sum(last > number for last in covered.values())
        at = 0
        for _, attributes, _ in cells:
            while covered.get(at, 0) > number:
                at += 1
            for column in range(at, at + int(attributes.get("colspan") or 1)):
                covered[column] = number + int(attributes.get("rowspan") or 1)
                width += 1
                at += 1
        widths.append(width)
    return widths


def test_every_row_fills_every_column() -> None:
    assert every_column(full(REPORT, SAY)) == [5] * 6


def test_what_is_no_sound_table_stays_lines_of_text() -> None:
    (table,) = REPORT.tables
    wide = replace(REPORT, tables=(replace(table, columns=61),))
    cell = table.cells[9]
    headed = replace(REPORT, sections=(*REPORT.sections, Section(("x",), cell.span, None, None)))
    astray = replace(REPORT, tables=(replace(table, cells=(Cell(Span(0, 5), 0, 0), *table.cells[1:])),))
    for one in (wide, headed, astray):
        assert tables_of(one) == []
        assert "<table" not in full(one, SAY)
        assert 'id="p-8"' in full(one, SAY)


def test_a_caption_is_seen_only_where_the_text_above_does_not_name_it() -> None:
    (table,) = REPORT.tables
    assert '<caption class="sr">表1' in full(REPORT, SAY)
    renamed = replace(REPORT, tables=(replace(table, title="主要指标"),))
    assert "<caption>主要指标 · 单位：万元</caption>" in full(renamed, SAY)
    bare = replace(REPORT, tables=(replace(table, title="", unit=None),))
    assert "<caption" not in full(bare, SAY)
    assert 'aria-label="表格"' in full(bare, SAY)


def passage(report: Report, number: int, *marks: Mark) -> PassageResult:
    paragraph = report.paragraph(number)
    return PassageResult(1, 0.9, **stands(report, paragraph, paragraph.span), marks=marks)


def test_a_quoted_row_stands_below_its_heads_with_what_covers_it_and_its_marks() -> None:
    found = passage(REPORT, 10, Mark(0, 4, "term"), Mark(8, 15, "figure"))
    html = quoted(found, found.marks, SAY)
    rows = [[text for *_, text in cells] for _, cells in Cells(html).rows]
    assert rows == [
        ["指标", "2022年", "2023年", "备注"],
        ["绝对数", "比上年增长（%）"],
        ["第二产业增加值", "1180000", "—", "6.1", "按不变价格计算"],
    ]
    assert '<th scope="row"><mark class="term">第二产业</mark>增加值</th>' in html
    assert '<td class="num"><mark class="figure">1180000</mark></td>' in html
    assert "单位：万元</caption>" in html
    assert " id=" not in html
    assert every_column(html) == [5, 5, 5]


def test_a_quoted_head_is_the_heads_alone_and_other_text_is_none() -> None:
    assert len(Cells(quoted(passage(REPORT, 6), (), SAY)).rows) == 2
    cited = citation(REPORT, REPORT.paragraph(12), REPORT.paragraph(12).span)
    assert quoted(cited, (Mark(0, 2, "term"),), SAY).startswith('<mark class="term">年末</mark>常住人口')
    assert "<table" not in quoted(passage(REPORT, 10), (), words("zh"))  # of a report that is not known here


def test_a_mark_over_two_cells_is_cut_where_they_part() -> None:
    html = quoted(passage(REPORT, 8), (Mark(4, 9, "term"),), SAY)
    assert '地区生产<mark class="term">总值</mark></th>' in html
    assert '<mark class="term">23</mark>81000' in html


def test_terms_are_marked_where_a_paragraph_first_has_them_and_not_where_they_are_explained() -> None:
    html = full(REPORT, SAY)
    assert html.count('class="defined"') == 3
    article = html[html.index("<article") : html.index("</article>")]
    explained = article[article.index('id="s-3"') :]
    assert "defined" not in explained
    assert 'aria-controls="term-2">研发活动</span>企业310家' in article


def test_what_is_said_of_it_is_in_both_languages() -> None:
    told = {
        "zh": ("统计公报", "（文内）", "（文件名）", "没有读的内容（2）"),
        "en": ("Statistical communiqué", "from the file&#x27;s name", "Not read (2)"),
    }
    for language, said in told.items():
        html = full(REPORT, words(language))
        assert all(one in html[: html.index("<article")] for one in said)
    assert "unread" not in full(replace(REPORT, unread=()), SAY)


# --- In a browser.


def texts(page: Page) -> list[str]:
    """The texts of the rows, as script counts them."""
    return list(page.evaluate("[...document.querySelectorAll('#report tr[data-start]')].map((row) => row.textContent)"))


def test_a_link_leads_to_a_row_and_marks_what_is_cited_of_it(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?q={quote('2023年第一产业增加值绝对数是多少')}")
    expect(page.locator(".answer .big mark")).to_have_text("218400万元")
    expect(page.locator(".answer blockquote .sheet tbody tr")).to_have_count(1)
    expect(page.locator(".answer blockquote td mark.figure")).to_have_text("218400")
    expect(page.locator("#report tr.here")).to_have_id("p-9")
    assert highlighted(page) == ["218400"]
    assert texts(page) == [REPORT.paragraph(number).span.of(TEXT) for number in range(6, 12)]
    page.locator(".answer a.place").first.click()
    expect(page.locator("#p-9")).to_be_focused()
    page.wait_for_url("**#p-9")


def test_the_copied_quote_is_the_text_exactly(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?q={quote('2023年第一产业增加值绝对数是多少')}", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".answer .cite summary").click()
    page.get_by_role("button", name="纯文本").click()
    assert "“第一产业增加值\t210000\t218400”" in page.evaluate("navigator.clipboard.readText()")


def test_a_search_shows_rows_as_small_tables(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?q={quote('第一产业')}&mode=keyword")
    first = page.locator("#results .passage").first
    expect(first.locator("th mark.term")).to_have_text("第一产业")
    expect(first.locator("thead th")).to_have_text(["指标", "2022年", "2023年", "备注", "绝对数", "比上年增长（%）"])
    first.locator("td").first.click()
    expect(page.locator("#p-9")).to_be_focused()


def test_words_are_found_in_cells_and_not_twice_in_a_caption(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?view=report")
    page.wait_for_selector("#report .full")
    page.fill("#find input", "及其增长速度")
    page.wait_for_function("document.querySelector('#find').dataset.count === '1 / 1'")
    page.fill("#find input", "218400")
    page.wait_for_function("document.querySelector('#find').dataset.count === '1 / 1'")
    assert highlighted(page, "current") == ["218400"]


def test_on_a_phone_a_table_scrolls_by_itself_and_what_is_cited_is_in_sight(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?view=report", PHONE)
    box = page.locator("#report .sheet")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    start = TEXT.index("按不变价格计算")
    page.evaluate("(marks) => wenbao.show(document.querySelector('#p-9'), marks, false)", f"{start}-{start + 7}")
    settled(page, "#p-9")
    right = "(box) => [...CSS.highlights.get('cited')][0].getBoundingClientRect().right - box.getBoundingClientRect().right"
    assert box.evaluate(right) <= 0
    page.locator("#report .sheet").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelector('#report .sheet').scrollLeft >= 0")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_term_says_what_it_means_by_click_and_by_keys(visit: Visit, sheets: str, size: tuple[int, int]) -> None:
    page = visit(f"{sheets}/?view=report", size, has_touch=size == PHONE)
    word, box = page.locator("#p-3 .defined").first, page.locator("#term-1")
    expect(box).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    expect(box).to_contain_text("指规模以上工业")
    expect(box.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()
    if size == PHONE:
        word.tap()
    else:
        word.click()
    expect(box).to_be_visible()
    around, placed = word.bounding_box(), box.bounding_box()
    assert around is not None
    assert placed is not None
    assert min(abs(placed["y"] + placed["height"] - around["y"]), abs(placed["y"] - around["y"] - around["height"])) < 12
    assert placed["x"] >= 0
    assert placed["x"] + placed["width"] <= size[0]
    box.locator("a").click()
    expect(box).to_be_hidden()
    expect(page.locator("#p-13")).to_be_focused()
    assert highlighted(page) == ["指规模以上工业、有资质的建筑业、限额以上批发和零售业等企业。"]


def test_what_was_not_read_is_folded_and_listed(visit: Visit, sheets: str) -> None:
    page = visit(f"{sheets}/?view=report")
    expect(page.locator(".facts")).to_have_text("统计公报 · 丙市（文内） · 2023年（文件名） · 2024年3月20日（文件属性）")
    rows = page.locator(".reading .unread li")
    expect(rows.first).to_be_hidden()
    page.click(".reading .unread summary")
    expect(rows).to_have_text([f"{one.where} {one.why}" for one in UNREAD])
    page.click("#tab-ask-button")
    expect(page.locator(".facts")).to_be_hidden()


def test_files_that_could_not_be_read_are_named_without_where_they_lie(visit: Visit, sheets: str) -> None:
    page = visit(sheets)
    page.click(".intro .unread summary")
    expect(page.locator(".intro .unread li").first).to_have_text(
        "scan.pdf：没有文字层，像是扫描件；请装上 wenbao[ocr]，或先做文字识别（OCR）"
    )
    assert "/srv" not in page.content()
    english = visit(sheets, locale="en-GB")
    english.click(".intro .unread summary")
    expect(english.locator(".intro .unread li").first).to_contain_text("scan.pdf: it has no text")
